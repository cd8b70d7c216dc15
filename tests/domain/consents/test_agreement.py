"""A consent: what the answers come to, what may happen to it in each state, and when data flows."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.consents.domain.agreement import (
    ENDED,
    LONGEST_DAYS,
    TABLE,
    Answer,
    Asked,
    Event,
    Maturity,
    MustSayYes,
    NotAnswered,
    NotAsked,
    NotInThisState,
    Proposal,
    Said,
    State,
    Way,
    after,
    against,
    against_answer,
    comes_to,
    flows,
    usual_end,
)  # fmt: skip
from samnarvaro.kernel.privacy import DataClass as K

MOTHER, FATHER, STRANGER, CHILD = 1, 2, 9, None
YES, NO = Said.YES, Said.NO
BOTH = Asked(guardians=frozenset({MOTHER, FATHER}), must=MustSayYes.ALL_GUARDIANS, age=13)


def said(*words: tuple[int | None, Said]) -> list[Answer]:
    return [Answer(who, word) for who, word in words]


@pytest.mark.parametrize(
    ("answers", "event"),
    [
        ([], Event.STILL_NO_ANSWER),
        ([(MOTHER, YES)], Event.SOME_YES),
        ([(MOTHER, YES), (FATHER, YES)], Event.ALL_YES),
        ([(MOTHER, YES), (FATHER, NO)], Event.YES_AND_NO),
        ([(MOTHER, NO)], Event.NO),
        ([(MOTHER, NO), (FATHER, NO)], Event.NO),
        ([(MOTHER, NO), (MOTHER, YES), (FATHER, YES)], Event.ALL_YES),
        ([(MOTHER, YES), (FATHER, YES), (FATHER, NO)], Event.YES_AND_NO),
        ([(STRANGER, YES)], Event.STILL_NO_ANSWER),
        ([(MOTHER, YES), (STRANGER, YES)], Event.SOME_YES),
        ([(MOTHER, YES), (FATHER, YES), (STRANGER, NO)], Event.ALL_YES),
        ([(CHILD, YES)], Event.STILL_NO_ANSWER),
        ([(MOTHER, YES), (FATHER, YES), (CHILD, YES)], Event.ALL_YES),
        ([(MOTHER, YES), (FATHER, YES), (CHILD, NO)], Event.YES_AND_NO),
        ([(CHILD, NO)], Event.NO),
    ],
)
def test_two_guardians_answers_come_to(
    answers: list[tuple[int | None, Said]], event: Event
) -> None:
    assert comes_to(said(*answers), BOTH) is event


def test_a_consent_that_nobody_can_give_has_no_answer() -> None:
    orphan = replace(BOTH, guardians=frozenset())

    assert comes_to(said((CHILD, YES)), orphan) is Event.STILL_NO_ANSWER
    assert comes_to(said((STRANGER, YES)), orphan) is Event.STILL_NO_ANSWER


def test_one_guardian_is_enough_where_the_rule_says_so_but_not_against_the_other() -> None:
    one = replace(BOTH, must=MustSayYes.ONE_GUARDIAN)

    assert comes_to(said((MOTHER, YES)), one) is Event.ALL_YES
    assert comes_to(said((MOTHER, YES), (FATHER, NO)), one) is Event.YES_AND_NO


def test_a_child_who_decides_alone_is_asked_alone() -> None:
    alone = replace(BOTH, must=MustSayYes.CHILD_ALONE)

    assert comes_to(said((MOTHER, YES), (FATHER, YES)), alone) is Event.STILL_NO_ANSWER
    assert comes_to(said((CHILD, YES), (MOTHER, NO)), alone) is Event.ALL_YES
    assert comes_to(said((CHILD, NO), (MOTHER, YES)), alone) is Event.NO


@pytest.mark.parametrize(
    ("age", "maturity", "stops"),
    [
        (11, Maturity.CAN, False),
        (12, Maturity.NOT_JUDGED, True),
        (12, Maturity.CAN_IN_PART, True),
        (12, Maturity.CANNOT_YET, False),
        (14, Maturity.CANNOT_YET, False),
        (15, Maturity.CANNOT_YET, True),
        (None, Maturity.NOT_JUDGED, True),
        (None, Maturity.CANNOT_YET, False),
    ],
)
def test_a_childs_no_stops_by_age_and_by_what_was_judged(
    age: int | None, maturity: Maturity, stops: bool
) -> None:
    answers = [*said((MOTHER, YES), (FATHER, YES)), Answer(CHILD, NO, maturity)]

    found = comes_to(answers, replace(BOTH, age=age))
    assert found is (Event.YES_AND_NO if stops else Event.ALL_YES)


parties = st.sampled_from([MOTHER, FATHER, STRANGER, CHILD])
words = st.lists(st.builds(Answer, parties, st.sampled_from(Said)), max_size=8)


@given(words, st.sampled_from(MustSayYes), st.integers(min_value=6, max_value=18))
def test_it_is_given_only_when_everybody_whose_yes_is_needed_said_yes_last(
    answers: list[Answer], must: MustSayYes, age: int
) -> None:
    latest = {answer.guardian: answer.said for answer in answers}
    asked = Asked(guardians=frozenset({MOTHER, FATHER}), must=must, age=age)

    if comes_to(answers, asked) is Event.ALL_YES:
        of_each: dict[MustSayYes, list[int | None]] = {
            MustSayYes.ALL_GUARDIANS: [MOTHER, FATHER],
            MustSayYes.ONE_GUARDIAN: [],
            MustSayYes.CHILD_ALONE: [CHILD],
        }
        needed = of_each[must]
        assert all(latest.get(one) is YES for one in needed)
        if must is MustSayYes.ONE_GUARDIAN:
            assert YES in (latest.get(MOTHER), latest.get(FATHER))
            assert NO not in (latest.get(MOTHER), latest.get(FATHER))


def test_the_table_leads_nowhere_out_of_what_has_ended() -> None:
    for state, event in product(ENDED, Event):
        with pytest.raises(NotInThisState):
            after(state, event)


def test_nothing_is_given_but_by_everybodys_yes() -> None:
    assert {event for (_, event), then in TABLE.items() if then is State.GIVEN} == {Event.ALL_YES}
    assert (State.UNDER_REVIEW, Event.ALL_YES) not in TABLE


@pytest.mark.parametrize("state", [state for state in State if state not in ENDED])
def test_what_has_not_ended_can_be_taken_back_and_runs_out(state: State) -> None:
    assert after(state, Event.WITHDRAWAL) is State.WITHDRAWN
    assert after(state, Event.LAST_DAY_PASSED) is State.EXPIRED


@pytest.mark.parametrize("event", [Event.NO, Event.YES_AND_NO])
def test_a_no_to_what_was_given_takes_it_back(event: Event) -> None:
    assert after(State.GIVEN, event) is State.WITHDRAWN


FIRST, LAST = date(2026, 11, 27), date(2027, 5, 28)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("on", "within"),
    [
        (FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)  # fmt: skip
def test_data_flows_while_given_from_the_first_day_to_the_last(
    state: State, on: date, within: bool
) -> None:
    found = flows(state, valid_from=FIRST, valid_to=LAST, on=on)

    assert found is (within and state is State.GIVEN)


def test_a_consent_lasts_half_a_year_unless_the_family_wants_otherwise() -> None:
    assert usual_end(FIRST) == LAST


PROPOSAL = Proposal(
    from_zone="school:9999",
    to_zone="social:9999",
    zones=frozenset({"school:9999", "social:9999"}),
    classes={K.NAME, K.ATTENDANCE},
    purpose="Stöd hemma",
    wording="Skolan får berätta …",
    valid_from=FIRST,
    valid_to=FIRST + timedelta(days=LONGEST_DAYS - 1),
    today=FIRST,
    protected=False,
)


def test_a_whole_proposal_can_be_asked() -> None:
    assert against(PROPOSAL) == []


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"to_zone": "school:9999"}, NotAsked.SAME_ZONE),
        ({"to_zone": "health:1"}, NotAsked.NOT_A_RECEIVER),
        ({"classes": set()}, NotAsked.NO_CLASS),
        ({"classes": {K.NAME, K.SOCIAL}}, NotAsked.CLASS_NOT_SHAREABLE),
        ({"classes": {K.NAME, K.CHILD_WORDS}}, NotAsked.CLASS_NOT_SHAREABLE),
        ({"classes": {K.ATTENDANCE}}, NotAsked.NAME_LEFT_OUT),
        ({"purpose": "  "}, NotAsked.NO_PURPOSE),
        ({"wording": "\n"}, NotAsked.NO_WORDING),
        ({"valid_to": FIRST - timedelta(days=1)}, NotAsked.ENDS_BEFORE_IT_BEGINS),
        ({"today": FIRST + timedelta(days=1)}, NotAsked.BEGINS_IN_THE_PAST),
        ({"valid_to": FIRST + timedelta(days=LONGEST_DAYS)}, NotAsked.LASTS_TOO_LONG),
        ({"protected": True}, NotAsked.PROTECTED),
    ],
)
def test_a_proposal_is_refused_for_each_reason(but: dict[str, object], reason: NotAsked) -> None:
    assert against(replace(PROPOSAL, **but)) == [reason]  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("way", "witness", "reasons"),
    [
        (Way.E_ID, None, []),
        (Way.PAPER, None, []),
        (Way.ORAL, None, [NotAnswered.NO_WITNESS]),
        (Way.PHONE, None, [NotAnswered.NO_WITNESS]),
        (Way.PHONE, 5, []),
        (Way.ORAL, 4, [NotAnswered.WITNESS_IS_ONESELF]),
    ],
)
def test_an_oral_answer_has_a_witness_who_is_somebody_else(
    way: Way, witness: int | None, reasons: list[NotAnswered]
) -> None:
    found = against_answer(is_party=True, way=way, witness=witness, recorder=4, state=State.GIVEN)

    assert found == reasons


@pytest.mark.parametrize("state", State)
def test_what_has_ended_or_is_looked_into_is_asked_for_anew(state: State) -> None:
    found = against_answer(is_party=True, way=Way.PAPER, witness=None, recorder=4, state=state)

    closed = state in ENDED or state is State.UNDER_REVIEW
    assert found == ([NotAnswered.ENDED] if closed else [])


def test_who_is_no_party_is_not_heard() -> None:
    found = against_answer(
        is_party=False, way=Way.PAPER, witness=None, recorder=4, state=State.NO_ANSWER
    )

    assert found == [NotAnswered.NOT_A_PARTY]
