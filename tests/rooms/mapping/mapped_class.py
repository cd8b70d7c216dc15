"""Rounds of the relation map of 8B, made through the services."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from samnarvaro.mapping.domain.relations import Contact
from samnarvaro.mapping.models import RelationAdult, RelationRound
from samnarvaro.mapping.services import relations as services
from samnarvaro.people.models import Pupil, Staff
from tests.rooms.worklist.school import NOON, WEDNESDAY, School, scope

ADULTS = ("mira", "tove")
SKOLVARD = "skolvärd"


def begin(school: School, who: str = "mira", *others: str, on: date = WEDNESDAY) -> UUID:
    staff = [getattr(school, each).public for each in ADULTS]
    return services.begin(
        school.class_8b.public,
        staff=staff,
        others=others or (SKOLVARD,),
        by=scope(getattr(school, who), on),
        at=NOON,
        on=on,
    )


def adult(found: UUID, who: Staff | str) -> RelationAdult:
    rows = RelationAdult.objects.filter(round__public=found)
    return rows.get(function=who) if isinstance(who, str) else rows.get(staff=who)


def fill(
    school: School,
    found: UUID,
    whose: Staff | str,
    said: Mapping[Pupil, Contact],
    *,
    by: Staff | None = None,
    on: date = WEDNESDAY,
) -> None:
    """Let an adult fill in the own column, or somebody for one without account."""
    who = by or whose
    assert isinstance(who, Staff)
    services.fill(
        school.class_8b.public,
        adult(found, whose).public,
        {pupil.public: contact for pupil, contact in said.items()},
        by=scope(who, on),
        at=NOON,
        on=on,
    )


def close(school: School, who: str = "mira", on: date = WEDNESDAY, at: datetime = NOON) -> None:
    services.close(school.class_8b.public, by=scope(getattr(school, who), on), at=at, on=on)


def closed(school: School, on: date = WEDNESDAY) -> UUID:
    """Mira has Saga's trust; Noor is talked with and no more."""
    found = begin(school, on=on)
    fill(
        school, found, school.mira, {school.saga: Contact.TRUST, school.noor: Contact.TALKS}, on=on
    )
    fill(school, found, school.tove, {school.saga: Contact.TALKS, school.noor: Contact.NAME}, on=on)
    close(school, on=on)
    return found


def the_open() -> RelationRound | None:
    return RelationRound.objects.filter(closed_on=None).first()
