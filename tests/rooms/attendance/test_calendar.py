"""A calendar that changes afterwards: what counted counts no more, and the other way round."""

from datetime import date
from random import Random

import pytest

from samnarvaro.attendance import services
from samnarvaro.attendance.models import Mark
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation import services as organisation_services
from samnarvaro.organisation.models import CalendarSpan
from tests.rooms.attendance.desk import AT, BERG, PUPILS, STRAND, Desk, Row, authority, free

SUNDAY, MONDAY, TUESDAY = date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 17)
TO_FRIDAY = Window(date(2026, 11, 9), date(2026, 11, 20))


def lesson(day: date, kind: str = "unexcused", **more: str) -> Row:
    return Row(date=day.isoformat(), kind=kind, **more)


def minutes(desk: Desk, pupil: str = "vik-saga") -> tuple[int, int, int]:
    """Minutes that count, minutes away, and absent days in a row."""
    figures = desk.figures(TO_FRIDAY)[pupil]
    return figures.scheduled, figures.absent, figures.absent_days_in_row


def one_day(day: date) -> Window:
    return Window(day, day)


def as_rebuilt(desk: Desk) -> None:
    """The totals as they stand are those that the marks alone would give."""
    carried = desk.totals()
    services.rebuild_totals(by=desk.by, at=AT)
    assert carried == desk.totals()


def test_a_day_freed_afterwards_counts_in_nothing(desk: Desk) -> None:
    desk.take_in(lesson(MONDAY), lesson(TUESDAY, "present"))
    assert minutes(desk) == (120, 60, 0)

    free(one_day(MONDAY))

    assert minutes(desk) == (60, 0, 0)
    as_rebuilt(desk)


def test_a_freed_day_no_longer_breaks_a_run_of_absent_days(desk: Desk) -> None:
    friday = date(2026, 11, 13)
    desk.take_in(lesson(friday), lesson(MONDAY, "present"), lesson(TUESDAY))
    assert minutes(desk)[2] == 1

    free(one_day(MONDAY))

    assert minutes(desk)[2] == 2
    as_rebuilt(desk)


def test_a_sunday_that_is_made_a_school_day_counts(desk: Desk) -> None:
    desk.take_in(lesson(SUNDAY), lesson(MONDAY, "present"))
    assert minutes(desk) == (60, 0, 0)

    free(one_day(SUNDAY), STRAND, is_school_day=True)

    assert minutes(desk) == (120, 60, 0)
    as_rebuilt(desk)


def test_a_span_that_is_taken_back_leaves_the_figures_as_they_were(desk: Desk) -> None:
    desk.take_in(lesson(MONDAY), lesson(TUESDAY, "present"), lesson(TUESDAY, pupil_id="vik-leo"))
    before = desk.totals()
    free(TO_FRIDAY)
    assert minutes(desk) == (0, 0, 0)

    organisation_services.remove_calendar_span(CalendarSpan.objects.get())

    assert desk.totals() == before


def test_one_schools_study_day_is_another_schools_monday(desk: Desk) -> None:
    desk.take_in(
        lesson(MONDAY),
        lesson(MONDAY, school_unit_code=BERG, start="13:00"),
        lesson(MONDAY, school_unit_code=BERG, pupil_id="vik-leo"),
    )

    free(one_day(MONDAY), STRAND)

    assert minutes(desk) == minutes(desk, "vik-leo") == (60, 60, 1)
    as_rebuilt(desk)


def test_only_days_that_the_calendar_really_changes_are_reckoned_anew(desk: Desk) -> None:
    desk.take_in(lesson(SUNDAY), lesson(MONDAY))
    units = organisation.unit_ids_by_code().values()

    assert services.reckon_days_anew(list(units), TO_FRIDAY) == 0

    CalendarSpan.objects.create(
        authority=authority(),
        first_day=MONDAY,
        last_day=TUESDAY,
        label="studiedagar",
    )
    assert services.reckon_days_anew(list(units), TO_FRIDAY) == 1
    assert list(Mark.objects.filter(on_school_day=True)) == []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_freed_the_totals_are_those_of_the_marks(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    kinds = ("present", "excused", "unexcused", "unreported", "cancelled")
    days = list(TO_FRIDAY)
    rows = {
        (pupil, day, start): lesson(
            day, chance.choice(kinds), pupil_id=pupil, start=start,
            school_unit_code=chance.choice((STRAND, BERG)),
        )
        for pupil in PUPILS
        for day in days
        for start in ("08:10", "09:20")
    }  # fmt: skip
    desk.take_in(*rows.values())

    for _ in range(4):
        first, last = sorted(chance.choices(days, k=2))
        free(
            Window(first, last),
            chance.choice((None, STRAND, BERG)),
            is_school_day=chance.random() < 0.5,
        )

    as_rebuilt(desk)
