"""The curve of a pupil's presence, made ready for the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.history import Trailing
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.base import charts, figures
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.rules import ShareRule
from samnarvaro.staircase.queries.pupil import Stretch
from samnarvaro.staircase.web import texts
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.queries import Row

OF_DAYS = 30
_MOVED = Fraction(2, 100)  # less is the same, in words
_MONTH_AGO = 30

ACT = {
    Act.DONE: gettext_lazy("%(step)s: klart, %(who)s"),
    Act.WAIT: gettext_lazy("%(step)s: sattes att vänta, %(who)s"),
    Act.NOT_NEEDED: gettext_lazy("%(step)s: behövdes inte, %(who)s"),
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


@dataclass(frozen=True, slots=True)
class Week:
    """The curve at the end of one week, for the table."""

    day: date
    week: int
    absence: Absence

    @property
    def present(self) -> int:
        return self.absence.scheduled - self.absence.absent


def weeks(trail: Sequence[Trailing], least: int) -> list[Week]:
    """Keep the last school day of each week, newest first."""
    by_week = {
        each.day.isocalendar()[:2]: each for each in trail if share(each.absence, least) is not None
    }
    return [Week(each.day, week, each.absence) for (_, week), each in reversed(by_week.items())]


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
