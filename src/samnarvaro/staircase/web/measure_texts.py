"""The words of what a school has chosen to do."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import dates
from samnarvaro.staircase.domain.school_measures import Fault, Outcome, Standing
from samnarvaro.staircase.domain.tiers import Tier
from samnarvaro.staircase.queries.school_measures import Measure
from samnarvaro.staircase.web import support_texts

Words = str | Promise

WHAT = gettext_lazy("Vad ska ni göra?")
WHAT_HINT = gettext_lazy("En rad, med era egna ord. Skriv ingen elevs namn här.")
WHAT_HINT_OF_PROPOSAL = gettext_lazy(
    "Orden är ett förslag. Ändra dem så att de blir era egna. Skriv ingen elevs namn här."
)
AIM = gettext_lazy("Vad vill ni att det leder till?")
AIM_HINT = gettext_lazy("En rad som ni kan titta tillbaka på när perioden är slut.")
FOR = gettext_lazy("För vem?")
WHOLE_SCHOOL = gettext_lazy("Hela skolan")
TIER = gettext_lazy("Vilken nivå?")
NO_TIER = gettext_lazy("Välj vad det ska leda till: främja, förebygga eller åtgärda.")
CHOOSE = gettext_lazy("Välj …")
OWNER = gettext_lazy("Vem ansvarar?")
OWNER_HINT = gettext_lazy("Den som ansvarar får insatsen i sin dag.")
FIRST_DAY = gettext_lazy("Från och med")
LAST_DAY = gettext_lazy("Till och med")
LAST_DAY_HINT = gettext_lazy("Sedan frågar vi den som ansvarar hur det gick.")
OUTCOME = gettext_lazy("Vad hände?")
OUTCOMES: dict[Outcome, Words] = {
    Outcome.DONE: gettext_lazy("Klart: vi gjorde det vi tänkt"),
    Outcome.ENDED: gettext_lazy("Avslutat i förtid"),
}
HOW = gettext_lazy("Hur gick det?")
HOW_HINT = gettext_lazy(
    "Vad blev bättre, vad blev det inte, och varför? Skriv ingen elevs namn här."
)

CHOSEN = gettext_lazy("Insatsen är vald.")
ALTERED = gettext_lazy("Ändringen är sparad.")
CLOSED = gettext_lazy("Insatsen är avslutad.")
REOPENED = gettext_lazy("Insatsen är öppen igen.")
TAKEN_BACK = gettext_lazy("Valet är taget tillbaka.")

STANDING: dict[Standing, tuple[Words, str, str]] = {
    Standing.OVER: (gettext_lazy("perioden är slut: berätta hur det gick"), "attention", "clock"),
    Standing.RUNNING: (gettext_lazy("pågår"), "info", "hand"),
    Standing.COMING: (gettext_lazy("börjar senare"), "plain", "calendar"),
    Standing.DONE: (gettext_lazy("klar"), "good", "check"),
    Standing.ENDED: (gettext_lazy("avslutad i förtid"), "plain", "minus"),
}

FAULT: dict[Fault, Words] = {
    Fault.WHAT: gettext_lazy("Skriv på en rad vad ni ska göra."),
    Fault.WHAT_TOO_LONG: gettext_lazy("Raden är för lång: högst 200 tecken."),
    Fault.AIM: gettext_lazy("Skriv på en rad vad ni vill att det leder till."),
    Fault.AIM_TOO_LONG: gettext_lazy("Raden är för lång: högst 200 tecken."),
    Fault.NAMES_A_PUPIL: gettext_lazy(
        "Här står en elevs namn. En insats för skolan eller klassen handlar inte om en elev: skriv utan namnet."
    ),
    Fault.OWNER: gettext_lazy("Välj någon som arbetar på skolan."),
    Fault.GROUP: gettext_lazy("Välj hela skolan eller en av dess klasser."),
    Fault.FIRST_DAY: gettext_lazy("Välj från vilken dag."),
    Fault.FIRST_DAY_TOO_FAR: gettext_lazy("Välj en dag inom ett år från i dag."),
    Fault.LAST_DAY: gettext_lazy("Välj till vilken dag."),
    Fault.LAST_DAY_TOO_EARLY: gettext_lazy("Välj en dag som inte är före den första."),
    Fault.LAST_DAY_PAST: gettext_lazy("Välj i dag eller senare."),
    Fault.LAST_DAY_TOO_LATE: gettext_lazy("Välj en närmare dag: högst ett läsår från den första."),
    Fault.RUNS_ALREADY: gettext_lazy(
        "Det här är redan valt för samma tid. Öppna den insatsen och ändra i den, eller välj andra dagar."
    ),
    Fault.OUTCOME: gettext_lazy("Välj vad som hände."),
    Fault.HOW: gettext_lazy("Skriv några ord om hur det gick."),
    Fault.HOW_TOO_LONG: gettext_lazy("Texten är för lång: högst 2000 tecken."),
    Fault.HOW_NAMES_A_PUPIL: gettext_lazy("Här står en elevs namn. Skriv utan det."),
    Fault.CLOSED_ALREADY: gettext_lazy("Insatsen är redan avslutad."),
    Fault.NOT_CLOSED: gettext_lazy("Insatsen är öppen redan."),
    Fault.BEGUN_ALREADY: gettext_lazy(
        "Insatsen har börjat. Avsluta den i stället, med några ord om hur det gick."
    ),
}


def tier(of: Tier) -> str:
    """Name a tier by what it aims at: Främja – för alla elever."""
    return f"{support_texts.AIM[of]} – {support_texts.WHO[of]}"


def place(measure: Measure) -> str:
    return measure.group_name or measure.unit_name


def about(measure: Measure) -> str:
    """Say who sees to it, and between which days."""
    told = {
        "owner": measure.owner_name,
        "days": dates.span(measure.first_day, measure.last_day),
    }
    return _("%(owner)s ansvarar, %(days)s.") % told


def chosen(measure: Measure) -> str:
    told = {"who": measure.chosen_by_name, "day": date_format(measure.chosen_on, "j F Y")}
    return _("%(who)s, %(day)s") % told


def closed(measure: Measure) -> str:
    """Say when it was told of and by whom; nothing while it is open."""
    if measure.closed_on is None:
        return ""
    told = {"who": measure.closed_by_name, "day": date_format(measure.closed_on, "j F Y")}
    return _("%(who)s, %(day)s") % told
