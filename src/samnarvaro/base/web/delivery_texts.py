"""The words of deliveries: states, choices, and why something cannot be done."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.base.deliveries import Missing

STATE = {
    "received": _("Väntar på att läsas"),
    "reading": _("Läses"),
    "previewed": _("Läst, inte skriven"),
    "confirmed": _("Väntar på att skrivas"),
    "writing": _("Skrivs"),
    "written": _("Skriven"),
    "stopped": _("Avbruten"),
    "unusable": _("Går inte att använda"),
    "failed": _("Misslyckades"),
}
TONE = {
    "previewed": "attention",
    "written": "good",
    "unusable": "fault",
    "failed": "fault",
    "stopped": "plain",
}
FACT = {
    "received": _("Filen är mottagen. Ingenting är skrivet."),
    "reading": _("Filen läses och jämförs. Ingenting är skrivet."),
    "previewed": _("Ingenting är skrivet än. Se efter vad som skulle hända, och skriv sedan."),
    "confirmed": _("Filen skrivs så snart bakgrundsarbetaren är ledig."),
    "writing": _("Filen läses en gång till och skrivs. Allt skrivs på en gång, eller inget."),
    "written": _("Allt som går att ta in är skrivet."),
    "stopped": _("Ingenting är skrivet, och filen är kastad."),
    "unusable": _("Ingenting är skrivet, och filen är kastad."),
    "failed": _("Ingenting är skrivet. Filen finns kvar."),
}
FAILED = {
    "program": _("Programmet kunde inte ta sig igenom filen. Försök igen; händer det en gång till, "
                 "be systemadministratören se efter i loggen."),
    "file_gone": _("Filen finns inte kvar på servern. Lämna den på nytt."),
    "kind_gone": _("Den här sortens fil tas inte längre emot."),
}  # fmt: skip
MISSING = {
    Missing.NOTHING_GOOD: _("Ingen rad i filen går att ta in. Rätta filen och lämna den på nytt."),
    Missing.SOME_FAULTY: _("Du valde allt eller inget, och några rader är fel. Rätta dem och lämna "
                           "filen på nytt."),
    Missing.YES_TO_REMOVALS: _("Antalet som skulle avslutas är inte det du sa ja till. Se efter igen."),
    Missing.FILE_GONE: FAILED["file_gone"],
}  # fmt: skip
GONE_ON = _("Leveransen har gått vidare sedan sidan visades: %(state)s.")
COUNTS = (
    ("rows", _("Rader i filen")),
    ("new", _("Nya")),
    ("changed", _("Ändrade")),
    ("same", _("Oförändrade")),
    ("duplicate", _("Dubbla")),
    ("faulty", _("Felaktiga")),
)
EXPLAINED = {
    "new": _("Fanns inte förut."),
    "changed": _("Fanns, men sa något annat. Det gamla sparas i historiken."),
    "same": _("Säger samma sak som förra gången. Ingenting ändras."),
    "duplicate": _("Står igen längre ner i filen; den sista raden gäller."),
    "faulty": _("Tas inte in. Varje fel står nedan med rad och kolumn."),
    "removed": _("Finns vid skolan i dag men inte i filen. Allt som har hänt dem står kvar."),
}
TOAST = {
    "confirm": _("Filen skrivs."),
    "stop": _("Leveransen är avbruten. Ingenting är skrivet."),
    "again": _("Filen läses igen."),
}
COLUMNS = (_("Rad"), _("Kolumn"), _("Värde"), _("Vad som är fel"), _("Kod"))
BY_COMMAND = _("Kommandoraden")
PROGRAM = _("Programmet")
