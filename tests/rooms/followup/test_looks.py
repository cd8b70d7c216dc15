"""The looks that come back: each week for the mentors, each month for the student health team."""

from datetime import date, timedelta

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.followup import services
from samnarvaro.followup.domain import looks
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system


def raise_on(day: date) -> int:
    return services.raise_looks(on=day, by=system(day), at=AT)


def test_a_tenth_is_not_more_than_a_tenth() -> None:
    under, at, over = Absence(1000, 99), Absence(1000, 100), Absence(1000, 101)

    found = looks.figures([under, at, over])

    assert (found.pupils, found.over, found.absent, found.scheduled) == (3, 1, 300, 3000)


def test_the_week_begins_on_monday_and_the_month_on_its_first() -> None:
    sunday, monday = date(2026, 11, 1), date(2026, 11, 2)

    assert looks.of_week(7, monday) == "look:week:7:2026-11-02"
    assert looks.of_week(7, sunday) == "look:week:7:2026-10-26"
    assert looks.of_month(7, sunday) == looks.of_month(7, monday) == "look:month:7:2026-11"


def test_each_mentor_has_one_look_a_week_with_the_classes_figures(
    marked: SchoolWithMarks,
) -> None:
    raise_on(FRIDAY)
    before = Item.objects.count()

    assert raise_on(FRIDAY) == 0
    assert Item.objects.count() == before
    (row,) = [r for r in worklist.all_mine(by=scope(marked.mira, FRIDAY), on=FRIDAY) if not r.pupil]
    assert (row.name, row.kind, row.due_on) == ("8B", "followup.week", FRIDAY)
    assert row.why.startswith("Titta igenom klassens frånvaro, vecka 47. Senaste 30 dagarna: ")
    assert row.figures["pupils"] == 2
    monday = FRIDAY + timedelta(days=3)
    assert raise_on(monday) > 0
    weeks = Item.objects.filter(kind="followup.week", group=marked.class_8b)
    assert weeks.count() == 2


def test_the_team_has_one_control_a_month(marked: SchoolWithMarks) -> None:
    raise_on(FRIDAY)
    raise_on(FRIDAY + timedelta(days=3))

    agenda = worklist.agenda(worklist.STUDENT_HEALTH, by=scope(marked.karin, FRIDAY), on=FRIDAY)

    (row,) = agenda.now
    assert (row.name, row.kind) == ("Strandskolan", "followup.month")
    assert row.why.startswith("Elevhälsans extra kontroll för november. ")


def test_a_protected_pupil_is_in_no_figure(marked: SchoolWithMarks) -> None:
    raise_on(FRIDAY)

    of_8a = Item.objects.filter(kind="followup.week", group=marked.class_8a).first()
    school = Item.objects.get(kind="followup.month", unit=marked.strand)
    classes = Item.objects.filter(kind="followup.week")
    assert of_8a is not None
    assert school.figures["pupils"] == sum(item.figures["pupils"] for item in classes)


def test_a_day_without_school_raises_nothing(marked: SchoolWithMarks) -> None:  # noqa: ARG001  # it stands there
    assert raise_on(FRIDAY + timedelta(days=1)) == 0
