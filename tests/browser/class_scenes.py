"""What is seen of a class when there are enough pupils in it to say something of."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.organisation.domain.school_days import SchoolCalendar
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Account, Enrolment, Pupil
from tests.browser.scenes import Set, scene
from tests.house import House
from tests.rooms.outreach.school import SUBJECTS
from tests.rooms.project.entering import signed_in

HEADER = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"


def classmates(house: House, count: int) -> list[Pupil]:
    """So many more pupils in the class of the house's own pupil."""
    group = Group.objects.get(public=house.group)
    authority = Pupil.objects.get(public=house.own).authority
    first_day = clock.today() - timedelta(days=200)
    made = []
    for number in range(count):
        pupil = Pupil.objects.create(
            authority=authority, pupil_id=f"vik-mate{number}", given_name=f"Kamrat{number}",
            family_name="Berg", sort_key=f"berg{number}",
        )  # fmt: skip
        Enrolment.objects.create(
            pupil=pupil, unit=group.unit, group=group, grade=group.grade, first_day=first_day
        )
        made.append(pupil)
    return made


def _take_in(pupils: list[Pupil]) -> None:
    """Seven weeks in which two of six miss one subject each day, and all but one a lesson of the last."""
    today, calendar = clock.today(), SchoolCalendar()
    days = [day for n in range(49) if calendar.is_school_day(day := today - timedelta(days=n))]
    lines = [HEADER]
    for day in days:
        for number, pupil in enumerate(pupils):
            for place, subject in enumerate(SUBJECTS):
                avoids = subject == "IDH" and (number + day.toordinal()) % 3 == 0
                befell = day == days[0] and place == 0 and number
                kind = "unexcused" if avoids or befell else "present"
                lines.append(
                    f"{pupil.pupil_id},99000002,{day},{8 + place:02}:10,60,{subject},{kind},"
                )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "marks.csv"
        path.write_text("\n".join(lines) + "\n")
        report = attendance.take_in(
            path,
            attendance.Options("class"),
            by=consents.system_scope(purpose="test", on=today),
            at=clock.now(),
        )
    assert not report.faulty, report.errors


@scene
def a_class_that_misses_a_subject_together(house: House) -> Iterator[Set]:
    _take_in(classmates(house, 6))
    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    yield Set(client, reverse("class_mapping:patterns", args=[house.group]))
