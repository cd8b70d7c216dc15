"""Broken glasses: one's own while it stands open, and those that a chief is to look into."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.base import clock, wall
from samnarvaro.consents.domain.relations import CASES, GIVERS, Kind, code_of, in_school, look_by
from samnarvaro.consents.models import ConsentClass, Relation
from samnarvaro.consents.queries.own import NoSuchTie
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.domain.sort_key import folded
from samnarvaro.people.queries import parties


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass: whose, of which pupil (id, public id), why in a code and in words, from when to when.

    `code` and `known_as` are what the zone calls the child, `finding` what its chief came to.
    """

    public: UUID
    pupil: int
    pupil_public: UUID
    who: str
    reason: str
    words: str
    at: datetime
    closes_at: datetime
    code: str
    known_as: str
    finding: str
    looked_at: datetime | None
    looked_by: str

    @property
    def look_by(self) -> date:
        return look_by(clock.day_of(self.at))


def standing(public: UUID, *, by: Scope) -> Glass:
    """Return one of the viewer's own glasses that stands open. Raises NoSuchTie."""
    return _only(Relation.objects.glass_of(by).filter(public=public).first())


def to_look_into(public: UUID, *, by: Scope) -> Glass:
    """Return a glass, open or closed, for who leads the school where the pupil goes, or the agency where
    it was broken. Raises NoSuchTie.
    """
    row = Relation.objects.filter(public=public, kind=Kind.GLASS, zone=by.zone).first()
    if row is None or by.role not in GIVERS:
        raise NoSuchTie
    if in_school(by.zone) and not people.visible(by=by).filter(pk=row.pupil_id).exists():
        raise NoSuchTie
    return _only(row)


def waiting(*, by: Scope) -> list[Glass]:
    """Return the glasses that the head of another agency has not looked into, the oldest first."""
    if by.role is not Role.UNIT_HEAD:
        return []
    rows = Relation.objects.filter(kind=Kind.GLASS, zone=by.zone, looked_at__isnull=True)
    return [
        _only(row) for row in rows.order_by("granted_at", "pk") if not _is_protected(row.pupil_id)
    ]


def known_here(called: str, *, by: Scope) -> int | None:
    """Return the id of the only child whom the viewer's own agency has as a matter and calls so, or None.

    By its code, by what the agency itself calls it, or by its name while a consent lets that be read.
    Nothing near is found, and nobody whose personal data is protected.
    """
    wanted = folded(called)
    with wall.system("weighing"):
        rows = list(
            Relation.objects.in_zone(by)
            .filter(kind__in=CASES, pupil__protection=0)
            .select_related("pupil")
        )
        flowing = ConsentClass.objects.flowing(DataClass.NAME, to_zone=by.zone, on=by.day)
        named = {int(pupil) for pupil in flowing.values_list("consent__pupil", flat=True)}
    found = {row.pupil_id for row in rows if wanted in _called(row, row.pupil_id in named)}
    return found.pop() if wanted and len(found) == 1 else None


def _called(row: Relation, is_named: bool) -> set[str]:
    names = {code_of(row.public), row.known_as} | ({row.pupil.name} if is_named else set())
    return {folded(name) for name in names if name}


def colleagues(glass: Glass, *, by: Scope) -> list[tuple[str, Kind]]:
    """Return who in the viewer's own zone has the child as its matter: those to ask first, by name."""
    rows = Relation.objects.in_zone(by).filter(pupil=glass.pupil, kind__in=CASES)
    return [
        (row.staff.name, Kind(row.kind))
        for row in rows.select_related("staff").order_by("first_day", "pk")
    ]


@wall.system("weighing")
def _is_protected(pupil: int) -> bool:
    return parties.is_protected(pupil)


@wall.system("weighing")
def _only(row: Relation | None) -> Glass:
    if row is None or row.closes_at is None or parties.is_protected(row.pupil_id):
        raise NoSuchTie
    tied = Relation.objects.filter(pupil=row.pupil_id, zone=row.zone, kind__in=CASES)
    first = tied.order_by("ended_at", "first_day", "pk").first()
    return Glass(
        row.public, row.pupil_id, UUID(parties.public_of(row.pupil_id)), row.staff.name, row.reason,
        row.words, row.granted_at, row.closes_at,
        code_of((first or row).public),
        first.known_as if first else "",
        row.finding, row.looked_at, row.looked_by.name if row.looked_by else "",
    )  # fmt: skip
