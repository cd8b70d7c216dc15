"""The pupils of Vik."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from samnarvaro.people.domain import identity_number
from samnarvaro.project.vik import cast, roster
from samnarvaro.project.vik.roster import SchoolClass, class_before, identity_numbers

NOVEMBER = date(2026, 11, 23)
FEBRUARY = date(2026, 2, 10)
AUGUST = date(2026, 8, 20)
DAYS = (NOVEMBER, FEBRUARY, AUGUST)


def test_the_same_day_gives_the_same_pupils() -> None:
    first = list(roster.rows_on(roster.roster(NOVEMBER), NOVEMBER))
    roster.roster.cache_clear()

    assert list(roster.rows_on(roster.roster(NOVEMBER), NOVEMBER)) == first


@pytest.mark.parametrize("today", DAYS)
def test_about_twelve_hundred_pupils_go_in_classes_of_twenty_to_twenty_six(today: date) -> None:
    rows = list(roster.rows_on(roster.roster(today), today))

    sizes = Counter((row[3], row[5]) for row in rows)
    assert 1150 <= len(rows) <= 1250
    assert len({row[0] for row in rows}) == len(rows)
    assert all(20 <= size <= 26 for size in sizes.values())
    assert {unit for unit, _ in sizes} == {school.key for school in cast.SCHOOLS}


@pytest.mark.parametrize("today", DAYS)
def test_every_identity_number_is_a_published_test_number_used_once(today: date) -> None:
    numbers = [pupil.identity_number for pupil in roster.roster(today).pupils]

    used = [number for number in numbers if number]
    assert len(used) >= 60
    assert len(set(used)) == len(used)
    assert set(used) <= set(identity_numbers())


def test_identity_numbers_agree_with_birth_date_and_sex() -> None:
    for pupil in roster.roster(NOVEMBER).pupils:
        if pupil.identity_number:
            number = identity_number.parse(pupil.identity_number, on=NOVEMBER)
            assert number.birth_date == pupil.birth_date
            assert number.legal_sex is not None
            assert {"female": "F", "male": "M"}[number.legal_sex] == pupil.sex


def test_some_have_a_coordination_number() -> None:
    numbers = [pupil.identity_number for pupil in roster.roster(NOVEMBER).pupils]

    assert any(int(number[6:8]) > 60 for number in numbers if number)


@pytest.mark.parametrize("today", DAYS)
def test_pupils_of_a_year_are_born_the_same_year(today: date) -> None:
    whole = roster.roster(today)

    placed = {one.pupil_id: one.place.grade for one in whole.placements[1]}
    for pupil in whole.pupils:
        if pupil.pupil_id in placed:
            expected = roster.birth_year(placed[pupil.pupil_id], whole.terms[1].school_year)
            assert pupil.birth_date.year == expected


@pytest.mark.parametrize("today", DAYS)
def test_the_pupils_with_a_story_go_where_the_cast_says(today: date) -> None:
    rows = {row[0]: row for row in roster.rows_on(roster.roster(today), today)}

    for story in cast.STORIES:
        row = rows[story.pupil_id]
        assert row[1:6] == (
            story.given_name, story.family_name, story.unit, story.grade, story.group,
        )  # fmt: skip
        assert row[-2] == str(story.protection)
        assert row[-1] == ("FKLASS" if story.grade == "F" else "GR")


def test_a_few_pupils_go_to_the_adapted_compulsory_school() -> None:
    types = [row[-1] for row in roster.rows_on(roster.roster(NOVEMBER), NOVEMBER)]

    assert 5 <= types.count("GRS") <= 30
    assert types.count("FKLASS") > 50


@pytest.mark.parametrize("today", DAYS)
def test_melvin_has_gone_to_two_schools_and_never_to_both_at_once(today: date) -> None:
    whole = roster.roster(today)

    places = [one for part in whole.placements for one in part if one.pupil_id == cast.MELVIN]
    assert places[0].place.unit == cast.BERGSKOLAN
    assert places[-1].place == SchoolClass(cast.STRANDSKOLAN, "8A")
    assert all(one.last < other.first for one, other in pairwise(places))


def test_melvin_moved_in_october_once_it_has_come() -> None:
    assert roster.roster(NOVEMBER).moving_day == date(2026, 10, 12)
    assert roster.roster(FEBRUARY).moving_day == date(2025, 10, 13)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (SchoolClass(cast.STRANDSKOLAN, "8B"), SchoolClass(cast.STRANDSKOLAN, "7B")),
        (SchoolClass(cast.STRANDSKOLAN, "6C"), SchoolClass(cast.EKSKOLAN, "5A")),
        (SchoolClass(cast.STRANDSKOLAN, "6A"), SchoolClass(cast.STRANDSKOLAN, "5A")),
        (SchoolClass(cast.BERGSKOLAN, "7C"), SchoolClass(cast.STRANDSKOLAN, "6E")),
        (SchoolClass(cast.EKSKOLAN, "1A"), SchoolClass(cast.EKSKOLAN, "FA")),
        (SchoolClass(cast.EKSKOLAN, "FA"), None),
    ],
)
def test_a_class_comes_from_the_class_a_year_below(
    now: SchoolClass, before: SchoolClass | None
) -> None:
    assert class_before(now) == before


def test_every_class_but_year_f_comes_from_a_class_that_exists() -> None:
    existing = set(roster.classes())

    assert {class_before(place) for place in existing} <= existing | {None}


def test_some_pupils_have_left_since_the_term_before() -> None:
    whole = roster.roster(NOVEMBER)

    earlier, now = ({one.pupil_id for one in part} for part in whole.placements)
    assert len(earlier - now) == roster.LEAVERS
