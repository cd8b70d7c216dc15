"""The absence register as the school authority and the school's lead read it: lines, never a why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.cases.domain import register as domain
from samnarvaro.cases.domain.investigation import GOING_ON, State
from samnarvaro.cases.domain.register import Late
from samnarvaro.cases.domain.rules import Rules, round_on
from samnarvaro.cases.models import RegisterAnswer, RegisterEntry
from samnarvaro.cases.queries.rules import rules
from samnarvaro.kernel.access import Scope


class NoSuchEntry(Exception):
    """There is none, or it is not the viewer's to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One investigation in the register: whose, since when, how far, what is late."""

    public: UUID
    pupil: int
    pupil_public: UUID
    name: str
    unit: str
    state: State
    reported_at: datetime
    look_on: date | None
    late: list[Late]
    answer: str  # of the round that goes on
    is_asked: bool


def lines(*, by: Scope, on: date) -> list[Line]:
    """Return the entries that go on, those with something late first, then the oldest.

    Without pupils whose personal data is protected.
    """
    rows = RegisterEntry.objects.visible_in(by).filter(state__in=sorted(GOING_ON))
    rows = rows.filter(pupil__protection=0).select_related("pupil", "unit").order_by("reported_at")
    found = list(rows)
    answers: dict[int, dict[str, str]] = {}
    for each in RegisterAnswer.objects.filter(entry__in=[row.pk for row in found]):
        answers.setdefault(each.entry_id, {})[each.round] = each.status
    versions = rules()
    shown = [_line(row, answers.get(row.pk, {}), on, versions) for row in found]
    return sorted(shown, key=lambda line: not line.late)


def _line(row: RegisterEntry, answers: dict[str, str], on: date, versions: Sequence[Rules]) -> Line:
    entry, key = entry_of(row, frozenset(answers)), round_on(on, versions)
    return Line(
        public=row.public,
        pupil=row.pupil_id,
        pupil_public=row.pupil.public,
        name=row.pupil.name,
        unit=row.unit.name,
        state=State(row.state),
        reported_at=row.reported_at,
        look_on=row.look_on,
        late=domain.late(entry, on=on, versions=versions),
        answer=answers.get(key, ""),
        is_asked=domain.asks(entry, key),
    )


def entry_of(row: RegisterEntry, answered: frozenset[str]) -> domain.Entry:
    return domain.Entry(
        state=State(row.state), reported_on=row.reported_on, look_on=row.look_on,
        answered=answered, must_tell_home=row.must_tell_home,
        home_told=row.home_told_on is not None,
    )  # fmt: skip
