"""Nights under the rule sets that a school authority has chosen: which, where, and for whom."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from samnarvaro.attendance import services as attendance
from samnarvaro.consents.services import system_scope
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.models import Enrolment, Pupil
from samnarvaro.staircase import queries, services
from samnarvaro.staircase.models import Choice, Episode
from samnarvaro.staircase.queries import held
from samnarvaro.staircase.queries.pupil import stretches
from samnarvaro.staircase.services import choosing
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.test_nightly import episodes
from tests.rooms.worklist.school import School, scope

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 10, 1)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)
AT = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("UTC"))
Deliver = Callable[..., None]


def system(on: date) -> Scope:
    return system_scope(purpose="test", on=on)


def choose(
    key: str,
    *,
    units: frozenset[int] = frozenset(),
    grades: frozenset[str] = frozenset(),
    types: frozenset[str] = frozenset(),
) -> Choice:
    wanted = choosing.Wanted(key=key, first_day=BEFORE, units=units, grades=grades, types=types)
    early = BEFORE - timedelta(days=1)
    return choosing.choose(wanted, by=system(early), at=AT, on=early)


def only(
    key: str,
    *,
    units: frozenset[int] = frozenset(),
    grades: frozenset[str] = frozenset(),
    types: frozenset[str] = frozenset(),
) -> None:
    """Let one rule set hold, and the city model no longer."""
    Choice.objects.all().delete()
    choose(key, units=units, grades=grades, types=types)


@pytest.fixture
def school(db: None) -> School:  # noqa: ARG001  # the database is to be there
    return School()


@pytest.fixture
def deliver(tmp_path: Path, school: School) -> Deliver:
    def _rows(pupil: Pupil, days: list[date], kind: str) -> Iterator[str]:
        code = "99000001" if pupil == school.robin else "99000002"
        for day in days:
            for lesson in range(5):
                yield f"{pupil.pupil_id},{code},{day},{8 + lesson:02}:10,60,MA,{kind},"

    def _deliver(pupil: Pupil, days: list[date], kind: str = "excused") -> None:
        path = tmp_path / "marks.csv"
        head = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"
        path.write_text("\n".join([head, *_rows(pupil, days, kind)]) + "\n")
        report = attendance.take_in(path, attendance.Options(), by=system(FRIDAY), at=AT)
        assert not report.faulty

    return _deliver


def night(day: date) -> services.Report:
    return services.nightly(as_of=day, by=system(day), at=AT)


def school_days(first: date, count: int) -> list[date]:
    return [d for n in range(60) if (d := first + timedelta(days=n)).weekday() < 5][:count]


def done(school: School, item: Item, act: Act = Act.DONE, *, on: date) -> None:
    """Let the mentor act on a row."""
    by, until = scope(school.mira, on), on + timedelta(days=20)
    worklist.act(item.public, act, text="ringde hem", wait_until=until, by=by, at=AT, on=on)


def rows() -> list[tuple[str, int, str]]:
    found = Item.objects.order_by("raised_on", "level")
    return [(item.acts, item.level, item.figures["rule"]) for item in found]


def test_three_excused_days_give_the_mentor_a_row_with_the_run_behind_it(
    school: School, deliver: Deliver
) -> None:
    only("routine")
    deliver(school.saga, [WEDNESDAY, THURSDAY, FRIDAY])

    report = night(FRIDAY)

    assert report.rule_sets == ["routine 1"]
    item = Item.objects.get()
    assert (item.acts, item.level, item.kind) == (Holder.MENTOR, 2, "staircase.level2")
    assert (item.figures["window_first"], item.figures["scheduled"]) == ("2026-11-18", 900)
    assert (item.figures["kind"], item.figures["least_days"]) == ("run", 3)
    assert item.due_on == date(2026, 11, 23)


def test_unexcused_minutes_and_first_days_open_episodes_and_raise_no_row(
    school: School, deliver: Deliver
) -> None:
    only("routine")
    choose("first-day")
    deliver(school.saga, [FRIDAY], "unexcused")

    report = night(FRIDAY)

    assert (report.opened, report.raised) == ({1: 2}, 0)
    assert not Item.objects.exists()
    assert set(Episode.objects.values_list("key", flat=True)) == {"routine", "first-day"}


def test_a_row_that_was_done_leads_to_the_meeting_and_then_to_student_health(
    school: School, deliver: Deliver
) -> None:
    only("routine")
    days = school_days(date(2026, 11, 9), 16)  # 9 November to 30 November
    deliver(school.saga, days)
    night(days[2])
    done(school, Item.objects.get(level=2), on=days[3])

    night(days[7])
    assert rows() == [("mentor", 2, "three-days-excused")]
    night(days[8])  # the fifth school day after
    assert rows()[1:] == [("mentor", 3, "continued-meeting")]
    done(school, Item.objects.get(level=3), on=days[9])
    night(days[13])
    assert len(rows()) == 2
    report = night(days[14])

    assert rows()[2:] == [("student_health_team", 4, "continued-student-health")]
    assert report.escalated == 1
    [found] = queries.signals("routine", on=days[15], by=system(days[15]))
    assert (found.signal.rule.level, found.standing) == (4, "open")
    assert (found.signal.window.first, found.signal.window.last) == (days[0], days[15])
    [found] = queries.signals("routine", on=days[7], by=system(days[7]))
    assert found.signal.rule.level == 2


@pytest.mark.parametrize("act", [Act.NOT_NEEDED, Act.WAIT])
def test_a_row_that_was_put_off_or_not_needed_leads_to_nothing(
    school: School, deliver: Deliver, act: Act
) -> None:
    only("routine")
    days = school_days(date(2026, 11, 9), 10)
    deliver(school.saga, days)
    night(days[2])
    done(school, Item.objects.get(), act, on=days[3])

    night(days[9])

    assert [level for _, level, _ in rows()] == [2]


def test_back_at_school_every_step_ends_and_the_rows_stay(school: School, deliver: Deliver) -> None:
    only("routine")
    days = school_days(date(2026, 11, 9), 10)
    deliver(school.saga, days[:9])
    night(days[2])
    done(school, Item.objects.get(), on=days[3])
    night(days[8])
    assert [level for level, _, _ in episodes()] == [2, 3]
    deliver(school.saga, days[9:], "present")

    night(days[9])

    assert [ended for _, _, ended in episodes()] == [days[9], days[9]]
    assert Item.objects.get(level=3).recovered_on == days[9]


def test_a_rule_set_for_some_school_years_leaves_the_others_alone(
    school: School, deliver: Deliver
) -> None:
    Enrolment.objects.filter(pupil=school.noor).update(grade="7")
    Enrolment.objects.filter(pupil=school.saga).update(grade="8")
    only("routine", grades=frozenset({"7", "9"}))
    for pupil in (school.saga, school.noor):
        deliver(pupil, [WEDNESDAY, THURSDAY, FRIDAY])

    assert night(FRIDAY).reached == 1
    assert Item.objects.get().pupil == school.noor


def test_a_rule_set_for_some_school_types_leaves_the_others_alone(
    school: School, deliver: Deliver
) -> None:
    Enrolment.objects.filter(pupil=school.noor).update(school_type="GRS")
    only("routine", types=frozenset({"GRS"}))
    for pupil in (school.saga, school.noor):
        deliver(pupil, [WEDNESDAY, THURSDAY, FRIDAY])

    assert night(FRIDAY).reached == 1
    assert Item.objects.get().pupil == school.noor
    places = people.placements([school.noor.pk, school.saga.pk], by=system(FRIDAY))
    assert held.for_stays(places[school.noor.pk], on=FRIDAY)
    assert not held.for_stays(places[school.saga.pk], on=FRIDAY)


def test_who_is_told_no_school_type_goes_by_the_school_year(
    school: School, deliver: Deliver
) -> None:
    Enrolment.objects.filter(pupil=school.saga).update(grade="F")
    only("routine", types=frozenset({"FKLASS"}))
    for pupil in (school.saga, school.noor):
        deliver(pupil, [WEDNESDAY, THURSDAY, FRIDAY])

    night(FRIDAY)

    assert Item.objects.get().pupil == school.saga


def test_a_rule_set_for_one_school_leaves_the_others_alone(
    school: School, deliver: Deliver
) -> None:
    unit = organisation.unit_ids_by_code()["99000001"]
    only("routine", units=frozenset({unit}))
    for pupil in (school.saga, school.robin):
        deliver(pupil, [WEDNESDAY, THURSDAY, FRIDAY])

    night(FRIDAY)

    assert Item.objects.get().pupil == school.robin


def test_two_rule_sets_hold_side_by_side_each_with_its_own_episodes(
    school: School, deliver: Deliver
) -> None:
    choose("routine")
    deliver(school.saga, school_days(date(2026, 11, 2), 15))

    report = night(FRIDAY)

    assert report.rule_sets == ["city 1", "routine 1"]
    assert set(Episode.objects.values_list("key", "level")) == {
        ("city", 1), ("city", 2), ("routine", 2),
    }  # fmt: skip
    assert report.open == 3


def test_when_a_rule_set_no_longer_holds_its_episodes_end_and_the_rows_say_so(
    school: School, deliver: Deliver
) -> None:
    choice = choose("routine")
    deliver(school.saga, [WEDNESDAY, THURSDAY, FRIDAY])
    night(FRIDAY)
    choosing.end(choice.public, last_day=FRIDAY, by=system(FRIDAY), at=AT, on=FRIDAY)

    report = night(date(2026, 11, 23))

    assert report.ended == 1
    item = Item.objects.get(subject__startswith="staircase:routine:")
    assert (item.recovered_on, item.state) == (date(2026, 11, 23), "open")


def test_when_it_holds_for_other_years_the_episodes_of_these_end(
    school: School, deliver: Deliver
) -> None:
    Enrolment.objects.filter(pupil=school.saga).update(grade="8")
    only("routine", grades=frozenset({"8"}))
    deliver(school.saga, [WEDNESDAY, THURSDAY, FRIDAY])
    night(FRIDAY)
    Enrolment.objects.filter(pupil=school.saga).update(grade="9")

    assert night(date(2026, 11, 23)).ended == 1


def test_who_has_left_school_in_the_middle_of_a_run_is_not_looked_for(
    school: School, deliver: Deliver
) -> None:
    only("routine")
    deliver(school.saga, [WEDNESDAY, THURSDAY, FRIDAY])
    Enrolment.objects.filter(pupil=school.saga).update(last_day=THURSDAY)

    assert night(FRIDAY).reached == 0
    # The command tells of the marks as they are.
    assert len(list(queries.signals("routine", on=FRIDAY, by=system(FRIDAY)))) == 1


def test_a_pupil_of_whom_only_marks_are_known_is_meant_where_everybody_is(
    school: School, deliver: Deliver
) -> None:
    Enrolment.objects.filter(pupil=school.saga).delete()
    only("routine")
    deliver(school.saga, [WEDNESDAY, THURSDAY, FRIDAY])

    assert night(FRIDAY).reached == 1


def test_the_order_of_the_nights_does_not_matter_to_runs(school: School, deliver: Deliver) -> None:
    choose("routine")
    choose("first-day")
    days = school_days(date(2026, 11, 9), 10)
    deliver(school.saga, days[:6])
    deliver(school.saga, days[6:], "present")
    deliver(school.noor, days[::2], "unexcused")
    deliver(school.noor, days[1::2], "present")
    for day in days:
        night(day)
    in_order = sorted(Episode.objects.values_list("key", "pupil", "level", "opened_on", "ended_on"))
    assert in_order
    Episode.objects.all().delete()
    for place in [4, 0, 8, 2, 1, 3, 7, 6, 9, 5]:
        night(days[place])
    again = Episode.objects.values_list("key", "pupil", "level", "opened_on", "ended_on")
    assert sorted(again, key=str) == sorted(in_order, key=str)


def test_the_city_model_holds_where_nothing_was_ever_chosen() -> None:
    assert [choice.key for choice in Choice.objects.all()] == ["city", "school-social-team"]
    assert services.install_shipped() == []
    Choice.objects.update(last_day=FRIDAY)
    services.install_shipped()
    assert Choice.objects.count() == 2, "what was ended is not begun again"


def test_with_nothing_chosen_a_night_finds_nothing(school: School, deliver: Deliver) -> None:
    deliver(school.saga, school_days(date(2026, 11, 2), 15))
    Choice.objects.update(last_day=THURSDAY)

    assert night(FRIDAY).rule_sets == []
    assert not Item.objects.exists()


def test_a_first_day_that_is_over_stands_on_no_page_among_former_steps(
    school: School, deliver: Deliver
) -> None:
    only("first-day")
    deliver(school.saga, [THURSDAY], "unexcused")
    night(THURSDAY)
    assert [each.key for each in stretches(school.saga.pk, by=system(FRIDAY))] == ["first-day"]
    deliver(school.saga, [FRIDAY], "present")
    night(FRIDAY)

    assert Episode.objects.get(key="first-day").ended_on == FRIDAY
    assert stretches(school.saga.pk, by=system(FRIDAY)) == []
