"""What the rules of a set ask of everybody's attendance on a day. For the system only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance import queries as attendance
from samnarvaro.attendance.queries import runs
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation.queries import Calendars
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.models import Episode
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.domain.rows import State

NO_UNIT = 0  # only what holds for all schools


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil (id), the unit (id) of the last counting lesson, and what the rules ask for."""

    pupil: int
    unit: int
    facts: domain.Facts


def reaching(
    book: domain.RuleSet, *, on: date, by: Scope, calendars: Calendars | None = None
) -> list[Known]:
    """Return everybody for whom some rule of a set may hold on a day, with all that it asks for."""
    found = {each.pupil: each for each in _shares(book, on, by)}
    said = _days(book, on, by)
    if book.shares:
        others = said.keys() - found.keys()
        found |= {each.pupil: each for each in of(others, book, on=on, by=by)}
    for pupil, each in said.items():
        known = found.get(pupil) or Known(pupil, each.unit, domain.Facts(on))
        found[pupil] = replace(known, facts=replace(known.facts, said=each.said))
    return with_done(book, found, on, by, calendars or Calendars())


def of(pupils: Collection[int], book: domain.RuleSet, *, on: date, by: Scope) -> list[Known]:
    """Return the shares of these pupils (ids), of whom the days and runs have nothing to tell."""
    rows = attendance.absences_of(
        pupils, on=on, lengths=book.lengths, by=by, counts_leave=book.counts_leave
    )
    return [Known(row.pupil, row.unit, domain.Facts(on, row.of_days)) for row in rows]


def bounds(book: domain.RuleSet) -> list[attendance.Bound]:
    """The shares as bounds for the totals: what finds the pupils, the rules then judge."""
    return [
        attendance.Bound(
            rule.days, rule.percent, rule.reach is domain.Reach.OVER, rule.least_scheduled
        )
        for rule in book.shares
    ]


def _shares(book: domain.RuleSet, on: date, by: Scope) -> Iterable[Known]:
    if not book.shares:
        return []
    rows = attendance.absences_reaching(
        bounds(book), on=on, lengths=book.lengths, by=by, counts_leave=book.counts_leave
    )
    return [Known(row.pupil, row.unit, domain.Facts(on, row.of_days)) for row in rows]


def _days(book: domain.RuleSet, on: date, by: Scope) -> Mapping[int, runs.Facts]:
    if not book.is_of_days:
        return {}
    return runs.absent(on, at_least=book.shortest_run, by=by, counts_leave=book.counts_leave)


def with_done(
    book: domain.RuleSet, found: dict[int, Known], on: date, by: Scope, calendars: Calendars
) -> list[Known]:
    """Add which steps were marked done, where a later step asks for it."""
    in_a_run = {known.pupil: known.unit for known in found.values() if known.facts.said.run}
    done = _done(book, in_a_run, on, by, calendars)
    return [
        replace(known, facts=replace(known.facts, done=done.get(known.pupil, {})))
        for known in found.values()
    ]


def done_of(
    pupil: int, unit: int, books: Collection[domain.RuleSet], *, on: date, by: Scope
) -> dict[str, dict[int, domain.Done]]:
    """Return which steps of a pupil (id) were marked done, by rule set (key) and level; its school
    days are those of a unit (id).
    """
    if not any(_asks_for_done(book) for book in books):
        return {}
    calendars = Calendars()
    return {
        book.key: _done(book, {pupil: unit}, on, by, calendars).get(pupil, {}) for book in books
    }


def _asks_for_done(book: domain.RuleSet) -> set[int]:
    return {rule.after.level for rule in book.rules if isinstance(rule, domain.ContinuedRule)}


def _done(
    book: domain.RuleSet, units: Mapping[int, int], on: date, by: Scope, calendars: Calendars
) -> dict[int, dict[int, domain.Done]]:
    """Return the latest row that was marked done of each pupil and level that a later step asks
    for; `units` are the pupils and where their school days are counted.
    """
    levels = _asks_for_done(book)
    if not levels or not units:
        return {}
    episodes = Episode.objects.filter(
        key=book.key, level__in=levels, opened_on__lte=on, pupil__in=list(units)
    )
    latest = {(each.pupil_id, each.level): each for each in episodes.order_by("opened_on")}
    subjects = {
        domain.subject(pupil, book.key, level, episode.opened_on): (pupil, episode)
        for (pupil, level), episode in latest.items()
    }
    done: dict[int, dict[int, domain.Done]] = {}
    for subject, row in worklist.made_by(list(subjects), by=by, on=on).items():
        pupil, episode = subjects[subject]
        if row.state is State.DONE and row.last is not None and row.last.on <= on:
            ago = calendars.of(units[pupil]).school_days_between(row.last.on, on)
            done.setdefault(pupil, {})[episode.level] = domain.Done(episode.opened_on, ago)
    return done
