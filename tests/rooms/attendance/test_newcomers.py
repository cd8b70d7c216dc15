"""Pupils and schools that nobody knows yet; and deliveries that are to write nothing."""

import threading
from datetime import date

import pytest
from django.db import connection

from samnarvaro.organisation.models import Unit
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.attendance.desk import BERG, GOOD, PUPILS, STRAND, Desk, everything

NEW_PUPIL = GOOD._replace(pupil_id="vik-ny")
NEW_UNIT = GOOD._replace(school_unit_code="99000009")


def pupils() -> set[str]:
    return set(Pupil.objects.values_list("pupil_id", flat=True))


def units() -> set[str | None]:
    return set(Unit.objects.values_list("code", flat=True))


def test_unknown_pupils_and_units_are_faulty_and_not_made(desk: Desk) -> None:
    report = desk.take_in(NEW_PUPIL, NEW_UNIT, GOOD)

    assert [(f.line, f.column, f.value, f.code) for f in report.errors] == [
        (2, "pupil_id", "vik-ny", "pupil_unknown"),
        (3, "school_unit_code", "99000009", "unit_unknown"),
    ]
    assert (pupils(), units()) == (set(PUPILS), {STRAND, BERG})


def test_asked_to_it_makes_both_nameless_and_enrols_the_pupil_from_its_first_lesson(
    desk: Desk,
) -> None:
    both = NEW_PUPIL._replace(school_unit_code="99000009")

    report = desk.take_in(both, both._replace(date="2026-08-19"), GOOD, create_missing=True)

    assert (report.new, report.faulty, report.warnings) == (3, 0, [])
    pupil = Pupil.objects.get(pupil_id="vik-ny")
    unit = Unit.objects.get(code="99000009")
    assert (pupil.given_name, pupil.family_name, pupil.identity_number) == ("", "", "")
    enrolment = Enrolment.objects.get()
    assert (enrolment.pupil, enrolment.unit, enrolment.first_day, enrolment.last_day) == (
        pupil,
        unit,
        date(2026, 8, 19),
        None,
    )


def test_into_an_empty_database_everything_is_made(desk: Desk) -> None:
    for model in (Pupil, Unit):
        model.objects.all().delete()

    report = desk.take_in(GOOD, GOOD._replace(pupil_id="vik-leo"), create_missing=True)

    assert (report.new, report.faulty) == (2, 0)
    assert (pupils(), units()) == ({"vik-saga", "vik-leo"}, {STRAND})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date", "2026-02-29"),
        ("start", "8"),
        ("minutes", "0"),
        ("kind", "sjuk"),
        ("absent_minutes", "61"),
        ("subject", "x" * 41),
        ("school_unit_code", ""),
        ("school_unit_code", "9" * 21),
    ],
)
def test_a_record_that_is_wrong_in_anything_makes_nobody(
    desk: Desk, column: str, value: str
) -> None:
    report = desk.take_in(NEW_PUPIL._replace(**{column: value}), create_missing=True)

    assert (report.new, report.faulty) == (0, 1)
    assert pupils() == set(PUPILS)


def test_a_record_with_an_unreadable_pupil_makes_no_school(desk: Desk) -> None:
    report = desk.take_in(NEW_UNIT._replace(pupil_id="x" * 65), create_missing=True)

    assert report.faulty == 1
    assert units() == {STRAND, BERG}


def test_the_good_records_of_a_pupil_make_it_though_others_of_its_are_faulty(desk: Desk) -> None:
    report = desk.take_in(
        NEW_PUPIL._replace(kind="sjuk"), NEW_PUPIL, NEW_PUPIL._replace(start="x"),
        create_missing=True,
    )  # fmt: skip

    assert (report.new, report.faulty) == (1, 2)
    assert pupils() == {*PUPILS, "vik-ny"}


def test_a_newcomer_is_known_the_next_time(desk: Desk) -> None:
    desk.take_in(NEW_PUPIL, create_missing=True)

    report = desk.take_in(NEW_PUPIL, NEW_PUPIL._replace(start="09:30"))

    assert (report.same, report.new, report.faulty) == (1, 1, 0)


@pytest.mark.parametrize(
    ("code", "usual"),
    [("99000009", True), ("9900009", False), ("990000099", False), ("9900000A", False)],
)
def test_a_school_unit_code_that_is_not_eight_digits_is_made_and_warned_of(
    desk: Desk, code: str, usual: bool
) -> None:
    report = desk.take_in(GOOD._replace(school_unit_code=code), create_missing=True)

    assert code in units()
    assert [(w.code, w.detail) for w in report.warnings] == (
        [] if usual else [("unit_code_unusual", code)]
    )


def test_ids_that_differ_in_case_or_leading_noughts_are_different_pupils(desk: Desk) -> None:
    ids = ("7", "07", "a", "A", "Å", "å")

    desk.take_in(*[GOOD._replace(pupil_id=name) for name in ids], create_missing=True)

    assert pupils() == {*PUPILS, *ids}
    assert len(desk.held()) == len(ids)


@pytest.mark.parametrize("held", [False, True], ids=["nothing held", "something held"])
def test_a_dry_run_tells_all_and_writes_nothing(desk: Desk, held: bool) -> None:
    if held:
        desk.take_in(GOOD, GOOD._replace(start="09:30"))
    rows = [
        GOOD, GOOD._replace(start="09:30", kind="excused"), NEW_PUPIL, NEW_UNIT, NEW_UNIT,
        GOOD._replace(kind="sjuk"),
    ]  # fmt: skip
    before = everything()

    dry = desk.take_in(*rows, dry_run=True, create_missing=True)

    assert everything() == before
    wet = desk.take_in(*rows, create_missing=True)
    assert dry == wet
    assert dry.numbers() == {
        "rows": 6,
        "new": 2 if held else 4,
        "changed": 1 if held else 0,
        "same": 1 if held else 0,
        "duplicate": 1,
        "faulty": 1,
    }


def test_all_or_nothing_writes_nothing_when_a_record_is_faulty_and_counts_all_the_same(
    desk: Desk,
) -> None:
    desk.take_in(GOOD)
    before = everything()

    report = desk.take_in(
        GOOD, GOOD._replace(start="09:30"), NEW_PUPIL, GOOD._replace(kind="sjuk"),
        all_or_nothing=True, create_missing=True,
    )  # fmt: skip

    assert everything() == before
    assert (report.new, report.same, report.faulty) == (2, 1, 1)


def test_all_or_nothing_writes_all_when_no_record_is_faulty(desk: Desk) -> None:
    report = desk.take_in(
        GOOD, GOOD, NEW_PUPIL._replace(date="2026-11-21"), all_or_nothing=True, create_missing=True
    )

    # What is only warned of does not stop it.
    assert (report.new, report.duplicate, report.faulty) == (2, 1, 0)
    assert len(desk.held()) == 2


def test_two_deliveries_at_the_same_time_are_taken_in_one_after_the_other(
    real_desk: Desk,
) -> None:
    rows = [
        GOOD._replace(pupil_id=pupil, start=f"{hour:02}:00", kind="excused")
        for pupil in PUPILS
        for hour in range(8, 16)
    ]
    reports = []
    ready = threading.Barrier(2, timeout=20)

    def deliver(profile: str) -> None:
        own = Desk(real_desk.folder / profile)
        own.folder.mkdir()
        ready.wait()
        try:
            reports.append(own.take_in(*rows, profile=profile))
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver, args=(profile,)) for profile in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted((report.new, report.same) for report in reports) == [(0, 32), (32, 0)]
    assert len(real_desk.held()) == 32
    assert len({pupil for _day, pupil, *_ in real_desk.totals()}) == len(PUPILS)
