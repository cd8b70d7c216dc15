"""A school asks its pupils how school is; who answered what is known to nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.mapping.domain.survey import RESERVE, Fault, Standing
from samnarvaro.mapping.models import Survey, SurveyQuestion, SurveySlip, SurveySum
from samnarvaro.mapping.queries import surveys as queries
from samnarvaro.mapping.queries.survey_sums import Of
from samnarvaro.mapping.queries.surveys import NoSuchSurvey, Results
from samnarvaro.mapping.services import survey_answers, survey_codes, surveys
from samnarvaro.mapping.services.survey_answers import NoSuchCode, NotAnswered
from samnarvaro.people.models import Staff
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.surveyed import (
    AFTER,
    ALWAYS,
    ASKED,
    LAST_DAY,
    NEVER,
    answer_all,
    answered,
    drafted,
    fill,
    opened,
    slips,
    wanted,
)

SAID = (ALWAYS, NEVER)
pytestmark = pytest.mark.django_db


@pytest.fixture
def school(town: Town) -> Town:
    fill(town, town.class_8a, 10)
    fill(town, town.class_8b, 8)
    return town


def results(town: Town, survey: UUID, who: Staff, on: date = AFTER) -> Results:
    by = scope(who, on)
    return queries.results(seen(town, survey, by, on), by=by, on=on)


def seen(town: Town, survey: UUID, by: Scope, on: date = WEDNESDAY) -> queries.Whole:
    return queries.get(survey, unit=town.strand.public, by=by, on=on)


def parts(found: Results) -> list[tuple[Of, str, int]]:
    return [(each.of, each.name, each.answers) for each in found.parts]


def test_a_draft_is_kept_changed_and_opened_and_then_stays_as_it_is(town: Town) -> None:
    survey = drafted(town)
    told = replace(wanted(town), title="Hur har du det?", questions=ASKED[:1])
    karin = scope(town.karin)

    surveys.alter_draft(survey, told, by=karin, at=NOON, on=WEDNESDAY)
    assert seen(town, survey, karin).line.standing is Standing.DRAFT
    surveys.open_survey(survey, by=karin, at=NOON, on=WEDNESDAY)

    whole = seen(town, survey, karin)
    assert (whole.line.title, whole.questions) == ("Hur har du det?", ASKED[:1])
    assert whole.line.standing is Standing.OPEN
    acts: list[Callable[[], None]] = [
        lambda: surveys.alter_draft(survey, wanted(town), by=karin, at=NOON, on=WEDNESDAY),
        lambda: surveys.open_survey(survey, by=karin, at=NOON, on=WEDNESDAY),
        lambda: surveys.discard_draft(survey, by=karin, at=NOON),
    ]
    for act in acts:
        with pytest.raises(surveys.CannotDo) as refused:
            act()
        assert refused.value.faults == (Fault.NOT_A_DRAFT,)
    assert seen(town, survey, karin).questions == ASKED[:1]


def test_what_is_not_whole_is_refused_and_nothing_is_kept(town: Town) -> None:
    told = replace(wanted(town), title="", groups=frozenset({town.class_4a.pk}))

    with pytest.raises(surveys.CannotDo) as refused:
        surveys.draft_survey(town.strand.public, told, by=scope(town.karin), at=NOON, on=WEDNESDAY)

    assert set(refused.value.faults) == {Fault.TITLE, Fault.NO_CLASS}, "4A is another school's"
    assert not Survey.objects.exists()


def test_a_pupil_is_not_named_in_what_everybody_is_asked(town: Town) -> None:
    told = replace(wanted(town), title="Saga  Lind trivs")

    with pytest.raises(surveys.CannotDo) as refused:
        surveys.draft_survey(town.strand.public, told, by=scope(town.karin), at=NOON, on=WEDNESDAY)

    assert refused.value.faults == (Fault.NAMES_A_PUPIL,)


def test_a_draft_that_is_thrown_away_is_gone(town: Town) -> None:
    surveys.discard_draft(drafted(town), by=scope(town.ragnar), at=NOON)

    assert not Survey.objects.exists()
    assert not SurveyQuestion.objects.exists()


@pytest.mark.parametrize("who", ["mira", "agda", "tove", "petra", "sonja"])
def test_none_but_who_leads_and_student_health_makes_one(town: Town, who: str) -> None:
    survey, by = drafted(town), scope(getattr(town, who))

    with pytest.raises(surveys.NotTheMakers):
        surveys.draft_survey(town.strand.public, wanted(town), by=by, at=NOON, on=WEDNESDAY)
    with pytest.raises(NoSuchSurvey):
        surveys.open_survey(survey, by=by, at=NOON, on=WEDNESDAY)
    with pytest.raises(NoSuchSurvey):
        seen(town, survey, by)
    assert queries.lines(by=by, on=WEDNESDAY) == []
    assert Survey.objects.get().is_draft


def test_a_school_that_is_not_there_and_one_that_is_anothers_are_alike(town: Town) -> None:
    for unit in (town.ek.public, uuid4()):
        with pytest.raises(surveys.NotTheMakers):
            surveys.draft_survey(unit, wanted(town), by=scope(town.karin), at=NOON, on=WEDNESDAY)


def test_the_log_tells_what_was_done_with_a_survey_and_nothing_of_who_answered(
    school: Town,
) -> None:
    survey = opened(school)
    codes = slips(school, survey, school.class_8a, 6)
    before = Writing.objects.count()

    answer_all(codes[:5], *SAID)

    assert Writing.objects.count() == before
    assert not Reading.objects.exists()
    surveys.close_survey(survey, by=scope(school.karin), at=NOON, on=WEDNESDAY)
    acts = Writing.objects.filter(target=f"survey:{survey}").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        "survey.drafted", "survey.opened", "survey.slips", "survey.closed",
    ]  # fmt: skip


class TestSlips:
    def test_they_are_shown_once_and_kept_as_a_keyed_digest(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)

        (kept,) = SurveySlip.objects.values_list("digest", flat=True)
        assert len(code.replace("-", "")) == survey_codes.LONG
        assert code.replace("-", "") not in kept
        assert kept == survey_codes.digest(code)

    @pytest.mark.parametrize("written", ["{}", " {} ", "{}".lower()])
    def test_a_code_is_read_however_it_is_written(self, school: Town, written: str) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)

        for told in (written.format(code), code.lower(), code.replace("-", " ")):
            assert survey_answers.asked(told, on=WEDNESDAY).questions == ASKED

    def test_new_ones_make_those_void_that_are_out(self, school: Town) -> None:
        survey = opened(school)
        first = slips(school, survey, school.class_8a, 4)
        answer_all(first[:1], *SAID)

        second = slips(school, survey, school.class_8a, 9)

        for code in first:
            with pytest.raises(NoSuchCode):
                survey_answers.answer(code, SAID, on=WEDNESDAY)
        answer_all(second, *SAID)
        assert SurveySum.objects.get(of__group=school.class_8a).answers == 10

    def test_there_are_no_more_than_pupils_who_have_not_answered_and_a_reserve(
        self, school: Town
    ) -> None:
        survey = opened(school)
        answer_all(slips(school, survey, school.class_8a, 4)[:3], *SAID)
        left = SurveySlip.objects.count()

        for many, fault in ((7 + RESERVE + 1, Fault.TOO_MANY_SLIPS), (0, Fault.NO_SLIPS)):
            with pytest.raises(surveys.CannotDo) as refused:
                slips(school, survey, school.class_8a, many)
            assert refused.value.faults == (fault,)
        assert SurveySlip.objects.count() == left == 1, "the old ones hold"
        assert len(slips(school, survey, school.class_8a, 7 + RESERVE)) == 7 + RESERVE

    def test_none_are_printed_of_a_draft_of_a_closed_one_or_for_a_class_not_asked(
        self, school: Town
    ) -> None:
        with pytest.raises(surveys.CannotDo):
            slips(school, drafted(school), school.class_8a, 1)
        survey = opened(school)
        with pytest.raises(NoSuchSurvey):
            slips(school, survey, school.class_4a, 1)
        with pytest.raises(surveys.CannotDo):
            slips(school, survey, school.class_8a, 1, on=AFTER)


class TestAnswering:
    def test_an_answer_is_added_to_the_sums_and_its_slip_is_gone(self, school: Town) -> None:
        survey = opened(school)
        codes = slips(school, survey, school.class_8a, 2)

        answer_all(codes[:1], *SAID)

        row = SurveySum.objects.get(of__group=school.class_8a)
        assert (row.answers, row.counts) == (1, [[1, 0, 0, 0, 0], [0, 0, 0, 1, 0]])
        assert SurveySlip.objects.count() == 1
        with pytest.raises(NoSuchCode):
            survey_answers.answer(codes[0], SAID, on=WEDNESDAY)
        assert SurveySum.objects.get(of__group=school.class_8a).answers == 1

    def test_one_that_lacks_something_takes_nothing(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)

        with pytest.raises(NotAnswered):
            survey_answers.answer(code, SAID[:1], on=WEDNESDAY)

        answer_all([code], *SAID)

    def test_it_is_open_from_its_first_day_to_its_last(self, school: Town) -> None:
        survey = opened(school)
        first, second = slips(school, survey, school.class_8a, 2)

        for day in (WEDNESDAY - timedelta(days=1), AFTER):
            with pytest.raises(NoSuchCode):
                survey_answers.asked(first, on=day)
            with pytest.raises(NoSuchCode):
                survey_answers.answer(first, SAID, on=day)
        survey_answers.answer(first, SAID, on=WEDNESDAY)
        survey_answers.answer(second, SAID, on=LAST_DAY)

    def test_when_it_is_closed_early_no_slip_opens(self, school: Town) -> None:
        survey = opened(school)
        (code,) = slips(school, survey, school.class_8a, 1)
        surveys.close_survey(survey, by=scope(school.karin), at=NOON, on=WEDNESDAY)

        with pytest.raises(NoSuchCode):
            survey_answers.answer(code, SAID, on=WEDNESDAY)
        with pytest.raises(surveys.CannotDo):
            surveys.close_survey(survey, by=scope(school.karin), at=NOON, on=WEDNESDAY)

    def test_nothing_that_is_stored_tells_two_answers_apart(self, school: Town) -> None:
        """Whatever the order they came in, the same answers leave the same rows."""
        survey = opened(school)
        codes = slips(school, survey, school.class_8a, 2)
        answer_all(codes[:1], ALWAYS, NEVER)
        answer_all(codes[1:], NEVER, ALWAYS)
        one_way = list(SurveySum.objects.order_by("pk").values())
        again = slips(school, survey, school.class_8a, 2)
        SurveySum.objects.update(answers=0, counts=[[0] * 5, [0] * 5])
        answer_all(again[:1], NEVER, ALWAYS)
        answer_all(again[1:], ALWAYS, NEVER)

        other_way = list(SurveySum.objects.filter(of__group=school.class_8a).values())
        assert other_way == [row for row in one_way if row["answers"]]
        assert not SurveySlip.objects.exists()


class TestResults:
    def test_while_it_is_open_there_are_none_but_how_many_have_answered(self, school: Town) -> None:
        survey = answered(school, in_8a=6, in_8b=5)
        slips(school, survey, school.class_8a, 3)

        assert parts(results(school, survey, school.ragnar, on=LAST_DAY)) == []
        by = scope(school.ragnar)
        told = queries.responses(seen(school, survey, by).line, by=by)
        assert [(each.name, each.answers, each.printed) for each in told] == [
            ("8A", 6, 9), ("8B", 5, 5),
        ]  # fmt: skip

    def test_the_school_its_years_and_classes_from_five_answers(self, school: Town) -> None:
        survey = answered(school, in_8a=6, in_8b=5)

        found = results(school, survey, school.ragnar)

        assert parts(found) == [
            (Of.SCHOOL, "", 11), (Of.GRADE, "8", 11), (Of.GROUP, "8A", 6), (Of.GROUP, "8B", 5),
        ]  # fmt: skip
        assert found.parts[0].counts == [[6, 5, 0, 0, 0], [0, 0, 0, 6, 5]]
        assert found.parts[3].counts == [[0, 5, 0, 0, 0], [0, 0, 0, 0, 5]]

    def test_a_class_of_four_is_not_told_nor_left_over_beside_the_other(self, school: Town) -> None:
        survey = answered(school, in_8a=6, in_8b=4)

        assert parts(results(school, survey, school.ragnar)) == [
            (Of.SCHOOL, "", 10), (Of.GRADE, "8", 10),
        ]  # fmt: skip

    def test_of_four_in_all_nothing_is_told(self, school: Town) -> None:
        survey = answered(school, in_8a=2, in_8b=2)

        assert parts(results(school, survey, school.ragnar)) == []

    def test_a_mentor_reads_the_school_and_its_own_class(self, school: Town) -> None:
        survey = answered(school, in_8a=6, in_8b=5)

        assert parts(results(school, survey, school.mira)) == [
            (Of.SCHOOL, "", 11), (Of.GROUP, "8B", 5),
        ]  # fmt: skip
        by = scope(school.mira)
        told = queries.responses(seen(school, survey, by).line, by=by)
        assert [each.name for each in told] == ["8B"]

    def test_the_school_authority_reads_no_class(self, school: Town) -> None:
        vera = school.staff("vera", "Vera Hult", Role.AUTHORITY_OFFICER, school.strand)
        survey = answered(school, in_8a=6, in_8b=5)

        found = parts(results(school, survey, vera))

        assert [of for of, _name, _many in found] == [Of.SCHOOL, Of.GRADE]
        assert queries.responses(seen(school, survey, scope(vera)).line, by=scope(vera)) == []

    def test_the_last_one_stands_beside_where_the_same_was_asked(self, school: Town) -> None:
        before = WEDNESDAY - timedelta(days=40)
        answered(school, in_8a=5, in_8b=0, first=before)
        survey = answered(school, in_8a=6, in_8b=5)

        found = results(school, survey, school.ragnar)

        whole, _year, a_class, b_class = found.parts
        assert found.before is not None
        assert found.earlier(whole, ASKED[0]) == [5, 0, 0, 0, 0]
        assert found.earlier(a_class, ASKED[1]) == [0, 0, 0, 5, 0]
        assert found.earlier(b_class, ASKED[0]) is None, "nobody answered there"
        assert found.earlier(whole, replace(ASKED[1], words="Är gården stor?")) is None

    def test_as_many_questions_are_asked_however_many_classes_there_are(self, school: Town) -> None:
        survey = answered(school, in_8a=6, in_8b=5)
        by = scope(school.ragnar, AFTER)

        def asking() -> int:
            with CaptureQueriesContext(connection) as queries_asked:
                whole = seen(school, survey, by, AFTER)
                queries.results(whole, by=by, on=AFTER)
                queries.responses(whole.line, by=by)
                queries.lines(by=by, on=AFTER)
            return len(queries_asked)

        few = asking()
        answered(school, in_8a=0, in_8b=5)
        drafted(school)
        assert asking() == few
