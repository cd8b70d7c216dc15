"""What the views read of a school, and of the pupils of a list: a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samnarvaro.attendance.queries import pupil as delivered
from samnarvaro.attendance.queries import school as attendance
from samnarvaro.base import provenance
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.queries.members import Member, members, roll
from samnarvaro.staircase.domain.rules import NO_RULES, RuleSet
from samnarvaro.staircase.domain.weeks import Stay, standing_on
from samnarvaro.staircase.queries import held
from samnarvaro.staircase.queries import school as staircase
from samnarvaro.staircase.web.lists import Known, Listed, listed
from samnarvaro.staircase.web.picking import PickForm, SchoolClass
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.queries import Row

MONTH = 30  # days of the pictures of a class
USUAL_LENGTHS = (30, 60)  # days, where the rules themselves look at none


class NotTheViewers(Exception):
    """There is no such school or class, or it is not one that the viewer follows."""


@dataclass(frozen=True, slots=True)
class School:
    """A unit (id) that the viewer follows."""

    pk: int
    public: UUID
    name: str


def school(public: UUID, *, by: Scope) -> School:
    """Return a school whose pupils the viewer follows as a whole. Raises NotTheViewers."""
    try:
        unit = organisation.unit(public)
    except organisation.NoSuchUnit:
        raise NotTheViewers from None
    if unit.pk not in by.units or not by.reads(DataClass.ATTENDANCE):
        raise NotTheViewers
    return School(unit.pk, unit.public, unit.name)


def school_class(public: UUID, *, by: Scope) -> tuple[School, SchoolClass]:
    """Return a class that the viewer follows, by itself or with its school. Raises NotTheViewers."""
    group = organisation.group(public)
    if group is None or not by.reads(DataClass.ATTENDANCE):
        raise NotTheViewers
    if group.pk not in by.groups and group.unit_id not in by.units:
        raise NotTheViewers
    unit = School(group.unit_id, group.unit.public, group.unit.name)
    return unit, SchoolClass(group.pk, group.public, group.name, group.grade)


def classes_of(class_ids: Iterable[int | None]) -> dict[int, SchoolClass]:
    """Return these classes by group id; None is no class."""
    ids = {each for each in class_ids if each is not None}
    return {
        group.pk: SchoolClass(group.pk, group.public, group.name, group.grade)
        for group in organisation.classes_by_id(ids)
    }


@dataclass(frozen=True, slots=True)
class Pick:
    """What of a school an address asks for: the pupils (ids), and how many stand in each class."""

    form: PickForm
    classes: dict[int, SchoolClass]
    members: Sequence[Member]
    pupils: frozenset[int]

    @property
    def sizes(self) -> Counter[int | None]:
        return Counter(class_id for _pupil, class_id in self.members)

    def has(self, class_id: int | None) -> bool:
        """Tell whether the pupils of a class (group id), or of none, are among those picked."""
        return self.form.picked.has(self.classes[class_id] if class_id is not None else None)


def pick(unit: int, asked: Any, *, by: Scope, books: Sequence[RuleSet] = ()) -> Pick:
    """Return the pupils of a unit in what is picked; `asked` is the query of the address.

    Who stands in no class, as one with protected personal data, is in no part of a school.
    """
    everybody = members(unit, by=by)
    classes = classes_of(class_id for _pupil, class_id in everybody)
    form = PickForm(asked or None, classes.values(), books)
    found = Pick(form, classes, everybody, frozenset())
    picked = {class_id for class_id in {None, *classes} if found.has(class_id)}
    here = frozenset(pupil for pupil, class_id in everybody if class_id in picked)
    return replace(found, pupils=here)


@dataclass(frozen=True, slots=True)
class Lists:
    """The pupils of a school with what lists show of them, and what the columns are."""

    rows: tuple[Listed, ...]
    work: tuple[Row, ...]
    classes: dict[int, SchoolClass]
    books: Sequence[RuleSet]
    book: RuleSet
    lengths: Sequence[int]
    windows: str
    fresh: str
    mentors: Mapping[int, Sequence[str]]  # of each class (group id)
    known: Mapping[int, attendance.PupilWindows]  # of a month, and of what the columns are of

    @property
    def columns(self) -> list[tuple[str, int]]:
        """The columns of figures: what the address calls them, and how many days they are of."""
        return [(f"d{length}", length) for length in self.lengths]


def lists(
    unit: int, *, on: date, by: Scope, group: int | None = None, book: str | None = None
) -> Lists:
    """Return every pupil of a school, or of one class of it, whom the viewer sees, in name order; on
    the steps of a staircase (key) of the school, or of its first.
    """
    books = held.staircases_at(unit, on=on)
    chosen = next((each for each in books if each.key == book), next(iter(books), NO_RULES))
    return _lists(unit, books, chosen, on, by, group)


def _lists(
    unit: int, books: Sequence[RuleSet], book: RuleSet, on: date, by: Scope, group: int | None
) -> Lists:
    everybody = roll(unit, by=by, group=group)
    lengths = book.lengths or USUAL_LENGTHS
    windows = attendance.windows(unit, on=on, lengths=[*lengths, MONTH], by=by, group=group)
    standing = staircase.on_steps([pupil.pk for pupil in everybody], book.key, by=by)
    classes = classes_of(pupil.class_id for pupil in everybody)
    work = worklist.made_by([each.subject for each in standing.values()], by=by, on=on)
    mentors = people.mentors_by_class(classes, on=on)
    known = Known(
        windows=windows,
        standing=standing,
        work=work,
        classes=classes,
        lengths=lengths,
        mentors=mentors,
    )
    return Lists(
        rows=tuple(listed(pupil, known) for pupil in everybody),
        work=tuple(row for row in work.values() if not row.is_cleared),
        classes=classes,
        books=books,
        book=book,
        lengths=lengths,
        windows="; ".join(provenance.window(trailing(on, length)) for length in lengths),
        fresh=fresh(max((each.last_day for each in windows.values()), default=None)),
        mentors=mentors,
        known=windows,
    )


def week(
    unit: int, found: Lists, asked: tuple[int, int], *, on: date, by: Scope
) -> tuple[date, dict[int, Stay]] | None:
    """Return who of those found stood where at the end of a week (year and number), and on which day.

    None for a week without a school day, and for one that has not come.
    """
    try:
        monday = date.fromisocalendar(*asked, 1)
    except ValueError:
        return None
    last = min(monday + timedelta(days=6), on)
    days = organisation.Calendars().of(unit).school_days(monday, last)
    if not days:
        return None
    stays = staircase.stays([row.pk for row in found.rows], found.book.key, monday, by=by)
    return days[-1], standing_on(stays, days[-1])


def fresh(last_day: date | None) -> str:
    """Say up to which day there are lessons, and when marks were last taken in."""
    return provenance.fresh(last_day, delivered.last_taken_in())
