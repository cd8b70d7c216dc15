"""One file of lesson marks taken in: what is written, what is warned of, what is left alone."""

import json
from datetime import date

import pytest

from samnarvaro.attendance import services
from samnarvaro.attendance.domain.marks import Kind
from samnarvaro.attendance.models import Mark
from samnarvaro.audit.models import Writing
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.models import SchoolAuthority
from tests.rooms.attendance.desk import (
    AT,
    BERG,
    GOOD,
    STRAND,
    Desk,
    Lesson,
    Row,
    Said,
    everything,
    free,
    written,
)

MONDAY = date(2026, 11, 16)
SAGA_AT_08_10 = Lesson("vik-saga", STRAND, MONDAY, 490)


@pytest.mark.parametrize(
    ("kind", "absent", "said"),
    [
        ("present", "", Said(60, 0, 0, 0, True, False, False, "MA")),
        ("late", "0", Said(60, 0, 0, 0, True, False, True, "MA")),
        ("late", "15", Said(60, 0, 15, 0, True, False, True, "MA")),
        ("excused", "", Said(60, 60, 0, 0, True, False, False, "MA")),
        ("excused", "20", Said(60, 20, 0, 0, True, False, False, "MA")),
        ("unexcused", "", Said(60, 0, 60, 0, True, False, False, "MA")),
        ("unexcused", "20", Said(60, 0, 20, 0, True, False, False, "MA")),
        ("other_activity", "", Said(60, 0, 0, 60, True, False, False, "MA")),
        ("unreported", "0", Said(60, 0, 0, 0, False, False, False, "MA")),
        ("cancelled", "", Said(60, 0, 0, 0, True, True, False, "MA")),
    ],
)
def test_what_is_held_is_the_minutes_that_the_kind_means(
    desk: Desk, kind: str, absent: str, said: Said
) -> None:
    desk.take_in(GOOD._replace(kind=kind, absent_minutes=absent))

    assert kind in set(Kind)
    assert desk.held() == {SAGA_AT_08_10: said}


@pytest.mark.parametrize(
    ("late_as", "excused", "unexcused"), [("excused", 15, 0), ("present", 0, 0)]
)
def test_late_minutes_count_as_the_school_authority_has_set(
    desk: Desk, late_as: str, excused: int, unexcused: int
) -> None:
    SchoolAuthority.objects.update(late_counts_as=late_as)

    desk.take_in(GOOD._replace(kind="late", absent_minutes="15"))

    assert desk.held()[SAGA_AT_08_10] == Said(60, excused, unexcused, 0, True, False, True, "MA")


@pytest.mark.parametrize(("start", "minute"), [("00:00", 0), ("08:10", 490), ("23:59", 1439)])
def test_a_start_is_the_minute_of_the_day_on_the_wall(desk: Desk, start: str, minute: int) -> None:
    desk.take_in(GOOD._replace(start=start, minutes="1440"))

    assert [lesson.start for lesson in desk.held()] == [minute]


def test_the_delivery_and_the_log_tell_what_came_in_and_who_brought_it(desk: Desk) -> None:
    desk.take_in(GOOD, GOOD._replace(kind="sjuk"), profile="Skola24")

    delivery = Delivery.objects.get()
    log = Writing.objects.get(act="marks.taken_in")
    assert (delivery.kind, delivery.profile, delivery.state) == ("marks", "Skola24", "written")
    assert (delivery.by, delivery.received_at, delivery.written_at) == (
        "system:import-marks",
        AT,
        AT,
    )
    assert (delivery.rows, delivery.new, delivery.faulty) == (2, 1, 1)
    assert delivery.report["errors"] == [[3, "kind", "sjuk", "kind_unknown"]]
    assert log.target == f"delivery:{delivery.public}"
    assert log.detail["rows"] == 2
    assert "vik-saga" not in json.dumps(log.detail)


def test_a_file_named_in_another_alphabet_is_taken_in_like_any_other(desk: Desk) -> None:
    report = desk.take_in_text(written([GOOD]), name="n\udce4rvaro.csv")

    assert report.new == 1
    assert Delivery.objects.get().file_name == "n?rvaro.csv"


@pytest.mark.parametrize("rows", [(), (GOOD._replace(kind="x"),)], ids=["no rows", "no good row"])
def test_a_file_without_good_rows_changes_no_mark(desk: Desk, rows: tuple[Row, ...]) -> None:
    report = desk.take_in(*rows)

    assert report.numbers() == {
        "rows": len(rows), "new": 0, "changed": 0, "same": 0, "duplicate": 0, "faulty": len(rows),
    }  # fmt: skip
    assert desk.held() == {}


def test_a_header_without_rows_is_warned_of(desk: Desk) -> None:
    assert [warning.code for warning in desk.take_in().warnings] == ["no_rows"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b"pupil_id,date\n",
        written([GOOD]).encode("utf-16"),
        written([GOOD, GOOD._replace(pupil_id="Åsa")]).encode("cp1252"),
        written([GOOD] * 50_000 + [GOOD._replace(pupil_id="Åsa")]).encode("cp1252"),
        written([GOOD]).encode() + b"\0\0\0",
        written([GOOD] * 50_000).encode() + b'"vik-leo,',
        written([GOOD, GOOD._replace(subject="x" * 140_000)]).encode(),
        b"MZ\x90\0\x03",
    ],
    ids=[
        "empty",
        "only BOM",
        "columns missing",
        "UTF-16",
        "Windows-1252",
        "Windows-1252 far down",
        "NUL",
        "unbalanced quotes far down",
        "very long field",
        "program",
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_file_that_cannot_be_used_leaves_everything_as_it_was(
    real_desk: Desk, content: bytes, dry_run: bool
) -> None:
    real_desk.take_in(GOOD)
    before = everything()

    with pytest.raises(Unusable):
        real_desk.take_in_text(content, dry_run=dry_run, create_missing=True)

    assert everything() == before
    assert real_desk.take_in(GOOD).same == 1


def test_a_file_that_is_not_there_leaves_everything_as_it_was(real_desk: Desk) -> None:
    before = everything()

    with pytest.raises(Unusable):
        services.take_in(
            real_desk.folder / "not-there.csv", services.Options(), by=real_desk.by, at=AT
        )

    assert everything() == before


def only_warnings(report: Report) -> list[tuple[str, int, int, str]]:
    return [(w.code, w.line, w.count, w.detail) for w in report.warnings]


def test_a_row_that_stands_twice_is_a_duplicate_and_nothing_to_warn_of(desk: Desk) -> None:
    report = desk.take_in(GOOD, GOOD, GOOD)

    assert (report.rows, report.new, report.duplicate) == (3, 1, 2)
    assert report.warnings == []


def test_the_same_said_in_two_ways_is_a_duplicate(desk: Desk) -> None:
    sick = GOOD._replace(kind="excused")

    report = desk.take_in(sick, sick._replace(absent_minutes="60"), sick._replace(minutes="060"))

    assert (report.new, report.duplicate, report.warnings) == (1, 2, [])


def test_of_two_rows_that_differ_the_later_holds_and_the_earlier_is_warned_of(desk: Desk) -> None:
    report = desk.take_in(GOOD._replace(kind="unexcused"), GOOD._replace(start="09:30"), GOOD)

    assert (report.rows, report.new, report.duplicate) == (3, 2, 1)
    assert only_warnings(report) == [("replaced_by_later_line", 2, 1, "4")]
    assert desk.held()[SAGA_AT_08_10].unexcused == 0


@pytest.mark.parametrize(
    ("written_rows", "warned", "holds"),
    [
        ("xyx", [3], "x"),
        ("xxy", [2, 3], "y"),
        ("yxx", [2], "x"),
        ("xyz", [2, 3], "z"),
        ("xxx", [], "x"),
    ],
)
def test_of_three_rows_the_last_holds_and_only_those_that_differ_from_it_are_warned_of(
    desk: Desk, written_rows: str, warned: list[int], holds: str
) -> None:
    kinds = {"x": "excused", "y": "unexcused", "z": "other_activity"}

    report = desk.take_in(*[GOOD._replace(kind=kinds[letter]) for letter in written_rows])

    assert (report.new, report.duplicate) == (1, 2)
    assert only_warnings(report) == [("replaced_by_later_line", line, 1, "4") for line in warned]
    said = desk.held()[SAGA_AT_08_10]
    assert (said.excused, said.unexcused, said.other) == tuple(
        60 if holds == letter else 0 for letter in "xyz"
    )


def test_another_subject_is_other_content(desk: Desk) -> None:
    report = desk.take_in(GOOD, GOOD._replace(subject="SV"))

    assert [warning.code for warning in report.warnings] == ["replaced_by_later_line"]
    assert desk.held()[SAGA_AT_08_10].subject == "SV"


def test_when_thousands_of_rows_are_replaced_by_later_ones_every_one_is_accounted_for(
    desk: Desk,
) -> None:
    rows = [
        GOOD._replace(start=f"{n // 60:02}:{n % 60:02}", minutes="1", kind=kind)
        for kind in ("excused", "unexcused")
        for n in range(1200)
    ]

    report = desk.take_in(*rows, GOOD._replace(date="2026-11-21"), GOOD)

    replaced = [w for w in report.warnings if w.code == "replaced_by_later_line"]
    assert report.duplicate == 1200 + 1
    assert sum(warning.count for warning in replaced) == 1200 + 1
    assert len(replaced) < 1000
    assert {"lessons_overlap", "not_a_school_day"} <= {w.code for w in report.warnings}


@pytest.mark.parametrize(
    ("others", "overlapping"),
    [
        ([("09:10", "60")], 0),
        ([("09:09", "60")], 1),
        ([("08:30", "10")], 1),
        ([("08:20", "10"), ("08:40", "10"), ("09:05", "60")], 1),
        ([("08:20", "21"), ("08:40", "30"), ("09:05", "60")], 3),
        ([("07:10", "60")], 0),
        ([("07:10", "61")], 1),
    ],
    ids=[
        "one after the other",
        "one minute",
        "inside",
        "three in one",
        "a chain",
        "before",
        "runs over",
    ],
)
def test_lessons_that_overlap_are_all_held_and_those_that_others_begin_in_are_warned_of(
    desk: Desk, others: list[tuple[str, str]], overlapping: int
) -> None:
    rows = [GOOD._replace(start=start, minutes=minutes) for start, minutes in others]

    report = desk.take_in(GOOD, *rows)

    assert report.new == 1 + len(others)
    assert sum(w.count for w in report.warnings if w.code == "lessons_overlap") == overlapping


def test_lessons_of_others_and_of_other_days_do_not_overlap(desk: Desk) -> None:
    report = desk.take_in(
        GOOD, GOOD._replace(pupil_id="vik-leo"), GOOD._replace(date="2026-11-17", start="08:20")
    )

    assert report.warnings == []


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-21", "Saturday"),
        ("2026-11-22", "Sunday"),
        ("2026-12-24", "Christmas Eve"),
        ("2026-06-19", "Midsummer's Eve"),
        ("2026-05-14", "Ascension Day"),
        ("2026-01-06", "Epiphany"),
        ("2027-03-26", "Good Friday"),
        ("2026-10-28", "a break of this authority"),
    ],
)
def test_marks_of_a_free_day_are_held_warned_of_and_counted_in_nothing(
    desk: Desk, day: str, why: str
) -> None:
    free(Window(date(2026, 10, 26), date(2026, 10, 30)))

    report = desk.take_in(GOOD._replace(date=day, kind="unexcused"))

    assert (report.new, why != "") == (1, True)
    assert only_warnings(report) == [("not_a_school_day", 2, 1, day)]
    figures = desk.figures(Window(date(2026, 1, 1), date(2027, 12, 31)))["vik-saga"]
    assert (figures.scheduled, figures.absent, figures.unreported, figures.school_days) == (
        0,
        0,
        0,
        0,
    )
    assert figures.unit == STRAND


def test_a_unit_may_go_to_school_on_a_sunday_and_another_not(desk: Desk) -> None:
    free(Window(date(2026, 11, 22), date(2026, 11, 22)), STRAND, is_school_day=True)
    sunday = GOOD._replace(date="2026-11-22")

    report = desk.take_in(sunday, sunday._replace(school_unit_code=BERG, pupil_id="vik-leo"))

    assert only_warnings(report) == [("not_a_school_day", 3, 1, "2026-11-22")]
    assert {m.unit_id: m.on_school_day for m in Mark.objects.all()} != {}
    figures = desk.figures(Window(MONDAY, date(2026, 11, 22)))
    assert (figures["vik-saga"].scheduled, figures["vik-leo"].scheduled) == (60, 0)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_the_days_when_clocks_are_moved_a_lesson_is_as_long_as_it_says(
    desk: Desk, day: str
) -> None:
    sunday = date.fromisoformat(day)
    free(Window(sunday, sunday), is_school_day=True)
    at_night = GOOD._replace(date=day, minutes="120", kind="excused")

    report = desk.take_in(at_night._replace(start="01:30"), at_night._replace(start="02:30"))

    assert report.new == 2
    figures = desk.figures(Window(sunday, sunday))["vik-saga"]
    assert (figures.scheduled, figures.excused, figures.absent_days_in_row) == (240, 240, 1)
