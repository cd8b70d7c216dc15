"""Rule sets that leave granted leave out: nights, laid anew when leave is told afterwards, and dry runs."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.kernel.days import Window
from samnarvaro.people.models import Pupil
from samnarvaro.staircase import queries, services
from samnarvaro.staircase.models import Choice, Episode, RuleSet
from samnarvaro.staircase.queries import rule_set
from samnarvaro.staircase.services import choosing, rulebook
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import signed_in
from tests.rooms.staircase.school import AT, DAYS, FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_rule_pages import sent, told
from tests.rooms.worklist.school import scope, system

BEFORE = date(2026, 9, 1)
THURSDAY, MONDAY = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=3)
LONG = Window(date(2026, 10, 5), FRIDAY)


@pytest.fixture
def school(marked: SchoolWithMarks) -> SchoolWithMarks:
    services.install_shipped()
    return marked


def without_leave(school: SchoolWithMarks, like: str) -> RuleSet:
    """Choose a rule set like another that leaves leave out, and no other."""
    row, _ = rule_set(like, on=BEFORE)
    by = scope(school.agda, FRIDAY)
    draft = rulebook.Draft(name="Utan ledighet", rules=row.rules, counts_leave=False)
    own = rulebook.copy(draft, by=by, at=AT, on=BEFORE)
    Choice.objects.all().delete()
    wanted = choosing.Wanted(key=own.key, first_day=BEFORE + timedelta(days=1))
    choosing.choose(wanted, by=by, at=AT, on=BEFORE)
    return own


def grant(school: SchoolWithMarks, pupil: Pupil, days: Window = LONG) -> UUID:
    by, span = scope(school.ragnar, FRIDAY), (days.first, days.last)
    return attendance.grant(span, pupil=pupil.public, by=by, at=AT, on=FRIDAY)


def night(day: date = FRIDAY) -> services.Report:
    return services.nightly(as_of=day, by=system(day), at=AT)


def standing() -> set[tuple[str, int]]:
    open_now = Episode.objects.filter(ended_on=None).values_list("pupil__given_name", "level")
    return set(open_now)


def test_leave_gives_a_step_where_it_counts_and_none_where_it_does_not(
    school: SchoolWithMarks,
) -> None:
    grant(school, school.leo)
    night()
    assert {level for name, level in standing() if name == "Leo"} == {1, 2}

    without_leave(school, "city")
    night()

    assert not [level for name, level in standing() if name == "Leo"]
    assert ("Saga", 1) in standing()  # whose own figures are as they were


def test_leave_told_afterwards_is_left_out_of_the_nights_that_are_laid_anew_and_back_again(
    school: SchoolWithMarks,
) -> None:
    without_leave(school, "city")
    nights = [FRIDAY - timedelta(days=10), FRIDAY]
    for day in nights:
        night(day)
    before = [*Episode.objects.order_by("pk").values_list("pupil", "level", "opened_on", "absent")]
    assert ("Leo", 2) in standing()

    leave = grant(school, school.leo)
    report = night(nights[0])

    assert report.replayed == [FRIDAY]
    assert not [level for name, level in standing() if name == "Leo"]
    assert Item.objects.get(pupil=school.leo, level=2).recovered_on is not None
    attendance.withdraw_leave(
        leave, pupil=school.leo.public, by=scope(school.ragnar, FRIDAY), at=AT
    )
    night(nights[0])
    after = [*Episode.objects.order_by("pk").values_list("pupil", "level", "opened_on", "absent")]
    assert after == before
    assert Item.objects.get(pupil=school.leo, level=2).recovered_on is None


def test_a_step_ends_when_leave_is_told_and_the_figures_in_the_row_leave_it_out(
    school: SchoolWithMarks,
) -> None:
    without_leave(school, "city")
    night()
    full = Episode.objects.get(pupil=school.leo, level=2)
    grant(school, school.leo, Window(date(2026, 11, 16), FRIDAY))
    school.take_in(school.day(school.leo, MONDAY, away=set(range(5))))

    night(MONDAY)

    row = Episode.objects.get(pupil=school.leo, level=2)
    assert row.pk == full.pk  # 30 days still reach it, though the week counts for nothing
    grant(school, school.leo, Window(date(2026, 10, 5), date(2026, 11, 13)))
    night(MONDAY)
    row.refresh_from_db()
    assert row.ended_on == MONDAY


def test_the_first_day_away_after_leave_is_a_first_day(school: SchoolWithMarks) -> None:
    without_leave(school, "first-day")
    night()
    assert standing() == set()  # Leo was away on Thursday too

    there = max(day for day in DAYS if day < THURSDAY and day.weekday() < 5)
    school.take_in(school.day(school.leo, there, away=set()))
    grant(school, school.leo, Window(THURSDAY, THURSDAY))
    night()

    assert standing() == {("Leo", 1)}
    assert Episode.objects.get().scheduled == 300


def test_a_pupils_page_says_that_leave_is_left_out_and_shows_the_figures_without_it(
    school: SchoolWithMarks,
) -> None:
    without_leave(school, "city")
    leave = grant(school, school.leo, Window(date(2026, 11, 1), FRIDAY))
    night()
    client, page = signed_in(school.nils), f"/elev/{school.leo.public}/"

    shown = told(client.get(page))

    assert "Utan ledighet, version 1, utan beviljad ledighet" in shown
    judged = client.get(page).context["sections"]
    rules = next(s.context["rules"] for s in judged if "rules" in s.context)
    # In 30 days there were 17 school days, and leave on the ten of the last 15 that were missed.
    assert rules[0].absence == Absence(7 * 300, 2 * 300)
    attendance.withdraw_leave(
        leave, pupil=school.leo.public, by=scope(school.ragnar, FRIDAY), at=AT
    )
    assert "utan beviljad ledighet" in told(client.get(page))


def test_a_dry_run_tells_what_it_would_be_with_leave_counted_the_other_way(
    school: SchoolWithMarks,
) -> None:
    grant(school, school.leo)
    agda = signed_in(school.agda)

    shown = told(agda.get("/regelverk/city/?prova=1"))
    assert "står 2 av 3 elever på ett steg i dag. Beviljad ledighet räknas." in shown
    assert "Räknades den inte vore det 1 i stället för 2." in shown

    page = agda.get("/regelverk/city/kopiera/")
    tried = agda.post("/regelverk/city/kopiera/", sent(page, leave="counts_not", do="try"))
    assert "Beviljad ledighet räknas inte. Räknades den vore det 2 i stället för 1." in told(tried)
    assert [(r.count, r.other) for r in tried.context["tried"].rows] == [(1, 1), (0, 1)]

    agda.post("/regelverk/city/kopiera/", sent(page, leave="counts_not", do="save"))
    assert RuleSet.objects.get(key="own-1").counts_leave is False
    assert "Beviljad ledighet räknas inte" in told(agda.get("/regelverk/own-1/"))
    assert agda.get("/regelverk/own-1/andra/").context["form"]["leave"].value() == "counts_not"


def test_the_target_group_is_that_of_its_own_rules(school: SchoolWithMarks) -> None:
    own = without_leave(school, "school-social-team")
    assert _band(school) == []
    grant(school, school.leo, Window(date(2026, 10, 15), FRIDAY))

    page = signed_in(school.ragnar).get(f"/skola/{school.strand.public}/malgrupp/")

    assert f"{own.name}, version 1, utan beviljad ledighet" in told(page)
    assert [(row.name, row.absence) for row in _band(school)] == [
        ("Leo Strand", Absence(7200, 1500))
    ]


def _band(school: SchoolWithMarks) -> list[Any]:
    page = signed_in(school.ragnar).get(f"/skola/{school.strand.public}/malgrupp/")
    return [row for group in page.context["groups"] for row in group.rows]


def test_the_contract_of_signals_follows_the_version(school: SchoolWithMarks) -> None:
    grant(school, school.leo)
    own = without_leave(school, "city")

    def found(key: str) -> set[str]:
        return {each.pupil_id for each in queries.signals(key, on=FRIDAY, by=system(FRIDAY))}

    assert school.leo.pupil_id in found("city")
    assert school.leo.pupil_id not in found(own.key)


def test_leaving_leave_out_asks_the_same_number_of_questions_for_many_pupils(
    school: SchoolWithMarks, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = without_leave(school, "routine")
    grant(school, school.leo, Window(THURSDAY, THURSDAY))
    with CaptureQueriesContext(connection) as few:
        list(queries.signals(own.key, on=FRIDAY, by=system(FRIDAY)))

    for pupil in (school.saga, school.noor):
        for day in (THURSDAY, FRIDAY):
            school.take_in(school.day(pupil, day, away=set(range(5))))
        grant(school, pupil, Window(THURSDAY, THURSDAY))
    with django_assert_num_queries(len(few)):
        list(queries.signals(own.key, on=FRIDAY, by=system(FRIDAY)))
