"""People for the year of marks: names and classes for everybody, a mentor and a principal."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench import made
from bench.year import LAST, Year

CLASS_SIZE = 25
NOON = datetime(LAST.year, LAST.month, LAST.day, 10, tzinfo=UTC)
COLUMNS = ("pupil_id", "given_name", "family_name", "school_unit_code", "grade", "class_name")
GIVEN = ("Alva", "Bo", "Cleo", "Disa", "Elis", "Freja", "Gry", "Hugo", "Iris", "Jon")
FAMILY = ("Berg", "Dal", "Ek", "Gran", "Holm", "Lind", "Ny", "Sjö", "Strand", "Åker", "Öberg")


def on_the_last_day() -> Any:
    """A patch of the clock: it is the middle of the last day of the year."""
    return patch("django.utils.timezone.now", lambda: NOON)


@dataclass(frozen=True, slots=True)
class School:
    """The first school: its accounts, and what its pages are asked for by (public ids)."""

    mentor: int
    principal: int
    unit: str
    group: str
    pupil: str


def people_it(year: Year, folder: Path) -> School:
    """Take in a roster of everybody and employ two, all through the services."""
    from samnarvaro.consents.services import system_scope
    from samnarvaro.kernel.access import Role
    from samnarvaro.organisation.models import Group, Unit
    from samnarvaro.people import services
    from samnarvaro.people.domain.duties import Post

    by: dict[str, Any] = {"by": system_scope(purpose="bench", on=LAST), "at": NOON}
    options = services.RosterOptions(as_of=year.days[0], confirm_removals=True)
    services.take_in_roster(_roster(year, folder / "roster.csv"), options, **by)
    unit = Unit.objects.get(code=made.unit_code(0))
    group = Group.objects.filter(unit=unit).order_by("pk")[0]
    accounts: dict[Role, int] = {}
    for role, led in ((Role.MENTOR, group.pk), (Role.PRINCIPAL, None)):
        account = services.create_account(username=role.value, password=None, **by)
        staff = services.ensure_staff(
            given_name="Kim", family_name=role.value, account=account.pk, **by
        )
        post = Post(role=role, unit=unit.pk, group=led, first_day=year.days[0])
        services.give_duty(post, staff=staff.pk, **by)
        accounts[role] = account.pk
    return School(
        mentor=accounts[Role.MENTOR],
        principal=accounts[Role.PRINCIPAL],
        unit=str(unit.public),
        group=str(group.public),
        pupil=_most_away(group.pk),
    )


def _roster(year: Year, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(year.pupils):
            place = number % made.PUPILS_A_SCHOOL // CLASS_SIZE
            grade, letter = 1 + place % 9, "AB"[place // 9]
            writer.writerow(
                [
                    f"P{number:06d}", GIVEN[number % 10], FAMILY[number // 10 % 11],
                    made.unit_code(number), grade, f"{grade}{letter}",
                ]
            )  # fmt: skip
    return path


def _most_away(group: int) -> str:
    """The pupil of the class with most to show: the one with most episodes."""
    from samnarvaro.people.models import Enrolment, Pupil
    from samnarvaro.staircase.models import Episode

    here = Enrolment.objects.filter(group=group).values("pupil")
    with_most = Counter(Episode.objects.filter(pupil__in=here).values_list("pupil", flat=True))
    chosen = with_most.most_common(1)
    pupils = Pupil.objects.filter(pk__in=here)
    return str((pupils.get(pk=chosen[0][0]) if chosen else pupils[0]).public)
