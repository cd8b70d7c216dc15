"""Knowledge checks of 8B, told through the service."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from samnarvaro.mapping.domain.knowledge import Eligibility, Subject, Told, term_of
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries.places import school_class
from samnarvaro.mapping.services import knowledge as services
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Pupil
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.mapped import as_staff

MA, EN, SV = Subject.MATHEMATICS, Subject.ENGLISH, Subject.SWEDISH


def held(town: Town, pupil: Pupil, who: str = "mira", group: Group | None = None) -> UUID | None:
    """What the page would show as holding."""
    by = scope(as_staff(town, who))
    of = school_class((group or town.class_8b).public, by=by)
    for each in queries.of_class(of, term_of(WEDNESDAY), by=by):
        if each.pupil.pk == pupil.pk:
            return each.result.public if each.result else None
    return None


def tell(
    town: Town, rows: Sequence[tuple[Pupil, Told | None]], *, who: str = "mira",
    group: Group | None = None, day: date | None = WEDNESDAY,
) -> int:  # fmt: skip
    written = [
        services.Row(pupil.public, told, held(town, pupil, who, group)) for pupil, told in rows
    ]
    return services.tell_class(
        (group or town.class_8b).public, written, day=day, by=scope(as_staff(town, who)), at=NOON,
        on=WEDNESDAY,
    )  # fmt: skip


def risk(*subjects: Subject, eligibility: Eligibility | None = None) -> Told:
    return Told(at_risk=subjects, eligibility=eligibility)
