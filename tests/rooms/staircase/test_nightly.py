"""The nightly run: what it opens, keeps and ends; run again, run late, and stopped halfway."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from samnarvaro.attendance import services as attendance
from samnarvaro.base.models import JobRun
from samnarvaro.consents.services import system_scope
from samnarvaro.kernel.access import Holder
from samnarvaro.people.models import Pupil
from samnarvaro.staircase import queries, services
from samnarvaro.staircase.models import Episode
from samnarvaro.worklist.models import Item

pytestmark = pytest.mark.django_db
UTC = ZoneInfo("UTC")
MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
Deliver = Callable[..., None]


@pytest.fixture
def deliver(tmp_path: Path) -> Deliver:
    """Take in days of ten lessons of 60 minutes each; `absent` of them unexcused."""

    def _deliver(pupil: str, days: list[date], absent: int) -> None:
        lines = ["pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"]
        for day in days:
            for lesson in range(10):
                kind = "unexcused" if lesson < absent else "present"
                lines.append(f"{pupil},10000001,{day},{8 + lesson:02}:00,60,MA,{kind},")
        path = tmp_path / "marks.csv"
        path.write_text("\n".join(lines) + "\n")
        attendance.take_in(
            path,
            attendance.Options(create_missing=True),
            by=system_scope(purpose="test", on=FRIDAY),
            at=NOW,
        )

    return _deliver


def night(as_of: date) -> services.Report:
    return services.nightly(as_of=as_of, by=system_scope(purpose="test", on=as_of), at=NOW)


def school_days(last: date, count: int) -> list[date]:
    days = [last - timedelta(days=n) for n in range(60)]
    return [day for day in days if day.weekday() < 5 and day != date(2026, 10, 31)][:count]


def episodes() -> list[tuple[int, date, date | None]]:
    rows = Episode.objects.order_by("level", "opened_on")
    return list(rows.values_list("level", "opened_on", "ended_on"))


def test_a_pupil_over_ten_percent_gets_an_episode_and_the_mentor_a_row(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=0)
    deliver("A", [FRIDAY, FRIDAY - timedelta(days=1)], absent=6)

    report = night(FRIDAY)

    assert report.opened == {1: 1}
    row = Item.objects.get()
    assert (row.acts, row.level, row.raised_on) == (Holder.MENTOR, 1, FRIDAY)
    assert (row.figures["scheduled"], row.figures["absent"]) == (6000, 720)
    assert row.due_on == date(2026, 11, 27)
    episode = Episode.objects.get()
    assert (episode.rule, episode.scheduled, episode.absent) == ("month-over-10", 6000, 720)
    assert (episode.window_first, episode.window_last) == (date(2026, 10, 22), FRIDAY)
    assert (episode.rule_set.key, episode.rule_set.version) == ("city", 1)


def test_a_pupil_far_over_gets_rows_for_mentor_and_principal(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=5)
    night(FRIDAY)
    assert sorted(Item.objects.values_list("acts", flat=True)) == ["mentor", "principal"]


def test_run_twice_it_changes_nothing_more(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=5)
    night(FRIDAY)
    before, rows = episodes(), set(Item.objects.values_list("subject", "public"))

    report = night(FRIDAY)

    assert episodes() == before
    assert set(Item.objects.values_list("subject", "public")) == rows
    assert report.raised == 0


def test_an_episode_is_opened_once_and_lasts(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    for day in reversed(school_days(FRIDAY, 4)):
        night(day)
    assert [(level, ended) for level, _, ended in episodes()] == [(1, None), (2, None)]
    assert Item.objects.count() == 2


def test_it_ends_on_the_first_school_day_its_rule_fails_and_the_row_stays(
    deliver: Deliver,
) -> None:
    deliver("A", school_days(MONDAY, 5), absent=2)
    night(MONDAY)
    deliver("A", school_days(FRIDAY, 4), absent=0)

    night(FRIDAY)  # 10 of 90 lessons: under 20 %, still more than 10 %
    assert episodes() == [(1, MONDAY, None), (2, MONDAY, FRIDAY)]

    deliver("A", [date(2026, 11, 23)], absent=0)
    night(date(2026, 11, 23))  # 10 of 100 is not more than 10 %

    assert episodes()[0] == (1, MONDAY, date(2026, 11, 23))
    mentors = Item.objects.get(acts=Holder.MENTOR)
    assert mentors.state == "open"
    assert mentors.recovered_on == date(2026, 11, 23)


def test_nothing_ends_on_a_day_without_school(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    night(FRIDAY)
    deliver("A", school_days(FRIDAY, 10), absent=0)

    assert night(SATURDAY).ended == 0
    assert night(date(2026, 11, 23)).ended == 2


def test_too_few_minutes_neither_open_nor_end(deliver: Deliver) -> None:
    deliver("A", [FRIDAY], absent=10)  # 600 minutes: just enough
    deliver("B", [], absent=0)
    night(FRIDAY)
    assert Episode.objects.filter(ended_on=None).count() == 2

    later = FRIDAY + timedelta(days=90)
    assert night(later).ended == 0


def test_a_corrected_mark_that_takes_the_ground_away_marks_the_row_recovered(
    deliver: Deliver,
) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    night(FRIDAY)
    deliver("A", school_days(FRIDAY, 10), absent=0)

    night(FRIDAY)

    assert episodes() == []
    assert set(Item.objects.values_list("state", "recovered_on")) == {("open", FRIDAY)}


def test_a_row_of_an_episode_that_is_there_after_all_is_open_again(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    night(FRIDAY)
    deliver("A", school_days(FRIDAY, 10), absent=0)
    night(FRIDAY)
    deliver("A", school_days(FRIDAY, 10), absent=2)
    night(FRIDAY)
    assert set(Item.objects.values_list("state", "recovered_on")) == {("open", None)}
    assert Item.objects.count() == 2


def test_run_for_an_earlier_day_it_lays_the_later_ones_anew(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    night(FRIDAY)
    thursday = FRIDAY - timedelta(days=1)

    report = night(thursday)

    assert report.replayed == [FRIDAY]
    assert {opened for _, opened, _ in episodes()} == {thursday}
    assert JobRun.objects.filter(job="nightly", state="done").count() == 2


def test_the_order_of_the_nights_does_not_matter(deliver: Deliver) -> None:
    deliver("A", school_days(MONDAY, 6), absent=2)
    deliver("A", school_days(FRIDAY, 4), absent=0)
    days = sorted(school_days(FRIDAY, 9))
    for day in days:
        night(day)
    in_order = episodes()
    Episode.objects.all().delete()
    JobRun.objects.all().delete()
    for day in [days[4], days[0], days[8], days[2], days[1], days[3], days[7], days[6], days[5]]:
        night(day)
    assert episodes() == in_order


def test_stopped_anywhere_it_has_not_been(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=5)

    class Stop(Exception):
        pass

    for stop_at in range(1, 400):
        seen = 0

        def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            nonlocal seen
            seen += 1
            if seen == stop_at:  # noqa: B023  # read at once
                raise Stop
            return execute(sql, params, many, context)

        try:
            with transaction.atomic(), connection.execute_wrapper(count):
                night(FRIDAY)
        except Stop:
            assert episodes() == []
            assert not Item.objects.exists()
            continue
        break
    else:
        pytest.fail("the run never came to its end")
    assert Item.objects.count() == 2


def test_a_run_that_failed_is_on_record(deliver: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=5)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("samnarvaro.worklist.services.raise_items", broken)
    with pytest.raises(RuntimeError):
        night(FRIDAY)
    assert JobRun.objects.get().state == "failed"
    assert episodes() == []


def test_a_signal_is_told_against_the_last_night_before(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=2)
    thursday = FRIDAY - timedelta(days=1)

    assert _standing() == "new"
    night(FRIDAY)
    assert _standing() == "new"  # a run on the day itself is not before it
    night(thursday)
    assert _standing() == "open"


def test_a_signal_that_has_gone_up_is_told_as_escalated(deliver: Deliver) -> None:
    thursday = FRIDAY - timedelta(days=1)
    deliver("A", school_days(thursday, 9), absent=0)
    deliver("A", [thursday, FRIDAY - timedelta(days=2)], absent=6)
    night(thursday)
    assert [level for level, _, _ in episodes()] == [1]
    deliver("A", school_days(FRIDAY, 10), absent=5)
    assert _standing() == "escalated"


def _standing() -> str:
    found = list(queries.signals("city", on=FRIDAY, by=system_scope(purpose="test", on=FRIDAY)))
    return found[0].standing


def test_protected_pupils_are_reckoned_like_all(deliver: Deliver) -> None:
    deliver("A", school_days(FRIDAY, 10), absent=5)
    Pupil.objects.update(protection=1)
    assert night(FRIDAY).opened == {1: 1, 2: 1}


def test_the_shipped_rule_set_is_there_and_put_in_place_once() -> None:
    assert services.install_shipped() == []
    row, rules = queries.rule_set("city", on=FRIDAY)
    assert (row.version, len(rules.rules)) == (1, 3)
    with pytest.raises(queries.NoSuchRuleSet):
        queries.rule_set("city", on=date(1999, 1, 1))


def test_a_newer_version_holds_from_its_day(deliver: Deliver) -> None:
    row, _ = queries.rule_set("city", on=FRIDAY)
    services.add_version(
        {
            "key": "city",
            "version": 2,
            "name": "Strängare",
            "holds_from": FRIDAY.isoformat(),
            "rules": [row.rules[0] | {"percent": 50}],
        }
    )
    deliver("A", school_days(FRIDAY, 10), absent=3)
    thursday = FRIDAY - timedelta(days=1)
    assert night(thursday).rule_sets == ["city 1"]
    report = night(FRIDAY)
    assert report.rule_sets == ["city 2"]
    assert report.ended == 2
