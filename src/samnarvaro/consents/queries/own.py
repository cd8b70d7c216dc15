"""The viewer's own ties to children, in the zone whose hat it wears."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.consents.domain.relations import CASES, Kind, code_of
from samnarvaro.consents.models import Relation
from samnarvaro.kernel.access import Scope


class NoSuchTie(Exception):
    """There is none, or it is not the viewer's own. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A live relation of the viewer to a child (id). `code` is what the zone calls it by."""

    public: UUID
    pupil: int
    pupil_public: UUID
    kind: Kind
    known_as: str
    first_day: date
    last_day: date

    @property
    def code(self) -> str:
        return code_of(self.public)


def tie(public: UUID, *, by: Scope) -> Tie:
    """Return one of the viewer's own live ties. Raises NoSuchTie."""
    row = Relation.objects.of(by).select_related("pupil").filter(public=public).first()
    if row is None:
        raise NoSuchTie
    return _tie(row)


def case_with(pupil: int, *, by: Scope) -> Tie | None:
    """Return the viewer's own matter with a pupil (id), if it has one."""
    rows = Relation.objects.of(by).filter(pupil=pupil, kind__in=CASES).select_related("pupil")
    row = rows.order_by("first_day", "pk").first()
    return None if row is None else _tie(row)


def _tie(row: Relation) -> Tie:
    return Tie(
        row.public, row.pupil_id, row.pupil.public, Kind(row.kind), row.known_as, row.first_day,
        row.last_day,
    )  # fmt: skip
