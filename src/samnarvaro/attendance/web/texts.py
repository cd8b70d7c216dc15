"""The words of attendance. Never of blame."""

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.attendance.domain.history import History, Run
from samnarvaro.attendance.domain.lessons import Outcome
from samnarvaro.attendance.domain.measures import Absence, Figures
from samnarvaro.attendance.domain.patterns import Part
from samnarvaro.attendance.queries.lessons import Kind, Told
from samnarvaro.base import dates, figures
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import school_year_of

Words = str | Promise
_LEAST_CHANGE = Fraction(1, 1000)

OUTCOME: dict[Outcome, Words] = {
    Outcome.PRESENT: gettext_lazy("Närvarande"),
    Outcome.LATE: gettext_lazy("Sen ankomst"),
    Outcome.EXCUSED: gettext_lazy("Giltig frånvaro"),
    Outcome.UNEXCUSED: gettext_lazy("Ogiltig frånvaro"),
    Outcome.BOTH: gettext_lazy("Frånvaro, delvis giltig"),
    Outcome.OTHER_ACTIVITY: gettext_lazy("Annan aktivitet"),
    Outcome.UNREPORTED: gettext_lazy("Inte rapporterad"),
    Outcome.CANCELLED: gettext_lazy("Inställd"),
}
TONE: dict[Outcome, str] = dict.fromkeys(Outcome, "plain") | {
    Outcome.LATE: "attention",
    Outcome.EXCUSED: "attention",
    Outcome.UNEXCUSED: "attention",
    Outcome.BOTH: "attention",
    Outcome.UNREPORTED: "info",
}
ICON: dict[Outcome, str] = {
    Outcome.PRESENT: "check",
    Outcome.LATE: "clock",
    Outcome.EXCUSED: "minus",
    Outcome.UNEXCUSED: "minus",
    Outcome.BOTH: "minus",
    Outcome.OTHER_ACTIVITY: "people",
    Outcome.UNREPORTED: "question",
    Outcome.CANCELLED: "close",
}


KIND: dict[Kind, Words] = {
    Kind.ABSENT: gettext_lazy("Bara frånvaro"),
    Kind.UNEXCUSED: gettext_lazy("Bara ogiltig frånvaro"),
    Kind.EXCUSED: gettext_lazy("Bara giltig frånvaro"),
    Kind.LATE: gettext_lazy("Bara sena ankomster"),
    Kind.UNREPORTED: gettext_lazy("Bara inte rapporterade"),
}


def share_of(absence: Absence | Figures | None) -> Fraction | None:
    """The absent share, or None of nothing."""
    if absence is None or not absence.scheduled:
        return None
    return Fraction(absence.absent, absence.scheduled)


def change(now: Fraction | None, before: Fraction | None) -> str:
    """Say how a share has moved, in percentage points; nothing when one of them is unknown."""
    if now is None or before is None:
        return ""
    moved = now - before
    if abs(moved) < _LEAST_CHANGE:
        return _("oförändrat")
    points = {"points": figures.percent(abs(moved)).split(figures.HARD_SPACE)[0]}
    return _("upp %(points)s") % points if moved > 0 else _("ner %(points)s") % points


def of_minutes(absence: Absence | Figures | None) -> str:
    if absence is None or not absence.scheduled:
        return _("inga rapporterade lektioner")
    return _("%(absent)s av %(scheduled)s") % {
        "absent": figures.hours(absence.absent),
        "scheduled": figures.hours(absence.scheduled),
    }


def runs_title(runs: list[Run], known: History) -> str:
    """Say how many stretches of whole days there were, and which was the longest."""
    if not runs:
        return _("Aldrig borta flera hela dagar i rad.")
    longest = max(runs, key=lambda run: run.days)
    told = {
        "count": len(runs),
        "days": days(longest.days),
        "span": dates.span(longest.first, longest.last),
    }
    if known.run_now == longest.days and known.last_day == longest.last:
        return _("Borta %(days)s i rad nu, det längsta hittills.") % told
    return (
        ngettext(
            "Borta flera hela dagar i rad %(count)d gång: %(days)s, %(span)s.",
            "Borta flera hela dagar i rad %(count)d gånger, som längst %(days)s, %(span)s.",
            len(runs),
        )
        % told
    )


def days(count: int) -> str:
    return ngettext("%(count)d dag", "%(count)d dagar", count) % {"count": count}


def school_year(year: Window) -> str:
    return _("Läsåret %(year)s") % {"year": school_year_of(year.first)}


def calendar_title(known: History, window: Window, *, is_over: bool = False) -> str:
    """Say in one sentence what the calendar shows: whole days, and parts of days."""
    own = [day for day in known.own_days(window) if day.scheduled]
    whole = sum(day.absent == day.scheduled for day in own)
    some = sum(0 < day.absent < day.scheduled for day in own)
    span = dates.span(window.first, window.last)
    since = _("sedan %(day)s") % {"day": date_format(window.first, "j F")}
    when = {"when": span if is_over else since}
    if not whole and not some:
        return _("På plats alla dagar %(when)s.") % when
    whole_days = ngettext("%(count)d hel dag", "%(count)d hela dagar", whole) % {"count": whole}
    some_days = ngettext("en del av %(count)d dag", "delar av %(count)d dagar", some) % {
        "count": some
    }
    if not whole or not some:
        return _("Borta %(days)s %(when)s.") % (when | {"days": whole_days if whole else some_days})
    return _("Borta %(whole)s och %(some)s %(when)s.") % (
        when | {"whole": whole_days, "some": some_days}
    )


def weekday_title(by_weekday: dict[int, Absence]) -> str:
    """Say which weekday is missed most, if one clearly is: by half more than the whole week."""
    shares = {weekday: share_of(absence) or Fraction(0) for weekday, absence in by_weekday.items()}
    worst = max(shares, key=lambda weekday: shares[weekday], default=0)
    if not shares.get(worst):
        return _("Ingen frånvaro någon veckodag.")
    week = Absence(
        sum(each.scheduled for each in by_weekday.values()),
        sum(each.absent for each in by_weekday.values()),
    )
    whole = share_of(week) or Fraction(0)
    if shares[worst] >= whole * 3 / 2 and shares[worst] >= whole + Fraction(3, 100):
        told = {"weekday": plural_of(worst), "share": figures.percent(shares[worst], 0)}
        return _("Borta mest på %(weekday)s: %(share)s av lektionstiden.") % told
    return _("Frånvaron är ganska jämnt fördelad över veckan.")


def plural_of(weekday: int) -> str:
    """Name a weekday as it comes back: måndagar."""
    return str(_WEEKDAYS[weekday])


_WEEKDAYS: tuple[Words, ...] = (
    gettext_lazy("måndagar"),
    gettext_lazy("tisdagar"),
    gettext_lazy("onsdagar"),
    gettext_lazy("torsdagar"),
    gettext_lazy("fredagar"),
    gettext_lazy("lördagar"),
    gettext_lazy("söndagar"),
)


def subject_title(subjects: list[tuple[str, Part]]) -> str:
    """Say which subject is missed most; they come in that order."""
    if not subjects or not subjects[0][1].share:
        return _("Ingen frånvaro i något ämne.")
    name, most = subjects[0][0], subjects[0][1].share
    return _("Missar mest i %(subject)s: %(share)s av lektionstiden.") % {
        "subject": name,
        "share": figures.percent(most, 0),
    }


def hour_title(hours: list[tuple[str, Part]]) -> str:
    """Say at which hour most is missed, if one clearly is: by half more than the whole day."""
    worst, part = max(hours, key=lambda pair: pair[1].share, default=("", Part(0, 0)))
    if not part.share:
        return _("Ingen frånvaro någon tid på dagen.")
    scheduled = sum(each.scheduled for _hour, each in hours)
    whole = Fraction(sum(each.absent for _hour, each in hours), scheduled)
    if part.share >= whole * 3 / 2 and part.share >= whole + Fraction(3, 100):
        told = {"hour": worst, "share": figures.percent(part.share, 0)}
        return _("Missar mest av lektioner som börjar %(hour)s: %(share)s av lektionstiden.") % told
    return _("Frånvaron är ganska jämnt fördelad över dagen.")


def hour(number: int) -> str:
    """Write an hour of the day: 08–09."""
    return f"{number:02}–{number + 1:02}"


def lessons(count: int) -> str:
    return ngettext("%(count)d lektion", "%(count)d lektioner", count) % {"count": count}


def subject(name: str) -> str:
    return name or _("utan ämne")


def held(told: Told) -> str:
    """Write what a lesson was held to be: Ogiltig frånvaro, 60 av 60 min."""
    if not told.absent:
        return str(OUTCOME[told.outcome])
    return _("%(outcome)s, %(absent)d av %(scheduled)d min") % {
        "outcome": OUTCOME[told.outcome],
        "absent": told.absent,
        "scheduled": told.scheduled,
    }


def told_by(told: Told) -> str:
    """Write who told of a lesson, and when."""
    who = told.by_name or _("skolans system (%(profile)s)") % {"profile": told.profile}
    return _("%(who)s, %(moment)s") % {"who": who, "moment": dates.moment(told.at)}


def day_came_to(sums: Absence, changed: int) -> str:
    """Say what a day's lessons that count came to, and how many were told of differently since."""
    told = _came_to(sums)
    if not changed:
        return told
    lessons = ngettext("%(count)d lektion ändrad", "%(count)d lektioner ändrade", changed)
    return f"{told} ({lessons % {'count': changed}})"


def _came_to(sums: Absence) -> str:
    if not sums.scheduled:
        return _("inga lektioner som räknas")
    if not sums.absent:
        return _("på plats hela dagen")
    told = {"absent": figures.hours(sums.absent), "scheduled": figures.hours(sums.scheduled)}
    if sums.absent == sums.scheduled:
        return _("borta hela dagen, %(absent)s") % told
    return _("borta %(absent)s av %(scheduled)s") % told


def changes(count: int) -> str:
    return ngettext("ändrad %(count)d gång", "ändrad %(count)d gånger", count) % {"count": count}


def day(of: date) -> str:
    return date_format(of, "l j F")
