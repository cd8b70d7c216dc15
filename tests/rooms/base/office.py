"""Vik's office for the tests of deliveries and job runs: who works there, and files to hand in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samnarvaro.base.models import Delivery
from samnarvaro.consents.services import scope_for, system_scope
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation.models import Agency, Group, SchoolAuthority, Unit
from samnarvaro.people.models import Account, Duty, Enrolment, Pupil, Staff
from samnarvaro.project import worker

MONDAY = date(2026, 10, 19)
NOON = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 8, 17)
HEADER = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"
ROSTER = "pupil_id,given_name,family_name,school_unit_code,grade,class_name"
SAGA = "vik-saga,99000002,2026-10-19,08:10,60,MA,present,"
SAGA_AWAY = "vik-saga,99000002,2026-10-19,08:10,60,MA,unexcused,"
FAULTY = "vik-saga,99000002,2026-10-19,25:99,60,MA,present,"


class Office:
    """Strandskolan and its office. Agda hands files in, Isa runs the machine, Mira is a mentor."""

    def __init__(self) -> None:
        self.authority = SchoolAuthority.objects.create(code="9999", name="Viks kommun")
        school = Agency.objects.create(
            authority=self.authority, kind="school", name="Skola", zone="school:9999"
        )
        self.unit = Unit.objects.create(agency=school, code="99000002", name="Strandskolan")
        self.group = Group.objects.create(
            unit=self.unit, name="8B", grade="8", school_year="2026/2027"
        )
        self.agda = self.staff("agda", "Agda Nyberg", Role.SCHOOL_ADMINISTRATOR)
        self.berit = self.staff("berit", "Berit Nyberg", Role.SCHOOL_ADMINISTRATOR)
        self.isa = self.staff("isa", "Isa Falk", Role.SYSTEM_ADMINISTRATOR)
        self.mira = self.staff("mira", "Mira Ek", Role.MENTOR)
        self.saga = self.pupil("vik-saga")

    def staff(self, username: str, name: str, role: Role) -> Staff:
        given, family = name.split()
        account = Account.objects.create(username=username)
        staff = Staff.objects.create(account=account, given_name=given, family_name=family)
        group = self.group if role is Role.MENTOR else None
        Duty.objects.create(
            staff=staff, unit=self.unit, group=group, role=role, first_day=FIRST_DAY
        )
        return staff

    def pupil(self, pupil_id: str) -> Pupil:
        pupil = Pupil.objects.create(
            authority=self.authority,
            pupil_id=pupil_id,
            given_name="Elev",
            family_name=pupil_id,
            sort_key=pupil_id,
        )
        Enrolment.objects.create(
            pupil=pupil, unit=self.unit, group=self.group, grade="8", first_day=FIRST_DAY
        )
        return pupil


def scope(staff: Staff, on: date = MONDAY) -> Scope:
    assert staff.account_id is not None
    return scope_for(staff.account_id, hat=None, on=on)


def system(on: date = MONDAY) -> Scope:
    return system_scope(purpose="test", on=on)


def signed_in(staff: Staff) -> Client:
    client = Client(headers={"accept-language": "sv"})
    assert staff.account_id is not None
    client.force_login(Account.objects.get(pk=staff.account_id))
    return client


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def a_file(content: bytes, name: str = "marker.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def handed_in(client: Client, content: bytes, **said: Any) -> Delivery:
    """Hand a file in on the page, and return what became of it before anybody has read it."""
    form = {"kind": "marks", "profile": "schema", "as_of": "2026-10-19", **said}
    answer = client.post("/leveranser/ny/", {**form, "file": a_file(content)})
    assert answer.status_code == 302, words(answer)
    return Delivery.objects.get(public=UUID(answer.headers["Location"].split("/")[2]))


def work_off() -> int:
    """Let the worker do all that stands in its queue."""
    done = 0
    while worker.work_off_one():
        done += 1
    return done


def address(delivery: Delivery, *more: str) -> str:
    return "/".join(["/leveranser", str(delivery.public), *more, ""])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def counts(delivery: Delivery) -> Sequence[int]:
    """New, changed, same, duplicate, faulty."""
    return (
        delivery.new, delivery.changed, delivery.same, delivery.duplicate, delivery.faulty,
    )  # fmt: skip
