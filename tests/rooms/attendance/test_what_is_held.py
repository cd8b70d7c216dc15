"""What is held of a lesson when several bring it, again and again; and what history keeps.

What was taken in last is held, but a row equal to the last one that the same profile delivered for
the lesson changes nothing, even if somebody else has corrected the mark since.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.base.models import Delivery
from tests.rooms.attendance.desk import BERG, GOOD, PUPILS, STRAND, Desk, Lesson, Row, Said

KINDS = {"A": "unexcused", "B": "excused", "C": "present"}
SAID = {
    "A": Said(60, 0, 60, 0, True, False, False, "MA"),
    "B": Said(60, 60, 0, 0, True, False, False, "MA"),
    "C": Said(60, 0, 0, 0, True, False, False, "MA"),
}
NEW, CHANGED, SAME = "new", "changed", "same"

# Each step: who delivers, what, how it is counted, what is held then.
Step = tuple[str, str, str, str]
STORIES: dict[str, list[Step]] = {
    "the same file three times": [
        ("P", "A", NEW, "A"), ("P", "A", SAME, "A"), ("P", "A", SAME, "A"),
    ],
    "a later file of the same profile holds": [("P", "A", NEW, "A"), ("P", "B", CHANGED, "B")],
    "an older file after a newer is what was taken in last": [
        ("P", "A", NEW, "A"), ("P", "B", CHANGED, "B"), ("P", "A", CHANGED, "A"),
    ],
    "a person's correction outlives the nightly file that says what it said before": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("P", "A", SAME, "B"),
        ("P", "A", SAME, "B"),
    ],
    "but not one that says something else": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("P", "C", CHANGED, "C"),
    ],
    "nor the old saying once something else was said in between": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("P", "C", CHANGED, "C"),
        ("P", "A", CHANGED, "A"),
    ],
    "what another wrote before is the same and from then on this profile's own saying": [
        ("P", "A", NEW, "A"), ("Q", "A", SAME, "A"), ("P", "B", CHANGED, "B"),
        ("Q", "A", SAME, "B"),
    ],
    "the nightly file that catches up with a correction has then said it itself": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("P", "B", SAME, "B"),
        ("P", "A", CHANGED, "A"), ("Q", "B", SAME, "A"),
    ],
    "a correction that is corrected": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("Q", "C", CHANGED, "C"),
        ("P", "A", SAME, "C"), ("Q", "B", CHANGED, "B"),
    ],
    "of several things it said, the last one": [
        ("P", "A", NEW, "A"), ("P", "B", CHANGED, "B"), ("Q", "C", CHANGED, "C"),
        ("P", "B", SAME, "C"), ("P", "A", CHANGED, "A"), ("Q", "C", SAME, "A"),
    ],
    "three who disagree": [
        ("P", "A", NEW, "A"), ("Q", "B", CHANGED, "B"), ("R", "C", CHANGED, "C"),
        ("P", "A", SAME, "C"), ("Q", "B", SAME, "C"), ("Q", "A", CHANGED, "A"),
        ("R", "C", SAME, "A"),
    ],
}  # fmt: skip


def one(letter: str, **rest: str) -> Row:
    return GOOD._replace(kind=KINDS[letter], **rest)


@pytest.mark.parametrize("story", STORIES.values(), ids=list(STORIES))
def test_what_is_held_and_how_each_delivery_is_counted(desk: Desk, story: list[Step]) -> None:
    for profile, says, counted, holds in story:
        report = desk.take_in(one(says), profile=profile)

        assert [name for name in (NEW, CHANGED, SAME) if getattr(report, name)] == [counted]
        assert list(desk.held().values()) == [SAID[holds]]


def test_history_keeps_every_replaced_version_with_who_brought_it_and_who_replaced_it(
    desk: Desk,
) -> None:
    for profile, says in [("P", "A"), ("Q", "B"), ("P", "A"), ("P", "C"), ("P", "A")]:
        desk.take_in(one(says), profile=profile)
    first, correction, _redelivered, third, last = Delivery.objects.order_by("pk")

    assert [(said, by, then) for _, said, by, then in desk.history()] == [
        (SAID["A"], first.pk, correction.pk),
        (SAID["B"], correction.pk, third.pk),
        (SAID["C"], third.pk, last.pk),
    ]
    assert set(desk.holders().values()) == {last.pk}


def test_three_deliveries_of_a_file_leave_what_one_left(desk: Desk) -> None:
    rows = [one("A", start=f"{hour:02}:00") for hour in range(8, 15)]
    desk.take_in(*rows)
    held, totals, holders = desk.held(), desk.totals(), desk.holders()

    for _ in range(2):
        assert desk.take_in(*rows).same == 7

    assert (desk.held(), desk.totals(), desk.holders()) == (held, totals, holders)
    assert desk.history() == []
    assert Delivery.objects.count() == 3


def test_a_lesson_missing_from_a_later_file_stays(desk: Desk) -> None:
    desk.take_in(one("A"), one("A", start="09:30"))

    desk.take_in(one("B", start="09:30"))

    assert sorted((lesson.start, said) for lesson, said in desk.held().items()) == [
        (490, SAID["A"]),
        (570, SAID["B"]),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"pupil_id": "vik-leo"},
        {"school_unit_code": "99000003"},
        {"date": "2026-11-17"},
        {"start": "08:11"},
    ],
    ids=["pupil", "unit", "day", "start"],
)
def test_another_pupil_unit_day_or_start_is_another_lesson(
    desk: Desk, other: dict[str, str]
) -> None:
    desk.take_in(one("A"))

    assert desk.take_in(one("B", **other)).new == 1
    assert sorted(desk.held().values()) == sorted([SAID["A"], SAID["B"]])


@pytest.mark.parametrize(
    "other", [{"minutes": "59"}, {"subject": "SV"}, {"kind": "late", "absent_minutes": "60"}]
)
def test_another_length_subject_or_lateness_is_other_content(
    desk: Desk, other: dict[str, str]
) -> None:
    desk.take_in(one("A"))

    report = desk.take_in(GOOD._replace(**({"kind": "unexcused"} | other)))

    assert report.changed == 1
    assert len(desk.history()) == 1


@dataclass
class Vik:
    """What C3 of the contract says, with nothing but dicts: held, delivered last, history."""

    held: dict[Lesson, tuple[str, int]] = field(default_factory=dict)
    last: dict[tuple[str, Lesson], str] = field(default_factory=dict)
    history: list[tuple[Lesson, str, int, int]] = field(default_factory=list)

    def take_in(self, rows: list[tuple[Lesson, str]], profile: str, delivery: int) -> Counter[str]:
        counts: Counter[str] = Counter()
        holding = dict(rows)
        counts["duplicate"] = len(rows) - len(holding)
        for lesson, says in holding.items():
            counts[self._one(lesson, says, profile, delivery)] += 1
        return counts

    def _one(self, lesson: Lesson, says: str, profile: str, delivery: int) -> str:
        before = self.last.get((profile, lesson))
        self.last[profile, lesson] = says
        if lesson not in self.held:
            self.held[lesson] = (says, delivery)
            return NEW
        if before == says:
            return SAME
        held, by = self.held[lesson]
        self.history.append((lesson, held, by, delivery))
        self.held[lesson] = (says, delivery)
        return SAME if held == says else CHANGED


MONDAY = date(2026, 11, 16)
LESSONS = st.sampled_from(
    [
        Lesson(PUPILS[0], STRAND, MONDAY, 490),
        Lesson(PUPILS[0], BERG, MONDAY, 490),
        Lesson(PUPILS[1], STRAND, MONDAY, 490),
    ]
)
DELIVERIES = st.lists(
    st.tuples(
        st.sampled_from("PQ"), st.lists(st.tuples(LESSONS, st.sampled_from("ABC")), max_size=4)
    ),
    min_size=4,
    max_size=10,
)


def row_of(lesson: Lesson, says: str) -> Row:
    hour, minute = divmod(lesson.start, 60)
    return one(
        says,
        pupil_id=lesson.pupil_id,
        school_unit_code=lesson.unit,
        date=lesson.day.isoformat(),
        start=f"{hour:02}:{minute:02}",
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=DELIVERIES)
def test_whatever_comes_in_from_whomever_the_rules_hold(
    desk: Desk, deliveries: list[tuple[str, list[tuple[Lesson, str]]]]
) -> None:
    vik = Vik()
    with transaction.atomic():
        for profile, rows in deliveries:
            report = desk.take_in(*[row_of(*row) for row in rows], profile=profile)
            delivery = Delivery.objects.latest("pk").pk

            expected = vik.take_in(rows, profile, delivery)

            numbers = report.numbers()
            assert numbers.pop("rows") == len(rows)
            assert numbers == dict.fromkeys(numbers, 0) | dict(expected)
            assert desk.held() == {lesson: SAID[says] for lesson, (says, _) in vik.held.items()}
            assert desk.holders() == {lesson: by for lesson, (_, by) in vik.held.items()}
            assert sorted(desk.history()) == sorted(
                (lesson, SAID[says], by, then) for lesson, says, by, then in vik.history
            )
        transaction.set_rollback(True)
