"""What a kind and its minutes mean, and what no mark may be."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.attendance.domain.marks import (
    Content,
    Kind,
    LateAs,
    NotAMark,
    Wrong,
    content_of,
)

LESSON = 40
ALL_OF_IT = (0, 1, 20, LESSON - 1, LESSON)


def verdict(kind: str, minutes: int, absent: int | None, late_as: LateAs) -> Content | Wrong:
    try:
        return content_of(kind, minutes, absent, late_as)
    except NotAMark as wrong:
        return wrong.wrongs[0][0]


def held(*, excused: int = 0, unexcused: int = 0, other: int = 0, late: bool = False) -> Content:
    return Content(LESSON, excused=excused, unexcused=unexcused, other=other, late=late)


PRESENT = held()
OTHER = held(other=LESSON)
UNREPORTED = Content(LESSON, reported=False)
CANCELLED = Content(LESSON, cancelled=True)
NOT_ALLOWED, NONE, MISSING = Wrong.ABSENT_NOT_ALLOWED, Wrong.ABSENT_NONE, Wrong.ABSENT_MISSING

# What each kind means for an empty field, 0, some and all minutes; late minutes as unexcused.
TABLE: dict[Kind, dict[int | None, Content | Wrong]] = {
    Kind.PRESENT: {None: PRESENT, 0: PRESENT, 1: NOT_ALLOWED, 20: NOT_ALLOWED, 40: NOT_ALLOWED},
    Kind.LATE: {
        None: MISSING,
        0: held(late=True),
        1: held(unexcused=1, late=True),
        20: held(unexcused=20, late=True),
        40: held(unexcused=40, late=True),
    },
    Kind.EXCUSED: {
        None: held(excused=LESSON),
        0: NONE,
        1: held(excused=1),
        20: held(excused=20),
        40: held(excused=40),
    },
    Kind.UNEXCUSED: {
        None: held(unexcused=LESSON),
        0: NONE,
        1: held(unexcused=1),
        20: held(unexcused=20),
        40: held(unexcused=40),
    },
    Kind.OTHER_ACTIVITY: {None: OTHER, 0: OTHER, 1: NOT_ALLOWED, 20: NOT_ALLOWED, 40: NOT_ALLOWED},
    Kind.UNREPORTED: {
        None: UNREPORTED,
        0: UNREPORTED,
        1: NOT_ALLOWED,
        20: NOT_ALLOWED,
        40: NOT_ALLOWED,
    },
    Kind.CANCELLED: {
        None: CANCELLED,
        0: CANCELLED,
        1: NOT_ALLOWED,
        20: NOT_ALLOWED,
        40: NOT_ALLOWED,
    },
}
ROWS = [(kind, absent, meant) for kind, row in TABLE.items() for absent, meant in row.items()]


def test_every_kind_stands_in_the_table() -> None:
    assert set(TABLE) == set(Kind)


@pytest.mark.parametrize(("kind", "absent", "meant"), ROWS)
def test_a_kind_with_its_minutes_means_what_the_table_says(
    kind: Kind, absent: int | None, meant: Content | Wrong
) -> None:
    assert verdict(kind, LESSON, absent, LateAs.UNEXCUSED) == meant


@pytest.mark.parametrize(("kind", "absent"), list(product(Kind, (-1, LESSON + 1, 100_000))))
def test_absence_below_nothing_or_above_the_lesson_is_told_as_such_whatever_the_kind(
    kind: Kind, absent: int
) -> None:
    with pytest.raises(NotAMark) as told:
        content_of(kind, LESSON, absent, LateAs.UNEXCUSED)

    assert told.value.wrongs == ((Wrong.ABSENT_RANGE, "absent_minutes"),)


@pytest.mark.parametrize(
    ("late_as", "excused", "unexcused"),
    [(LateAs.UNEXCUSED, 0, 15), (LateAs.EXCUSED, 15, 0), (LateAs.PRESENT, 0, 0)],
)
def test_the_school_authority_says_what_late_minutes_count_as(
    late_as: LateAs, excused: int, unexcused: int
) -> None:
    mark = content_of("late", LESSON, 15, late_as)

    assert mark == held(excused=excused, unexcused=unexcused, late=True)


@pytest.mark.parametrize(
    ("kind", "late_as"), list(product(sorted(set(Kind) - {Kind.LATE}), LateAs))
)
def test_what_late_minutes_count_as_touches_no_other_kind(kind: Kind, late_as: LateAs) -> None:
    for absent in (None, *ALL_OF_IT):
        assert verdict(kind, LESSON, absent, late_as) == verdict(
            kind, LESSON, absent, LateAs.UNEXCUSED
        )


@pytest.mark.parametrize("late_as", LateAs)
def test_late_by_no_minutes_is_still_one_late_arrival(late_as: LateAs) -> None:
    mark = content_of("late", LESSON, 0, late_as)

    assert mark.late
    assert (mark.excused, mark.unexcused) == (0, 0)


@pytest.mark.parametrize(
    ("minutes", "is_a_lesson"), [(-1, False), (0, False), (1, True), (1440, True), (1441, False)]
)
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.LATE}))
def test_a_lesson_is_one_minute_to_a_day_long(kind: Kind, minutes: int, is_a_lesson: bool) -> None:
    told = verdict(kind, minutes, None, LateAs.UNEXCUSED)

    assert (told is not Wrong.MINUTES_RANGE) is is_a_lesson


@pytest.mark.parametrize("kind", ["", "Present", "PRESENT", "sjuk", "late ", "leave", "None"])
def test_an_unknown_kind_is_told_as_such(kind: str) -> None:
    with pytest.raises(NotAMark) as told:
        content_of(kind, LESSON, None, LateAs.UNEXCUSED)

    assert told.value.wrongs == ((Wrong.KIND_UNKNOWN, "kind"),)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(NotAMark) as told:
        content_of("sjuk", 0, -1, LateAs.UNEXCUSED)

    assert told.value.wrongs == (
        (Wrong.MINUTES_RANGE, "minutes"),
        (Wrong.KIND_UNKNOWN, "kind"),
        (Wrong.ABSENT_RANGE, "absent_minutes"),
    )


@pytest.mark.parametrize(("absent", "told"), [(1440, False), (1441, True)])
def test_absence_is_not_held_against_a_lesson_of_impossible_length(absent: int, told: bool) -> None:
    with pytest.raises(NotAMark) as raised:
        content_of("excused", 0, absent, LateAs.UNEXCUSED)

    assert ((Wrong.ABSENT_RANGE, "absent_minutes") in raised.value.wrongs) is told


@pytest.mark.parametrize(
    ("excused", "unexcused", "other", "fits"),
    [
        (0, 0, 0, True),
        (LESSON, 0, 0, True),
        (0, LESSON, 0, True),
        (0, 0, LESSON, True),
        (10, 20, 10, True),
        (10, 20, 11, False),
        (LESSON, 1, 0, False),
        (-1, 0, 0, False),
        (0, -1, 0, False),
        (0, 0, -1, False),
        (-1, LESSON, 1, False),
    ],
)
def test_the_parts_of_a_mark_are_no_less_than_nothing_and_fit_in_the_lesson(
    excused: int, unexcused: int, other: int, fits: bool
) -> None:
    if fits:
        assert held(excused=excused, unexcused=unexcused, other=other).scheduled == LESSON
    else:
        with pytest.raises(NotAMark):
            held(excused=excused, unexcused=unexcused, other=other)


@given(
    kind=st.sampled_from(Kind),
    minutes=st.integers(-3, 1445),
    absent=st.none() | st.integers(-3, 1445),
    late_as=st.sampled_from(LateAs),
)
def test_whatever_is_written_a_mark_is_either_refused_or_adds_up(
    kind: Kind, minutes: int, absent: int | None, late_as: LateAs
) -> None:
    mark = verdict(kind, minutes, absent, late_as)

    if isinstance(mark, Content):
        assert mark.scheduled == minutes
        assert 0 <= mark.excused + mark.unexcused + mark.other <= minutes
        assert mark.late == (kind is Kind.LATE)
        assert mark.reported == (kind is not Kind.UNREPORTED)
        assert mark.cancelled == (kind is Kind.CANCELLED)
