"""What must be so before a person gets a duty."""

from dataclasses import replace
from datetime import date

import pytest

from samnarvaro.kernel.access import Role
from samnarvaro.people.domain.duties import NoSuchDuty, Post, Standing, against

STRANDSKOLAN, CLASS_8B = 2, 82
MENTOR = Post(Role.MENTOR, STRANDSKOLAN, date(2026, 8, 17), group=CLASS_8B)
GOOD = Standing(is_own=False, is_held=False, unit_of_class=STRANDSKOLAN)


def test_a_mentor_has_a_class_of_the_school() -> None:
    assert against(MENTOR, GOOD) == []


@pytest.mark.parametrize(
    ("post", "standing", "reason"),
    [
        (replace(MENTOR, group=None), GOOD, NoSuchDuty.MENTOR_WITHOUT_CLASS),
        (MENTOR, replace(GOOD, unit_of_class=3), NoSuchDuty.CLASS_OF_ANOTHER_UNIT),
        (
            replace(MENTOR, last_day=date(2026, 8, 16)),
            GOOD,
            NoSuchDuty.ENDS_BEFORE_IT_BEGINS,
        ),
        (MENTOR, replace(GOOD, is_held=True), NoSuchDuty.ALREADY_HELD),
        (MENTOR, replace(GOOD, is_own=True), NoSuchDuty.OWN),
    ],
)
def test_each_thing_that_speaks_against_it_is_told(
    post: Post, standing: Standing, reason: NoSuchDuty
) -> None:
    assert against(post, standing) == [reason]


def test_a_duty_may_be_for_one_day() -> None:
    assert against(replace(MENTOR, last_day=MENTOR.first_day), GOOD) == []


def test_a_principal_needs_no_class() -> None:
    assert against(Post(Role.PRINCIPAL, STRANDSKOLAN, date(2026, 8, 17)), GOOD) == []
