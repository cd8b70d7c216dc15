"""The looks that come back are raised as rows: each week for the mentors, each month for the team."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries import school as attendance
from samnarvaro.followup.domain import looks
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people import queries as people
from samnarvaro.worklist import services as worklist

WEEK, MONTH = "followup.week", "followup.month"


@transaction.atomic
def raise_looks(*, on: date, by: Scope, at: datetime) -> int:
    """Raise the week's look for each class with pupils, and the month's control for each school.

    Each once, on the first school day of its week or month that the job is run. Return how many.
    """
    calendars = organisation.Calendars()
    new: list[worklist.NewItem] = []
    for unit in sorted(organisation.unit_ids_by_code().values()):
        calendar = calendars.of(unit)
        if calendar.is_school_day(on):
            new += _of_school(unit, on, calendar.add_school_days(on, looks.CONTROL_WITHIN), by)
    return worklist.raise_items(new, by=by, at=at)


def _of_school(unit: int, on: date, control_due: date, by: Scope) -> Iterator[worklist.NewItem]:
    groups = organisation.groups(of_unit=unit, school_year=school_year_of(on))
    mentored = people.mentors_by_class([group.pk for group in groups], on=on)
    by_class = _absences(unit, on, by)
    everybody = [absence for absences in by_class.values() for absence in absences]
    if not everybody:
        return
    facts = asdict(looks.figures(everybody)) | {"percent": looks.OVER_PERCENT}
    yield worklist.NewItem(
        subject=looks.of_month(unit, on),
        kind=MONTH,
        unit=unit,
        acts=Holder.STUDENT_HEALTH_TEAM,
        level=0,
        figures=facts | {"month": on.isoformat()},
        raised_on=on,
        due_on=control_due,
    )
    for group in mentored:
        facts = asdict(looks.figures(by_class.get(group, []))) | {"percent": looks.OVER_PERCENT}
        yield worklist.NewItem(
            subject=looks.of_week(group, on),
            kind=WEEK,
            group=group,
            acts=Holder.MENTOR,
            level=0,
            figures=facts | {"week": on.isocalendar().week},
            raised_on=on,
            due_on=looks.monday_of(on) + timedelta(days=4),
        )


def _absences(unit: int, on: date, by: Scope) -> dict[int | None, list[Absence]]:
    """Return the pupils' time in the window by class (group id). Who is protected is in no figure."""
    windows = attendance.windows(unit, on=on, lengths=[looks.WINDOW], by=by)
    found: defaultdict[int | None, list[Absence]] = defaultdict(list)
    for pupil, group in people.at_unit(unit, by=by):
        if group is not None and pupil in windows:
            found[group].append(windows[pupil].of_days[looks.WINDOW].absence)
    return found
