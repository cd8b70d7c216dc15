"""What a consent opens in the second wall is what it opens in the first: asked in raw SQL."""

from datetime import date, timedelta
from itertools import product

import pytest

from samnarvaro.consents.domain import policy
from samnarvaro.consents.domain.agreement import State
from samnarvaro.consents.models import Consent, ConsentClass
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people.queries.readable import readable
from tests.rooms.consents.agreed import HEALTH, NOON, SCHOOL, SOCIAL, WEDNESDAY, scope
from tests.rooms.project.walled import MEDICAL, OF_A_CASE, WalledTown, column, on_postgres

pytestmark = [pytest.mark.django_db, on_postgres]
DAY = timedelta(days=1)
NAMES = "SELECT id FROM public.people_pupil"
MINUTES = "SELECT pupil_id FROM attendance_daytotal"


@pytest.fixture
def town(db: None) -> WalledTown:  # noqa: ARG001  # tables
    return WalledTown()


def becomes(town: WalledTown, **terms: object) -> None:
    """Make the consent to social services something that no service of ours would make of it."""
    ended = NOON if terms.get("state") in {State.WITHDRAWN, State.EXPIRED} else None
    Consent.objects.filter(public=town.consent).update(ended_at=ended, **terms)


def test_both_walls_let_through_the_same_consents(town: WalledTown) -> None:
    """Every state, from every zone, to every receiver, around its first and its last day."""
    opened = 0
    zones = [(SCHOOL, SOCIAL), (SCHOOL, HEALTH), (HEALTH, SOCIAL), (MEDICAL, SOCIAL)]
    for state, (giver, receiver) in product(State, zones):
        becomes(town, state=state, from_zone=giver, to_zone=receiver)
        for day in (WEDNESDAY - DAY, WEDNESDAY, WEDNESDAY + 29 * DAY, WEDNESDAY + 30 * DAY):
            first, second = _by_the_first(town, day), column(town.sonja, NAMES, on=day)
            assert second == first, (state, giver, receiver, day)
            opened += len(second)

    assert opened == 2  # given, from the school to social services, on its first and its last day


def _by_the_first(town: WalledTown, day: date) -> set[int]:
    found = readable(by=scope(town.sonja, day), classes=frozenset({K.NAME}))
    return set(found.values_list("pk", flat=True))


@pytest.mark.parametrize("giver", [HEALTH, MEDICAL])
def test_what_another_agency_may_tell_opens_no_row_of_the_school(
    town: WalledTown, giver: str
) -> None:
    assert column(town.sonja, NAMES) == column(town.sonja, MINUTES) == {town.saga.pk}

    becomes(town, from_zone=giver)

    assert column(town.sonja, NAMES) == column(town.sonja, MINUTES) == set()


def test_a_consent_opens_the_classes_that_it_lists_and_no_other(town: WalledTown) -> None:
    ConsentClass.objects.filter(consent__public=town.consent, data_class=K.ATTENDANCE).delete()

    assert column(town.sonja, NAMES) == {town.saga.pk}
    assert column(town.sonja, MINUTES) == set()


def test_a_consent_opens_nothing_to_who_has_no_tie_to_the_child(town: WalledTown) -> None:
    assert column(town.samir, NAMES) == column(town.hanna, NAMES) == set()


def test_what_is_handed_over_one_by_one_is_opened_for_reading_by_nobodys_yes(
    town: WalledTown,
) -> None:
    consent = Consent.objects.get(public=town.consent)
    ConsentClass.objects.filter(consent=consent).delete()
    ConsentClass.objects.bulk_create(
        ConsentClass(consent=consent, data_class=one) for one in policy.ASKABLE
    )
    opened = {
        one
        for one in K
        if column(town.sonja, f"SELECT unnest(wall.app_visible('{one.value}'))") == {town.saga.pk}
    }

    assert {one.value for one in opened - policy.SHAREABLE} == OF_A_CASE[SOCIAL]
    assert opened >= policy.SHAREABLE
