"""The school of the work list's tests on a Friday with roll calls, numbers to call and a new mentor.

Five lessons of an hour; Thursday is the former school day. Robin (4A) has two guardians, one of whom
speaks Arabic and needs an interpreter; Saga (8B) has a number of her own.
"""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.imports.reader import HEADER
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.contacts import Kind, Outcome, Told
from samnarvaro.outreach.domain.needs import Need, Whom
from samnarvaro.people import services as people
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.models import Guardian, Pupil, Staff
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import School, scope, system

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SUBJECTS = ("MA", "SV", "EN", "IDH", "NO")
STRAND, EK = "99000002", "99000001"
FIRST_CALL, INFORM = Need.FIRST_DAY, Need.INFORM

Row = tuple[str, str, str, str, str, str, str, str]


class CallingSchool(School):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.elin = self.staff("elin", "Elin Dahl", Role.MENTOR, self.ek, self.class_4a)
        self.tindra = self.pupil("Tindra", "Sund", self.class_8a)
        self.protect(self.tindra, self.karin, self.ragnar)
        self.maria = self._guardian(self.robin, "Maria", telephone="070-174 06 07")
        self.omar = self._guardian(
            self.robin, "Omar", telephone="070-174 06 15", language="ar", needs_interpreter=True
        )
        self.lena = self._guardian(self.saga, "Lena", telephone="070-174 06 05")
        people.set_telephone("070-174 06 16", pupil=self.saga.public, by=system(), at=AT)

    @staticmethod
    def _guardian(pupil: Pupil, name: str, **told: Any) -> Guardian:
        contact = Contact(name, pupil.family_name, **told)
        guardian = people.ensure_guardian(contact, by=system(), at=AT)
        people.set_guardianship(
            pupil=pupil.pk, guardian=guardian.pk, first_day=date(2026, 8, 17), by=system(), at=AT
        )
        return guardian

    def take_in(self, *days: Iterable[Row], profile: str = "csv") -> None:
        path = self.folder / "marks.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for rows in days:
                writer.writerows(rows)
        report = attendance.take_in(path, attendance.Options(profile), by=system(FRIDAY), at=AT)
        assert not report.faulty, report.errors


def day(pupil: Pupil, kinds: str, on: date = FRIDAY, code: str = STRAND) -> list[Row]:
    """A day's lessons by letters: p present, u unexcused, e excused, l late, - not called, x off."""
    names = {"p": "present", "u": "unexcused", "e": "excused", "l": "late", "-": "unreported",
             "x": "cancelled"}  # fmt: skip
    return [
        (
            pupil.pupil_id,
            code,
            on.isoformat(),
            f"{8 + place:02}:10",
            "60",
            SUBJECTS[place],
            names[kind],
            "10" if kind == "l" else "",
        )
        for place, kind in enumerate(kinds)
    ]


def settle(on: date = FRIDAY) -> services.Settled:
    return services.settle(on, on=on, by=system(on), at=AT)


def rows() -> dict[tuple[str, str], Item]:
    """The rows of work by kind and pupil's first name (or alias)."""
    items = Item.objects.filter(kind__startswith="outreach.").select_related("pupil")
    return {(item.kind, item.pupil.name.split()[0]): item for item in items if item.pupil}


def told(**given: Any) -> Told:
    facts: dict[str, Any] = {
        "made_on": FRIDAY,
        "kind": Kind.PHONE,
        "whom": Whom.GUARDIAN,
        "outcome": Outcome.REACHED,
    }
    return Told(**facts | given)


def record(
    staff: Staff, pupil: Pupil, need: Need | None = FIRST_CALL, on: date = FRIDAY, **given: Any
) -> Any:
    more = {key: given.pop(key) for key in ("announced", "telephone") if key in given}
    answers = services.Answers(need, FRIDAY, "Ringde hem.", **more) if need else None
    return services.record(
        told(**given),
        pupil=pupil.public,
        answers=answers,
        by=scope(staff, on),
        at=AT,
        on=on,
    )


__all__ = ["Scope", "scope", "system"]
