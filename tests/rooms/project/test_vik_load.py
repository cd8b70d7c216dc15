"""Vik, loaded through the services: the people of the stories stand where the stories say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from samnarvaro.attendance import queries as attendance
from samnarvaro.audit import queries as audit
from samnarvaro.cases.queries import cases, investigations
from samnarvaro.consents import services as consents
from samnarvaro.followup import queries as followup
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.mapping.queries import responses
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation import services as organisation_services
from samnarvaro.outreach.domain.contacts import Outcome
from samnarvaro.outreach.queries import contacts
from samnarvaro.people import queries as people
from samnarvaro.people.models import Account, Pupil
from samnarvaro.project.vik import load
from samnarvaro.project.vik.roster import STORY_CLASSES
from samnarvaro.staircase import queries as staircase
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.domain.rows import State
from samnarvaro.worklist.models import Item
from tests import vik

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[SimpleNamespace]:
    """The classes with a story, loaded once for all tests of this file and rolled back after them."""
    shares: list[float] = []
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                made = load.load(TODAY, now=NOW, progress=shares.append, classes=STORY_CLASSES)
                yield SimpleNamespace(made=made, shares=shares)
                raise _Undo
        except _Undo:
            pass


@pytest.fixture(autouse=True)
def _inside(loaded: SimpleNamespace) -> None:
    """Every test here stands in the loaded Vik."""


def scope(username: str, on: date = TODAY) -> Scope:
    return consents.scope_for(Account.objects.get(username=username).pk, hat=None, on=on)


def system() -> Scope:
    return consents.system_scope(purpose="test", on=TODAY)


def rows_of(pupil_id: str) -> list[worklist.Row]:
    pupil = Pupil.objects.get(pupil_id=pupil_id)
    return worklist.of_pupil(pupil.pk, by=system(), on=TODAY)


def test_all_pupils_and_marks_are_there(loaded: SimpleNamespace) -> None:
    assert loaded.made.pupils == people.visible(by=system()).count()
    assert 120 < loaded.made.pupils < 200
    assert loaded.made.marks > 100_000


def test_the_progress_goes_from_nothing_to_all(loaded: SimpleNamespace) -> None:
    assert loaded.shares == sorted(loaded.shares)
    assert loaded.shares[-1] == pytest.approx(1)


def test_vik_knows_that_it_is_loaded_and_is_not_loaded_twice() -> None:
    assert load.is_loaded()
    with pytest.raises(load.SomebodyElses):
        load.load(TODAY, now=NOW)


def test_mira_sees_saga_and_the_rule_that_holds() -> None:
    mine = worklist.mine(by=scope("mira"), on=TODAY)

    saga = [
        row
        for row in mine.rows
        if row.name == "Saga Lind" and not row.recovered_on and row.kind.startswith("staircase.")
    ]
    assert [(row.level, row.figures["rule"]) for row in saga] == [(1, "month-over-10")]


def test_saga_has_been_asked_twice_and_so_have_her_mother_and_the_school() -> None:
    saga = Pupil.objects.get(pupil_id="vik-saga").pk
    found = responses.of_pupil(saga, by=scope("mira"))

    assert [str(each.instrument.source) for each in found if each.is_final] == [
        "child", "guardian", "school", "child",
    ]  # fmt: skip
    twice = responses.earlier(found[0], by=scope("mira"))
    assert [each.public for each in twice] == [found[3].public]
    begun = [each for each in responses.of_pupil(saga, by=scope("karin")) if not each.is_final]
    assert len(begun) == 1


def test_mira_sees_her_class_and_nobody_else() -> None:
    names = {pupil.name for pupil in people.visible(by=scope("mira"))}

    assert {"Saga Lind", "Noor Haddad"} <= names
    assert 20 <= len(names) <= 26


def test_leo_waits_for_ragnar_who_has_not_acted() -> None:
    unit = organisation.unit_by_code(vik.STRANDSKOLAN)
    by = scope("ragnar")

    waiting = worklist.nobody_has_acted(
        [unit.pk], by=by, on=TODAY, calendars=organisation.Calendars()
    )
    assert ("Leo Strand", 2) in {(each.row.name, each.row.level) for each in waiting}


def test_rows_stand_in_every_state() -> None:
    assert set(Item.objects.values_list("state", flat=True)) == {state.value for state in State}


def test_alva_waits_for_a_meeting() -> None:
    waiting = worklist.mine(by=scope("nils"), on=TODAY).waiting

    assert "Alva Berg" in {row.name for row in waiting}


def test_elliot_has_recovered_and_his_row_stays_until_somebody_acts() -> None:
    rows = rows_of(vik.ELLIOT)

    assert {row.level for row in rows} == {1, 2}
    assert all(row.recovered_on and not row.is_cleared for row in rows)


def test_noor_is_under_every_rule() -> None:
    assert [row for row in rows_of(vik.NOOR) if row.kind.startswith("staircase.")] == []


def test_levels_reach_pupils_beside_the_cast() -> None:
    found = list(staircase.signals("city", on=TODAY, by=system()))

    others = [each for each in found if each.pupil_id not in {s.pupil_id for s in vik.STORIES}]
    assert {each.signal.rule.level for each in others} == {1, 2}
    assert "open" in {each.standing for each in found}


def test_tindra_exists_for_her_handlers_only_and_by_her_alias() -> None:
    seeing = {member.username: people.visible(by=scope(member.username)) for member in vik.STAFF}

    tindra = Pupil.objects.get(pupil_id=vik.TINDRA)
    handlers = {username for username, pupils in seeing.items() if tindra in pupils}
    assert handlers == {"karin", "ragnar"}
    assert (tindra.name, tindra.given_name, tindra.family_name) == ("T", "", "")


def test_melvin_goes_to_one_school_and_was_at_another() -> None:
    melvin = Pupil.objects.get(pupil_id=vik.MELVIN)
    units = {
        on: [place.unit for place in people.placements([melvin.pk], by=by)[melvin.pk]]
        for on, by in (
            (day, consents.system_scope(purpose="test", on=day))
            for day in (date(2026, 5, 4), TODAY)
        )
    }

    codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
    assert [codes[unit] for unit in units[date(2026, 5, 4)]] == [vik.BERGSKOLAN]
    assert [codes[unit] for unit in units[TODAY]] == [vik.STRANDSKOLAN]


def test_measures_count_what_the_marks_say_of_saga() -> None:
    figures = dict(attendance.measures(trailing(TODAY, 30), by=system()))[vik.SAGA]

    absent = figures.excused + figures.unexcused
    assert 10 * figures.scheduled < 100 * absent < 20 * figures.scheduled


def test_the_other_agencies_and_those_who_run_the_system_see_no_child() -> None:
    for username in ("sonja", "bo", "eva", "isa", "anton"):
        assert not people.visible(by=scope(username)).exists()


def test_most_rows_have_somebody_acted_on_and_a_handful_lie_untouched() -> None:
    unit = organisation.unit_by_code(vik.STRANDSKOLAN)

    waiting = worklist.nobody_has_acted(
        [unit.pk], by=scope("ragnar"), on=TODAY, calendars=organisation.Calendars()
    )

    of_steps = [each for each in waiting if each.row.kind.startswith("staircase.")]
    assert 1 <= len(of_steps) <= 8


def test_elin_is_to_call_robins_home_this_morning_and_others_have_been_called() -> None:
    robin = [row for row in rows_of(vik.ROBIN) if row.kind == "outreach.first_day"]
    assert [(row.figures["whom"], row.last) for row in robin if row.raised_on == TODAY] == [
        ("guardian", None)
    ]

    kinds = {row.kind for row in worklist.mine(by=scope("mira"), on=TODAY).rows}
    assert "outreach.promise" in kinds
    told = contacts.of_pupil(rows_of(vik.SAGA)[0].pupil or 0, by=scope("mira"), on=TODAY)
    assert {each.told.outcome for each in told.contacts} >= {
        Outcome.REACHED, Outcome.NOT_REACHED,
    }  # fmt: skip


def test_the_student_health_team_has_something_to_take_up_and_something_decided() -> None:
    agenda = worklist.agenda(worklist.STUDENT_HEALTH, by=scope("karin"), on=TODAY)

    assert "Strandskolan" in {row.name for row in agenda.now}
    assert {row.last.act.value for row in agenda.rows if row.last} == {"hand_over", "decided"}


def test_an_early_measure_is_to_be_looked_at_again_and_another_has_ended() -> None:
    assert [each.name for each in followup.due(by=scope("mira"), on=TODAY)] == ["Saga Lind"]
    (robin,) = followup.of_pupil(Pupil.objects.get(pupil_id=vik.ROBIN).pk, by=scope("elin"))
    assert not robin.is_running


def test_vik_is_not_mixed_into_another_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    other = organisation_services.ensure_authority()
    other.code = "1234"
    monkeypatch.setattr(organisation, "authority", lambda: other)

    with pytest.raises(load.SomebodyElses):
        load.is_loaded()


def test_investigations_stand_where_the_stories_say() -> None:
    by = consents.system_scope(purpose="test", on=TODAY)
    ids = people.ids_by_pupil_id(_authority())
    states = {
        story: investigations.of_pupil(ids[story], by=by)[0].state
        for story in (vik.LEO, vik.SAGA, vik.NOOR, vik.ALVA)
    }
    assert states == {
        vik.LEO: "decided", vik.SAGA: "open", vik.NOOR: "not_needed", vik.ALVA: "open",
    }  # fmt: skip


def test_cases_stand_where_the_stories_say() -> None:
    by = consents.system_scope(purpose="test", on=TODAY)
    ids = people.ids_by_pupil_id(_authority())
    found = {story: cases.of_pupil(ids[story], by=by)[0] for story in (vik.SAGA, vik.ELLIOT)}
    assert {story: (case.step, case.round) for story, case in found.items()} == {
        vik.SAGA: ("intake", 1), vik.ELLIOT: ("intake", 2),
    }  # fmt: skip


def _authority() -> int:
    authority = organisation.authority()
    assert authority is not None
    return authority.pk


def test_the_log_of_what_has_been_is_whole_as_if_it_had_been_sealed_day_by_day() -> None:
    found = audit.verify(at=NOW)

    assert found.is_whole, found.counts
    assert found.readings > 10
    assert found.writings > 100
    assert found.waiting == 0
