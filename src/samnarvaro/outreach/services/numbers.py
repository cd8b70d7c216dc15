"""A home that is to be called and has no number becomes a row for the school administrator."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import days_of_school_year
from samnarvaro.outreach.domain.numbers import (
    LOOKS_BACK,
    NO_NUMBER,
    WITHIN,
    months_of,
    subject_of,
)
from samnarvaro.outreach.models import Due
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts as reach
from samnarvaro.worklist import queries
from samnarvaro.worklist import services as worklist


@transaction.atomic
def raise_missing_numbers(*, on: date, by: Scope, at: datetime) -> int:
    """Raise a row about each pupil whose home was to be told of an absence lately, and where no
    guardian has a number; a protected pupil's home has none to miss. Return how many are new.

    Where there is a number since, the row is marked and stays until somebody clears it. While one
    stands no other is raised; cleared and still without a number, it comes again the next month.
    """
    year = days_of_school_year(on)
    asked = Due.objects.filter(day__gte=year.first, day__lte=on, holds=True)
    everybody = set(asked.values_list("pupil_id", flat=True))
    lacking = reach.without_number(everybody, on=on, by=by)
    months = months_of(year.first, on)
    found = _subjects(everybody - lacking, months)
    worklist.mark_recovered(found, on=on, by=by, at=at)
    worklist.unmark_recovered(_subjects(lacking, months), by=by, at=at)
    lately = asked.filter(day__gt=on - timedelta(days=LOOKS_BACK), pupil__in=lacking)
    wanted = set(lately.values_list("pupil_id", flat=True))
    standing = queries.made_by(_subjects(wanted, months), by=by, on=on)
    have = {row.pupil for row in standing.values() if not row.is_cleared}
    return worklist.raise_items(_items(wanted - have, on, by), by=by, at=at)


def _subjects(pupils: Collection[int], months: Collection[date]) -> list[str]:
    return [subject_of(pupil, month) for pupil in pupils for month in months]


def _items(pupils: Collection[int], on: date, by: Scope) -> list[worklist.NewItem]:
    calendars, places = organisation.Calendars(), people.placements(pupils, by=by)
    return [
        worklist.NewItem(
            subject=subject_of(pupil, on),
            kind=NO_NUMBER,
            pupil=pupil,
            acts=Holder.SCHOOL_ADMINISTRATOR,
            level=0,
            figures={"day": on.isoformat()},
            raised_on=on,
            due_on=calendars.of(places[pupil][0].unit).add_school_days(on, WITHIN),
        )
        for pupil in sorted(pupils)
        if places.get(pupil)
    ]
