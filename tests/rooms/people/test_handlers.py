"""The named handlers: at most five, each decided by two others, each for some days."""

from datetime import timedelta

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.consents.services import NoDuty
from samnarvaro.kernel.access import Role
from samnarvaro.people import queries, services
from samnarvaro.people.domain.duties import Post
from samnarvaro.people.domain.protection import Level, NotAHandler
from samnarvaro.people.models import Duty, NamedHandler, Pupil, Staff
from tests.rooms.people.delivered import AUGUST, NOON, TODAY, system
from tests.rooms.people.town import Town, scope


@pytest.fixture
def tindra(town: Town) -> Pupil:
    pupil = town.pupil("Tindra", "Sund", town.class_8a)
    services.protect(pupil=pupil.pk, level=Level.CONFIDENTIAL, by=system(), at=NOON)
    return pupil


def sees(staff: Staff, pupil: Pupil, day: int = 0) -> bool:
    on = TODAY + timedelta(days=day)
    return queries.visible(by=scope(staff, on)).filter(pk=pupil.pk).exists()


def somebody(town: Town, number: int) -> Staff:
    staff = services.ensure_staff(
        given_name="Någon", family_name=f"Nr{number}", by=system(), at=NOON
    )
    post = Post(Role.COUNSELLOR, town.strand, first_day=AUGUST)
    services.give_duty(post, staff=staff.pk, by=system(), at=NOON)
    return staff


def test_a_named_handler_sees_the_pupil_and_the_colleagues_do_not(
    town: Town, tindra: Pupil
) -> None:
    town.name_handler(tindra, town.karin)

    assert sees(town.karin, tindra)
    assert not sees(town.ragnar, tindra)
    entry = Writing.objects.get(act="handler.named")
    assert entry.pupil == str(tindra.public)
    assert entry.detail == {
        "staff": str(town.karin.public),
        "decided_by": str(town.agda.public),
        "decided_also_by": str(town.ulla.public),
    }


def test_a_sixth_is_refused_until_one_has_ended(town: Town, tindra: Pupil) -> None:
    named = [town.name_handler(tindra, somebody(town, number)) for number in range(5)]

    with pytest.raises(services.CannotNameHandler) as refused:
        town.name_handler(tindra, town.karin)
    assert refused.value.reasons == [NotAHandler.TOO_MANY]
    assert NamedHandler.objects.count() == 5

    services.end_handler(handler=named[0], last_day=TODAY - timedelta(days=1), by=system(), at=NOON)
    town.name_handler(tindra, town.karin)
    assert sees(town.karin, tindra)


def test_everything_that_speaks_against_it_is_told_and_nothing_is_written(tindra: Pupil) -> None:
    unemployed = services.ensure_staff(given_name="Ny", family_name="Ek", by=system(), at=NOON)

    with pytest.raises(services.CannotNameHandler) as refused:
        services.name_handler(
            pupil=tindra.pk,
            staff=unemployed.pk,
            decided_by=(unemployed.pk, unemployed.pk),
            first_day=TODAY,
            by=system(),
            at=NOON,
        )

    assert refused.value.reasons == [
        NotAHandler.NO_DUTY,
        NotAHandler.DECIDES_ABOUT_SELF,
        NotAHandler.ONE_DECIDER,
        NotAHandler.DECIDER_WITHOUT_DUTY,
    ]
    assert not NamedHandler.objects.exists()
    assert not Writing.objects.filter(act="handler.named").exists()


def test_an_open_pupil_has_no_handlers(town: Town) -> None:
    saga = town.pupil("Saga", "Lind", town.class_8b)

    with pytest.raises(services.CannotNameHandler) as refused:
        town.name_handler(saga, town.karin)

    assert refused.value.reasons == [NotAHandler.NOT_PROTECTED]


def test_a_handler_is_that_from_the_first_day_to_the_last(town: Town, tindra: Pupil) -> None:
    handler = town.name_handler(tindra, town.karin)
    services.end_handler(handler=handler, last_day=TODAY + timedelta(days=1), by=system(), at=NOON)

    assert [sees(town.karin, tindra, day) for day in (-1, 0, 1, 2)] == [False, True, True, False]
    assert Writing.objects.filter(act="handler.ended").count() == 1


def test_a_handler_who_ends_before_beginning_never_was(town: Town, tindra: Pupil) -> None:
    handler = town.name_handler(tindra, town.karin)

    services.end_handler(handler=handler, last_day=TODAY - timedelta(days=1), by=system(), at=NOON)

    assert not sees(town.karin, tindra)
    assert not NamedHandler.objects.exists()


def test_a_handler_without_duty_sees_nothing(town: Town, tindra: Pupil) -> None:
    town.name_handler(tindra, town.karin)
    duty = Duty.objects.get(staff=town.karin)
    services.end_duty(duty=duty.pk, last_day=TODAY - timedelta(days=1), by=system(), at=NOON)

    with pytest.raises(NoDuty):
        scope(town.karin)
