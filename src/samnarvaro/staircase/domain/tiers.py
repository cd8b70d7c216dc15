"""The three tiers of support, after Kearney's multi-tiered systems of support, and which of them a
pupil has.

Everybody has the first. The higher ones come on top of it, because of what is done or is to be
done for the pupil; a tier says something of the support, never of the child. What belongs to a
tier is a proposal, in data.
"""

from collections.abc import Collection, Mapping
from enum import IntEnum, StrEnum


class Tier(IntEnum):
    UNIVERSAL = 1  # promote: everybody
    TARGETED = 2  # prevent: some, early
    INTENSIVE = 3  # remedy: few, much


class Ground(StrEnum):
    """What gives a higher tier beside a level of the staircase."""

    EARLY_MEASURE = "early_measure"
    INVESTIGATION = "investigation"
    CASE = "case"


_OF_GROUND = {
    Ground.EARLY_MEASURE: Tier.TARGETED,
    Ground.INVESTIGATION: Tier.INTENSIVE,
    Ground.CASE: Tier.INTENSIVE,
}


def tier_of(level: int, grounds: Collection[Ground] = ()) -> Tier:
    """Return the highest tier that the open level (0: none) or a ground gives."""
    of_level = Tier(min(level + 1, Tier.INTENSIVE))
    return max([of_level, *(_OF_GROUND[ground] for ground in grounds)])


class Item(StrEnum):
    """What a school may work with on a tier."""

    ASK_EVERYBODY = "ask_everybody"
    BEFOREHAND = "beforehand"
    PROVEN_TEACHING = "proven_teaching"
    MANY_WAYS = "many_ways"
    FEELINGS = "feelings"
    WITH_STUDENT_HEALTH = "with_student_health"
    BELONGING = "belonging"
    QUICK_ANSWER = "quick_answer"
    FOLLOW_UP = "follow_up"
    MORE_ADAPTED = "more_adapted"
    PROVEN_MATERIAL = "proven_material"
    TOGETHER = "together"


# The proposal that is shipped; solving it together spans the two upper tiers.
SHIPPED: Mapping[Tier, tuple[Item, ...]] = {
    Tier.UNIVERSAL: (
        Item.ASK_EVERYBODY,
        Item.BEFOREHAND,
        Item.PROVEN_TEACHING,
        Item.MANY_WAYS,
        Item.FEELINGS,
        Item.WITH_STUDENT_HEALTH,
        Item.BELONGING,
    ),
    Tier.TARGETED: (Item.QUICK_ANSWER, Item.FOLLOW_UP, Item.TOGETHER),
    Tier.INTENSIVE: (Item.MORE_ADAPTED, Item.PROVEN_MATERIAL, Item.TOGETHER),
}
