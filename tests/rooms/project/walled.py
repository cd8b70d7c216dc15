"""Asking PostgreSQL in raw SQL as somebody, past all that the program would have asked; and a town
with people of four zones, told twice: as rows, and as what a reader of these lines knows of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import wall
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.organisation.models import Unit
from samnarvaro.people.models import Pupil, Staff
from samnarvaro.worklist import services as worklist
from tests.rooms.consents.agreed import HEALTH, NOON, SCHOOL, SOCIAL, WEDNESDAY, Town, scope
from tests.rooms.worklist.school import new, system

on_postgres = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql",
    reason="the second wall stands in PostgreSQL",
)
MEDICAL = "student_health:9999"

# What this town is, for whom no database is asked.
SCHOOL_OF = {"saga": "strand", "noor": "strand", "robin": "ek", "tindra": "strand"}
WORKS_AT = {
    "mira": "strand", "nils": "strand", "ragnar": "strand", "diana": "strand", "karin": "strand",
    "agda": "strand", "tove": "strand", "petra": "ek",
}  # fmt: skip
ZONE_OF = dict.fromkeys(WORKS_AT, SCHOOL) | {
    "sonja": SOCIAL, "samir": SOCIAL, "hanna": SOCIAL, "bo": HEALTH, "eva": MEDICAL,
}  # fmt: skip
HANDLES_TINDRA = {"ragnar", "eva"}
MATTERS = {
    ("sonja", "saga"), ("samir", "noor"), ("bo", "saga"), ("eva", "noor"), ("karin", "robin"),
}  # fmt: skip
AGREED = {("saga", SOCIAL): {"K1", "K3"}, ("noor", HEALTH): {"K1", "K3", "K4"}}
OF_A_CASE = {
    SOCIAL: {"K0", "K8", "K9", "K12"},
    HEALTH: {"K0", "K8", "K9", "K12"},
    MEDICAL: {"K0", "K1", "K2", "K7", "K12"},
}


def expected(who: str, *classes: str) -> set[str]:
    """Whose rows of all these classes a person is to reach, pupil by pupil."""
    return {pupil for pupil in SCHOOL_OF if _reaches(who, pupil, set(classes))}


def _reaches(who: str, pupil: str, classes: set[str]) -> bool:
    if pupil == "tindra":
        return who in HANDLES_TINDRA
    zone = ZONE_OF[who]
    if zone == SCHOOL and SCHOOL_OF[pupil] == WORKS_AT[who]:
        return True
    if (who, pupil) not in MATTERS:
        return False
    if zone == SCHOOL:
        return True
    return classes <= OF_A_CASE[zone] | AGREED.get((pupil, zone), set())


class WalledTown(Town):
    """The same as rows: minutes, work and guardians of each pupil, and one protected pupil."""

    def __init__(self) -> None:
        super().__init__()
        clinic = self._agency("health", MEDICAL)
        room = Unit.objects.create(agency=clinic, name="Skolhälsan")
        self.eva = self.staff("eva", "Eva Rask", Role.NURSE, room)
        self.tindra = self.pupil("", "", self.class_8a)
        self.protect(self.tindra, self.ragnar, self.eva, alias="Tindra")
        self.guardian(self.noor, "Amal", "Haddad")
        for name in SCHOOL_OF:
            DayTotal.objects.create(
                day=WEDNESDAY, pupil=self.child(name), scheduled=300, excused=60, unexcused=0,
                unreported=0, late=0, days=1, run=0, unit=self.strand,
            )  # fmt: skip
        worklist.raise_items([new(self.child(name)) for name in SCHOOL_OF], by=system(), at=NOON)
        for who, pupil in sorted(MATTERS):
            kind = {"eva": Kind.MEDICAL_CASE, "karin": Kind.STUDENT_HEALTH_CASE}.get(
                who, Kind.HANDLER
            )
            self.tie(self.person(who), self.child(pupil), kind=kind, zone=ZONE_OF[who])
        self.consent = self.agree(classes=(K.NAME, K.ATTENDANCE))
        self.ask(pupil=self.noor)  # nobody has answered
        self.agree(to_zone=HEALTH, first=WEDNESDAY + timedelta(days=1))  # not in force yet

    def child(self, name: str) -> Pupil:
        found: Pupil = getattr(self, name)
        return found

    def person(self, name: str) -> Staff:
        found: Staff = getattr(self, name)
        return found

    def names(self, found: set[int]) -> set[str]:
        return {name for name in SCHOOL_OF if self.child(name).pk in found}


def fetch(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def asked(
    staff: Staff, sql: str, *parameters: Any, on: date = WEDNESDAY, at: datetime = NOON
) -> list[tuple[Any, ...]]:
    """What a person's request gets for a question that no code of ours would ask."""
    by = scope(staff, on, at)
    with wall.request_of(by, at):
        return fetch(sql, *parameters)


def column(staff: Staff, sql: str, **when: Any) -> set[Any]:
    return {value for (value,) in asked(staff, sql, **when)}


@contextmanager
def with_token(token: str) -> Iterator[None]:
    """As the web's role, with a token as it stands."""
    names = wall.roles()
    assert names is not None
    with wall.system("test"):
        fetch(
            "SELECT set_config('role', %s, true), set_config('app.token', %s, true)",
            names.web, token,
        )  # fmt: skip
        yield
