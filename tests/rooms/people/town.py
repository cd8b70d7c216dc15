"""Strandskolan's 8A and 8B with the people around them, made through the services."""

from datetime import date
from itertools import count

from samnarvaro.consents.services import scope_for
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation import services as organisation
from samnarvaro.people import services
from samnarvaro.people.domain.duties import Post
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.models import Enrolment, Pupil, Staff
from tests.rooms.people.delivered import AUGUST, EKSKOLAN, NOON, STRANDSKOLAN, TODAY, system
from tests.vik import staff_member

_ids = count(1)


class Town:
    def __init__(self) -> None:
        units = organisation.take_in_units({STRANDSKOLAN: "Strandskolan", EKSKOLAN: "Ekskolan"})
        self.strand, self.ek = units[STRANDSKOLAN], units[EKSKOLAN]
        self.class_8a = self.group(self.strand, "8A")
        self.class_8b = self.group(self.strand, "8B")
        self.class_4a = self.group(self.ek, "4A")
        self.mira = self.staff("mira", Role.MENTOR, self.strand, self.class_8b)
        self.ragnar = self.staff("ragnar", Role.PRINCIPAL, self.strand)
        self.karin = self.staff("karin", Role.COUNSELLOR, self.strand)
        self.agda = self.staff("agda", Role.SCHOOL_ADMINISTRATOR, self.strand)
        self.petra = self.staff("petra", Role.PRINCIPAL, self.ek)
        self.ulla = self.staff("ulla", Role.PRINCIPAL, self.ek)

    def group(self, unit: int, name: str) -> int:
        made = organisation.take_in_groups({(unit, name): name[:-1]}, school_year="2026/2027")
        return made[unit, name]

    def staff(self, username: str, role: Role, unit: int, group: int | None = None) -> Staff:
        member = staff_member(username)
        account = services.create_account(username=username, password=None, by=system(), at=NOON)
        staff = services.ensure_staff(
            given_name=member.given_name,
            family_name=member.family_name,
            account=account.pk,
            by=system(),
            at=NOON,
        )
        post = Post(role, unit, first_day=AUGUST, group=group)
        services.give_duty(post, staff=staff.pk, by=system(), at=NOON)
        return staff

    def pupil(self, given: str, family: str, group: int, unit: int | None = None) -> Pupil:
        """A pupil of Strandskolan, unless another unit is given."""
        pupil = Pupil.objects.create(
            authority=organisation.ensure_authority(),
            pupil_id=f"vik-{given}-{next(_ids)}".casefold(),
            given_name=given,
            family_name=family,
            sort_key=sort_key(family, given),
        )
        Enrolment.objects.create(
            pupil=pupil, unit_id=unit or self.strand, group_id=group, grade="8", first_day=AUGUST
        )
        return pupil

    def name_handler(self, pupil: Pupil, staff: Staff, first_day: date = TODAY) -> int:
        return services.name_handler(
            pupil=pupil.pk,
            staff=staff.pk,
            decided_by=(self.agda.pk, self.ulla.pk),
            first_day=first_day,
            by=system(),
            at=NOON,
        ).pk


def scope(staff: Staff, on: date = TODAY) -> Scope:
    assert staff.account_id is not None
    return scope_for(staff.account_id, hat=None, on=on)
