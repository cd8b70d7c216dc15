"""Pupils whom somebody else than the roster told of first: they have an id and a school, no name."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction

from samnarvaro.base import ids
from samnarvaro.organisation import services as organisation
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.models import Enrolment, Pupil

_BATCH = 2000


def new_pupil_ids() -> Iterator[int]:
    """Set ids aside for pupils that a delivery is going to make."""
    return ids.set_aside(Pupil)


@transaction.atomic
def create_nameless_pupils(new: Mapping[str, int]) -> None:
    """Make pupils that only their ids are known of; the roster gives them names later."""
    authority = organisation.ensure_authority()
    Pupil.objects.bulk_create(
        [
            Pupil(pk=pk, pupil_id=pupil_id, authority=authority, sort_key=sort_key(pupil_id))
            for pupil_id, pk in new.items()
        ],
        batch_size=_BATCH,
    )


@transaction.atomic
def enrol_newcomers(places: Iterable[tuple[int, int, date]]) -> None:
    """Enrol pupils (pupil, unit, first day) at the schools where their first lessons were."""
    Enrolment.objects.bulk_create(
        [Enrolment(pupil_id=p, unit_id=u, first_day=day) for p, u, day in places],
        batch_size=_BATCH,
    )
