"""The guard: a roster that would end too many waits for somebody to confirm it."""

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.base.models import Delivery
from samnarvaro.people.services import TooManyRemoved
from tests.rooms.people.delivered import (
    BERGSKOLAN,
    NOVEMBER,
    Deliverer,
    everything_held,
    many,
    numbers,
    row,
    stays,
)


@pytest.mark.parametrize(
    ("enrolled", "removed", "is_stopped"),
    [
        (120, 11, False),
        (120, 12, False),  # exactly 10 %
        (120, 13, True),
        (60, 9, False),  # 15 %, but fewer than ten
        (60, 10, True),
        (100, 10, False),
        (99, 10, True),
    ],
)
def test_more_than_ten_percent_and_at_least_ten_is_stopped(
    deliver: Deliverer, enrolled: int, removed: int, is_stopped: bool
) -> None:
    pupils = many(enrolled)
    deliver(pupils)
    before = everything_held()

    if is_stopped:
        with pytest.raises(TooManyRemoved) as guard:
            deliver(pupils[removed:], as_of=NOVEMBER)
        assert guard.value.report.counts["removed"] == removed
        assert guard.value.report.counts["enrolled"] == enrolled
        assert everything_held() == before
        assert Delivery.objects.count() == 1
        assert Writing.objects.filter(act="roster.taken_in").count() == 1
    else:
        report = deliver(pupils[removed:], as_of=NOVEMBER)
        assert report.counts["removed"] == removed


def test_a_confirmed_removal_is_carried_out(deliver: Deliverer) -> None:
    pupils = many(60)
    deliver(pupils)

    report = deliver(pupils[30:], as_of=NOVEMBER, confirm_removals=True)

    assert numbers(report) == {"rows": 30, "same": 30, "removed": 30}
    assert Delivery.objects.get(options__confirm_removals=True).state == "written"


def test_the_share_is_of_the_schools_in_the_file(deliver: Deliverer) -> None:
    here, elsewhere = many(60), [row(f"b{n}", school_unit_code=BERGSKOLAN) for n in range(60)]
    deliver([*here, *elsewhere])

    with pytest.raises(TooManyRemoved) as guard:
        deliver(here[12:], as_of=NOVEMBER)
    assert guard.value.report.counts["enrolled"] == 60

    # With both schools in the file it is 12 of 120: exactly 10 %. The small school is warned of.
    report = deliver([*here[12:], *elsewhere], as_of=NOVEMBER)
    assert [(w.code, w.count, w.detail) for w in report.warnings] == [
        ("many_removed", 12, "99000002")
    ]


def test_a_class_that_moves_to_another_school_is_not_removed(deliver: Deliverer) -> None:
    pupils = many(30)
    deliver([*pupils, row("y", school_unit_code=BERGSKOLAN)])

    moved = many(30, school_unit_code=BERGSKOLAN)
    report = deliver([*moved, row("y", school_unit_code=BERGSKOLAN), row("z")], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 32, "changed": 30, "same": 1, "new": 1}


def test_who_left_before_is_not_counted(deliver: Deliverer) -> None:
    pupils = many(60)
    deliver(pupils)
    deliver(pupils[9:])

    report = deliver(pupils[14:], as_of=NOVEMBER)

    assert (report.counts["enrolled"], report.counts["removed"]) == (51, 5)


def test_a_preview_is_stopped_too(deliver: Deliverer) -> None:
    deliver(many(20))

    with pytest.raises(TooManyRemoved):
        deliver(many(10), as_of=NOVEMBER, dry_run=True)


def test_a_pupil_whose_row_is_faulty_is_not_ended(deliver: Deliverer) -> None:
    deliver([row("a"), row("b")])

    report = deliver([row("a"), row("b", birth_date="igår")], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "same": 1, "faulty": 1}
    assert stays("b")[0][3] is None


def test_a_pupil_named_in_a_row_with_too_many_fields_is_not_ended(deliver: Deliverer) -> None:
    deliver([row("a"), row("b"), row("c")])

    report = deliver.text(
        "pupil_id,given_name,family_name,school_unit_code,grade,class_name\n"
        "a,Elev,a,99000002,8,8B\n"
        "b,Elev,b,c,99000002,8,8B\n",
        as_of=NOVEMBER,
    )

    assert numbers(report) == {"rows": 2, "same": 1, "faulty": 1}
    assert report.warnings == []
    assert stays("b")[0][3] is None
    assert stays("c")[0][3] is None  # its id stands in that row as well


@pytest.mark.parametrize(
    "unreadable",
    [",Elev,b,99000002,8,8B\n", "b?,99000002\n", ",Elev,b,,8,8B\n"],
)
def test_while_a_row_may_be_of_anybody_nobody_is_ended(deliver: Deliverer, unreadable: str) -> None:
    deliver([row("a"), row("b")])

    report = deliver.text(
        "pupil_id,given_name,family_name,school_unit_code,grade,class_name\n"
        f"a,Elev,a,99000002,8,8B\n{unreadable}",
        as_of=NOVEMBER,
    )

    assert numbers(report) == {"rows": 2, "same": 1, "faulty": 1}
    assert [(w.code, w.detail) for w in report.warnings] == [("nobody_removed", "99000002")]
    assert stays("b")[0][3] is None


def test_a_row_that_may_be_of_anybody_at_one_school_holds_only_that_school(
    deliver: Deliverer,
) -> None:
    deliver([row("a"), row("b"), row("y", school_unit_code=BERGSKOLAN),
             row("z", school_unit_code=BERGSKOLAN)])  # fmt: skip

    report = deliver([row("a"), row(""), row("y", school_unit_code=BERGSKOLAN)], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 3, "same": 2, "faulty": 1, "removed": 1}
    assert stays("b")[0][3] is None
    assert stays("z")[0][3] is not None
