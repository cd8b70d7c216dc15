"""The words of what is looked at again."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.base import dates, figures, labels
from samnarvaro.followup.domain.measures import Fault, Outcome
from samnarvaro.followup.queries import Measure
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist.queries import Figures

Words = str | Promise

WHAT = gettext_lazy("Vad gör ni?")
WHAT_HINT = gettext_lazy("En rad räcker. Till exempel: jag möter eleven vid grinden varje morgon.")
FIRST_DAY = gettext_lazy("Från vilken dag?")
LOOK_ON = gettext_lazy("När tittar ni på det igen?")
LOOK_ON_HINT = gettext_lazy("Då kommer den i din dag. Senast om 90 dagar.")
OUTCOME = gettext_lazy("Hur blev närvaron?")
OUTCOMES: dict[Outcome, Words] = {
    Outcome.BETTER: gettext_lazy("Bättre"),
    Outcome.AS_BEFORE: gettext_lazy("Som förut"),
    Outcome.WORSE: gettext_lazy("Sämre"),
}
HOW = gettext_lazy("Hur gick det?")
HOW_HINT = gettext_lazy("Vad hjälpte, vad hjälpte inte, och vad säger eleven?")
STARTED = gettext_lazy("Insatsen är påbörjad. Den kommer i din dag när den ska följas upp.")
WORDLESS = gettext_lazy("En tidig insats")
CLOSED = gettext_lazy("Insatsen är avslutad.")

FAULT: dict[Fault, Words] = {
    Fault.WHAT: gettext_lazy("Skriv på en rad vad ni gör."),
    Fault.WHAT_TOO_LONG: gettext_lazy("Raden är för lång: högst 200 tecken."),
    Fault.FIRST_DAY: gettext_lazy("Välj från vilken dag."),
    Fault.FIRST_DAY_TOO_FAR: gettext_lazy("Välj en dag inom trettio dagar från i dag."),
    Fault.LOOK_ON: gettext_lazy("Välj när ni tittar på det igen."),
    Fault.LOOK_ON_TOO_SOON: gettext_lazy("Välj en senare dag: efter den första och efter i dag."),
    Fault.LOOK_ON_TOO_LATE: gettext_lazy("Välj en närmare dag: högst 90 dagar fram."),
    Fault.OUTCOME: gettext_lazy("Välj hur närvaron blev."),
    Fault.HOW: gettext_lazy("Skriv några ord om hur det gick."),
    Fault.HOW_TOO_LONG: gettext_lazy("Texten är för lång: högst 2000 tecken."),
    Fault.CLOSED_ALREADY: gettext_lazy("Insatsen är redan avslutad."),
}

MEASURE_LAIN = gettext_lazy("Tidig insats har blivit liggande")
WEEKLY = gettext_lazy("Veckans genomgång")
MONTHLY = gettext_lazy("Månadens kontroll")
ROLLS = gettext_lazy("Upprop som saknas")


def day(of: date) -> str:
    return date_format(of, "j F")


def about(measure: Measure, today: date) -> str:
    """Say when the measure began, by whom, and when it is or was looked at."""
    told = {
        "who": measure.started_by_name,
        "first": day(measure.first_day),
        "day": day(measure.look_on),
    }
    if measure.closed_on and measure.outcome:
        told |= {
            "day": day(measure.closed_on),
            "how": str(OUTCOMES[measure.outcome]).lower(),
            "by": measure.closed_by_name,
        }
        return _("Från %(first)s, %(who)s. Avslutad %(day)s, %(by)s: närvaron blev %(how)s.") % told
    if measure.look_on <= today:
        return _("Från %(first)s, %(who)s. Skulle följas upp %(day)s.") % told
    return _("Från %(first)s, %(who)s. Följs upp %(day)s.") % told


def why_lain(of: Figures) -> str:
    """Tell of a measure that nobody has looked at again."""
    told = {
        "day": day(date.fromisoformat(of["since"])),
        "days": of["school_days"],
        "owner": str(labels.HOLDER[Holder(of["owner"])]).lower(),
    }
    if of["turn"] == "owner":
        return _("En tidig insats skulle följas upp %(day)s, för %(days)s skoldagar sedan.") % told
    return (
        _("En tidig insats hos %(owner)s skulle följas upp %(day)s, för %(days)s skoldagar sedan.")
        % told
    )


def why_week(of: Figures) -> str:
    told = {"week": of["week"], "look": _look(of)}
    return _("Titta igenom klassens frånvaro, vecka %(week)s. %(look)s") % told


def why_month(of: Figures) -> str:
    told = {"month": date_format(date.fromisoformat(of["month"]), "F"), "look": _look(of)}
    return _("Elevhälsans extra kontroll för %(month)s. %(look)s") % told


def why_rolls(of: Figures) -> str:
    """Say at which lessons nobody called the roll: 08.10 MA, 09.20 SV."""
    lessons = [f"{dates.clock_time(start)} {subject}".strip() for start, subject in of["lessons"]]
    on = date_format(date.fromisoformat(of["day"]), "l j F")
    told = {"day": on, "lessons": ", ".join(lessons)}
    return _("Inget upprop %(day)s: %(lessons)s. Rapportera i skolans system, om lektionen var din.") % told  # fmt: skip


def _look(of: Figures) -> str:
    """Say what a look begins with, in figures."""
    if not of["scheduled"]:
        return _("Ingen närvaro är känd för de senaste 30 dagarna.")
    over = ngettext("%(over)s elev av %(all)s", "%(over)s elever av %(all)s", of["over"])
    told = {
        "who": over % {"over": of["over"], "all": of["pupils"]},
        "percent": of["percent"],
        "share": figures.share(of["absent"], of["scheduled"]),
    }
    return (
        _("Senaste 30 dagarna: %(who)s är borta mer än %(percent)s %%, alla tillsammans %(share)s.")
        % told
    )
