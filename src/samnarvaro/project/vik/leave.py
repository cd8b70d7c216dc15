"""Leave in Vik: each principal granted some in good time, and Melvin's is to come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Final

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.history import Run
from samnarvaro.attendance.queries import pupil as attendance_queries
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.queries import members
from samnarvaro.people.queries.members import AtUnit
from samnarvaro.project.vik import cast
from samnarvaro.project.vik.history import as_who_works, moment
from samnarvaro.project.vik.settle import Maker, Person

AT_A_SCHOOL: Final = 2
FEWEST: Final = 3  # whole days in a row
LATELY: Final = timedelta(days=60)
DECIDED: Final = timedelta(days=16)  # before the first day
AHEAD: Final = (timedelta(days=11), timedelta(days=13))


def grant(maker: Maker, staff: Mapping[str, Person], days: Sequence[date]) -> None:
    """Let some of those who were away a few days, all of it excused, have been on leave."""
    for person in staff.values():
        if person.role is Role.PRINCIPAL:
            by = as_who_works(person.account, days[-1])
            begins = maker.terms[-1].first  # before it, some went to another school
            for pupil, run in islice(_away(by, begins, days[-1]), AT_A_SCHOOL):
                decided = max(begins, run.first - DECIDED)
                _grant(maker, person, pupil, (run.first, run.last), decided)
            _grant_ahead(maker, person, by, days[-1])


def _away(by: Scope, begins: date, on: date) -> Iterator[tuple[AtUnit, Run]]:
    """Yield pupils without a story of their own, and the days that were all excused."""
    told_of = {pupil.family_name for pupil in cast.STORIES}
    for unit in sorted(by.units):
        roll = members.roll(unit, by=by)
        for row in Random(f"leave {unit}").sample(roll, len(roll)):
            if row.name.split()[-1] in told_of:
                continue
            known = attendance_queries.history(row.pk, until=on, by=by)
            for run in known.runs(FEWEST):
                figures = known.figures(run.window)
                is_late = run.first >= max(begins, on - LATELY) and run.last < on
                if is_late and figures and not figures.unexcused:
                    yield row, run
                    break


def _grant_ahead(maker: Maker, person: Person, by: Scope, today: date) -> None:
    """Melvin is to travel in two weeks; the principal of the school where he goes decided today."""
    melvin = cast.story_pupil(cast.MELVIN)
    for row in [row for unit in by.units for row in members.roll(unit, by=by)]:
        if row.name == f"{melvin.given_name} {melvin.family_name}":
            _grant(maker, person, row, (today + AHEAD[0], today + AHEAD[1]), today)


def _grant(
    maker: Maker, person: Person, pupil: AtUnit, days: tuple[date, date], decided: date
) -> None:
    by = as_who_works(person.account, decided)
    at = moment(decided, 11, maker.at)
    attendance.grant(days, pupil=pupil.public, by=by, at=at, on=decided)
