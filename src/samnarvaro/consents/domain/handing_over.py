"""Handing one item over to another zone: inside a consent, or on another ground that the law names.

A hand-over is a copy of what was chosen, as it looked. It opens no door: nothing more follows.
"""

from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass

# What may be handed over at all. The child's own words follow the child's choice, the log and
# reports of concern have ways of their own.
ITEMS = frozenset(
    {
        DataClass.ATTENDANCE, DataClass.CAUSE, DataClass.MAPPING, DataClass.COUNSELLOR_NOTE,
        DataClass.MEDICAL, DataClass.SOCIAL, DataClass.REGION, DataClass.PLAN,
    }
)  # fmt: skip
# Notes of social services and health care go with no consent in here: their owner writes a sentence
# to share in the plan instead.
NOT_BY_CONSENT = frozenset({DataClass.SOCIAL, DataClass.REGION})


class Code(StrEnum):
    """Another ground than consent, by the paragraph in offentlighets- och sekretesslagen."""

    OWN_TASK = "10:2"  # necessary for one's own task; narrow
    CRIME_AND_FRAUD = "10:15a"
    GENERAL_CLAUSE = "10:27"
    DUTY_BY_LAW = "10:28"
    CARE_TO_SOCIAL = "25:12"  # health care to social services, for somebody under 18
    MEDICAL_TO_STUDENT_HEALTH = "25:13a"
    SOCIAL_TO_CARE = "26:9"  # social services to health care, for somebody under 18


@dataclass(frozen=True, slots=True)
class Ground:
    """From which branches and to which a ground may be used; None is any."""

    from_branches: frozenset[str] | None
    to_branches: frozenset[str] | None
    under_18_only: bool = False


# Safe defaults after the paragraphs, dated like all legal texts here; a lawyer has the last word.
GROUNDS: dict[Code, Ground] = {
    Code.OWN_TASK: Ground(None, None),
    Code.CRIME_AND_FRAUD: Ground(frozenset({"school"}), None),
    Code.GENERAL_CLAUSE: Ground(frozenset({"school"}), None),
    Code.DUTY_BY_LAW: Ground(None, None),
    Code.CARE_TO_SOCIAL: Ground(
        frozenset({"health", "student_health"}), frozenset({"social"}), under_18_only=True
    ),
    Code.MEDICAL_TO_STUDENT_HEALTH: Ground(frozenset({"student_health"}), frozenset({"school"})),
    Code.SOCIAL_TO_CARE: Ground(frozenset({"social"}), frozenset({"health"}), under_18_only=True),
}
# Who decides, besides the one who gives: a chief of the zone the item comes from.
DECIDERS = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL, Role.UNIT_HEAD})
SHORTEST_WHY = 10


class NotHanded(StrEnum):
    """Why an item cannot be handed over so."""

    SAME_ZONE = "same_zone"
    NOT_A_RECEIVER = "not_a_receiver"
    CLASS_STAYS = "class_stays"
    NO_CONSENT = "no_consent"
    NO_ITEM = "no_item"
    ONE_AT_A_TIME = "one_at_a_time"
    HANDED_ALREADY = "handed_already"
    GROUND_NOT_FROM_HERE = "ground_not_from_here"
    GROUND_NOT_TO_THERE = "ground_not_to_there"
    NOT_UNDER_18 = "not_under_18"
    NO_DECIDER = "no_decider"
    NO_WHY = "no_why"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """What is known when somebody hands items over. `code` is None inside a consent."""

    from_zone: str
    to_zone: str
    zones: frozenset[str]
    count: int  # of the chosen items
    classes: frozenset[DataClass]  # of the chosen items
    handed_already: bool  # on the same ground, to the same zone
    agreed: frozenset[DataClass]  # what live consents list, from this zone to that
    code: Code | None
    age: int | None
    decider_roles: frozenset[Role]  # of who decided, in the zone the items come from
    why: str
    protected: bool


def against(handing: HandingOver) -> list[NotHanded]:
    """Return everything that speaks against it, not only the first."""
    reasons = {
        NotHanded.SAME_ZONE: handing.from_zone == handing.to_zone,
        NotHanded.NOT_A_RECEIVER: handing.to_zone not in handing.zones,
        NotHanded.NO_ITEM: not handing.count,
        NotHanded.CLASS_STAYS: not handing.classes <= ITEMS,
        NotHanded.PROTECTED: handing.protected,
    }
    found = [reason for reason, holds in reasons.items() if holds]
    return found + (_by_consent(handing) if handing.code is None else _by_law(handing))


def _by_consent(handing: HandingOver) -> list[NotHanded]:
    open_to_it = handing.agreed - NOT_BY_CONSENT
    return [] if handing.classes <= open_to_it else [NotHanded.NO_CONSENT]


def _by_law(handing: HandingOver) -> list[NotHanded]:
    assert handing.code is not None
    ground = GROUNDS[handing.code]
    reasons = {
        NotHanded.ONE_AT_A_TIME: handing.count > 1,
        NotHanded.HANDED_ALREADY: handing.handed_already,
        NotHanded.GROUND_NOT_FROM_HERE: not _within(handing.from_zone, ground.from_branches),
        NotHanded.GROUND_NOT_TO_THERE: not _within(handing.to_zone, ground.to_branches),
        NotHanded.NOT_UNDER_18: ground.under_18_only and (handing.age is None or handing.age >= 18),
        NotHanded.NO_DECIDER: not handing.decider_roles & DECIDERS,
        NotHanded.NO_WHY: len(handing.why.strip()) < SHORTEST_WHY,
    }
    return [reason for reason, holds in reasons.items() if holds]


def _within(zone: str, branches: frozenset[str] | None) -> bool:
    return branches is None or zone.partition(":")[0] in branches
