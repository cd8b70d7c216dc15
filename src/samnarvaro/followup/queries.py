"""Everything that reads early measures. No scope, no rows; a constant number of queries each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from samnarvaro.audit import queries as audit
from samnarvaro.base.asked import Question, of_one, question
from samnarvaro.followup.domain.measures import Outcome
from samnarvaro.followup.models import EarlyMeasure, MeasureSet
from samnarvaro.kernel.access import NOBODY, Holder, Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist.domain.holding import Taken

STARTED, CLOSED, TARGET = "early_measure.started", "early_measure.closed", "early_measure:"
LAIN = "followup.measure"  # the kind of row that tells of a measure nobody has looked at again


class NoSuchMeasure(Exception):
    """There is no such measure, or its pupil does not exist for the viewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An early measure. `what` and `how` are None for who does not read such words."""

    public: UUID
    pupil: int
    pupil_public: UUID
    name: str
    what: str | None
    first_day: date
    look_on: date
    started_by_name: str
    closed_on: date | None
    closed_by_name: str
    outcome: Outcome | None
    how: str | None

    @property
    def is_running(self) -> bool:
        return self.closed_on is None


def of_pupil(pupil: int, *, by: Scope) -> list[Measure]:
    """Return the measures about a pupil (id): those that run first, then the newest."""
    found = _shown(_asking(pupil, by), by)
    return [m for m in found if m.is_running] + [m for m in found if not m.is_running]


def done_by_viewer(
    pupils: Collection[int], *, by: Scope, since: datetime
) -> list[tuple[Measure, datetime]]:
    """Return the measures of these pupils (ids) that the viewer has begun or closed since a moment.

    The log knows when; what is closed tells only that.
    """
    done = audit.done_by(by.viewer, acts=[STARTED, CLOSED], since=since)
    at = {each.target.removeprefix(TARGET): each.at for each in done}
    rows = EarlyMeasure.objects.visible_in(by).filter(public__in=at, pupil__in=pupils)
    found = _shown(rows.select_related("pupil"), by)
    return [(measure, at[str(measure.public)]) for measure in found]


def due(*, by: Scope, on: date) -> list[Measure]:
    """Return the measures that the mentor is to look at again by a day, the longest due first."""
    if by.role is not Role.MENTOR:
        return []
    rows = EarlyMeasure.objects.visible_in(by).running().filter(look_on__lte=on)
    return _shown(rows.select_related("pupil").order_by("look_on", "pk"), by)


def running(*, by: Scope) -> frozenset[int]:
    """Return the pupils (ids) for whom an early measure runs."""
    return frozenset(pupil for (pupil,) in _asking_running(by).ask())


@lru_cache(maxsize=256)
def _asking_running(by: Scope) -> Question:
    return question(EarlyMeasure.objects.visible_in(by).running().values_list("pupil_id"))


def get(public: UUID, *, by: Scope) -> Measure:
    """Return one measure, for the plan that takes it in. Raises NoSuchMeasure."""
    found = _shown(EarlyMeasure.objects.visible_in(by).filter(public=public), by)
    if not found:
        raise NoSuchMeasure
    return found[0]


def taken(by: Scope, _on: date) -> Iterator[Taken]:
    """Tell the work list which measures run: nothing is neglected before the day of looking."""
    for row in EarlyMeasure.objects.visible_in(by).running().order_by("pk"):
        yield Taken(
            subject=f"early:{row.pk}",
            kind=LAIN,
            pupil=row.pupil_id,
            owner=Holder.MENTOR,
            last_act=max(row.started_on, row.look_on),
        )


@of_one
def _asking(by: Scope) -> MeasureSet:
    rows = EarlyMeasure.objects.visible_in(by).filter(pupil=NOBODY)
    return rows.select_related("pupil").order_by("-first_day", "-pk")


def _shown(rows: Iterable[EarlyMeasure], by: Scope) -> list[Measure]:
    reads = by.reads(DataClass.CAUSE)
    return [
        Measure(
            public=row.public,
            pupil=row.pupil_id,
            pupil_public=row.pupil.public,
            name=row.pupil.name,
            what=row.what if reads else None,
            first_day=row.first_day,
            look_on=row.look_on,
            started_by_name=row.started_by_name,
            closed_on=row.closed_on,
            closed_by_name=row.closed_by_name,
            outcome=Outcome(row.outcome) if row.outcome else None,
            how=row.how if reads else None,
        )
        for row in rows
    ]
