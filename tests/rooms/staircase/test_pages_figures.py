"""What the pages read is what the definition says of the marks, and only of whom the viewer sees."""

from collections.abc import Iterable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.attendance.domain.lessons import Outcome
from samnarvaro.attendance.domain.measures import Absence, Figures, LessonMark, measure
from samnarvaro.attendance.domain.patterns import by_hour, by_subject
from samnarvaro.attendance.models import Mark
from samnarvaro.attendance.queries import lessons, pupil, sums
from samnarvaro.attendance.queries import school as at_school
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries.members import members
from tests.rooms.staircase.school import DAYS, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

MONTH, TWO_MONTHS = trailing(FRIDAY, 30), trailing(FRIDAY, 60)


def held_of(*pupils: Pupil) -> list[LessonMark]:
    """The marks as they lie in the database, as the definition takes them."""
    return [
        LessonMark(
            pupil=str(mark.pupil_id),
            unit=mark.unit.code or "",
            day=mark.day,
            start=mark.start,
            scheduled=mark.scheduled,
            excused=mark.excused,
            unexcused=mark.unexcused,
            other=mark.other,
            reported=mark.reported,
            cancelled=mark.cancelled,
            late=mark.late,
            on_school_day=mark.on_school_day,
        )
        for mark in Mark.objects.filter(pupil__in=pupils).select_related("unit")
    ]


def defined(child: Pupil, window: Window) -> Figures:
    return measure(held_of(child), window)[str(child.pk)]


def added(pupils: Iterable[Pupil], window: Window) -> Absence:
    figures = [defined(child, window) for child in pupils]
    return Absence(sum(f.scheduled for f in figures), sum(f.absent for f in figures))


@pytest.mark.parametrize("window", [MONTH, TWO_MONTHS, Window(FRIDAY, FRIDAY)])
@pytest.mark.parametrize("who", ["saga", "leo", "noor"])
def test_a_pupils_figures_are_those_of_the_definition(
    marked: SchoolWithMarks, who: str, window: Window
) -> None:
    child: Pupil = getattr(marked, who)

    known = pupil.history(child.pk, until=FRIDAY, by=scope(marked.ragnar, FRIDAY))

    assert known.figures(window) == defined(child, window)


def test_a_pupils_subjects_add_up_to_its_window(marked: SchoolWithMarks) -> None:
    by = scope(marked.mira, FRIDAY)
    known = pupil.history(marked.noor.pk, until=FRIDAY, by=by)

    found = by_subject(pupil.slots(marked.noor.pk, known, MONTH, by=by))

    assert [name for name, _ in found] == ["IDH", "EN", "MA", "NO", "SV"]
    assert sum(part.scheduled for _, part in found) == defined(marked.noor, MONTH).scheduled
    assert (found[0][1].absent, sum(part.absent for _, part in found[1:])) == (240, 0)


def test_the_hours_of_the_day_add_up_to_the_same(marked: SchoolWithMarks) -> None:
    by = scope(marked.mira, FRIDAY)
    known = pupil.history(marked.noor.pk, until=FRIDAY, by=by)

    found = dict(by_hour(pupil.slots(marked.noor.pk, known, MONTH, by=by)))

    assert sorted(found) == [8, 9, 10, 11, 12]
    assert sum(part.scheduled for part in found.values()) == defined(marked.noor, MONTH).scheduled
    assert found[11].absent == 240


def test_late_arrivals_stand_with_their_subject(marked: SchoolWithMarks) -> None:
    by = scope(marked.mira, FRIDAY)
    known = pupil.history(marked.saga.pk, until=FRIDAY, by=by)

    slots = pupil.slots(marked.saga.pk, known, MONTH, by=by)
    late = {name: part.late for name, part in by_subject(slots)}

    assert late == {"MA": 0, "SV": 0, "EN": 4, "IDH": 0, "NO": 0}


@pytest.mark.parametrize("who", ["ragnar", "nils", "karin", "petra"])
def test_a_schools_windows_are_those_of_its_pupils_whom_the_viewer_sees(
    marked: SchoolWithMarks, who: str
) -> None:
    seen = {
        "ragnar": [marked.saga, marked.leo, marked.noor, marked.tindra],
        "nils": [marked.leo, marked.tindra],
        "karin": [marked.saga, marked.leo, marked.noor],
        "petra": [],
    }[who]
    by = scope(getattr(marked, who), FRIDAY)

    found = at_school.windows(marked.strand.pk, on=FRIDAY, lengths=[30, 60], by=by)

    assert set(found) == {child.pk for child in seen}
    for child in seen:
        for length in (30, 60):
            expected = defined(child, trailing(FRIDAY, length))
            window = found[child.pk].of_days[length]
            assert window.absence == Absence(expected.scheduled, expected.absent)
            assert window.unreported == expected.unreported
        assert found[child.pk].run_now == defined(child, TWO_MONTHS).absent_days_in_row
    here = members(marked.strand.pk, by=by)
    told = sums.of_unit(marked.strand.pk, here, on=FRIDAY, lengths=[30, 60], by=by)
    together = sum((each.of_days[30] for each in told.classes.values()), sums.NONE)
    assert together.absence == added(seen, MONTH)
    assert told.last_day == (FRIDAY if seen else None)


def test_a_pupil_with_protected_personal_data_stands_in_no_class(marked: SchoolWithMarks) -> None:
    days = at_school.class_days(marked.strand.pk, MONTH, by=scope(marked.ragnar, FRIDAY))

    of_class = {
        class_id: Absence(
            sum(d.absence.scheduled for d in days if d.class_id == class_id),
            sum(d.absence.absent for d in days if d.class_id == class_id),
        )
        for class_id in {day.class_id for day in days}
    }
    assert of_class == {
        marked.class_8a.pk: added([marked.leo], MONTH),
        marked.class_8b.pk: added([marked.saga, marked.noor], MONTH),
        None: added([marked.tindra], MONTH),
    }
    assert {day.day for day in days} <= set(MONTH)


def test_who_has_no_right_to_minutes_reads_none(marked: SchoolWithMarks) -> None:
    by = scope(marked.tove, FRIDAY)  # a teacher, who follows nobody's whole attendance

    assert at_school.windows(marked.strand.pk, on=FRIDAY, lengths=[30], by=by) == {}
    assert at_school.class_days(marked.strand.pk, MONTH, by=by) == []
    here = members(marked.strand.pk, by=scope(marked.ragnar, FRIDAY))
    told = sums.of_unit(marked.strand.pk, here, on=FRIDAY, lengths=[30], by=by)
    assert (told.classes, told.last_day) == ({}, None)
    of_8b = marked.class_8b.pk
    assert sums.of_class(marked.strand.pk, of_8b, here, window=MONTH, by=by) == sums.Patterns()
    assert not pupil.history(marked.saga.pk, until=FRIDAY, by=by)
    assert lessons.Lessons(marked.saga.pk, lessons.Wanted(FRIDAY), by=by).days == []
    assert lessons.subjects(marked.saga.pk, until=FRIDAY, by=by) == []


def test_lessons_are_looked_through_some_days_at_a_time(marked: SchoolWithMarks) -> None:
    by = scope(marked.mira, FRIDAY)

    found = lessons.Lessons(marked.saga.pk, lessons.Wanted(FRIDAY), by=by)
    newest = found.read(found.days[:20])

    assert len(found.days) == len(DAYS)
    assert [len(day.lessons) for day in newest] == [5] * 20
    assert newest[0].day == FRIDAY
    assert newest[-1].day > found.days[20]
    monday = next(day for day in newest if day.day == date(2026, 11, 16))
    assert [lesson.now.outcome for lesson in monday.lessons][:3] == [
        Outcome.UNEXCUSED, Outcome.UNEXCUSED, Outcome.PRESENT,
    ]  # fmt: skip


def test_a_corrected_lesson_keeps_what_was_held_before(marked: SchoolWithMarks) -> None:
    monday = date(2026, 11, 16)
    marked.take_in(marked.day(marked.saga, monday, away={0, 1}, kind="excused"), profile="system")

    found = lessons.Lessons(marked.saga.pk, lessons.Wanted(monday), by=scope(marked.mira, FRIDAY))

    first, second, third, *_ = found.read(found.days[:1])[0].lessons
    for lesson in (first, second):
        assert lesson.now.outcome is Outcome.EXCUSED
        assert [(told.outcome, told.profile) for told in lesson.earlier] == [
            (Outcome.UNEXCUSED, "csv")
        ]
    assert third.earlier == ()


@pytest.mark.parametrize("more", [0, 30])
def test_the_number_of_queries_does_not_grow_with_the_pupils(
    marked: SchoolWithMarks, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        marked.pupil(f"Elev{number}", "Ny", marked.class_8a)
    by = scope(marked.ragnar, FRIDAY)

    with django_assert_num_queries(2):
        at_school.windows(marked.strand.pk, on=FRIDAY, lengths=[30, 60], by=by)
        at_school.class_days(marked.strand.pk, MONTH, by=by)
    with django_assert_num_queries(3):
        found = lessons.Lessons(marked.saga.pk, lessons.Wanted(FRIDAY), by=by)
        assert len(found.read(found.days[:20])) == 20
