"""What a row is on a day, what clears it, and what an act has to tell."""

from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.kernel.access import Holder, Role
from samnarvaro.worklist.domain import rows
from samnarvaro.worklist.domain.rows import Act, Done, Intent, Missing, NewItem, State, When

WEDNESDAY = date(2026, 10, 21)
ACTS = [act for act in Act if act is not Act.UNDO]


def intent(act: Act, **given: Any) -> Intent:
    """An act with nothing missing, but for what is given."""
    facts: dict[str, Any] = {
        "text": "samtal med Saga",
        "wait_until": WEDNESDAY + timedelta(days=9) if act in rows.WITH_DAY else None,
        "to": Holder.STUDENT_HEALTH_TEAM if act is Act.HAND_OVER else None,
    }
    return Intent(act=act, **facts | given)


def missing(act: Act, state: State = State.OPEN, **given: Any) -> list[Missing]:
    return rows.missing_for(intent(act, **given), state=state, on=WEDNESDAY)


def done(number: int, act: Act, **given: Any) -> Done:
    facts: dict[str, Any] = {"on": WEDNESDAY, "by": "mira"}
    return Done(number=number, act=act, **facts | given)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("", [Missing.TEXT]),
        (" \n\t ", [Missing.TEXT]),
        ("ok", [Missing.TEXT_SHORT]),
        ("1234 - 14.30!", [Missing.TEXT_SHORT]),
        ("o k.", [Missing.TEXT_SHORT]),
        ("åkt", []),
        ("å" * 2000, []),
        ("å" * 2001, [Missing.TEXT_LONG]),
    ],
)
def test_every_act_asks_for_words(act: Act, text: str, lacks: list[Missing]) -> None:
    assert missing(act, text=text) == lacks


@pytest.mark.parametrize(
    ("days", "lacks"),
    [
        (None, [Missing.DAY]),
        (-1, [Missing.DAY_NOT_AHEAD]),
        (0, [Missing.DAY_NOT_AHEAD]),
        (1, []),
        (30, []),
        (31, [Missing.DAY_TOO_LATE]),
    ],
)
def test_waiting_and_a_meetings_decision_ask_for_a_day_ahead_and_not_too_far(
    days: int | None, lacks: list[Missing]
) -> None:
    until = None if days is None else WEDNESDAY + timedelta(days=days)

    assert missing(Act.WAIT, wait_until=until) == lacks
    assert missing(Act.DECIDED, wait_until=until) == lacks


@pytest.mark.parametrize("to", [*Holder, None])
def test_a_row_goes_to_those_who_may_read_all_of_it(to: Holder | None) -> None:
    alone = {Holder.TEACHER, Holder.SCHOOL_ADMINISTRATOR, None}

    assert missing(Act.HAND_OVER, to=to) == ([Missing.RECEIVER] if to in alone else [])
    assert missing(Act.DONE, to=to) == []


@pytest.mark.parametrize(
    ("to", "lacks"),
    [
        (Holder.COUNSELLOR, []),
        (Holder.MENTOR, [Missing.RECEIVER_HAS_IT]),
        (Holder.PRINCIPAL, [Missing.RECEIVER_NOBODY]),
        (None, []),  # that nobody is chosen is said already
    ],
)
def test_nothing_is_handed_to_nobody(to: Holder | None, lacks: list[Missing]) -> None:
    there = rows.could_take([Role.MENTOR, Role.COUNSELLOR])
    asked = intent(Act.HAND_OVER, to=to)

    assert rows.missing_in_receiver(asked, Holder.MENTOR, could_take=there) == lacks


def test_who_is_there_tells_who_could_take_a_row() -> None:
    assert rows.could_take([]) == frozenset()
    assert rows.could_take([Role.NURSE, Role.TEACHER]) == frozenset()
    assert rows.could_take([Role.PSYCHOLOGIST]) == {Holder.STUDENT_HEALTH_TEAM}


@pytest.mark.parametrize(
    ("act", "viewer", "causes", "holds", "reads"),
    [
        (Act.DONE, "karin", False, True, False),
        (Act.DONE, "karin", True, False, True),
        (Act.DONE, "mira", False, False, True),
        (Act.HAND_OVER, "karin", False, True, True),
        (Act.HAND_OVER, "sten", False, False, False),
        (Act.DECIDED, "karin", False, True, True),
    ],
)
def test_words_are_read_by_who_reads_causes_who_wrote_them_and_for_whom_they_were_written(
    act: Act, viewer: str, causes: bool, holds: bool, reads: bool
) -> None:
    told = done(1, act)

    assert rows.reads_words(told, viewer=viewer, reads_causes=causes, holds=holds) is reads


@pytest.mark.parametrize("act", [Act.DONE, Act.NOT_NEEDED])
def test_only_waiting_asks_for_a_day(act: Act) -> None:
    assert missing(act, wait_until=None) == []
    assert missing(act, wait_until=WEDNESDAY) == []


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("state", "is_cleared"),
    [
        (State.OPEN, False),
        (State.WAITING, False),
        (State.HANDED, False),
        (State.DONE, True),
        (State.NOT_NEEDED, True),
    ],
)
def test_a_cleared_row_is_not_cleared_again(act: Act, state: State, is_cleared: bool) -> None:
    assert missing(act, state=state) == ([Missing.CLEARED_ALREADY] if is_cleared else [])


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert missing(Act.WAIT, state=State.DONE, text="", wait_until=None) == [
        Missing.CLEARED_ALREADY,
        Missing.TEXT,
        Missing.DAY,
    ]


@pytest.mark.parametrize(
    ("state", "days", "is_now"),
    [
        (State.WAITING, 1, State.WAITING),
        (State.WAITING, 0, State.OPEN),
        (State.WAITING, -1, State.OPEN),
        (State.OPEN, None, State.OPEN),
        (State.DONE, None, State.DONE),
        (State.NOT_NEEDED, None, State.NOT_NEEDED),
    ],
)
def test_a_row_that_waits_is_open_again_on_its_day(
    state: State, days: int | None, is_now: State
) -> None:
    until = None if days is None else WEDNESDAY + timedelta(days=days)

    assert rows.state_on(state, until, WEDNESDAY) is is_now


def test_a_row_that_was_put_off_is_due_on_its_day_and_not_before_its_time() -> None:
    later, sooner = date(2026, 11, 2), date(2026, 10, 20)

    assert rows.due_of(WEDNESDAY, None) == WEDNESDAY
    assert rows.due_of(WEDNESDAY, later) == later
    assert rows.due_of(WEDNESDAY, sooner) == WEDNESDAY


def test_a_row_that_was_left_lying_is_due_when_that_was_noticed() -> None:
    later, sooner = date(2026, 11, 2), date(2026, 10, 20)

    assert rows.due_of(later, None, WEDNESDAY) == WEDNESDAY
    assert rows.due_of(sooner, None, WEDNESDAY) == sooner


@pytest.mark.parametrize(
    ("due", "part"),
    [
        (date(2026, 10, 1), When.TODAY),
        (date(2026, 10, 20), When.TODAY),
        (date(2026, 10, 21), When.TODAY),
        (date(2026, 10, 22), When.THIS_WEEK),
        (date(2026, 10, 25), When.THIS_WEEK),
        (date(2026, 10, 26), When.LATER),
    ],
)
def test_the_list_is_parted_by_when_a_row_is_due(due: date, part: When) -> None:
    assert rows.when(State.OPEN, due, WEDNESDAY) is part
    assert rows.when(State.WAITING, due, WEDNESDAY) is When.WAITING


def test_on_a_sunday_the_week_is_over() -> None:
    assert rows.when(State.OPEN, date(2026, 10, 26), date(2026, 10, 25)) is When.LATER


def test_each_undo_takes_away_the_act_before_it() -> None:
    wait = done(1, Act.WAIT, wait_until=date(2026, 11, 2))
    clear, again = done(2, Act.DONE), done(5, Act.NOT_NEEDED)
    undone = [wait, clear, done(3, Act.UNDO)]

    assert rows.standing(undone) == [wait]
    assert rows.standing([*undone, done(4, Act.UNDO)]) == []
    assert rows.standing([*undone, done(4, Act.UNDO), again]) == [again]
    assert rows.standing([done(1, Act.UNDO), clear]) == [clear]


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([], State.OPEN),
        ([Act.WAIT], State.WAITING),
        ([Act.WAIT, Act.WAIT], State.WAITING),
        ([Act.WAIT, Act.DONE], State.DONE),
        ([Act.NOT_NEEDED], State.NOT_NEEDED),
        ([Act.HAND_OVER], State.HANDED),
        ([Act.HAND_OVER, Act.HAND_OVER], State.HANDED),
        ([Act.HAND_OVER, Act.DECIDED], State.WAITING),
        ([Act.DECIDED, Act.DONE], State.DONE),
    ],
)
def test_a_row_is_what_its_standing_acts_made_of_it(acts: list[Act], state: State) -> None:
    history = [done(number, act) for number, act in enumerate(acts, start=1)]

    assert rows.state_after(history) is state


@pytest.mark.parametrize(
    ("number", "by", "on", "lacks"),
    [
        (None, "mira", WEDNESDAY, []),
        (2, "mira", WEDNESDAY, []),
        (1, "mira", WEDNESDAY, [Missing.NOTHING_TO_UNDO]),
        (3, "mira", WEDNESDAY, [Missing.NOTHING_TO_UNDO]),
        (2, "nils", WEDNESDAY, [Missing.NOT_YOURS]),
        (2, "mira", WEDNESDAY + timedelta(days=1), [Missing.ANOTHER_DAY]),
        (2, "nils", WEDNESDAY + timedelta(days=1), [Missing.NOT_YOURS, Missing.ANOTHER_DAY]),
    ],
)
def test_one_undoes_ones_own_last_act_the_same_day(
    number: int | None, by: str, on: date, lacks: list[Missing]
) -> None:
    acts = [done(1, Act.WAIT), done(2, Act.DONE)]

    assert rows.missing_for_undo(acts, number=number, by=by, on=on) == lacks


def test_where_no_act_stands_there_is_nothing_to_undo() -> None:
    assert rows.missing_for_undo([], number=None, by="mira", on=WEDNESDAY) == [
        Missing.NOTHING_TO_UNDO
    ]


def test_the_tables_name_every_state_and_every_act() -> None:
    assert set(rows.LEADS_TO) == set(State)
    assert set(rows.LEADS_TO[State.OPEN]) == set(Act) - {Act.UNDO}
    assert {state for state, ways in rows.LEADS_TO.items() if not ways} == set(rows.CLEARED)


def test_every_row_has_somebody_to_hold_it() -> None:
    assert frozenset().union(*rows.HOLDS.values()) == set(Holder)


def test_the_medical_branch_holds_no_rows_of_the_team() -> None:
    assert not rows.held_by(Role.NURSE) | rows.held_by(Role.DOCTOR)


@pytest.mark.parametrize("role", [*Role, None])
def test_who_holds_whose_rows(role: Role | None) -> None:
    held = {
        Role.TEACHER: {Holder.TEACHER},
        Role.MENTOR: {Holder.MENTOR, Holder.TEAM_CONFERENCE},
        Role.PRINCIPAL: {Holder.PRINCIPAL, Holder.TEAM_CONFERENCE},
        Role.DEPUTY_PRINCIPAL: {Holder.PRINCIPAL, Holder.TEAM_CONFERENCE},
        Role.COUNSELLOR: {Holder.COUNSELLOR, Holder.STUDENT_HEALTH_TEAM},
        Role.PSYCHOLOGIST: {Holder.STUDENT_HEALTH_TEAM},
        Role.SPECIAL_EDUCATOR: {Holder.STUDENT_HEALTH_TEAM},
        Role.SCHOOL_ADMINISTRATOR: {Holder.SCHOOL_ADMINISTRATOR},
    }

    assert rows.held_by(role) == (held.get(role, set()) if role else set())


def test_a_row_that_no_list_would_hold_cannot_be_made() -> None:
    facts: dict[str, Any] = {
        "subject": "staircase:city:1:7:2026-10-21", "kind": "staircase.level1", "pupil": 7,
        "acts": Holder.MENTOR, "level": 1, "figures": {}, "raised_on": WEDNESDAY,
        "due_on": WEDNESDAY,
    }  # fmt: skip

    assert NewItem(**facts).acts is Holder.MENTOR
    for wrong in (
        {"acts": Role.NURSE}, {"subject": ""}, {"subject": "a\tb"}, {"kind": ""},
        {"pupil": None}, {"group": 3}, {"unit": 3},
    ):  # fmt: skip
        with pytest.raises(rows.NotARow):
            NewItem(**facts | wrong)
