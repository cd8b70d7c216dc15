"""Why a reading is looked at, and what a reviewer can find, in plain words."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.audit.domain.reviewing import CannotFind, Verdict
from samnarvaro.audit.domain.triggers import Reason

WHY = {
    Reason.SAMPLE: gettext_lazy("Lottad till månadens stickprov."),
    Reason.OWN_CHILD: gettext_lazy("Läsaren ser ut att vara elevens vårdnadshavare."),
    Reason.COLLEAGUES_CHILD: gettext_lazy(
        "En kollega till läsaren ser ut att vara elevens vårdnadshavare."
    ),
    Reason.FAMILY_NAME: gettext_lazy(
        "Läsaren har samma efternamn som eleven eller en vårdnadshavare."
    ),
    Reason.GLASS: gettext_lazy("Öppnad genom nödöppning."),
    Reason.PROTECTED: gettext_lazy(
        "Elevens personuppgifter är skyddade: varje dag med läsning granskas."
    ),
}
VERDICTS = {
    Verdict.FINE: gettext_lazy("I sin ordning"),
    Verdict.ASK: gettext_lazy("Fråga läsaren eller chefen"),
    Verdict.REPORT: gettext_lazy("Lämna vidare"),
}
REFUSED = {
    CannotFind.OWN_READING: gettext_lazy("Det här har du läst själv: någon annan granskar det."),
    CannotFind.WORDS_MISSING: gettext_lazy("Skriv vad som ska frågas eller lämnas vidare."),
    CannotFind.WORDS_TOO_LONG: gettext_lazy("Texten är för lång. Korta den."),
}


def why(told: dict[str, Any]) -> str:
    """Say why a reading is looked at, with its figures."""
    reason = Reason(told["reason"])
    if reason in WHY:
        return str(WHY[reason])
    if reason is Reason.FORMER:
        day = date_format(date.fromisoformat(told["ended"]), "j F Y")
        return _("Det som knöt läsaren till eleven upphörde %(day)s.") % {"day": day}
    if reason is Reason.MANY_PUPILS:
        return _(
            "Läsaren öppnade %(pupils)s elever en och en den dagen, mot omkring %(usual)s i vanliga fall."
        ) % {"pupils": told["pupils"], "usual": told["usual"]}
    return _counted(reason, told)


def _counted(reason: Reason, told: dict[str, Any]) -> str:
    if reason is Reason.NIGHT:
        return ngettext(
            "Läst mellan klockan 23 och 5, %(n)s gång den dagen.",
            "Läst mellan klockan 23 och 5, %(n)s gånger den dagen.",
            told["looks"],
        ) % {"n": told["looks"]}
    if reason is Reason.MANY_VIEWS:
        return _(
            "Samma elev öppnades %(n)s gånger den dagen, och läsaren gjorde inget med den veckan."
        ) % {"n": told["looks"]}
    if reason is Reason.SEARCHES:
        return _(
            "Läsaren sökte under %(n)s olika minuter den dagen och öppnade ingen av träffarna."
        ) % {"n": told["searches"]}
    return _("Läsaren försökte öppna %(n)s elever som inte är läsarens. Inget visades.") % {
        "n": told["pupils"]
    }
