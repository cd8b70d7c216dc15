"""Reads of the relation map of a class: its rounds, their adults, and what the viewer may read of what
they say. A constant number of questions whatever the class.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.relations import (
    AROUND,
    FILLERS,
    KEEPERS,
    SCHOOL_WIDE,
    Contact,
    Row,
)
from samnarvaro.mapping.models import PupilView, Relation, RelationAdult, RelationRound
from samnarvaro.mapping.queries.classes import FollowedClass, NoSuchClass, followed
from samnarvaro.people.queries import at_work
from samnarvaro.people.queries.at_work import AtWork
from samnarvaro.people.queries.members import AtUnit, roll
from samnarvaro.worklist import queries as worklist

ROW = "relations.contact"  # the kind of the rows of work


class NoSuchColumn(Exception):
    """There is none, or it is not the viewer's to fill in. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult of a round, by name or by function. `is_mine` to fill in: the own, or one that stands
    for somebody without account.
    """

    pk: int
    public: UUID
    name: str
    is_own: bool
    is_at_work: bool
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Round:
    pk: int
    public: UUID
    begun_on: date
    closed_on: date | None
    adults: tuple[Adult, ...]

    @property
    def answered(self) -> int:
        return sum(each.answered_on is not None for each in self.adults)


@dataclass(frozen=True, slots=True)
class Map:
    """A closed round as its keepers read it: the pupils of the class by name, each with what is said."""

    round: Round
    pupils: Mapping[int, AtUnit]
    rows: tuple[Row, ...]
    given: Mapping[int, worklist.Row]  # the row of work about the contact, by pupil

    @property
    def lacking(self) -> list[Row]:
        return [row for row in self.rows if row.lacks]


def class_of(public: UUID, *, by: Scope) -> FollowedClass:
    """Return a class whose pupils the viewer meets by name. Raises NoSuchClass."""
    if by.role not in FILLERS:
        raise NoSuchClass
    return followed(public, by=by, reads=DataClass.NAME)


def keeps(*, by: Scope) -> bool:
    """Tell whether the viewer keeps the map of the classes it follows, and so reads all of it."""
    return by.role in KEEPERS and by.reads(DataClass.ATTENDANCE)


def pupils_of(of: FollowedClass, *, by: Scope) -> list[AtUnit]:
    """Return the pupils of a class as the viewer sees it, in name order."""
    return roll(of.unit, by=by, group=of.pk)


@dataclass(frozen=True, slots=True)
class Around:
    """The adults at a school who can be in a round of a class: which of them have duties with the class,
    and which meet it by name here (ids), and so fill in their own column.
    """

    adults: tuple[AtWork, ...]
    with_class: frozenset[int]
    fill_in: frozenset[int]


def around(of: FollowedClass, *, on: date) -> Around:
    """Return who can be in a round of a class that begins on a day."""
    here = [each for each in at_work.at_units([of.unit], on=on) if each.roles & AROUND]
    of_class = at_work.of_group(of.pk, on=on)
    by_name = {each.pk for each in of_class if each.roles & FILLERS}
    by_name |= {each.pk for each in here if each.roles & SCHOOL_WIDE}
    return Around(tuple(here), frozenset(each.pk for each in of_class), frozenset(by_name))


def rounds(of: FollowedClass, *, by: Scope) -> list[Round]:
    """Return the rounds of a class, the newest first, each with its adults."""
    rows = list(RelationRound.objects.filter(group=of.pk).order_by("-begun_on", "-pk"))
    adults: defaultdict[int, list[Adult]] = defaultdict(list)
    for row in RelationAdult.objects.filter(round__in=rows).select_related("staff").order_by("pk"):
        adults[row.round_id].append(_adult(row, by))
    return [
        Round(row.pk, row.public, row.begun_on, row.closed_on, tuple(adults[row.pk]))
        for row in rows
    ]


def _adult(row: RelationAdult, by: Scope) -> Adult:
    return Adult(
        pk=row.pk,
        public=row.public,
        name=row.staff.name if row.staff else row.function,
        is_own=row.staff_id is not None and row.staff_id == by.staff,
        is_at_work=row.staff_id is not None,
        answered_on=row.answered_on,
    )


def fills(adult: Adult, *, by: Scope) -> bool:
    """Tell whether the viewer fills in a column: the own, or as keeper one without account."""
    return adult.is_own or (keeps(by=by) and not adult.is_at_work)


def column(of: FollowedClass, adult: UUID, *, by: Scope) -> tuple[Round, Adult]:
    """Return a column of the open round that the viewer fills in. Raises NoSuchColumn."""
    for each in rounds(of, by=by):
        for found in each.adults:
            if found.public == adult and each.closed_on is None and fills(found, by=by):
                return each, found
    raise NoSuchColumn


def said_in(adult: Adult, *, by: Scope) -> dict[int, Contact]:
    """Return what a column says of each pupil (id), as far as the viewer reads it."""
    rows = Relation.objects.visible_in(by).filter(adult=adult.pk)
    return {pupil: Contact(contact) for pupil, contact in rows.values_list("pupil_id", "contact")}


def maps(of: FollowedClass, closed: Sequence[Round], *, by: Scope, on: date) -> list[Map]:
    """Return closed rounds as maps of those who are in the class now; none for who keeps no map."""
    if not keeps(by=by) or not closed:
        return []
    pupils = {pupil.pk: pupil for pupil in pupils_of(of, by=by)}
    ids = [each.pk for each in closed]
    said: defaultdict[tuple[int, int], dict[int, Contact]] = defaultdict(dict)
    rows = Relation.objects.visible_in(by).filter(adult__round__in=ids, pupil__in=pupils)
    for found, pupil, adult, contact in rows.values_list(
        "adult__round_id", "pupil_id", "adult_id", "contact"
    ):
        said[found, pupil][adult] = Contact(contact)
    views = PupilView.objects.visible_in(by).filter(round__in=ids, pupil__in=pupils)
    says = {
        (found, pupil): has
        for found, pupil, has in views.values_list("round_id", "pupil_id", "has_adult")
    }
    given = _given([(each, pupil) for each in closed for pupil in pupils], by, on)
    return [
        Map(
            each,
            pupils,
            tuple(Row(pupil, said[each.pk, pupil], says.get((each.pk, pupil))) for pupil in pupils),
            {pupil: given[each.pk, pupil] for pupil in pupils if (each.pk, pupil) in given},
        )
        for each in closed
    ]


def subject(found: UUID, pupil: int) -> str:
    """Return what makes the row of work about a pupil's (id) contact once a round."""
    return f"{ROW}:{found}:{pupil}"


def _given(
    asked: Sequence[tuple[Round, int]], by: Scope, on: date
) -> dict[tuple[int, int], worklist.Row]:
    places = {subject(each.public, pupil): (each.pk, pupil) for each, pupil in asked}
    rows = worklist.made_by(list(places), by=by, on=on)
    return {places[made]: row for made, row in rows.items()}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A column that waits for the viewer to fill it in, by its class."""

    group: UUID
    name: str
    adult: UUID


def waiting(*, by: Scope) -> list[Waiting]:
    """Return the viewer's own columns of open rounds that are not filled in, of classes it follows."""
    if by.role not in FILLERS or by.staff is None:
        return []
    rows = RelationAdult.objects.filter(
        staff=by.staff, answered_on=None, round__closed_on=None
    ).select_related("round__group")
    return [
        Waiting(row.round.group.public, row.round.group.name, row.public)
        for row in rows.order_by("pk")
        if row.round.group_id in by.groups or row.round.group.unit_id in by.units
    ]
