"""What rules would say of today's pupils: counts, of the pupils whom the viewer sees."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.queries import runs
from samnarvaro.attendance.queries import school as attendance
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.people.queries.stays import stays
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.holding import Place, covers
from samnarvaro.staircase.queries import facts

EVERYWHERE = (Place(),)


@dataclass(frozen=True, slots=True)
class Trial:
    """How many pupils there are, and on how many each level would hold: each on its highest.

    `bands` counts the pupils of each target group, by its key.
    """

    pupils: int
    levels: dict[int, int]
    bands: dict[str, int]

    @property
    def on_steps(self) -> int:
        return sum(self.levels.values())


def trial(
    book: domain.RuleSet,
    *,
    on: date,
    by: Scope,
    places: Collection[Place] = EVERYWHERE,
) -> Trial | None:
    """Try rules on the schools that the viewer follows as a whole; None for who follows none.

    Counts only: nobody is named, and nothing is kept.
    """
    if not by.units:
        return None
    meant = _meant(places, on, by)
    known = {pk: each for pk, each in _known(book, on, by).items() if pk in meant}
    tops = Counter(
        top.rule.level
        for each in known.values()
        if (top := domain.highest(domain.signals(book.rules, each.facts)))
    )
    return Trial(
        pupils=len(meant),
        levels={level: tops[level] for level in book.levels},
        bands={
            band.key: sum(
                band.holds(each.facts.of_days.get(band.days, domain.NOTHING))
                for each in known.values()
            )
            for band in book.bands
        },
    )


def _meant(places: Collection[Place], on: date, by: Scope) -> set[int]:
    seen = {pk for unit in by.units for pk, _class in people.at_unit(unit, by=by)}
    where = stays(on=on, by=by)
    return {pk for pk in seen if covers(places, where.of(pk))}


def _known(book: domain.RuleSet, on: date, by: Scope) -> dict[int, facts.Known]:
    """Gather what the rules ask of the pupils of the viewer's schools."""
    found: dict[int, facts.Known] = {}
    lengths = sorted({*book.lengths, *(band.days for band in book.bands)})
    for unit in sorted(by.units):
        if lengths:
            told = attendance.windows(
                unit, on=on, lengths=lengths, by=by, counts_leave=book.counts_leave
            )
            for pk, each in told.items():
                of_days = {days: each.of_days[days].absence for days in lengths}
                found[pk] = facts.Known(pk, unit, domain.Facts(on, of_days))
        if book.is_of_days:
            absent = runs.absent_at(
                unit, on=on, at_least=book.shortest_run, by=by, counts_leave=book.counts_leave
            )
            for pk, said in absent.items():
                known = found.get(pk) or facts.Known(pk, said.unit, domain.Facts(on))
                found[pk] = replace(known, facts=replace(known.facts, said=said.said))
    done = facts.with_done(book, found, on, by, Calendars())
    return {each.pupil: each for each in done}
