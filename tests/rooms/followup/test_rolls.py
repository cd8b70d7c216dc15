"""Lessons whose roll nobody called: a row for the class's teachers, marked when it is called after all."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.followup import services
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Duty
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist import services as work
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system

MONDAY, TUESDAY = FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=4)
ALL = set(range(5))


def tell(school: SchoolWithMarks, kind: str, places: set[int]) -> None:
    """Let the system of the school say the same of both in 8B, at some lessons of Friday."""
    for pupil in (school.saga, school.noor):
        school.take_in(school.day(pupil, FRIDAY, away=places, kind=kind))


def night(day: object = MONDAY) -> int:
    return services.raise_rolls(on=day, by=system(day), at=AT)  # type: ignore[arg-type]  # a day


def test_a_roll_that_nobody_called_is_a_row_for_the_teachers_of_the_class(
    marked: SchoolWithMarks,
) -> None:
    tell(marked, "unreported", {0, 3})

    assert night() == 1
    assert night() == 0

    (row,) = worklist.all_mine(by=scope(marked.tove, MONDAY), on=MONDAY)
    assert (row.name, row.kind, row.due_on) == ("8B", "followup.rolls", MONDAY)
    assert row.why.startswith("Inget upprop fredag 20 november: 08.10 MA, 11.10 IDH.")
    shown = signed_in(marked.tove).get("/arbete/").content.decode()
    assert "Inget upprop fredag 20 november" in shown
    assert str(marked.class_8b.public) not in shown  # no link to a page that is not there for her
    assert "Inget upprop" not in words(signed_in(marked.mira).get("/"))
    for other in (marked.mira, marked.nils, marked.karin):
        rows = worklist.all_mine(by=scope(other, MONDAY), on=MONDAY)
        assert not [each for each in rows if each.kind == "followup.rolls"]


def test_a_lesson_that_is_reported_of_somebody_was_called(marked: SchoolWithMarks) -> None:
    marked.take_in(marked.day(marked.saga, FRIDAY, away=ALL, kind="unreported"))

    assert night() == 0


def test_a_cancelled_lesson_is_nobodys_to_call(marked: SchoolWithMarks) -> None:
    tell(marked, "cancelled", ALL)

    assert night() == 0


def test_called_after_all_the_row_is_marked_and_stays_until_a_teacher_clears_it(
    marked: SchoolWithMarks,
) -> None:
    tell(marked, "unreported", {0})
    night()
    tell(marked, "present", ALL)

    night(TUESDAY)

    row = Item.objects.get(kind="followup.rolls")
    assert (row.recovered_on, row.state) == (TUESDAY, "open")
    tell(marked, "unreported", {0})
    night(TUESDAY)
    row.refresh_from_db()
    assert row.recovered_on is None
    by = scope(marked.tove, TUESDAY)
    work.act(row.public, Act.DONE, text="rapporterat nu", by=by, at=AT, on=TUESDAY)
    assert not worklist.all_mine(by=by, on=TUESDAY)


def test_a_class_without_a_teacher_gives_no_row(marked: SchoolWithMarks) -> None:
    tell(marked, "unreported", ALL)
    Duty.objects.filter(role=Role.TEACHER).delete()

    assert night() == 0
    assert not Item.objects.filter(kind="followup.rolls").exists()


def test_the_night_asks_the_same_number_of_questions_whatever_was_not_called(
    marked: SchoolWithMarks,
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            night(TUESDAY)
        return len(asked)

    tell(marked, "unreported", {0})
    questions()
    few = questions()
    tell(marked, "unreported", ALL)
    assert questions() == few
