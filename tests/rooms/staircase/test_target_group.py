"""The target group of the school social team: a list of its own, for those who follow the school."""

import pytest
from django.test import Client

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Enrolment
from samnarvaro.staircase.models import Choice, Episode, RuleSet
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import DAYS, SchoolWithMarks


@pytest.fixture
def ragnar(marked: SchoolWithMarks) -> Client:
    return signed_in(marked.ragnar)


def address(school: SchoolWithMarks) -> str:
    return f"/skola/{school.strand.public}/malgrupp/"


def away_a_fifth(school: SchoolWithMarks) -> None:
    """Noor misses one lesson of five, every day."""
    for day in DAYS:
        school.take_in(school.day(school.noor, day, away={3}))


def test_the_list_names_who_is_between_the_two_ends_with_figures_and_rule(
    marked: SchoolWithMarks, ragnar: Client
) -> None:
    away_a_fifth(marked)

    page = ragnar.get(address(marked))

    shown = words(page)
    assert "Målgrupp: 1 elev" in shown
    assert "Noor Haddad" in shown
    assert "20,0 %" in shown
    assert "15–30 % frånvaro på 60 dagar" in shown
    assert "Saga" not in shown
    assert Reading.objects.get().pupils == [str(marked.noor.public)]
    assert not Episode.objects.exists(), "it is no step"


def test_student_health_sees_it_and_a_mentor_and_a_stranger_do_not(
    marked: SchoolWithMarks,
) -> None:
    assert signed_in(marked.karin).get(address(marked)).status_code == 200
    for staff in (marked.mira, marked.petra, marked.agda, marked.sonja):
        assert signed_in(staff).get(address(marked)).status_code == 404


def test_nothing_on_the_page_tells_of_a_protected_pupil(marked: SchoolWithMarks) -> None:
    for day in DAYS:
        marked.take_in(marked.day(marked.tindra, day, away={3}))
    karin = signed_in(marked.karin)
    with_her = karin.get(address(marked))
    assert "Sund" not in words(with_her)
    marked.forget(marked.tindra)

    assert same(with_her, karin.get(address(marked)))


def test_a_group_for_some_school_years_leaves_the_others_out(
    marked: SchoolWithMarks, ragnar: Client
) -> None:
    away_a_fifth(marked)
    Choice.objects.filter(key="school-social-team").update(grades=["9"])
    assert "Målgrupp: 0 elever" in words(ragnar.get(address(marked)))
    Enrolment.objects.filter(pupil=marked.noor).update(grade="9")
    assert "Målgrupp: 1 elev" in words(ragnar.get(address(marked)))


def test_without_a_group_the_page_says_who_chooses_one(
    marked: SchoolWithMarks, ragnar: Client
) -> None:
    Choice.objects.filter(key="school-social-team").delete()

    assert "Ingen målgrupp är vald här" in words(ragnar.get(address(marked)))


def test_both_ends_are_data(marked: SchoolWithMarks, ragnar: Client) -> None:
    away_a_fifth(marked)
    row = RuleSet.objects.get(key="school-social-team")
    RuleSet.objects.filter(pk=row.pk).update(rules=[row.rules[0] | {"least_percent": 21}])

    assert "Målgrupp: 0 elever" in words(ragnar.get(address(marked)))
