"""Absence that is announced excuses its lessons, whenever their marks come, and can be taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance import services
from samnarvaro.attendance.domain.announced import Announced, ToldBy, Wrong, excused_minutes
from samnarvaro.attendance.models import AnnouncedDay, Announcement
from samnarvaro.audit.models import Writing
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.people.models import Pupil
from tests.parity.histories import PUPILS, ROWS, UNITS
from tests.rooms.attendance.desk import AT, TODAY, Desk, Lesson, Row, Said, everything, settle
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
AWAY = Row(kind="unexcused")


def announce(by: Scope, pupil: str = "vik-saga", **told: Any) -> Any:
    days = {"first_day": MONDAY, "last_day": told.get("first_day", MONDAY)} | told
    child = Pupil.objects.get(pupil_id=pupil)
    return services.announce(
        Announced(**days), pupil=child.public, told_by=ToldBy.GUARDIAN, by=by, at=AT, on=TODAY
    )


def withdraw(by: Scope, announcement: Any, pupil: str = "vik-saga") -> None:
    child = Pupil.objects.get(pupil_id=pupil)
    services.withdraw(announcement, pupil=child.public, by=by, at=AT)


def minutes(desk: Desk, start: int = 490, day: date = MONDAY) -> tuple[int, int]:
    """Excused and unexcused minutes of Saga's lesson."""
    held = desk.held()[Lesson("vik-saga", "99000002", day, start)]
    return held.excused, held.unexcused


def in_step(desk: Desk) -> bool:
    carried = desk.totals()
    services.rebuild_totals(by=desk.by, at=AT)
    return carried == desk.totals()


def test_what_is_announced_afterwards_excuses_the_lessons_and_keeps_what_they_were(
    desk: Desk,
) -> None:
    desk.take_in(AWAY, AWAY._replace(start="09:20"), AWAY._replace(date="2026-11-17"))

    announce(desk.by)

    assert minutes(desk) == minutes(desk, 560) == (60, 0)
    assert minutes(desk, day=TUESDAY) == (0, 60)
    assert [(lesson.start, said.unexcused) for lesson, said, *_ in desk.history()] == [
        (490, 60),
        (560, 60),
    ]
    assert in_step(desk)


def test_a_part_of_a_day_excuses_to_the_minute(desk: Desk) -> None:
    desk.take_in(AWAY, AWAY._replace(start="09:20"), AWAY._replace(start="10:30"))

    announce(desk.by, begins=8 * 60 + 40, ends=9 * 60 + 50)

    assert minutes(desk) == (30, 30)
    assert minutes(desk, 560) == (30, 30)
    assert minutes(desk, 630) == (0, 60)
    assert in_step(desk)


def test_who_came_late_was_away_when_the_lesson_began(desk: Desk) -> None:
    desk.take_in(Row(kind="late", absent_minutes="20"))

    later = announce(desk.by, begins=8 * 60 + 30, ends=12 * 60)
    assert minutes(desk) == (0, 20)
    withdraw(desk.by, later)
    announce(desk.by, ends=8 * 60 + 20)

    assert minutes(desk) == (10, 10)
    assert desk.held()[Lesson("vik-saga", "99000002", MONDAY, 490)].late


def test_marks_that_come_later_for_what_is_announced_are_excused(desk: Desk) -> None:
    announce(desk.by, last_day=TUESDAY)

    report = desk.take_in(AWAY, AWAY._replace(date="2026-11-17"), AWAY._replace(date="2026-11-18"))

    assert (report.new, report.changed) == (3, 0)
    assert minutes(desk) == minutes(desk, day=TUESDAY) == (60, 0)
    assert minutes(desk, day=date(2026, 11, 18)) == (0, 60)
    assert in_step(desk)


def test_the_same_file_again_changes_nothing_of_what_is_announced(desk: Desk) -> None:
    desk.take_in(AWAY)
    announce(desk.by)
    before = everything()

    report = desk.take_in(AWAY)

    assert (report.same, report.changed) == (1, 0)
    assert minutes(desk) == (60, 0)
    assert everything()[:3] == before[:3]


def test_another_word_from_the_file_is_taken_and_then_excused_as_well(desk: Desk) -> None:
    desk.take_in(AWAY)
    announced = announce(desk.by)

    report = desk.take_in(AWAY._replace(absent_minutes="20"))
    assert report.changed == 1
    assert minutes(desk) == (20, 0)

    withdraw(desk.by, announced)
    assert minutes(desk) == (0, 20)
    assert in_step(desk)


def test_a_lesson_whose_roll_nobody_called_stays_so(desk: Desk) -> None:
    announce(desk.by)
    desk.take_in(Row(kind="unreported"), Row(start="09:20"))

    assert minutes(desk) == minutes(desk, 560) == (0, 0)
    assert not desk.history()


def test_two_announcements_share_a_lesson_and_each_is_taken_back_by_itself(desk: Desk) -> None:
    desk.take_in(AWAY)
    first = announce(desk.by, ends=8 * 60 + 30)
    second = announce(desk.by, begins=8 * 60 + 30)
    assert minutes(desk) == (60, 0)

    withdraw(desk.by, first)
    assert minutes(desk) == (40, 20)
    withdraw(desk.by, second)

    assert minutes(desk) == (0, 60)
    assert in_step(desk)
    with pytest.raises(services.NoSuchAnnouncement):
        withdraw(desk.by, second)


def test_a_file_without_anything_announced_is_taken_in_as_ever(desk: Desk) -> None:
    announce(desk.by, pupil="vik-leo")

    desk.take_in(AWAY)

    assert minutes(desk) == (0, 60)
    assert not desk.history()
    assert Delivery.objects.filter(kind="marks").count() == 1


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"last_day": date(2026, 11, 15)}, Wrong.LAST_BEFORE_FIRST),
        ({"begins": 600, "ends": 600}, Wrong.ENDS_BEFORE_IT_BEGINS),
        ({"begins": 600, "last_day": TUESDAY}, Wrong.PART_OF_SEVERAL_DAYS),
        ({"first_day": date(2026, 10, 22), "last_day": MONDAY}, Wrong.TOO_FAR_BACK),
        ({"first_day": date(2027, 5, 22)}, Wrong.TOO_FAR_AHEAD),
        ({"begins": 599, "ends": 700}, Wrong.OVERLAPS),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_has_changed(
    desk: Desk, told: dict[str, Any], wrong: Wrong
) -> None:
    desk.take_in(AWAY)
    announce(desk.by, begins=540, ends=600)
    before = everything()

    with pytest.raises(services.CannotAnnounce) as refused, transaction.atomic():
        announce(desk.by, **told)

    assert refused.value.wrongs == [wrong]
    assert everything() == before
    assert Announcement.objects.count() == AnnouncedDay.objects.count() == 1


def excused_by_the_domain(
    before: dict[Lesson, Said], told: Announced, pupil: str
) -> dict[Lesson, Said]:
    after = dict(before)
    for lesson, said in before.items():
        if lesson.pupil_id != pupil:
            continue
        moved = excused_minutes(
            start=lesson.start,
            scheduled=said.scheduled,
            excused=said.excused,
            unexcused=said.unexcused,
            late=said.late,
            parts=[part for part in told.parts() if part.day == lesson.day],
        )
        after[lesson] = said._replace(
            excused=said.excused + moved, unexcused=said.unexcused - moved
        )
    return after


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROWS, min_size=1, max_size=14),
    later=st.lists(ROWS, max_size=4),
    pupil=st.sampled_from(PUPILS),
    times=st.none() | st.tuples(st.integers(0, 1400), st.integers(1, 60)),
    days=st.integers(0, 4),
    where=st.integers(0, 12),
)
def test_announcing_and_withdrawing_gives_back_the_very_marks_and_totals(
    tmp_path: Path,
    db: None,  # noqa: ARG001  # the database is to be there
    rows: list[Row],
    later: list[Row],
    pupil: str,
    times: tuple[int, int] | None,
    days: int,
    where: int,
) -> None:
    with transaction.atomic():
        settle(PUPILS, UNITS)
        desk = Desk(tmp_path)
        desk.take_in(*rows)
        first_day = date.fromisoformat(rows[where % len(rows)].date)
        told = Announced(
            first_day=first_day,
            last_day=first_day if times else date.fromordinal(first_day.toordinal() + days),
            begins=times[0] if times else None,
            ends=sum(times) if times else None,
        )
        child, before = Pupil.objects.get(pupil_id=pupil).public, desk.held()
        announced = services.announce(
            told, pupil=child, told_by=ToldBy.PUPIL, by=desk.by, at=AT, on=first_day
        )
        assert in_step(desk)
        assert desk.held() == excused_by_the_domain(before, told, pupil)
        if later:
            desk.take_in(*later)
        services.withdraw(announced, pupil=child, by=desk.by, at=AT)
        marks, totals = desk.held(), desk.totals()
        assert in_step(desk)
        transaction.set_rollback(True)

    with transaction.atomic():
        settle(PUPILS, UNITS)
        desk = Desk(tmp_path)
        desk.take_in(*rows)
        if later:
            desk.take_in(*later)
        assert marks == desk.held()
        assert len(totals) == len(desk.totals())
        assert {row[2:8] for row in totals} == {row[2:8] for row in desk.totals()}
        transaction.set_rollback(True)


class TestWho:
    """Who follows the pupil announces; for everybody else there is no such pupil."""

    @pytest.fixture
    def school(self, tmp_path: Path, db: None) -> SchoolWithMarks:  # noqa: ARG002
        found = SchoolWithMarks(tmp_path)
        found.take_in_autumn()
        return found

    @staticmethod
    def announce(pupil: Pupil, by: Scope) -> Any:
        told = Announced(first_day=FRIDAY, last_day=FRIDAY)
        return services.announce(
            told, pupil=pupil.public, told_by=ToldBy.GUARDIAN, by=by, at=AT, on=FRIDAY
        )

    def test_the_mentor_announces_and_it_is_logged_with_the_name(
        self, school: SchoolWithMarks
    ) -> None:
        public = self.announce(school.leo, scope(school.nils, FRIDAY))

        row = Announcement.objects.get(public=public)
        logged = Writing.objects.get(act="absence.announced")
        assert (row.by_name, row.delivery.by) == ("Nils Lund", str(row.by))
        assert (logged.pupil, logged.target) == (str(school.leo.public), f"announcement:{public}")
        services.withdraw(public, pupil=school.leo.public, by=scope(school.ragnar, FRIDAY), at=AT)
        row.refresh_from_db()
        assert row.withdrawn_by_name == "Ragnar Holm"
        assert Writing.objects.filter(act="absence.withdrawn").count() == 1

    def test_a_stranger_is_told_that_there_is_no_such_pupil(self, school: SchoolWithMarks) -> None:
        public = self.announce(school.leo, scope(school.nils, FRIDAY))
        before = everything()

        for stranger in (school.mira, school.petra, school.sonja):
            with pytest.raises(people.NoSuchPupil), transaction.atomic():
                self.announce(school.leo, scope(stranger, FRIDAY))
            with pytest.raises(services.NoSuchAnnouncement), transaction.atomic():
                services.withdraw(
                    public, pupil=school.leo.public, by=scope(stranger, FRIDAY), at=AT
                )
        assert everything() == before

    def test_a_protected_pupil_is_announced_by_a_named_handler_alone(
        self, school: SchoolWithMarks
    ) -> None:
        for other in (scope(school.karin, FRIDAY), system(FRIDAY)):
            with pytest.raises(people.NoSuchPupil), transaction.atomic():
                self.announce(school.tindra, other)

        public = self.announce(school.tindra, scope(school.nils, FRIDAY))
        with pytest.raises(services.NoSuchAnnouncement), transaction.atomic():
            services.withdraw(public, pupil=school.tindra.public, by=system(FRIDAY), at=AT)
        assert Announcement.objects.filter(withdrawn_at=None).count() == 1
