"""What is told at a knowledge check: how it is read, and what speaks against it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.mapping.domain.knowledge import (
    Counted,
    DayFault,
    Eligibility,
    Fault,
    Subject,
    Term,
    Told,
    Written,
    by_subject,
    counted,
    day_fault,
    faults,
    read,
    term_of,
    understand,
)

MA, EN, SV, SVA, HKK = (
    Subject.MATHEMATICS, Subject.ENGLISH, Subject.SWEDISH, Subject.SWEDISH_AS_SECOND,
    Subject.HOME_ECONOMICS,
)  # fmt: skip
NAMES = {"matematik": MA, "svenska": SV, "svenska som andraspråk": SVA}
ON = date(2026, 10, 21)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 6, 30), "2026-spring"),
        (date(2026, 7, 1), "2026-autumn"),
        (date(2026, 12, 31), "2026-autumn"),
        (date(2027, 1, 1), "2027-spring"),
    ],
)
def test_a_term_is_half_a_school_year(day: date, code: str) -> None:
    assert term_of(day).code == code


def test_the_term_before_a_spring_is_an_autumn_and_the_other_way_round() -> None:
    assert Term(2027, is_autumn=False).before == Term(2026, is_autumn=True)
    assert Term(2026, is_autumn=True).before == Term(2026, is_autumn=False)


@pytest.mark.parametrize("text", ["ma en", "EN, MA", "Matematik; en", "MA  EN MA", " en\tma "])
def test_subjects_are_read_as_people_write_them(text: str) -> None:
    assert read(text, NAMES) == ((EN, MA), ())


def test_a_name_of_several_words_is_read_whole() -> None:
    assert read("svenska som andraspråk, MA", NAMES) == ((MA, SVA), ())
    assert read("svenska", NAMES) == ((SV,), ())


def test_words_that_are_no_subject_are_given_back() -> None:
    assert read("MA XX, trä", NAMES) == ((MA,), ("XX", "trä"))


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found, _unknown = read(text, NAMES)
    assert len(found) == len(set(found))


@given(st.sets(st.sampled_from(list(Subject))))
def test_what_is_written_in_codes_is_read_as_it_was(subjects: set[Subject]) -> None:
    assert set(read(" ".join(subjects), {})[0]) == subjects


def test_a_blank_row_says_nothing() -> None:
    assert understand(Written(at_risk="  "), grade="8", names=NAMES).told is None


def test_that_all_is_reached_is_said_by_itself() -> None:
    found = understand(Written(reaches_all=True), grade="8", names=NAMES)
    assert found.told == Told()
    assert not found.faults
    both = understand(Written(reaches_all=True, at_risk="MA"), grade="8", names=NAMES)
    assert both.faults == (Fault.ALL_AND_SOME,)


def test_an_eligibility_alone_says_nothing_of_the_subjects() -> None:
    written = Written(eligibility=Eligibility.NOT_YET)
    assert understand(written, grade="9", names=NAMES).faults == (Fault.NOTHING_SAID,)


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    written = Written(at_risk="MA XX", not_reached="ma", eligibility=Eligibility.HIGHER)
    found = understand(written, grade="8", names=NAMES)
    assert found.faults == (
        Fault.SUBJECT_UNKNOWN, Fault.SUBJECT_TWICE, Fault.ELIGIBLE_BEFORE_YEAR_9,
        Fault.ELIGIBLE_WITHOUT_CORE,
    )  # fmt: skip
    assert found.unknown == ("XX",)


@pytest.mark.parametrize(("grade", "wrong"), [("8", True), ("9", False), ("10", True), ("", True)])
def test_eligibility_is_told_in_year_9_alone(grade: str, wrong: bool) -> None:
    told = Told(eligibility=Eligibility.HIGHER)
    assert (Fault.ELIGIBLE_BEFORE_YEAR_9 in faults(told, grade=grade)) is wrong


@pytest.mark.parametrize("subject", [MA, EN, SV, SVA])
def test_without_a_core_subject_nobody_is_eligible(subject: Subject) -> None:
    told = Told(not_reached=(subject,), eligibility=Eligibility.VOCATIONAL)
    assert faults(told, grade="9") == [Fault.ELIGIBLE_WITHOUT_CORE]
    not_yet = Told(not_reached=(subject,), eligibility=Eligibility.NOT_YET)
    assert not faults(not_yet, grade="9")


def test_another_subject_or_a_risk_takes_no_eligibility() -> None:
    told = Told(at_risk=(MA,), not_reached=(HKK,), eligibility=Eligibility.HIGHER)
    assert not faults(told, grade="9")


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (None, DayFault.MISSING),
        (date(2026, 10, 22), DayFault.LATER),
        (ON, None),
        (date(2026, 7, 1), None),
        (date(2026, 6, 30), DayFault.OTHER_TERM),
    ],
)
def test_a_check_is_of_the_same_term_and_has_been(day: date | None, fault: DayFault | None) -> None:
    assert day_fault(day, on=ON) is fault


def test_pupils_are_counted_once_however_many_subjects() -> None:
    told = [Told(at_risk=(MA, EN)), Told(not_reached=(MA,)), Told(), Told()]

    assert counted(told).sides == (2, 2)
    assert by_subject(told) == {EN: Counted(4, 1), MA: Counted(4, 2)}
