"""The report of a delivery: it adds up, tells the first thousand faults, and leaves none uncounted."""

import json

import pytest

from samnarvaro.base.reports import LONGEST_QUOTE, MOST_LISTED, Fault, Report, Warn


def test_a_record_with_three_faults_is_one_faulty_record_and_three_faults_to_mend() -> None:
    report = Report(rows=1)

    report.fault(
        7, [("date", "x", "not_a_date"), ("start", "y", "not_a_time"), ("", "9", "columns")]
    )

    assert report.faulty == 1
    assert report.errors == [
        Fault(7, "date", "x", "not_a_date"),
        Fault(7, "start", "y", "not_a_time"),
        Fault(7, "", "9", "columns"),
    ]
    assert report.adds_up


@pytest.mark.parametrize(
    ("faults", "listed", "left_out"),
    [(MOST_LISTED - 1, MOST_LISTED - 1, 0), (MOST_LISTED, MOST_LISTED, 0), (1001, 1000, 1)],
)
def test_the_first_thousand_faults_are_listed_and_the_rest_counted(
    faults: int, listed: int, left_out: int
) -> None:
    report = Report()

    for line in range(2, faults + 2):
        report.fault(line, [("kind", "x", "kind_unknown")])

    assert (len(report.errors), report.errors_left_out) == (listed, left_out)
    assert report.faulty == faults
    assert report.errors[0].line == 2


def test_warnings_are_capped_in_the_same_way() -> None:
    report = Report()

    for line in range(MOST_LISTED + 3):
        report.warn("lessons_overlap", line=line)

    assert (len(report.warnings), report.warnings_left_out) == (MOST_LISTED, 3)


def test_a_long_value_is_quoted_from_its_beginning() -> None:
    report = Report()

    report.fault(2, [("subject", "x" * 5000, "not_a_name")])
    report.warn("columns_ignored", detail="y" * 5000)

    assert len(report.errors[0].value) == len(report.warnings[0].detail) == LONGEST_QUOTE


@pytest.mark.parametrize("name", ["new", "changed", "same", "duplicate", "faulty"])
def test_a_row_that_is_counted_nowhere_or_twice_is_seen(name: str) -> None:
    report = Report(rows=15, new=1, changed=2, same=3, duplicate=4, faulty=5)
    assert report.adds_up

    setattr(report, name, getattr(report, name) + 1)

    assert not report.adds_up


def test_what_is_kept_of_a_report_is_plain_data_in_codes() -> None:
    report = Report(rows=2, new=1)
    report.fault(3, [("pupil_id", 'Å"\x1b', "not_a_name")])
    report.warn("no_rows", line=1, count=2, detail="d")

    kept = json.loads(json.dumps(report.stored()))

    assert kept == {
        "errors": [[3, "pupil_id", 'Å"\x1b', "not_a_name"]],
        "errors_left_out": 0,
        "warnings": [["no_rows", 1, 2, "d"]],
        "warnings_left_out": 0,
        "counts": {},
    }
    assert report.warnings == [Warn("no_rows", 1, 2, "d")]
    assert report.numbers() == {
        "rows": 2, "new": 1, "changed": 0, "same": 0, "duplicate": 0, "faulty": 1,
    }  # fmt: skip
