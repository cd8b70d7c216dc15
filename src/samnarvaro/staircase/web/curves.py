"""The curve of a pupil's presence, made ready for the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.history import History, Trailing
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base import charts, figures, provenance
from samnarvaro.base.once import Once
from samnarvaro.base.pictures import Cell, Column, Picture, Table, count, minutes
from samnarvaro.base.pictures import share as part
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import SchoolCalendar, days_of_school_year
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain.rules import ShareRule
from samnarvaro.staircase.queries import pupil as queries
from samnarvaro.staircase.queries.pupil import Stretch
from samnarvaro.staircase.web import texts
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.queries import Row

OF_DAYS = 30
KEY = "kurva"
_MOVED = Fraction(2, 100)  # less is the same, in words
_MONTH_AGO = 30
LATELY = 100  # days that tell how it is now, and how it was a month ago
NO_UNIT = 0  # only what holds for all schools

ACT = {
    Act.DONE: gettext_lazy("%(step)s: klart, %(who)s"),
    Act.WAIT: gettext_lazy("%(step)s: sattes att vänta, %(who)s"),
    Act.NOT_NEEDED: gettext_lazy("%(step)s: behövdes inte, %(who)s"),
    Act.HAND_OVER: gettext_lazy("%(step)s: lämnades över, %(who)s"),
    Act.DECIDED: gettext_lazy("%(step)s: beslutades på möte, %(who)s"),
}


def share(absence: Absence, least: int) -> Fraction | None:
    """The absent share; None where there are too few lessons for a rule to judge by."""
    if not absence.scheduled or absence.scheduled < least:
        return None
    return Fraction(absence.absent, absence.scheduled)


def points(trail: Sequence[Trailing], least: int) -> list[charts.Point]:
    found = ((each.day, share(each.absence, least)) for each in trail)
    return [charts.Point(day, None if of is None else float(of)) for day, of in found]


def limits(rules: Sequence[ShareRule]) -> list[charts.Limit]:
    return [charts.Limit(rule.percent / 100, texts.short_rule(rule)) for rule in rules]


def title(trail: Sequence[Trailing], least: int) -> str:
    """Say in one sentence where presence is now, and where it was a month ago."""
    known = [(each.day, of) for each in trail if (of := share(each.absence, least)) is not None]
    if not known:
        return _("Ännu för få lektioner för en kurva.")
    last_day, now = known[-1]
    earlier = [of for day, of in known if (last_day - day).days >= _MONTH_AGO]
    told = {"now": figures.percent(1 - now, 0)}
    if not earlier:
        return _("Närvaron är %(now)s.") % told
    told["before"] = figures.percent(1 - earlier[-1], 0)
    if now - earlier[-1] > _MOVED:
        return _("Närvaron har sjunkit från %(before)s till %(now)s på en månad.") % told
    if earlier[-1] - now > _MOVED:
        return _("Närvaron har stigit från %(before)s till %(now)s på en månad.") % told
    return _("Närvaron är ungefär densamma som för en månad sedan: %(now)s.") % told


def weeks(trail: Sequence[Trailing], least: int) -> list[Trailing]:
    """Keep the last school day of each week, newest first."""
    by_week = {
        each.day.isocalendar()[:2]: each for each in trail if share(each.absence, least) is not None
    }
    return list(by_week.values())[::-1]


def drawn(trail: Sequence[Trailing], least: int, on: date) -> list[charts.Point]:
    """The points of the line: every school day of this school year, before that one a week."""
    year = days_of_school_year(on)
    earlier = [each for each in trail if each.day < year.first]
    ends = {each.day.isocalendar()[:2]: each for each in earlier}
    return points([*ends.values(), *(each for each in trail if each.day in year)], least)


def events(stretches: Sequence[Stretch], rows: Sequence[Row], span: Window) -> list[charts.Event]:
    """What happened on the way: steps that were reached, and what was done about them."""
    found = sorted([*_steps(stretches), *_acts(rows)], key=lambda event: event.day)
    return [event for event in found if event.day in span]


def _steps(stretches: Sequence[Stretch]) -> Iterator[charts.Event]:
    for stretch in stretches:
        told = {"step": texts.step(stretch.level)}
        yield charts.Event(stretch.opened_on, _("%(step)s i trappan gäller") % told)


def _acts(rows: Sequence[Row]) -> Iterator[charts.Event]:
    for row in rows:
        for act in row.acts:
            if not act.is_undone:
                told = {"step": texts.step(row.level), "who": act.by_name}
                yield charts.Event(act.on, ACT[act.act] % told)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the curve of one pupil is made of."""

    pupil: int
    by: Scope
    on: date
    once: Once
    known: History
    first_day: date
    rules: Sequence[ShareRule]
    calendar: SchoolCalendar

    @property
    def least(self) -> int:
        """The lessons (minutes) that a share is to be judged by."""
        return max((rule.least_scheduled for rule in self.rules), default=0)

    def trail(self, first: date) -> list[Trailing]:
        return list(self.known.shares(self.calendar.school_days(first, self.on), OF_DAYS))


def seen(pupil: int, *, by: Scope, on: date, once: Once) -> Seen | None:
    """Read what the curve needs; None for a pupil without lessons."""
    known = once(attendance.history, pupil, until=on, by=by)
    if known.first_day is None:
        return None
    places = once(people.places_of, pupil, by=by)
    books = once(queries.today, pupil, known, places, on=on, by=by)
    judged = [each.rule for book in books for each in book.rules]
    return Seen(
        pupil=pupil,
        by=by,
        on=on,
        once=once,
        known=known,
        first_day=known.first_day,
        rules=[rule for rule in judged if isinstance(rule, ShareRule) and rule.days == OF_DAYS],
        calendar=once(organisation.Calendars).of(places[0].unit if places else NO_UNIT),
    )


def sentence(of: Seen) -> str:
    """The title of the curve, of its last months; of all of it where those do not tell."""
    first = max(of.first_day, of.on - timedelta(days=LATELY))
    lately = of.trail(first)
    known = [each.day for each in lately if share(each.absence, of.least) is not None]
    tells = known and (known[-1] - known[0]).days >= _MONTH_AGO
    return title(lately if tells else of.trail(of.first_day), of.least)


def picture(of: Seen, public: UUID) -> tuple[Picture, list[charts.Event]]:
    """Presence over the trailing 30 days since the first lesson, with the limits of the rules; and
    what happened on the way, in the order of the marks.
    """
    trail, once = of.trail(of.first_day), of.once
    places = once(people.places_of, of.pupil, by=of.by)
    happened = events(
        once(queries.stretches, of.pupil, by=of.by),
        once(worklist.of_pupil, of.pupil, by=of.by, on=of.on, places=places),
        Window(of.first_day, of.on),
    )
    says = title(trail, of.least)
    line = drawn(trail, of.least, of.on)
    return Picture(
        key=KEY,
        title=says,
        svg=charts.curve(line, title=says, limits=limits(of.rules), events=happened),
        table=_table(weeks(trail, of.least)),
        source=_("Varje punkt: de 30 dagarna till och med den dagen"),
        fresh=provenance.fresh(of.known.last_day, once(attendance.last_taken_in)),
        address=reverse("staircase:curve", args=[public]),
    ), happened


def _table(weeks: Sequence[Trailing]) -> Table:
    return Table(
        _("Närvaro vecka för vecka, 30 dagar bakåt"),
        (
            Column(_("Till och med")),
            Column(_("Vecka"), is_number=True),
            Column(_("Lektionstid"), _("minuter"), is_number=True),
            Column(_("Borta"), _("minuter"), is_number=True),
            Column(_("Närvaro"), _("procent"), is_number=True),
        ),
        [
            (
                Cell(date_format(each.day, "j F Y"), each.day.isoformat()),
                count(each.day.isocalendar().week),
                minutes(each.absence.scheduled),
                minutes(each.absence.absent),
                part(each.absence.scheduled - each.absence.absent, each.absence.scheduled),
            )
            for each in weeks
        ],
    )
