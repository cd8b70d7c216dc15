"""Any file at all: the rows always add up, the last of each lesson is held, nothing else escapes."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.base.csvfile import Unusable
from tests.rooms.attendance.desk import BERG, GOOD, PUPILS, STRAND, Desk, Lesson, Row, written

HEADER = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes\n"
in_any_file = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

KINDS = {"present": 0, "late": 10, "excused": 60, "unexcused": 60, "cancelled": 0, "unreported": 0}
GOOD_ROWS = st.builds(
    lambda pupil, unit, day, start, kind: Row(
        pupil, unit, day, start, "60", "MA", kind, str(KINDS[kind])
    ),
    st.sampled_from(PUPILS[:2]),
    st.sampled_from([STRAND, BERG]),
    st.sampled_from(["2026-11-16", "2026-11-21"]),
    st.sampled_from(["08:10", "08:40"]),
    st.sampled_from(sorted(KINDS)),
)
GARBAGE = st.one_of(
    st.tuples(st.sampled_from(Row._fields), st.sampled_from(["", "\x01", "-1", "x" * 99])).map(
        lambda planted: tuple(GOOD._replace(kind="late")._replace(**{planted[0]: planted[1]}))
    ),
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=5),
        min_size=1,
        max_size=12,
    ).map(tuple),
)


def lesson(row: Row) -> Lesson:
    hour, minute = row.start.split(":")
    return Lesson(
        row.pupil_id,
        row.school_unit_code,
        date.fromisoformat(row.date),
        60 * int(hour) + int(minute),
    )


@in_any_file
@given(
    first=st.lists(GOOD_ROWS, max_size=6),
    rows=st.lists(GOOD_ROWS | GARBAGE),
    profile=st.sampled_from(["csv", "other"]),
)
def test_rows_always_add_up_and_the_last_of_each_lesson_is_held(
    desk: Desk, first: list[Row], rows: list[tuple[str, ...]], profile: str
) -> None:
    with transaction.atomic():
        desk.take_in(*first)
        before = desk.held()

        report = desk.take_in_text(written(rows), profile=profile)

        good = [row for row in rows if isinstance(row, Row)]
        last = {lesson(row): row for row in good}
        assert report.rows == len(rows)
        assert report.faulty == len(rows) - len(good)
        assert report.duplicate == len(good) - len(last)
        assert report.new == len(last.keys() - before.keys())
        assert report.changed + report.same == len(last.keys() & before.keys())
        held = desk.held()
        assert held.keys() == before.keys() | last.keys()
        if profile == "csv":
            changed = {key for key in before if held[key] != before[key]}
            assert report.changed == len(changed)
            assert all(
                held[key].unexcused
                == (10 if row.kind == "late" else 60 * (row.kind == "unexcused"))
                for key, row in last.items()
            )
        transaction.set_rollback(True)


@in_any_file
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_file_is_it_is_told_as_unusable(desk: Desk, content: bytes) -> None:
    with transaction.atomic():
        try:
            desk.take_in_text(content)
        except Unusable:
            pass
        else:
            raise AssertionError(content)
        transaction.set_rollback(True)


@in_any_file
@given(
    content=st.text(
        st.characters(codec="utf-8") | st.sampled_from('\n\r",;"2026-11-16vik-saga08:10present'),
        max_size=200,
    )
    | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
)
def test_whatever_stands_under_the_header_is_unusable_or_adds_up(desk: Desk, content: str) -> None:
    with transaction.atomic():
        try:
            report = desk.take_in_text(HEADER + content, create_missing=True)
        except Unusable:
            pass
        else:
            assert len(report.errors) >= min(report.faulty, 1)
        transaction.set_rollback(True)
