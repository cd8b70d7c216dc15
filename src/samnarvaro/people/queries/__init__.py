"""Everything that reads pupils, guardians and staff. No scope, no rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from samnarvaro.base import bulk
from samnarvaro.base.asked import NOBODYS, Blank, Question, blank, question
from samnarvaro.kernel.access import NOBODY, Role, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_types import school_type_of
from samnarvaro.people.domain.sort_key import folded, sort_key
from samnarvaro.people.models import Account, Duty, Enrolment, Pupil, PupilSet, Staff
from samnarvaro.people.queries.sight import Sees


class NoSuchPupil(Exception):
    """There is no such pupil, or it lies behind secrecy. The caller cannot tell which."""


def visible(*, by: Scope) -> PupilSet:
    """The pupils that exist for this viewer."""
    return _visible(by).all() if by.about is None else Pupil.objects.visible_in(by)


def of_visible(*, by: Scope, pupil: str = "pupil") -> Q:
    """What other rooms narrow their rows by: those whose `pupil` exists for this viewer."""
    return Q((pupil, by.about)) if by.about is not None else Q(Sees(pupil, by=by))


@lru_cache(maxsize=256)
def _visible(by: Scope) -> PupilSet:
    """Put together once for each scope, whose day is a part of it; a page asks ten times. What is
    remembered is the question: it is never asked itself, so there is no answer in it.
    """
    return Pupil.objects.visible_in(by)


def get(public: UUID, *, by: Scope) -> Pupil:
    """Return a pupil (public id) that exists for the viewer. Raises NoSuchPupil."""
    found: list[Pupil] = _asking_one(by).ask(public)
    if not found:
        raise NoSuchPupil
    return found[0]


@lru_cache(maxsize=256)
def _asking_one(by: Scope) -> Blank:
    return blank(visible(by=by).filter(public=NOBODYS))


def unprotected_among(publics: Sequence[UUID], *, by: Scope) -> list[Pupil]:
    """Return those of some pupils (public ids) that exist for the viewer, in the order given.

    Without those whose personal data is protected, whoever asks.
    """
    found = visible(by=by).filter(public__in=publics, protection=Pupil.OPEN)
    by_public = {pupil.public: pupil for pupil in found}
    return [by_public[public] for public in publics if public in by_public]


def open_among(publics: Sequence[UUID], *, by: Scope) -> list[UUID]:
    """Return the public ids of `unprotected_among`, in the order given."""
    return [pupil.public for pupil in unprotected_among(publics, by=by)]


def with_class(unit: int, by: Scope, group: int | None) -> Any:
    """The pupils of a unit, each with `class_id`, which needs a type of its own that has no name.

    Begins with those enrolled there: who goes elsewhere, or in another class, is not looked at.
    """
    here = Enrolment.objects.on(by.day).filter(unit=unit)
    class_here = here.filter(pupil=OuterRef("pk")).order_by("-first_day", "pk")
    in_class = Case(When(protection=Pupil.OPEN, then=Subquery(class_here.values("group_id")[:1])))
    begin = here if group is None else here.filter(group=group)
    found = visible(by=by).filter(pk__in=begin.values("pupil")).annotate(class_id=in_class)
    return found if group is None else found.filter(class_id=group)


def at_unit(
    unit: int, *, by: Scope, group: int | None = None
) -> "QuerySet[Pupil, tuple[int, int | None]]":
    """The pupils (id) who go to a unit on the scope's day and exist for the viewer, each with its
    class there (the group's id); with `group` those of one class. One with protected personal data
    stands in no class.
    """
    found: QuerySet[Pupil, tuple[int, int | None]] = with_class(unit, by, group).values_list(
        "id", "class_id"
    )
    return found


def ids_by_pupil_id(authority: int) -> dict[str, int]:
    """All pupils of the authority, protected ones included: for matching a delivery's rows."""
    return dict(Pupil.objects.filter(authority=authority).values_list("pupil_id", "pk").iterator())


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """A duty in force, in ids: what a scope is made of."""

    account_public: UUID
    staff: int
    role: Role
    zone: str
    unit: int
    group: int | None


# In words of its own, as _PLACES: every page begins with it.
_DUTIES = """
    SELECT a.public, d.staff_id, d.role, g.zone, d.unit_id, d.group_id
    FROM people_duty d
    JOIN people_staff s ON s.id = d.staff_id
    JOIN people_account a ON a.id = s.account_id
    JOIN organisation_unit u ON u.id = d.unit_id
    JOIN organisation_agency g ON g.id = u.agency_id
    WHERE a.id = %s AND a.is_active AND d.first_day <= %s
        AND (d.last_day IS NULL OR d.last_day >= %s)
    ORDER BY d.id"""


def duties(account: int, *, on: date) -> list[DutyHeld]:
    """Return the duties that the account's person has on that day; none for a closed account."""
    return [
        DutyHeld(UUID(str(public)), staff, Role(role), zone, unit, group)
        for public, staff, role, zone, unit, group in bulk.fetch(_DUTIES, [account, on, on])
    ]


def publics(pupils: Iterable[int], *, by: Scope) -> list[str]:
    """Return the public ids of those of these pupils (ids) that the viewer sees now."""
    return list(publics_by_id(pupils, by=by).values())


def publics_by_id(pupils: Iterable[int], *, by: Scope) -> dict[int, str]:
    """Return the public ids, by id, of those of these pupils (ids) that the viewer sees now."""
    found = _asking_publics(by).among("id", set(pupils)).ask()
    return {pk: str(UUID(str(public))) for pk, public in found}


@lru_cache(maxsize=256)
def _asking_publics(by: Scope) -> Question:
    found = Pupil.objects.filter(of_visible(by=by, pupil="pk"))
    return question(found.values_list("id", "public"))


def by_pupil_id(pupil_id: str, *, by: Scope) -> Pupil:
    """Return the pupil with that text id. Raises NoSuchPupil."""
    try:
        return visible(by=by).get(pupil_id=pupil_id)
    except Pupil.DoesNotExist:
        raise NoSuchPupil from None


def all_ids() -> list[int]:
    """The ids of all pupils, for machinery that reckons over everybody and shows nobody."""
    return list(Pupil.objects.order_by("pk").values_list("pk", flat=True))


def pupil_ids(*, by: Scope) -> dict[int, str]:
    """Return the text id of every pupil that the viewer sees, by internal id."""
    return dict(visible(by=by).values_list("pk", "pupil_id").iterator())


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a pupil goes to school on a day: the unit (id and name), the class by name, the school
    type.
    """

    unit: int
    group: str
    grade: str
    unit_name: str = ""
    school_type: str = ""


# In words of its own: each list asks it, and to put it together took ten times as long as the answer.
_PLACES = """
    SELECT e.pupil_id, e.unit_id, e.group_id, g.name, e.grade, u.name, e.school_type
    FROM people_enrolment e
    JOIN organisation_unit u ON u.id = e.unit_id
    LEFT JOIN organisation_group g ON g.id = e.group_id
    WHERE e.first_day <= %s AND (e.last_day IS NULL OR e.last_day >= %s) AND e.pupil_id IN ({})
    ORDER BY e.first_day DESC, e.id"""


def placements(pupils: Iterable[int], *, by: Scope) -> dict[int, list[Placement]]:
    """Return where these pupils (ids) go to school on the scope's day, the viewer's places first.

    The pupils are such as a query of the same scope gave. One who goes nowhere that day is left out.
    """
    asked = set(pupils)
    if not asked:
        return {}
    sql = _PLACES.format(", ".join(["%s"] * len(asked)))
    found: defaultdict[int, list[tuple[bool, Placement]]] = defaultdict(list)
    rows = bulk.fetch(sql, [by.day, by.day, *asked])
    for pupil, unit, group, name, grade, unit_name, told in rows:
        is_mine = unit in by.units or group in by.groups
        place = Placement(unit, name or "", grade, unit_name, school_type_of(told, grade))
        found[pupil].append((not is_mine, place))
    return {
        pupil: [place for _, place in sorted(places, key=lambda place: place[0])]
        for pupil, places in found.items()
    }


def places_of(pupil: int, *, by: Scope) -> tuple[Placement, ...]:
    """Return where a pupil (id) goes to school on the scope's day, the viewer's places first."""
    return tuple(placements([pupil], by=by).get(pupil, ()))


def placement(pupil: int, *, by: Scope) -> Placement | None:
    """Return where a pupil goes to school on the scope's day, the viewer's place before others."""
    return next(iter(places_of(pupil, by=by)), None)


EXACT_UP_TO = 200
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A pupil found by name."""

    pk: int
    public: UUID
    name: str
    placement: Placement | None


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits in name order. `count` is exact up to 200; `is_more` says that it is beyond."""

    hits: list[Hit]
    count: int
    is_more: bool


def search(text: str, *, by: Scope, limit: int = 20) -> Found:
    """Find pupils whose names hold all the words, each anywhere. Case and accents do not matter.

    Only pupils that exist for the viewer are looked through: nothing tells of the others, not by
    a hit, not by a count.
    """
    words = [folded(word) for word in text.split()[:_MOST_WORDS]]
    words = [word for word in words if word]
    if not words:
        return Found([], 0, is_more=False)
    named = visible(by=by)
    for word in words:
        named = named.filter(sort_key__contains=word)
    found = list(named.order_by("sort_key", "pk")[: EXACT_UP_TO + 1])
    shown = found[:limit]
    places = placements([pupil.pk for pupil in shown], by=by)
    hits = [
        Hit(pupil.pk, pupil.public, pupil.name, next(iter(places.get(pupil.pk, [])), None))
        for pupil in shown
    ]
    return Found(hits, min(len(found), EXACT_UP_TO), is_more=len(found) > EXACT_UP_TO)


def mentors_by_class(groups: Collection[int], *, on: date) -> dict[int, list[str]]:
    """Return the names of the mentors of some classes (ids) on a day, in name order."""
    found: defaultdict[int, set[tuple[str, int, str]]] = defaultdict(set)
    for group, staff, given, family in _asking_mentors(on).among("group_id", groups).ask():
        name = Staff(given_name=given, family_name=family).name
        found[group].add((sort_key(family, given), staff, name))
    return {group: [name for *_, name in sorted(mentors)] for group, mentors in found.items()}


@lru_cache(maxsize=16)
def _asking_mentors(on: date) -> Question:
    mentors = Duty.objects.on(on).filter(role=Role.MENTOR)
    return question(
        mentors.values_list("group_id", "staff_id", "staff__given_name", "staff__family_name")
    )


@dataclass(frozen=True, slots=True)
class Followed:
    """A class that somebody follows."""

    pk: int
    public: UUID
    name: str
    unit: int
    unit_name: str


def my_groups(*, by: Scope) -> list[Followed]:
    """Return the classes that the viewer follows one by one; who follows a whole unit has none."""
    return [
        Followed(group.pk, group.public, group.name, group.unit_id, group.unit.name)
        for group in organisation.groups_by_id(by.groups)
    ]


def mail_addresses(*, on: date, accounts: Collection[int] | None = None) -> dict[int, str]:
    """Return where mail goes, by account (id): people at work that day who have an address.

    Of some accounts, or of all.
    """
    duties = Duty.objects.on(on).filter(staff__account__is_active=True)
    if accounts is not None:
        duties = duties.filter(staff__account__in=accounts)
    found = duties.exclude(staff__account__email="")
    return dict(found.values_list("staff__account", "staff__account__email"))


def email_of(account: int) -> str:
    """Return an account's own address; none is the empty text."""
    return str(Account.objects.values_list("email", flat=True).get(pk=account))


def name_of_viewer(*, by: Scope) -> str:
    """Return the name of the person whose scope it is; the system has none."""
    if by.staff is None:
        return ""
    found = _asking_name().ask(by.staff)
    return next((f"{given} {family}".strip() for given, family in found), "")


@cache
def _asking_name() -> Blank:
    return blank(Staff.objects.filter(pk=NOBODY).values_list("given_name", "family_name"))


def names_of_viewers(viewers: Collection[str]) -> dict[str, str]:
    """Return the names of those at work among these viewers (public ids of accounts)."""
    accounts = [viewer for viewer in viewers if is_uuid(viewer)]
    staff = Staff.objects.filter(account__public__in=accounts).select_related("account")
    return {str(member.account.public): member.name for member in staff if member.account}


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
