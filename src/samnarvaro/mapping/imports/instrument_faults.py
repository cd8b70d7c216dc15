"""What is wrong with an instrument, in words that say where it is and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.mapping.domain.instrument_faults import Fault, Wrong

Words = str | Promise

WRONG: dict[Wrong, Words] = {
    Wrong.NOT_JSON: gettext_lazy("Texten är inte giltig JSON. Se efter komman, citattecken och parenteser."),
    Wrong.TOO_LARGE: gettext_lazy("Filen är för stor. Ett formulär rymmer 300 000 tecken."),
    Wrong.NOT_A_QUESTIONNAIRE: gettext_lazy("Det ska stå ”Questionnaire”: filen är inget formulär."),
    Wrong.MISSING: gettext_lazy("Det saknas. Skriv till det."),
    Wrong.NOT_TEXT: gettext_lazy("Det ska vara text, utan osynliga tecken."),
    Wrong.TOO_LONG: gettext_lazy("Texten är för lång. Korta den."),
    Wrong.NOT_A_NUMBER: gettext_lazy("Det ska vara ett heltal; ”version” står inom citattecken."),
    Wrong.NOT_YES_OR_NO: gettext_lazy("Det ska vara true eller false."),
    Wrong.NOT_A_LIST: gettext_lazy("Det ska vara en lista inom hakparenteser."),
    Wrong.NOT_A_KEY: gettext_lazy("Det ska vara ett kort namn av bokstäver utan prickar, siffror och bindestreck; ”url” börjar med https: eller urn:."),
    Wrong.NOT_KNOWN: gettext_lazy("Värdet är inget av dem som finns. Se ett exporterat formulär."),
    Wrong.NOT_READ: gettext_lazy("Den delen av formatet används inte här. Ta bort den."),
    Wrong.TWICE: gettext_lazy("Det finns två likadana. Byt namn på den ena."),
    Wrong.TOO_MANY: gettext_lazy("De är för många. Ta bort några."),
    Wrong.TOO_DEEP: gettext_lazy("Grupperna ligger för djupt i varandra. Lägg dem bredvid varandra."),
    Wrong.NO_QUESTIONS: gettext_lazy("Formuläret har ingen fråga. Skriv minst en."),
    Wrong.OPTIONS_NEEDED: gettext_lazy("Det behövs minst två svar att välja på, eller en fråga i skalan."),
    Wrong.NOT_HERE: gettext_lazy("Det hör till en annan typ av fråga. Ta bort det eller byt typ."),
    Wrong.NO_SUCH_QUESTION: gettext_lazy("Det finns ingen fråga med det linkId:t. Rätta namnet."),
    Wrong.NOT_BEFORE: gettext_lazy("Villkoret gäller en fråga som kommer senare. Flytta den före."),
    Wrong.ANSWER_DOES_NOT_FIT: gettext_lazy("Svaret i villkoret kan inte ges på den frågan."),
    Wrong.NOT_COUNTED: gettext_lazy("Frågan räknas inte: ge svaren ordinalValue, heltalet minValue och maxValue, eller ta den ur skalan."),
    Wrong.LEAST_OUT_OF_REACH: gettext_lazy("”least” ska vara minst 1 och högst så många frågor som skalan har."),
    Wrong.ENDS_BEFORE_IT_BEGINS: gettext_lazy("maxValue är mindre än minValue."),
    Wrong.RESERVED: gettext_lazy("Namn som börjar med ”samnarvaro-” är programmets egna. Välj ett eget namn."),
    Wrong.THERE_ALREADY: gettext_lazy("Den versionen har redan publicerats. Höj ”version”."),
}  # fmt: skip


def in_words(fault: Fault) -> str:
    """Say on which line, at which question, in which part, what is wrong and what to do."""
    where = []
    if fault.line:
        where.append(_("rad %(line)s") % {"line": fault.line})
    if fault.link:
        where.append(_("fråga %(link)s") % {"link": fault.link})
    if fault.part:
        where.append(fault.part)
    place = ", ".join(where) or _("formuläret")
    said = f" (”{fault.said}”)" if fault.said else ""
    told = {"place": place[:1].upper() + place[1:], "said": said, "what": WRONG[fault.wrong]}
    return _("%(place)s%(said)s: %(what)s") % told
