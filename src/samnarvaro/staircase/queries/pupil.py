"""Why a pupil stands on a step of the staircase, or stood: the figures of then, and those of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samnarvaro.attendance.domain.history import History
from samnarvaro.attendance.domain.leave import NO_LEAVE, Leave
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries import leave
from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.models import Episode
from samnarvaro.staircase.queries import facts, held
from samnarvaro.staircase.queries.school import Books


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days during which a step held for a pupil, and the signal that began them."""

    signal: domain.Signal
    opened_on: date
    ended_on: date | None
    rule_set: str
    version: int
    key: str = ""
    counts_leave: bool = True

    @property
    def level(self) -> int:
        return self.signal.rule.level


def stretches(pupil: int, *, by: Scope) -> list[Stretch]:
    """Return the stretches of a pupil (id): open ones first, the highest step first, then newest.

    Those that are over and never gave anybody a row, such as each first day away, are left out.
    """
    books = Books()
    found = [
        Stretch(
            signal=domain.Signal(
                books.rule_of(row),
                Window(row.window_first, row.window_last),
                Absence(row.scheduled, row.absent),
            ),
            opened_on=row.opened_on,
            ended_on=row.ended_on,
            rule_set=row.rule_set.name,
            version=row.rule_set.version,
            key=row.key,
            counts_leave=row.rule_set.counts_leave,
        )
        for row in _asking_episodes(pupil, by)
    ]
    is_open = [each for each in found if each.ended_on is None]
    is_open.sort(key=lambda each: -each.level)
    return is_open + [each for each in found if each.ended_on and each.signal.rule.raises]


@of_one
def _asking_episodes(by: Scope) -> "QuerySet[Episode]":
    rows = Episode.objects.visible_in(by).filter(pupil=NOBODY).select_related("rule_set")
    return rows.order_by("-opened_on", "-level")


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule and what it says of a pupil's days up to a day."""

    rule: domain.Rule
    window: Window
    absence: Absence
    verdict: domain.Verdict


@dataclass(frozen=True, slots=True)
class Today:
    """What each rule of a rule set says today."""

    key: str
    rule_set: str
    version: int
    rules: tuple[Judged, ...]
    counts_leave: bool = True


def today(
    pupil: int, known: History, places: Sequence[people.Placement], *, on: date, by: Scope
) -> list[Today]:
    """Judge a pupil's (id) days, as they are known now, by every rule set that holds for it where
    it goes to school.
    """
    found = held.for_stays(places, on=on)
    books = [each.book for each in found]
    unit = places[0].unit if places else facts.NO_UNIT
    days_off = _leave(pupil, known, books, on, by)
    done = facts.done_of(pupil, unit, books, on=on, by=by)
    return [
        _today(
            each.book,
            known,
            on,
            NO_LEAVE if each.book.counts_leave else days_off,
            done.get(each.book.key, {}),
        )
        for each in found
    ]


def _leave(
    pupil: int, known: History, books: Sequence[domain.RuleSet], on: date, by: Scope
) -> Leave:
    """Return the pupil's leave since the first mark, if any rule set leaves it out."""
    if known.first_day is None or known.first_day > on or all(b.counts_leave for b in books):
        return NO_LEAVE
    taken = leave.of_days(Window(known.first_day, on), by=by, among={pupil})
    return taken.get(pupil, NO_LEAVE)


def _today(
    book: domain.RuleSet,
    known: History,
    on: date,
    days_off: Leave,
    done: Mapping[int, domain.Done],
) -> Today:
    windows = {days: trailing(on, days) for days in book.lengths}
    said = domain.Facts(
        day=on,
        of_days={
            days: days_off.out_of(_absence(known, window), window)
            for days, window in windows.items()
        },
        said=days_off.out_of_said(known.day_and_run(on), known.days_of_run(on)),
        done=done,
    )
    judged = tuple(_judge(rule, said) for rule in book.rules)
    return Today(book.key, book.name, book.version, judged, book.counts_leave)


def _absence(known: History, window: Window) -> Absence:
    figures = known.figures(window)
    return Absence(figures.scheduled, figures.absent) if figures else domain.NOTHING


def _judge(rule: domain.Rule, said: domain.Facts) -> Judged:
    seen = rule.look(said)
    return Judged(rule, seen.window, seen.absence, seen.verdict)
