"""What may be handed over: inside a consent, or one item on a ground that a chief has decided on."""

from dataclasses import replace

import pytest

from samnarvaro.consents.domain.handing_over import (
    GROUNDS,
    ITEMS,
    Code,
    HandingOver,
    NotHanded,
    against,
)  # fmt: skip
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K

BY_CONSENT = HandingOver(
    from_zone="school:9999",
    to_zone="social:9999",
    zones=frozenset({"school:9999", "social:9999", "health:99", "student_health:9999"}),
    count=1,
    classes=frozenset({K.ATTENDANCE}),
    handed_already=False,
    agreed=frozenset({K.NAME, K.ATTENDANCE, K.COUNSELLOR_NOTE}),
    code=None,
    age=14,
    decider_roles=frozenset(),
    why="",
    protected=False,
)
BY_LAW = replace(
    BY_CONSENT,
    agreed=frozenset(),
    code=Code.GENERAL_CLAUSE,
    decider_roles=frozenset({Role.PRINCIPAL}),
    why="x" * 10,
)


def test_what_the_consent_lists_may_go_several_at_once() -> None:
    assert against(BY_CONSENT) == []
    two = replace(BY_CONSENT, count=2, classes=frozenset({K.ATTENDANCE, K.COUNSELLOR_NOTE}))
    assert against(two) == []


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"to_zone": "school:9999"}, NotHanded.SAME_ZONE),
        ({"to_zone": "leisure:1"}, NotHanded.NOT_A_RECEIVER),
        ({"count": 0, "classes": frozenset()}, NotHanded.NO_ITEM),
        ({"classes": frozenset({K.MAPPING})}, NotHanded.NO_CONSENT),
        ({"agreed": frozenset()}, NotHanded.NO_CONSENT),
        ({"protected": True}, NotHanded.PROTECTED),
    ],
)
def test_inside_a_consent_it_is_refused_for_each_reason(
    but: dict[str, object], reason: NotHanded
) -> None:
    assert against(replace(BY_CONSENT, **but)) == [reason]  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize("of", [K.SOCIAL, K.REGION])
def test_notes_of_social_services_and_care_go_by_no_consent(of: K) -> None:
    asked = replace(BY_CONSENT, classes=frozenset({of}), agreed=frozenset({of}))

    assert against(asked) == [NotHanded.NO_CONSENT]


@pytest.mark.parametrize("of", [K.CHILD_WORDS, K.CONCERN, K.READ_LOG, K.CONTACT, K.CONSENT])
def test_what_follows_ways_of_its_own_is_never_handed_over(of: K) -> None:
    assert of not in ITEMS
    assert NotHanded.CLASS_STAYS in against(replace(BY_LAW, classes=frozenset({of})))


def test_one_item_goes_on_a_ground_of_the_law_by_a_chiefs_decision() -> None:
    assert against(BY_LAW) == []


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"count": 2}, NotHanded.ONE_AT_A_TIME),
        ({"handed_already": True}, NotHanded.HANDED_ALREADY),
        ({"decider_roles": frozenset()}, NotHanded.NO_DECIDER),
        ({"decider_roles": frozenset({Role.COUNSELLOR})}, NotHanded.NO_DECIDER),
        ({"why": " " * 5 + "x" * 9}, NotHanded.NO_WHY),
        ({"code": Code.SOCIAL_TO_CARE, "to_zone": "health:99"}, NotHanded.GROUND_NOT_FROM_HERE),
        ({"from_zone": "health:99"}, NotHanded.GROUND_NOT_FROM_HERE),  # 10:27 not from care
    ],
)
def test_on_a_ground_of_the_law_it_is_refused_for_each_reason(
    but: dict[str, object], reason: NotHanded
) -> None:
    assert against(replace(BY_LAW, **but)) == [reason]  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("code", "start", "to", "age", "reasons"),
    [
        (Code.SOCIAL_TO_CARE, "social:9999", "health:99", 17, []),
        (Code.SOCIAL_TO_CARE, "social:9999", "health:99", 18, [NotHanded.NOT_UNDER_18]),
        (Code.SOCIAL_TO_CARE, "social:9999", "health:99", None, [NotHanded.NOT_UNDER_18]),
        (Code.SOCIAL_TO_CARE, "social:9999", "school:9999", 10, [NotHanded.GROUND_NOT_TO_THERE]),
        (Code.CARE_TO_SOCIAL, "health:99", "social:9999", 10, []),
        (Code.CARE_TO_SOCIAL, "health:99", "school:9999", 10, [NotHanded.GROUND_NOT_TO_THERE]),
        (Code.MEDICAL_TO_STUDENT_HEALTH, "student_health:9999", "school:9999", 10, []),
        (
            Code.MEDICAL_TO_STUDENT_HEALTH,
            "student_health:9999",
            "social:9999",
            10,
            [NotHanded.GROUND_NOT_TO_THERE],
        ),
    ],
)
def test_a_ground_holds_between_the_branches_that_its_paragraph_names(
    code: Code, start: str, to: str, age: int | None, reasons: list[NotHanded]
) -> None:
    assert against(replace(BY_LAW, code=code, from_zone=start, to_zone=to, age=age)) == reasons


def test_every_ground_says_where_it_holds() -> None:
    assert set(GROUNDS) == set(Code)
