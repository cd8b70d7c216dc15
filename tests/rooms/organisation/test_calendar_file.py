"""Breaks and study days from a file: all of it or nothing, and the figures follow."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from samnarvaro.base.csvfile import Unusable
from samnarvaro.organisation import queries, services
from samnarvaro.organisation.models import CalendarSpan, Unit

pytestmark = pytest.mark.django_db
HEAD = "first_day,last_day,is_school_day,label,school_unit_code\n"
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(rows: str) -> Path:
        path = tmp_path / "calendar.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def unit() -> Unit:
    return services.ensure_unit(
        agency=services.ensure_school_agency(), name="Strandskolan", code="99000002"
    )


def test_a_break_frees_its_days_for_all_and_a_study_day_for_one_school(
    write: Write, unit: Unit
) -> None:
    other = services.ensure_unit(
        agency=services.ensure_school_agency(), name="Ekskolan", code="99000001"
    )
    rows = "2026-10-26,2026-10-30,nej,Höstlov,\n2026-11-05,2026-11-05,nej,Studiedag,99000002\n"

    report = services.take_in_calendar(write(rows))

    assert (report.new, report.faulty) == (2, 0)
    days = queries.Calendars()
    assert not days.is_school_day(unit.pk, date(2026, 10, 28))
    assert not days.is_school_day(other.pk, date(2026, 10, 28))
    assert not days.is_school_day(unit.pk, date(2026, 11, 5))
    assert days.is_school_day(other.pk, date(2026, 11, 5))


def test_a_saturday_can_be_made_a_school_day(write: Write, unit: Unit) -> None:
    services.take_in_calendar(write("2026-11-21,2026-11-21,ja,Igenlagd dag,99000002\n"))
    assert queries.Calendars().is_school_day(unit.pk, date(2026, 11, 21))


def test_the_same_file_twice_changes_nothing_more(write: Write) -> None:
    path = write("2026-10-26,2026-10-30,nej,Höstlov,\n")
    services.take_in_calendar(path)
    report = services.take_in_calendar(path)
    assert (report.new, report.same) == (0, 1)
    assert CalendarSpan.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("2026-02-29,2026-03-01,nej,Lov,", "first_day", "no_such_day"),
        ("26-10-2026,2026-10-30,nej,Lov,", "last_day", None),
        ("2026-10-30,2026-10-26,nej,Lov,", "last_day", "span_length"),
        ("2026-01-01,2026-12-31,nej,Lov,", "last_day", "span_length"),
        ("2026-10-26,2026-10-30,kanske,Lov,", "is_school_day", "not_yes_or_no"),
        ("2026-10-26,2026-10-30,nej,,", "label", "empty"),
        ("2026-10-26,2026-10-30,nej,Lov,12345678", "school_unit_code", "unit_unknown"),
        ("2026-10-26,2026-10-30,nej,Lov", "", "columns"),
    ],
)
def test_a_faulty_row_is_told_and_nothing_is_written(
    row: str, column: str, code: str | None, write: Write
) -> None:
    report = services.take_in_calendar(write(f"2026-10-26,2026-10-30,nej,Höstlov,\n{row}\n"))
    assert report.faulty == 1
    assert report.adds_up
    assert {fault.line for fault in report.errors} == {3}
    if code:
        assert (report.errors[0].column, report.errors[0].code) == (column, code)
    assert not CalendarSpan.objects.exists()


def test_a_file_without_the_columns_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Unusable):
        services.take_in_calendar(path)


def test_the_authority_chooses_what_late_minutes_count_as() -> None:
    assert services.choose().late_counts_as == "unexcused"
    assert services.choose(late_counts_as="excused", name="Vik").late_counts_as == "excused"
    authority = queries.authority()
    assert authority is not None
    assert (authority.name, authority.late_counts_as) == ("Vik", "excused")
