"""The lesson marks of Vik: realistic as a whole, and each story true on any day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from samnarvaro.kernel.days import trailing
from samnarvaro.project.vik import cast, marks, roster, schooldays
from samnarvaro.project.vik.marks import Row
from samnarvaro.project.vik.timetable import IDH

NOVEMBER = date(2026, 11, 23)  # a Monday
FEBRUARY = date(2026, 2, 10)
AUGUST = date(2026, 8, 20)  # the third day of the autumn term
DAYS = (NOVEMBER, FEBRUARY, AUGUST, date(2026, 3, 4), date(2026, 6, 15), date(2026, 9, 30))
WELL_INTO_TERM = tuple(day for day in DAYS if day != AUGUST)

any_day = pytest.mark.parametrize("today", DAYS)
well_into_term = pytest.mark.parametrize("today", WELL_INTO_TERM)

OF_NO_COUNT = {"unreported", "cancelled"}
LEAST_SCHEDULED = 600


@cache
def rows_of(today: date, pupil_id: str) -> list[Row]:
    return [row for row in _all_rows(today) if row[0] == pupil_id]


@cache
def _all_rows(today: date) -> list[Row]:
    return [row for row in marks.marks(today) if row[0] in STORY_IDS]


STORY_IDS = {story.pupil_id for story in cast.STORIES}


def minutes(rows: Iterable[Row], today: date, days: int) -> tuple[int, int]:
    """Scheduled and absent minutes in the window that ends today."""
    window = trailing(today, days)
    counting = [
        row for row in rows if row[6] not in OF_NO_COUNT and date.fromisoformat(row[2]) in window
    ]
    return sum(int(row[4]) for row in counting), sum(int(row[7]) for row in counting)


def share(rows: Iterable[Row], today: date, days: int) -> float:
    scheduled, absent = minutes(rows, today, days)
    return absent / scheduled if scheduled >= LEAST_SCHEDULED else 0.0


def absent_days(rows: Iterable[Row]) -> dict[date, bool]:
    lessons: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        if row[6] not in OF_NO_COUNT:
            lessons[date.fromisoformat(row[2])].append(row)
    return {day: all(row[4] == row[7] for row in own) for day, own in lessons.items()}


def test_the_same_day_gives_the_same_marks() -> None:
    first = hash(tuple(marks.marks(AUGUST)))
    marks._prepared.cache_clear()

    assert hash(tuple(marks.marks(AUGUST))) == first


def test_marks_are_about_a_million_of_two_terms() -> None:
    rows = sum(1 for _ in marks.marks(date(2026, 6, 15)))

    assert 900_000 <= rows <= 1_250_000


def test_every_mark_can_be_taken_in() -> None:
    kinds: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for row in marks.marks(AUGUST):
        scheduled, kind, absent = int(row[4]), row[6], int(row[7])
        kinds[kind] += 1
        seen.add(row[:4])
        assert 0 <= absent <= scheduled <= 80
        assert (absent > 0) == (kind in {"late", "excused", "unexcused"})

    total = sum(kinds.values())
    assert len(seen) == total
    assert set(kinds) == {
        "present", "late", "excused", "unexcused", "other_activity", "unreported", "cancelled",
    }  # fmt: skip
    assert 0.02 <= kinds["unreported"] / total <= 0.03
    assert 0 < kinds["cancelled"] / total < 0.01


@any_day
def test_no_lesson_lies_on_a_free_day_of_the_school_or_later_than_today(today: date) -> None:
    terms = schooldays.terms_up_to(today)
    open_days = {
        school.key: {day for term in terms for day in schooldays.school_days(term, school.key)}
        for school in cast.SCHOOLS
    }

    held = {(row[1], date.fromisoformat(row[2])) for row in marks.marks(today)}
    assert all(day in open_days[unit] and day <= today for unit, day in held)


def test_today_has_lessons_begun_before_three_only() -> None:
    starts = {row[3] for row in marks.marks(NOVEMBER) if row[2] == NOVEMBER.isoformat()}

    assert starts
    assert max(starts) < "15:00"


def test_pupils_have_marks_at_the_school_they_go_to() -> None:
    placed = {
        (one.pupil_id, one.place.unit): (one.first, one.last)
        for one in roster.roster(AUGUST).placements[1]
    }

    for row in marks.marks(AUGUST):
        if row[2] >= "2026-08-18":
            first, last = placed[row[0], row[1]]
            assert first <= date.fromisoformat(row[2]) <= last


@well_into_term
def test_absence_is_spread_as_in_a_swedish_municipality(today: date) -> None:
    scheduled: Counter[tuple[str, int]] = Counter()
    absent: Counter[tuple[str, int]] = Counter()
    since = {days: (today - timedelta(days - 1)).isoformat() for days in (30, 60)}
    for row in marks.marks(today):
        if row[2] >= since[60] and row[6] not in OF_NO_COUNT:
            for days in (30, 60) if row[2] >= since[30] else (60,):
                scheduled[row[0], days] += int(row[4])
                absent[row[0], days] += int(row[7])

    def part(days: int, percent: int) -> float:
        shares = [absent[key] / scheduled[key] for key in scheduled if key[1] == days]
        return sum(one * 100 >= percent for one in shares) / len(shares)

    assert 0.10 <= part(30, 10) <= 0.17
    assert 0.03 <= part(60, 20) <= 0.06
    assert 0.005 <= part(30, 40) <= 0.03


@any_day
def test_saga_slides_over_ten_percent_and_stays_under_twenty(today: date) -> None:
    rows = rows_of(today, cast.SAGA)

    assert 0.10 < share(rows, today, 30) < 0.20
    assert share(rows, today, 60) < 0.20


@well_into_term
def test_saga_was_there_before_the_slide(today: date) -> None:
    early = today - timedelta(150)
    rows = [row for row in rows_of(today, cast.SAGA) if row[2] < early.isoformat()]

    assert share(rows, early, 90) < 0.05


@any_day
def test_robins_first_day_of_absence_is_the_last_school_day(today: date) -> None:
    by_day = absent_days(rows_of(today, cast.ROBIN))

    *_, day_before, last = sorted(by_day)
    assert last == marks.last_school_day(today)
    assert by_day[last]
    assert not by_day[day_before]


@well_into_term
def test_robin_has_been_ill_now_and_then_but_under_a_fifth_in_two_months(today: date) -> None:
    rows = rows_of(today, cast.ROBIN)

    assert share(rows, today, 30) > 0.10
    assert share(rows, today, 60) < 0.20


@any_day
def test_leo_has_missed_at_least_forty_percent_of_the_month(today: date) -> None:
    assert share(rows_of(today, cast.LEO), today, 30) >= 0.40


@well_into_term
def test_alva_is_away_on_mondays(today: date) -> None:
    rows = rows_of(today, cast.ALVA)

    mondays = [row for row in rows if date.fromisoformat(row[2]).weekday() == 0]
    others = [row for row in rows if date.fromisoformat(row[2]).weekday() != 0]
    assert share(mondays, today, 60) > 0.50
    assert share(others, today, 60) == 0
    assert share(rows, today, 60) < 0.20


@well_into_term
def test_noor_avoids_one_subject_and_no_rule_sees_it(today: date) -> None:
    rows = rows_of(today, cast.NOOR)

    avoided = [row for row in rows if row[5] == IDH]
    assert minutes(avoided, today, 60)[1] > 0.8 * minutes(avoided, today, 60)[0]
    assert minutes([row for row in rows if row[5] != IDH], today, 60)[1] == 0
    assert share(rows, today, 30) <= 0.10


@any_day
def test_elliot_was_away_for_weeks_and_has_returned(today: date) -> None:
    rows = rows_of(today, cast.ELLIOT)

    by_day = sorted(absent_days(rows).items())
    assert sum(away for _, away in by_day) >= 20
    assert not any(away for _, away in by_day[-40:])
    assert share(rows, today, 60) == 0


@any_day
def test_tindra_and_melvin_have_marks(today: date) -> None:
    assert 0.10 < share(rows_of(today, cast.TINDRA), today, 60) < 0.20
    assert share(rows_of(today, cast.MELVIN), today, 30) < 0.10
    assert {row[1] for row in rows_of(today, cast.MELVIN)} == {cast.BERGSKOLAN, cast.STRANDSKOLAN}


def test_a_second_delivery_turns_unexcused_into_excused_of_the_same_lessons() -> None:
    delivered = {row[:6]: row for row in marks.marks(NOVEMBER)}

    corrected = list(marks.corrections(NOVEMBER))
    assert len(corrected) > 100
    for row in corrected:
        assert delivered[row[:6]] == (*row[:6], "unexcused", row[7])
        assert row[6] == "excused"
        assert row[2] < NOVEMBER.isoformat()


def test_a_file_of_marks_has_the_canonical_header(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"

    written = marks.write(path, marks.corrections(AUGUST))
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == ("pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes")
    assert len(lines) == written + 1
