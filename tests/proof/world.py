"""Three agencies and three children in the database, and the facts of `model` that say the same.

The facts begin as what was just written into the tables; from then on both go their own ways.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation.models import Unit
from samnarvaro.people import services as people
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.models import Duty, Enrolment, Guardian, Guardianship, Pupil, Staff
from tests.proof.model import Custody, Facts, Hat, Place
from tests.proof.model import Duty as DutyFact
from tests.rooms.consents.agreed import SOCIAL, Town
from tests.rooms.worklist.school import FIRST_DAY, NOON, WEDNESDAY, system

CHILDREN = ("saga", "noor", "robin")
GUARDIANS = {"saga": ("Lena", "Per"), "noor": ("Amal", "Omar"), "robin": ("Lena", "Jon")}
BORN = {"saga": date(2010, 12, 24), "noor": date(2014, 11, 5), "robin": None}
MEDICAL = "student_health:9999"


class World(Town):
    """The town of the consents' tests with the school's medical branch, and somebody with two jobs."""

    def __init__(self) -> None:
        super().__init__()
        medical = self._agency("health", MEDICAL)
        self.medical = Unit.objects.create(agency=medical, name="Skolhälsovården")
        self.nina = self.staff("nina", "Nina Sköld", Role.NURSE, self.medical)
        self.vera = self.staff("vera", "Vera Chef", Role.UNIT_HEAD, self.medical)
        self.pia = self.staff("pia", "Pia Psykolog", Role.PSYCHOLOGIST, self.strand)
        self.cesar = self.staff("cesar", "Cesar Chef", Role.UNIT_HEAD, self.psychiatry)
        self.rut = self.staff("rut", "Rut Delad", Role.COUNSELLOR, self.ek)
        Duty.objects.create(
            staff=self.rut, unit=self.open_care, role=Role.SOCIAL_SECRETARY, first_day=FIRST_DAY
        )
        self.groups = {"8A": self.class_8a, "8B": self.class_8b, "4A": self.class_4a}
        self.guardian(self.noor, "Amal", "Lind")
        self.guardian(self.noor, "Omar", "Lind")
        self.guardian(self.robin, "Lena", "Lind")
        self.guardian(self.robin, "Jon", "Lind")
        for key, born in BORN.items():
            Pupil.objects.filter(pk=self.pupil_of(key).pk).update(birth_date=born)
            self._attend(self.pupil_of(key))
        self.persons = {
            row.account.username: row for row in Staff.objects.select_related("account")
            if row.account is not None
        }  # fmt: skip
        self.name_of = {row.pk: name for name, row in self.persons.items()}
        self.child_of = {self.pupil_of(key).pk: key for key in CHILDREN}

    def pupil_of(self, key: str) -> Pupil:
        found: Pupil = getattr(self, key)
        return found

    def _attend(self, pupil: Pupil) -> None:
        """A day with marks every week for a year and more, whatever the day it is."""
        DayTotal.objects.bulk_create(
            DayTotal(
                day=WEDNESDAY + timedelta(days=7 * week), pupil=pupil, scheduled=300 * (week + 1),
                excused=60, unexcused=0, unreported=0, late=0, days=week + 1, run=0,
                unit=self.strand,
            )
            for week in range(60)
        )  # fmt: skip

    def scope(self, hat: Hat, at: datetime) -> Scope:
        account = self.persons[hat.person].account_id
        assert account is not None
        key = f"{hat.zone}/{hat.role}"
        return consents.scope_for(account, hat=key, on=clock.day_of(at), at=at)

    def guardian_row(self, name: str) -> Guardian:
        contact = Contact(given_name=name, family_name="Lind")
        return people.ensure_guardian(contact, by=system(), at=NOON)

    def guardian_public(self, name: str) -> UUID:
        return self.guardian_row(name).public

    def facts(self) -> Facts:
        duties = [
            DutyFact(
                row.first_day, row.last_day, self.name_of[row.staff_id], row.unit.agency.zone,
                row.role, row.unit.name, row.group.name if row.group else "",
            )
            for row in Duty.objects.select_related("unit__agency", "group").order_by("pk")
        ]  # fmt: skip
        places = [
            Place(
                row.first_day, row.last_day, self.child_of[row.pupil_id], row.unit.name,
                row.group.name if row.group else "",
            )
            for row in Enrolment.objects.select_related("unit", "group").order_by("pk")
        ]  # fmt: skip
        custody = [
            Custody(row.first_day, None, self.child_of[row.pupil_id], row.guardian.given_name)
            for row in Guardianship.objects.select_related("guardian").order_by("pk")
        ]
        active = dict.fromkeys(self.persons, True)
        return Facts(WEDNESDAY, NOON, dict(BORN), active, duties, places, custody)


__all__ = ["CHILDREN", "GUARDIANS", "MEDICAL", "SOCIAL", "World"]
