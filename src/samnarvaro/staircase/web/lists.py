"""Lists of pupils, made ready for their table: figures, step, who acts, how the work stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from samnarvaro.attendance.queries.school import PupilWindows
from samnarvaro.base.writing import address
from samnarvaro.kernel.access import Holder
from samnarvaro.people.queries.members import AtUnit
from samnarvaro.staircase.domain.weeks import Stay
from samnarvaro.staircase.queries.school import OnStep
from samnarvaro.staircase.web import texts
from samnarvaro.staircase.web.picking import SchoolClass
from samnarvaro.staircase.web.shares import Sum
from samnarvaro.worklist.queries import Row, Unanswered


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil in a list. Without a step the rest of the row is empty."""

    pk: int
    public: UUID
    name: str
    sort_key: str
    school_class: SchoolClass | None
    cells: tuple[Sum, ...]
    run: int
    level: int
    step: str
    rule: str
    since: date | None
    acts: str
    state: str
    state_tone: str

    @property
    def url(self) -> str:
        return address("pupil", self.public)

    @property
    def class_name(self) -> str:
        return self.school_class.name if self.school_class else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the pupils of a list, by pupil (id); work by what made it."""

    windows: Mapping[int, PupilWindows]
    standing: Mapping[int, OnStep]
    work: Mapping[str, Row]
    classes: Mapping[int, SchoolClass]
    lengths: Sequence[int]
    mentors: Mapping[int, Sequence[str]]

    def who_acts(self, pupil: AtUnit, on_step: OnStep) -> str:
        """Name the mentors of the pupil's class, where it is theirs to act; else the role."""
        mentors = self.mentors.get(pupil.class_id, ()) if pupil.class_id else ()
        if on_step.rule.acts is Holder.MENTOR and mentors:
            return ", ".join(mentors)
        return texts.who(on_step.rule.acts)


def listed(pupil: AtUnit, known: Known) -> Listed:
    windows, on_step = known.windows.get(pupil.pk), known.standing.get(pupil.pk)
    state, tone = texts.state(known.work.get(on_step.subject)) if on_step else ("", "plain")
    return Listed(
        pk=pupil.pk,
        public=pupil.public,
        name=pupil.name,
        sort_key=pupil.sort_key,
        school_class=known.classes.get(pupil.class_id) if pupil.class_id else None,
        cells=tuple(
            Sum(windows.of_days[length].scheduled, windows.of_days[length].absent)
            if windows
            else Sum()
            for length in known.lengths
        ),
        run=windows.run_now if windows else 0,
        level=on_step.level if on_step else 0,
        step=texts.step(on_step.level) if on_step else "",
        rule=texts.rule_in_list(on_step.rule) if on_step else "",
        since=on_step.since if on_step else None,
        acts=known.who_acts(pupil, on_step) if on_step else "",
        state=state,
        state_tone=tone,
    )


def as_of(row: Listed, stay: Stay) -> Listed:
    """Return a pupil's row with the step that it stood on another day; the figures are of today."""
    return replace(
        row, level=stay.level, step=texts.step(stay.level), since=stay.opened_on, acts="", state=""
    )


Key = Callable[[Listed], Any]


def sort_keys(lengths: Sequence[int]) -> dict[str, Key]:
    """Return what a list can be sorted by: the names stand in the address."""
    keys: dict[str, Key] = {
        "name": lambda row: row.sort_key,
        "class": lambda row: (
            row.school_class is None,
            row.school_class and row.school_class.order,
        ),
        "run": lambda row: row.run,
        "step": lambda row: row.level,
        "since": lambda row: row.since or date.max,
    }
    for place, length in enumerate(lengths):
        keys[f"d{length}"] = _by_share(place)
    return keys


def _by_share(place: int) -> Key:
    return lambda row: row.cells[place].share or Fraction(0)


def in_order(rows: Iterable[Listed], sort: str, lengths: Sequence[int], usual: str) -> list[Listed]:
    """Sort by what the address says, or as usual; pupils who are alike stand in name order."""
    keys = sort_keys(lengths)
    chosen = sort if sort.removeprefix("-") in keys else usual
    by_name = sorted(rows, key=keys["name"])
    return sorted(by_name, key=keys[chosen.removeprefix("-")], reverse=chosen.startswith("-"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that nobody has acted on, and whose it is."""

    row: Row
    school_days: int
    acts: str


def waiting(found: Iterable[Unanswered]) -> list[Waiting]:
    return [Waiting(each.row, each.school_days, texts.who(each.row.holder)) for each in found]
