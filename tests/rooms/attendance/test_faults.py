"""What can be wrong with a record: told with line, column, value and code, one by one."""

import pytest

from samnarvaro.attendance.domain.marks import Wrong
from samnarvaro.base.reports import Fault
from samnarvaro.project.report_texts import FAULTS
from tests.rooms.attendance.desk import BERG, GOOD, STRAND, Desk, Row, only_fault, written

HEADER = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"

# column, value, code: each alone in a record that is right in all else.
PLANTED = [
    ("pupil_id", "", "empty"),
    ("pupil_id", "   ", "empty"),
    ("pupil_id", "x" * 65, "not_a_name"),
    ("pupil_id", "vik\tsaga", "not_a_name"),
    ("pupil_id", "vik-\u2028saga", "not_a_name"),
    ("pupil_id", "vik-nobody", "pupil_unknown"),
    ("pupil_id", "VIK-SAGA", "pupil_unknown"),
    ("school_unit_code", "", "empty"),
    ("school_unit_code", "9" * 21, "not_a_name"),
    ("school_unit_code", "99000009", "unit_unknown"),
    ("school_unit_code", "0" + STRAND, "unit_unknown"),
    ("date", "", "not_a_date"),
    ("date", "2026-02-29", "no_such_day"),
    ("date", "2026-13-01", "no_such_day"),
    ("date", "2026-11-00", "no_such_day"),
    ("date", "16/11/2026", "not_a_date"),
    ("date", "11/16/26", "not_a_date"),
    ("date", "20261116", "not_a_date"),
    ("date", "2026-11-16T08:10", "not_a_date"),
    ("date", "2026-W47-1", "not_a_date"),
    ("date", "46000", "not_a_date"),
    ("date", "0001-01-01", "not_a_date"),
    ("date", "２０２６-11-16", "not_a_date"),
    ("start", "", "not_a_time"),
    ("start", "8:10", "not_a_time"),
    ("start", "24:00", "not_a_time"),
    ("start", "25:61", "not_a_time"),
    ("start", "08.10", "not_a_time"),
    ("start", "08:10:00", "not_a_time"),
    ("start", "٠٨:١٠", "not_a_time"),
    ("minutes", "", "not_whole_minutes"),
    ("minutes", "0", "minutes_range"),
    ("minutes", "1441", "minutes_range"),
    ("minutes", "1000000000", "minutes_range"),
    ("minutes", "-40", "not_whole_minutes"),
    ("minutes", "1,5", "not_whole_minutes"),
    ("minutes", "40.0", "not_whole_minutes"),
    ("minutes", "NaN", "not_whole_minutes"),
    ("minutes", "1e2", "not_whole_minutes"),
    ("minutes", "٣٠", "not_whole_minutes"),
    ("minutes", "9" * 5000, "not_whole_minutes"),
    ("subject", "x" * 41, "not_a_name"),
    ("subject", "M\x1bA", "not_a_name"),
    ("subject", "two\nlines", "not_a_name"),
    ("kind", "", "kind_unknown"),
    ("kind", "Present", "kind_unknown"),
    ("kind", "sjuk", "kind_unknown"),
    ("absent_minutes", "1", "absent_not_allowed"),
    ("absent_minutes", "61", "absent_range"),
    ("absent_minutes", "-1", "not_whole_minutes"),
    ("absent_minutes", "½", "not_whole_minutes"),
]


@pytest.mark.parametrize(("column", "value", "code"), PLANTED)
def test_one_fault_is_told_once_with_its_line_column_value_and_code(
    desk: Desk, column: str, value: str, code: str
) -> None:
    faulty = GOOD._replace(**{column: value})

    report = desk.take_in(GOOD, faulty, GOOD._replace(start="09:30"))

    assert only_fault(report) == Fault(3, column, value[:80], code)
    assert (report.rows, report.new, report.faulty) == (3, 2, 1)
    assert len(desk.held()) == 2


def test_every_way_of_not_being_a_mark_is_planted_and_every_fault_put_into_words() -> None:
    # Those that need two columns, or none, stand below.
    planted = {code for _, _, code in PLANTED} | {"columns", "absent_missing", "absent_none"}

    assert set(Wrong) <= planted <= set(FAULTS)


@pytest.mark.parametrize(
    ("kind", "absent", "code"),
    [
        ("late", "", "absent_missing"),
        ("excused", "0", "absent_none"),
        ("unexcused", "0", "absent_none"),
        ("present", "60", "absent_not_allowed"),
        ("other_activity", "5", "absent_not_allowed"),
        ("unreported", "60", "absent_not_allowed"),
        ("cancelled", "60", "absent_not_allowed"),
        ("late", "61", "absent_range"),
        ("excused", "61", "absent_range"),
    ],
)
def test_a_kind_that_its_minutes_contradict_is_told_at_the_minutes(
    desk: Desk, kind: str, absent: str, code: str
) -> None:
    report = desk.take_in(GOOD._replace(kind=kind, absent_minutes=absent))

    assert only_fault(report) == Fault(2, "absent_minutes", absent, code)


def test_all_that_is_wrong_in_a_record_is_told_at_once_in_the_order_of_the_columns(
    desk: Desk,
) -> None:
    report = desk.take_in(
        Row("vik-nobody", "99000009", "2026-02-29", "8:10", "0", "x" * 41, "sjuk", "-1")
    )

    assert [(fault.column, fault.code) for fault in report.errors] == [
        ("pupil_id", "pupil_unknown"),
        ("school_unit_code", "unit_unknown"),
        ("date", "no_such_day"),
        ("start", "not_a_time"),
        ("minutes", "minutes_range"),
        ("subject", "not_a_name"),
        ("kind", "kind_unknown"),
        ("absent_minutes", "not_whole_minutes"),
    ]
    assert {fault.line for fault in report.errors} == {2}
    assert (report.rows, report.faulty) == (1, 1)


def test_an_unreadable_number_is_not_held_against_the_rest_of_its_record(desk: Desk) -> None:
    report = desk.take_in(
        GOOD._replace(minutes="x", kind="excused", absent_minutes="45"),
        GOOD._replace(kind="late", absent_minutes="x"),
    )

    assert report.errors == [
        Fault(2, "minutes", "x", "not_whole_minutes"),
        Fault(3, "absent_minutes", "x", "not_whole_minutes"),
    ]


@pytest.mark.parametrize(
    ("record", "fields"), [("vik-saga", 1), (",".join(GOOD) + ",", 9), (" ", 1), ("," * 6, 7)]
)
def test_a_record_with_fields_missing_or_to_spare_is_told_by_their_number(
    desk: Desk, record: str, fields: int
) -> None:
    report = desk.take_in_text(f"{HEADER}\n{record}\n{','.join(GOOD)}\n")

    assert only_fault(report) == Fault(2, "", str(fields), "columns")
    assert (report.new, report.faulty) == (1, 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_line_is_the_one_an_editor_shows_where_the_record_begins(
    desk: Desk, newline: str, delimiter: str, bom: str
) -> None:
    good = delimiter.join(GOOD)
    bad = delimiter.join(GOOD._replace(kind="sjuk"))
    # A subject of three lines is a fault of its own, and moves the lines after it.
    three_lines = delimiter.join(GOOD._replace(subject=f'"M{newline}{newline}A"'))
    lines = [HEADER.replace(",", delimiter), good, "", bad, three_lines, bad, "", "", bad, ""]

    report = desk.take_in_text(bom + newline.join(lines))

    assert [(fault.line, fault.code) for fault in report.errors] == [
        (4, "kind_unknown"),
        (5, "not_a_name"),
        (8, "kind_unknown"),
        (11, "kind_unknown"),
    ]
    assert (report.rows, report.new, report.faulty) == (5, 1, 4)


def test_lines_are_right_far_down_a_long_file(desk: Desk) -> None:
    good = ",".join(GOOD)
    odd = '"vik-saga\n"' + good.removeprefix("vik-saga")
    lines = [HEADER, *[good] * 30_000, odd, *[good] * 30_000, good.replace("present", "sjuk")]

    report = desk.take_in_text("\n".join(lines))

    assert [(fault.line, fault.code) for fault in report.errors] == [(60_004, "kind_unknown")]


def test_columns_may_stand_in_any_order_with_others_between(desk: Desk) -> None:
    header = ["orsak", *reversed(Row._fields), "lärare"]
    good = ["feber", *reversed(GOOD), "Mira Ek"]
    bad = ["feber", *reversed(GOOD._replace(date="x")), "Mira Ek"]

    report = desk.take_in_text(written([good, bad], header))

    assert only_fault(report) == Fault(3, "date", "x", "not_a_date")
    assert report.new == 1
    assert [(w.code, w.detail) for w in report.warnings] == [("columns_ignored", "orsak, lärare")]


def test_spaces_around_a_value_are_not_part_of_it(desk: Desk) -> None:
    spaced = Row(" vik-saga ", f" {STRAND}", "2026-11-16", "08:10", " 60", " MA ", " late ", " 5 ")

    report = desk.take_in(spaced, GOOD._replace(kind="late", absent_minutes="5"))

    assert (report.new, report.duplicate, report.faulty) == (1, 1, 0)


def test_no_more_than_a_thousand_faults_are_listed_and_the_rest_are_counted(desk: Desk) -> None:
    report = desk.take_in(*[GOOD._replace(kind="sjuk", date="x")] * 600, GOOD)

    assert (len(report.errors), report.errors_left_out) == (1000, 200)
    assert (report.rows, report.faulty, report.new) == (601, 600, 1)
    assert report.errors[-1].line == 501


def test_a_hostile_value_is_quoted_and_kept_as_it_is(desk: Desk) -> None:
    hostile = '=cmd|"/c calc"!A1;<script>\\N\\\\%s'

    report = desk.take_in(GOOD._replace(kind=hostile))

    assert only_fault(report).value == hostile


def test_two_schools_may_claim_a_pupil_at_the_same_time(desk: Desk) -> None:
    report = desk.take_in(GOOD, GOOD._replace(school_unit_code=BERG))

    assert (report.new, report.faulty) == (2, 0)
    assert [(w.code, w.count) for w in report.warnings] == [("lessons_overlap", 1)]
