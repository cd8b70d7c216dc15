"""Guardians and whose guardians they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.people import services
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Guardian, Guardianship, Pupil
from tests.rooms.people.delivered import AUGUST, NOON, TODAY, system
from tests.rooms.people.town import Town

LENA = Contact("Lena", "Lind", telephone="070-1740605", language="so", needs_interpreter=True)


def guardian(contact: Contact = LENA) -> Guardian:
    return services.ensure_guardian(contact, by=system(), at=NOON)


def of(pupil: Pupil, who: Guardian) -> Guardianship:
    return services.set_guardianship(
        pupil=pupil.pk, guardian=who.pk, first_day=AUGUST, by=system(), at=NOON
    )


@pytest.fixture
def saga(town: Town) -> Pupil:
    return town.pupil("Saga", "Lind", town.class_8b)


@pytest.mark.django_db
def test_a_guardian_of_whom_the_same_is_known_is_the_same() -> None:
    assert guardian() == guardian()
    assert guardian(replace(LENA, telephone="")) != guardian()
    assert Writing.objects.filter(act="guardian.added").count() == 2


@pytest.mark.django_db
def test_what_is_known_of_a_guardian_can_change() -> None:
    lena = guardian()

    services.change_guardian(replace(LENA, telephone="1"), guardian=lena.pk, by=system(), at=NOON)

    lena.refresh_from_db()
    assert lena.telephone == "1"
    assert Writing.objects.filter(act="guardian.changed").count() == 1


def test_a_guardianship_is_set_once_and_ends(saga: Pupil) -> None:
    row = of(saga, guardian())

    assert of(saga, guardian()) == row
    assert Writing.objects.get(act="guardianship.set").pupil == str(saga.public)

    services.end_guardianship(guardianship=row.pk, last_day=TODAY, by=system(), at=NOON)
    row.refresh_from_db()
    assert row.last_day == TODAY
    assert of(saga, guardian()) != row


def test_a_guardianship_that_ends_before_it_begins_never_was(saga: Pupil) -> None:
    row = of(saga, guardian())

    services.end_guardianship(
        guardianship=row.pk, last_day=AUGUST - timedelta(days=1), by=system(), at=NOON
    )

    assert not Guardianship.objects.exists()
    assert Writing.objects.filter(act="guardianship.ended").exists()


def test_of_a_protected_pupil_no_guardian_is_held(saga: Pupil) -> None:
    services.protect(pupil=saga.pk, level=Level.CONFIDENTIAL, by=system(), at=NOON)

    with pytest.raises(services.CannotSetGuardianship):
        of(saga, guardian())

    assert not Guardianship.objects.exists()
    assert not Writing.objects.filter(act="guardianship.set").exists()
