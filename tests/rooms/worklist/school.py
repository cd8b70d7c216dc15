"""A small Strandskolan for the tests of the work list: its people, and rows about its pupils."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from samnarvaro.consents.services import scope_for, system_scope
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.organisation.models import Agency, Group, SchoolAuthority, Unit
from samnarvaro.people.models import Account, Duty, Enrolment, NamedHandler, Pupil, Staff
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import NewItem
from samnarvaro.worklist.models import Item

WEDNESDAY = date(2026, 10, 21)  # raised
FRIDAY = date(2026, 10, 23)
MONDAY = date(2026, 11, 2)  # after the autumn break
NOON = datetime(2026, 10, 21, 10, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 8, 17)

FIGURES = {
    "rule": "month-over-10", "window_first": "2026-09-22", "window_last": "2026-10-21",
    "scheduled": 5400, "absent": 590, "percent": 10, "rule_set": "city", "version": 1,
}  # fmt: skip
_numbers = count(1)


class School:
    """Strandskolan with 8A and 8B, Ekskolan with 4A, and an open-care unit in another zone."""

    def __init__(self) -> None:
        self.authority = SchoolAuthority.objects.create(code="9999", name="Viks kommun")
        school = self._agency("school", "school:9999")
        self.strand = Unit.objects.create(agency=school, code="99000002", name="Strandskolan")
        self.ek = Unit.objects.create(agency=school, code="99000001", name="Ekskolan")
        social = self._agency("social", "social:9999")
        self.open_care = Unit.objects.create(agency=social, name="Förebyggande enheten")
        self.class_8a = self._group(self.strand, "8A")
        self.class_8b = self._group(self.strand, "8B")
        self.class_4a = self._group(self.ek, "4A")

        self.mira = self.staff("mira", "Mira Ek", Role.MENTOR, self.strand, self.class_8b)
        self.nils = self.staff("nils", "Nils Lund", Role.MENTOR, self.strand, self.class_8a)
        self.ragnar = self.staff("ragnar", "Ragnar Holm", Role.PRINCIPAL, self.strand)
        self.diana = self.staff("diana", "Diana Ask", Role.DEPUTY_PRINCIPAL, self.strand)
        self.karin = self.staff("karin", "Karin Sjö", Role.COUNSELLOR, self.strand)
        self.petra = self.staff("petra", "Petra Ström", Role.PRINCIPAL, self.ek)
        self.agda = self.staff("agda", "Agda Nyberg", Role.SCHOOL_ADMINISTRATOR, self.strand)
        self.tove = self.staff("tove", "Tove Lind", Role.TEACHER, self.strand, self.class_8b)
        self.sonja = self.staff("sonja", "Sonja Frisk", Role.SCHOOL_SOCIAL_WORKER, self.open_care)

        self.saga = self.pupil("Saga", "Lind", self.class_8b)
        self.noor = self.pupil("Noor", "Haddad", self.class_8b)
        self.robin = self.pupil("Robin", "Åberg", self.class_4a)

    def _agency(self, kind: str, zone: str) -> Agency:
        return Agency.objects.create(authority=self.authority, kind=kind, name=zone, zone=zone)

    def _group(self, unit: Unit, name: str) -> Group:
        return Group.objects.create(unit=unit, name=name, grade=name[:-1], school_year="2026/2027")

    def staff(
        self, username: str, name: str, role: Role, unit: Unit, group: Group | None = None
    ) -> Staff:
        given, family = name.split()
        account = Account.objects.create(username=username)
        staff = Staff.objects.create(account=account, given_name=given, family_name=family)
        Duty.objects.create(staff=staff, unit=unit, group=group, role=role, first_day=FIRST_DAY)
        return staff

    def pupil(self, given: str, family: str, group: Group, **more: Any) -> Pupil:
        number = next(_numbers)
        pupil = Pupil.objects.create(
            authority=self.authority,
            pupil_id=f"vik-{number}",
            given_name=given,
            family_name=family,
            sort_key=f"{family} {given}".casefold().replace("å", "{"),
            **more,
        )
        Enrolment.objects.create(
            pupil=pupil, unit=group.unit, group=group, grade=group.grade, first_day=FIRST_DAY
        )
        return pupil

    def protect(self, pupil: Pupil, *handlers: Staff, alias: str = "T") -> None:
        Pupil.objects.filter(pk=pupil.pk).update(protection=1, alias=alias)
        for handler in handlers:
            NamedHandler.objects.create(
                pupil=pupil,
                staff=handler,
                decided_by=self.petra,
                decided_also_by=self.agda,
                first_day=FIRST_DAY,
            )


def scope(staff: Staff, on: date = WEDNESDAY) -> Scope:
    assert staff.account_id is not None
    return scope_for(staff.account_id, hat=None, on=on)


def system(on: date = WEDNESDAY) -> Scope:
    return system_scope(purpose="test", on=on)


def new(pupil: Pupil, level: int = 1, **given: Any) -> NewItem:
    """A row such as the staircase raises: level 1 is the mentor's, level 2 the principal's."""
    facts: dict[str, Any] = {
        "subject": f"staircase:city:{level}:{pupil.pk}:2026-10-21",
        "kind": f"example.level{level}",
        "pupil": pupil.pk,
        "acts": Holder.MENTOR if level == 1 else Holder.PRINCIPAL,
        "level": level,
        "figures": FIGURES,
        "raised_on": WEDNESDAY,
        "due_on": WEDNESDAY + timedelta(days=7),
    }
    return NewItem(**facts | given)


def raised(pupil: Pupil, level: int = 1, **given: Any) -> Item:
    item = new(pupil, level, **given)
    services.raise_items([item], by=system(), at=NOON)
    return Item.objects.get(subject=item.subject)
