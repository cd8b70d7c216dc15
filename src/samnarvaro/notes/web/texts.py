"""Words of the working notes."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.notes.domain.notes import LONGEST, Fault

TEXT = _("Anteckning")
HINT = _(
    "Kort och saklig: vad som hände och vad ni kom överens om. Det som hör till journalen eller akten skrivs där."
)
FAULT = {
    Fault.EMPTY: _("Skriv något i anteckningen innan du sparar."),
    Fault.TOO_LONG: _("Anteckningen är längre än %(most)d tecken. Korta den.") % {"most": LONGEST},
}
SAVED = _("Anteckningen är sparad.")
CORRECTED = _("Anteckningen är rättad. Den förra finns kvar i historiken.")
WHOSE = {
    "school": _("Läses av den som skrev den och av dem hon eller han har namngett. Ingen annan."),
    "student_health": _(
        "Läses av elevhälsans medicinska gren, av den som har ärendet. Ingen annan."
    ),
    "social": _("Läses av dem i er zon som har ärendet. Skolan och vården ser den inte."),
    "health": _("Läses av dem i er zon som har ärendet. Skolan och socialtjänsten ser den inte."),
}
