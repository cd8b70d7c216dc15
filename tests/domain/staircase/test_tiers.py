"""The tier of support a pupil has: everybody the first, and more because of what is to be done."""

from itertools import combinations

import pytest

from samnarvaro.staircase.domain.tiers import SHIPPED, Ground, Item, Tier, tier_of


@pytest.mark.parametrize(
    ("level", "tier"),
    [(0, Tier.UNIVERSAL), (1, Tier.TARGETED), (2, Tier.INTENSIVE), (3, Tier.INTENSIVE), (9, Tier.INTENSIVE)],
)  # fmt: skip
def test_a_level_of_the_staircase_gives_a_tier(level: int, tier: Tier) -> None:
    assert tier_of(level) is tier


@pytest.mark.parametrize(
    ("ground", "tier"),
    [
        (Ground.EARLY_MEASURE, Tier.TARGETED),
        (Ground.INVESTIGATION, Tier.INTENSIVE),
        (Ground.CASE, Tier.INTENSIVE),
    ],
)
def test_what_is_done_gives_a_tier_without_any_signal(ground: Ground, tier: Tier) -> None:
    assert tier_of(0, [ground]) is tier


def test_the_highest_holds_and_nothing_lowers_it() -> None:
    for level in range(5):
        for count in range(len(Ground) + 1):
            for grounds in combinations(Ground, count):
                found = tier_of(level, grounds)
                assert found >= tier_of(level)
                assert found == max([tier_of(level), *(tier_of(0, [g]) for g in grounds)])


def test_the_shipped_proposal_has_every_item_and_one_that_spans_the_upper_tiers() -> None:
    assert {item for items in SHIPPED.values() for item in items} == set(Item)
    assert {tier: len(items) for tier, items in SHIPPED.items()} == {
        Tier.UNIVERSAL: 7, Tier.TARGETED: 3, Tier.INTENSIVE: 3,
    }  # fmt: skip
    assert set(SHIPPED[Tier.TARGETED]) & set(SHIPPED[Tier.INTENSIVE]) == {Item.TOGETHER}
