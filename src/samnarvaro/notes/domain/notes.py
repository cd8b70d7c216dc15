"""Short working notes of one zone about a child: whose they are, and what stops one.

They are no record and no file: what must stand there is written there. One zone's notes are never
read by another; a single one can be handed over where the law lets it.
"""

from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass

LONGEST = 2000

# A zone's branch, and of which class its notes are.
CLASS_OF: dict[str, DataClass] = {
    "school": DataClass.COUNSELLOR_NOTE,
    "student_health": DataClass.MEDICAL,
    "social": DataClass.SOCIAL,
    "health": DataClass.REGION,
}
# In school only those write whose work is under the strong secrecy of student health.
WRITERS: dict[str, frozenset[Role]] = {
    "school": frozenset({Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR}),
    "student_health": frozenset({Role.NURSE, Role.DOCTOR}),
    "social": frozenset(
        {
            Role.SCHOOL_SOCIAL_WORKER,
            Role.SOCIAL_SECRETARY,
            Role.FAMILY_THERAPIST,
            Role.PARENT_ADVISER,
            Role.FIELD_WORKER,
            Role.CONSULTATION_MEMBER,
        }
    ),
    "health": frozenset({Role.HEALTH_COUNSELLOR, Role.CLINICIAN}),
}

# Who in school works together around a pupil: each is told that another has written, and not what.
KNOW = WRITERS["school"] | {Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL}


class Fault(StrEnum):
    """What is wrong with a note as it was written."""

    EMPTY = "empty"
    TOO_LONG = "too_long"


def branch_of(zone: str) -> str:
    """Return the branch of a zone: `social` of `social:9999`."""
    return zone.partition(":")[0]


def class_of(zone: str) -> DataClass | None:
    """Return of which class a zone's notes are; none where no notes are written."""
    return CLASS_OF.get(branch_of(zone))


def may_write(role: Role | None, zone: str) -> bool:
    return role in WRITERS.get(branch_of(zone), frozenset())


def only_author_reads(zone: str) -> bool:
    """Tell whether a note is its author's and the named readers' alone, not all handlers'."""
    return branch_of(zone) == "school"


def may_know(role: Role | None, zone: str) -> bool:
    """Tell whether a role may know that notes are there which it does not read: in school alone."""
    return branch_of(zone) == "school" and role in KNOW


def faults(text: str) -> list[Fault]:
    """Return everything that is wrong with a text."""
    return [
        fault
        for fault, holds in {
            Fault.EMPTY: not text.strip(),
            Fault.TOO_LONG: len(text.strip()) > LONGEST,
        }.items()
        if holds
    ]
