"""Moving, leaving and coming back: the past stands, and the order of the files does not matter."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from samnarvaro.organisation.models import Unit
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.people.delivered import (
    AUGUST,
    BERGSKOLAN,
    NOVEMBER,
    OCTOBER,
    STRANDSKOLAN,
    Deliverer,
    Row,
    everything_held,
    numbers,
    row,
    stays,
)

OCTOBER_EVE, NOVEMBER_EVE = date(2026, 10, 11), date(2026, 11, 1)
MELVIN = row("vik-melvin", "Melvin Ås", "8A")
AT_BERGSKOLAN = MELVIN | {"school_unit_code": BERGSKOLAN}
OTHERS = [row("x"), row("y", school_unit_code=BERGSKOLAN)]


def test_a_pupil_who_moves_to_another_school_ends_at_the_one_and_begins_at_the_other(
    deliver: Deliverer,
) -> None:
    deliver([*OTHERS, AT_BERGSKOLAN], as_of=AUGUST)

    report = deliver([*OTHERS, MELVIN], as_of=OCTOBER)

    # Not removed: the file has him, at the other school.
    assert numbers(report) == {"rows": 3, "changed": 1, "same": 2}
    assert stays("vik-melvin") == [
        (BERGSKOLAN, "8A", AUGUST, OCTOBER_EVE),
        (STRANDSKOLAN, "8A", OCTOBER, None),
    ]


def test_a_pupil_who_moves_to_another_class_ends_in_the_one_and_begins_in_the_other(
    deliver: Deliverer,
) -> None:
    deliver([MELVIN], as_of=AUGUST)

    report = deliver([MELVIN | {"class_name": "8B"}], as_of=OCTOBER)

    assert numbers(report) == {"rows": 1, "changed": 1}
    assert stays("vik-melvin") == [
        (STRANDSKOLAN, "8A", AUGUST, OCTOBER_EVE),
        (STRANDSKOLAN, "8B", OCTOBER, None),
    ]


def test_a_pupil_who_is_no_longer_in_the_file_has_left_the_day_before(deliver: Deliverer) -> None:
    deliver([*OTHERS, MELVIN], as_of=AUGUST)

    report = deliver(OTHERS, as_of=OCTOBER)

    assert numbers(report) == {"rows": 2, "same": 2, "removed": 1}
    assert stays("vik-melvin") == [(STRANDSKOLAN, "8A", AUGUST, OCTOBER_EVE)]
    assert Pupil.objects.filter(pupil_id="vik-melvin").exists()


def test_a_pupil_who_comes_back_begins_anew(deliver: Deliverer) -> None:
    deliver([*OTHERS, MELVIN], as_of=AUGUST)
    deliver(OTHERS, as_of=OCTOBER)

    report = deliver([*OTHERS, MELVIN], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 3, "changed": 1, "same": 2}
    assert stays("vik-melvin") == [
        (STRANDSKOLAN, "8A", AUGUST, OCTOBER_EVE),
        (STRANDSKOLAN, "8A", NOVEMBER, None),
    ]


def test_a_file_speaks_only_of_the_schools_that_stand_in_it(deliver: Deliverer) -> None:
    deliver([*OTHERS, AT_BERGSKOLAN], as_of=AUGUST)

    report = deliver([row("x"), MELVIN], as_of=OCTOBER)

    assert numbers(report) == {"rows": 2, "changed": 1, "same": 1}
    # Bergskolan has not said anything: two schools claim him until it does.
    assert stays("vik-melvin") == [
        (BERGSKOLAN, "8A", AUGUST, None),
        (STRANDSKOLAN, "8A", OCTOBER, None),
    ]
    assert stays("y") == [(BERGSKOLAN, "8B", AUGUST, None)]


def test_a_new_school_year_has_new_classes(deliver: Deliverer) -> None:
    deliver([MELVIN], as_of=AUGUST)
    next_year = date(2027, 8, 18)

    deliver([MELVIN], as_of=next_year)

    years = Enrolment.objects.order_by("first_day").values_list(
        "group__name", "group__school_year", "last_day"
    )
    assert list(years) == [
        ("8A", "2026/2027", date(2027, 8, 17)),
        ("8A", "2027/2028", None),
    ]


def test_who_came_on_the_very_day_and_is_not_in_the_corrected_file_was_never_there(
    deliver: Deliverer,
) -> None:
    deliver([*OTHERS, MELVIN], as_of=OCTOBER)

    report = deliver(OTHERS, as_of=OCTOBER)

    assert numbers(report) == {"rows": 2, "same": 2, "removed": 1}
    assert stays("vik-melvin") == []


def test_who_was_left_out_by_mistake_has_been_there_all_along(deliver: Deliverer) -> None:
    deliver([*OTHERS, MELVIN], as_of=AUGUST)
    before = everything_held()
    deliver(OTHERS, as_of=OCTOBER)

    deliver([*OTHERS, MELVIN], as_of=OCTOBER)

    assert everything_held() == before


def test_an_older_file_after_a_newer_one_tells_of_the_time_between_alone(
    deliver: Deliverer,
) -> None:
    deliver([*OTHERS, MELVIN], as_of=NOVEMBER)

    report = deliver([*OTHERS, AT_BERGSKOLAN], as_of=AUGUST)

    assert report.counts["removed"] == 0
    assert stays("vik-melvin") == [
        (BERGSKOLAN, "8A", AUGUST, NOVEMBER_EVE),
        (STRANDSKOLAN, "8A", NOVEMBER, None),
    ]
    assert stays("x") == [(STRANDSKOLAN, "8B", AUGUST, None)]


def test_an_older_file_changes_no_name_but_adds_what_nobody_knew(deliver: Deliverer) -> None:
    column = "personal_identity_number"
    deliver([MELVIN | {"school_name": "Strandskolan", "birth_date": ""}], as_of=NOVEMBER)

    report = deliver(
        [
            row("vik-melvin", "Melvin Sjö", "8A", birth_date="2012-05-06", school_name="Gamla"),
            row("left", "Leo Strand") | {column: "201304072398"},
        ],
        as_of=AUGUST,
    )

    assert numbers(report) == {"rows": 2, "new": 1, "changed": 1}
    assert [(w.code, w.detail) for w in report.warnings] == [
        ("older_roster", f"{STRANDSKOLAN}: 2026-08-17 – 2026-11-01")
    ]
    melvin = Pupil.objects.get(pupil_id="vik-melvin")
    assert (melvin.name, melvin.birth_date) == ("Melvin Ås", date(2012, 5, 6))
    assert Unit.objects.get().name == "Strandskolan"
    # Who is only in the older file was there for that time.
    assert stays("left") == [(STRANDSKOLAN, "8B", AUGUST, NOVEMBER_EVE)]


FILES: dict[date, list[Row]] = {
    AUGUST: [*OTHERS, AT_BERGSKOLAN, row("z")],
    OCTOBER: [*OTHERS, MELVIN],
    NOVEMBER: [*OTHERS, MELVIN | {"class_name": "8B"}, row("z", class_name="8A")],
}


@pytest.mark.parametrize(
    "order", list(permutations(FILES)), ids=lambda days: str([d.month for d in days])
)
def test_files_come_to_the_same_in_any_order(deliver: Deliverer, order: Sequence[date]) -> None:
    for day in order:
        deliver(FILES[day], as_of=day)

    assert stays("vik-melvin") == [
        (BERGSKOLAN, "8A", AUGUST, OCTOBER_EVE),
        (STRANDSKOLAN, "8A", OCTOBER, NOVEMBER_EVE),
        (STRANDSKOLAN, "8B", NOVEMBER, None),
    ]
    assert stays("z") == [
        (STRANDSKOLAN, "8B", AUGUST, OCTOBER_EVE),
        (STRANDSKOLAN, "8A", NOVEMBER, None),
    ]
    assert stays("y") == [(BERGSKOLAN, "8B", AUGUST, None)]


def test_a_file_may_tell_of_a_day_to_come(deliver: Deliverer) -> None:
    deliver([*OTHERS, AT_BERGSKOLAN], as_of=AUGUST)
    spring = date(2027, 1, 11)

    deliver([*OTHERS, MELVIN], as_of=spring)

    assert stays("vik-melvin") == [
        (BERGSKOLAN, "8A", AUGUST, date(2027, 1, 10)),
        (STRANDSKOLAN, "8A", spring, None),
    ]
