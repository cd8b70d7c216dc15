"""Broken glasses: one's own while it stands open, and those that a chief is to look into."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samnarvaro.consents.domain.relations import GIVERS, Kind
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries.own import NoSuchTie
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass: whose, of which pupil (id, public id), why in a code and in words, from when to when."""

    public: UUID
    pupil: int
    pupil_public: UUID
    who: str
    reason: str
    words: str
    at: datetime
    closes_at: datetime


def standing(public: UUID, *, by: Scope) -> Glass:
    """Return one of the viewer's own glasses that stands open. Raises NoSuchTie."""
    return _only(Relation.objects.glass_of(by).filter(public=public).first())


def to_look_into(public: UUID, *, by: Scope) -> Glass:
    """Return a glass, open or closed, for who leads the school where the pupil goes. Raises NoSuchTie."""
    row = Relation.objects.filter(public=public, kind=Kind.GLASS, zone=by.zone).first()
    seen = row is not None and people.visible(by=by).filter(pk=row.pupil_id).exists()
    if by.role not in GIVERS or not seen:
        raise NoSuchTie
    return _only(row)


def _only(row: Relation | None) -> Glass:
    if row is None or row.closes_at is None or row.pupil.protection:
        raise NoSuchTie
    return Glass(
        row.public, row.pupil_id, row.pupil.public, row.staff.name, row.reason, row.words,
        row.granted_at, row.closes_at,
    )  # fmt: skip
