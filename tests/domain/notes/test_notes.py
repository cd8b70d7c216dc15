"""Whose a working note is, who writes one, and what stops one."""

import pytest

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.notes.domain import notes
from samnarvaro.notes.domain.notes import LONGEST, Fault


@pytest.mark.parametrize(
    ("zone", "of_class"),
    [
        ("school:9999", K.COUNSELLOR_NOTE), ("student_health:9999", K.MEDICAL),
        ("social:9999", K.SOCIAL), ("health:99", K.REGION), ("leisure:9999", None),
        ("system", None),
    ],
)  # fmt: skip
def test_each_zone_has_a_class_of_its_own(zone: str, of_class: K | None) -> None:
    assert notes.class_of(zone) is of_class


@pytest.mark.parametrize(
    ("role", "zone", "may"),
    [
        (Role.COUNSELLOR, "school:9999", True),
        (Role.MENTOR, "school:9999", False),
        (Role.PRINCIPAL, "school:9999", False),
        (Role.NURSE, "student_health:9999", True),
        (Role.NURSE, "school:9999", False),
        (Role.SOCIAL_SECRETARY, "social:9999", True),
        (Role.UNIT_HEAD, "social:9999", False),
        (Role.CLINICIAN, "health:99", True),
        (Role.CLINICIAN, "social:9999", False),
        (None, "social:9999", False),
    ],
)
def test_only_those_under_the_zones_strong_secrecy_write(
    role: Role | None, zone: str, may: bool
) -> None:
    assert notes.may_write(role, zone) is may


def test_a_note_in_school_is_its_authors_and_elsewhere_the_handlers() -> None:
    assert notes.only_author_reads("school:9999")
    assert not notes.only_author_reads("social:9999")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [Fault.EMPTY]), (" \n ", [Fault.EMPTY]), ("a", []), ("a" * LONGEST, []),
        (" " + "a" * LONGEST + " ", []), ("a" * (LONGEST + 1), [Fault.TOO_LONG]),
    ],
)  # fmt: skip
def test_a_note_says_something_and_is_short(text: str, faults: list[Fault]) -> None:
    assert notes.faults(text) == faults
