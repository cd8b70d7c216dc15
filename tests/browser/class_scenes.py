"""What is seen of a class when there are enough pupils in it to say something of."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Holder, Role
from samnarvaro.mapping.domain.relations import Contact
from samnarvaro.mapping.models import RelationAdult, RelationRound
from samnarvaro.mapping.services import relations
from samnarvaro.organisation.domain.school_days import SchoolCalendar
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Account, Enrolment, Pupil, Staff
from tests.browser.case_scenes import key_of
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


def _leave_as_it_was() -> None:
    RelationRound.objects.all().delete()


def _round(house: House, *, is_closed: bool) -> RelationRound:
    """A round of the relation map of the class: the mentor, the teacher, and one without account."""
    by, on, at = key_of(house, Role.MENTOR), clock.today(), clock.now()
    staff = {
        role: Staff.objects.get(account=house.accounts[role])
        for role in (Role.MENTOR, Role.TEACHER)
    }
    found = relations.begin(
        house.group, staff=[each.public for each in staff.values()], others=["skolvärd"], by=by,
        at=at, on=on,
    )  # fmt: skip
    mine = RelationAdult.objects.get(round__public=found, staff=staff[Role.MENTOR])
    said = {house.own: Contact.TRUST, house.classmate: Contact.TALKS}
    relations.fill(house.group, mine.public, said, by=by, at=at, on=on)
    if is_closed:
        relations.close(house.group, by=by, at=at, on=on)
    return RelationRound.objects.get(public=found)


@scene
def a_relation_map_with_an_adult_lacking(house: House) -> Iterator[Set]:
    """Closed twice; for one pupil somebody has been asked, for another the form lacks its day."""
    by, on, at = key_of(house, Role.MENTOR), clock.today(), clock.now()
    for _time in range(2):
        _round(house, is_closed=True)
    relations.say(house.group, house.own, has_adult=False, by=by, at=at, on=on)
    relations.give(
        house.group, house.own, holder=Holder.COUNSELLOR, due_on=on + timedelta(days=7), by=by,
        at=at, on=on,
    )  # fmt: skip

    def refuse(page: Page) -> None:
        page.locator("#lacking summary").first.click()
        page.locator("#lacking input[type=date]").first.fill("")
        page.locator("#lacking form button").first.click()
        page.locator("#lacking .error-summary").wait_for()

    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    yield Set(client, reverse("class_mapping:relations", args=[house.group]), refuse)
    _leave_as_it_was()


@scene
def a_round_of_the_relation_map_that_goes_on(house: House) -> Iterator[Set]:
    _round(house, is_closed=False)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    yield Set(client, reverse("class_mapping:relations", args=[house.group]))
    _leave_as_it_was()


@scene
def a_column_that_waits_on_ones_day(house: House) -> Iterator[Set]:
    _round(house, is_closed=False)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.TEACHER]))
    yield Set(client, reverse("home"))
    _leave_as_it_was()


@scene
def a_column_of_the_relation_map_handed_in_empty(house: House) -> Iterator[Set]:
    found = _round(house, is_closed=False)
    own = RelationAdult.objects.get(round=found, staff__account=house.accounts[Role.TEACHER])

    def hand_in(page: Page) -> None:
        page.locator("#column form button").click()
        page.locator("#column .error-summary").wait_for()

    client = signed_in(Account.objects.get(pk=house.accounts[Role.TEACHER]))
    yield Set(client, reverse("class_mapping:column", args=[house.group, own.public]), hand_in)
    _leave_as_it_was()
