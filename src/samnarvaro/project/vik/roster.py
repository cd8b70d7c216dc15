"""Some 1 200 pupils in 50 classes: the cast, and the others put together by a seeded chance."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random

from samnarvaro.organisation.domain.school_types import SchoolType, school_type_of
from samnarvaro.project.vik import cast, names, schooldays
from samnarvaro.project.vik.cast import BERGSKOLAN, EKSKOLAN, SCHOOLS, STRANDSKOLAN
from samnarvaro.project.vik.schooldays import Term

COLUMNS = (
    "pupil_id", "given_name", "family_name", "school_unit_code", "grade", "class_name",
    "personal_identity_number", "birth_date", "legal_sex", "home_municipality",
    "protected_identity", "school_type",
)  # fmt: skip

NEIGHBOUR_MUNICIPALITY = "9998"
LEAVERS = 8
SIZES = (22, 26)
ADAPTED = 0.014  # of all pupils


@dataclass(frozen=True, slots=True)
class SchoolClass:
    unit: str
    name: str

    @property
    def grade(self) -> str:
        return self.name[:-1]


@dataclass(frozen=True, slots=True)
class Pupil:
    pupil_id: str
    given_name: str
    family_name: str
    sex: str
    birth_date: date
    identity_number: str
    home: str
    protection: int
    place: SchoolClass


@dataclass(frozen=True, slots=True)
class Placement:
    """In which class a pupil is, from the first day to the last."""

    pupil_id: str
    place: SchoolClass
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody at school in Vik during two terms, as of a day."""

    terms: tuple[Term, Term]
    moving_day: date  # when Melvin changed school
    pupils: tuple[Pupil, ...]
    placements: tuple[tuple[Placement, ...], tuple[Placement, ...]]  # one part per term


def classes() -> list[SchoolClass]:
    """Two classes a year, three at Ekskolan and Bergskolan; year 6 gathers at Strandskolan."""
    places = []
    for school in SCHOOLS:
        for grade in school.grades:
            letters = "AB" if school.key == STRANDSKOLAN else "ABC"
            if grade == "6":
                letters = "ABCDE"
            places += [SchoolClass(school.key, grade + letter) for letter in letters]
    return places


def class_before(place: SchoolClass) -> SchoolClass | None:
    """Where the class was the school year before; year F was nowhere."""
    grade, letter = place.grade, place.name[-1]
    if grade == "F":
        return None
    below = "F" if grade == "1" else str(int(grade) - 1)
    if place.unit == STRANDSKOLAN and grade == "6" and letter in "CDE":
        return SchoolClass(EKSKOLAN, below + "ABC"["CDE".index(letter)])
    if place.unit == BERGSKOLAN and grade == "7":
        return SchoolClass(STRANDSKOLAN, below + "CDE"["ABC".index(letter)])
    return SchoolClass(place.unit, below + letter)


def birth_year(grade: str, school_year: int) -> int:
    return school_year - 6 - (0 if grade == "F" else int(grade))


@cache
def identity_numbers() -> tuple[str, ...]:
    """Published test numbers, never issued to a person."""
    text = resources.files(__package__).joinpath("identity_numbers.txt").read_text("utf-8")
    return tuple(line for line in text.split() if line.isdecimal())


def born(identity_number: str) -> date:
    """The birth date in a number; a co-ordination number adds 60 to the day."""
    year, month, day = identity_number[:4], identity_number[4:6], identity_number[6:8]
    return date(int(year), int(month), int(day) % 60)


def sex_in(identity_number: str) -> str:
    return "M" if int(identity_number[10]) % 2 else "F"


class _Numbers:
    """Hands out each identity number once, to a pupil of its birth year and sex."""

    def __init__(self) -> None:
        self._left: dict[tuple[int, str], list[str]] = {}
        for number in identity_numbers():
            self._left.setdefault((born(number).year, sex_in(number)), []).append(number)

    def take(self, year: int, sex: str) -> str:
        left = self._left.get((year, sex))
        return left.pop() if left else ""


def _name(sex: str, chance: Random) -> tuple[str, str]:
    origin = chance.choices(names.ORIGINS, [origin.of_hundred for origin in names.ORIGINS])[0]
    family = origin.families
    if chance.random() < 0.06:  # families mix
        family = chance.choice(names.ORIGINS).families
    return chance.choice(origin.girls if sex == "F" else origin.boys), chance.choice(family)


def _story_pupils(year: int, numbers: _Numbers) -> Iterator[Pupil]:
    for story in cast.STORIES:
        born_in = birth_year(story.grade, year)
        number = numbers.take(born_in, story.sex) if story.has_number else ""
        yield Pupil(
            story.pupil_id, story.given_name, story.family_name, story.sex,
            born(number) if number else date(born_in, 5, 17), number,
            cast.AUTHORITY_CODE, story.protection, SchoolClass(story.unit, story.group),
        )  # fmt: skip


def _other_pupil(pupil_id: str, place: SchoolClass, year: int) -> Pupil:
    chance = Random(f"pupil {pupil_id}")
    sex = chance.choice("FM")
    given, family = _name(sex, chance)
    new_year = date(birth_year(place.grade, year), 1, 1)
    day = new_year + timedelta(days=chance.randrange(365))
    home = NEIGHBOUR_MUNICIPALITY if chance.random() < 0.015 else cast.AUTHORITY_CODE
    return Pupil(pupil_id, given, family, sex, day, "", home, 0, place)


def _with_numbers(pupils: list[Pupil], numbers: _Numbers) -> dict[str, Pupil]:
    """Some have a personal identity number, as far as there are numbers of their year."""
    drawn = Random("numbers").sample(pupils, len(pupils))
    taken = ((pupil, numbers.take(pupil.birth_date.year, pupil.sex)) for pupil in drawn)
    return {
        pupil.pupil_id: replace(pupil, identity_number=number, birth_date=born(number))
        for pupil, number in taken
        if number
    }


def _all_pupils(year: int) -> list[Pupil]:
    numbers = _Numbers()
    with_story = list(_story_pupils(year, numbers))
    taken = [pupil.place for pupil in with_story]
    others: list[Pupil] = []
    for place in classes():
        size = Random(f"size {place.unit} {place.name}").randint(*SIZES)
        for _ in range(size - taken.count(place)):
            others.append(_other_pupil(f"vik-{len(others) + 1:04d}", place, year))
    numbered = _with_numbers(others, numbers)
    return with_story + [numbered.get(pupil.pupil_id, pupil) for pupil in others]


def _leavers(term: Term) -> list[Pupil]:
    """They moved away between the terms, and are in nobody's class now."""
    without_first_year = [place for place in classes() if place.grade != "F"]
    places = Random("leavers").sample(without_first_year, LEAVERS)
    return [
        _other_pupil(f"vik-{9001 + count}", place, term.school_year)
        for count, place in enumerate(places)
    ]


def _moving_day(terms: tuple[Term, Term], today: date) -> date:
    """Melvin moved in October; before that has come, he moved between the terms."""
    before, now = terms
    year = (now if now.first.month > 6 else before).first.year
    october = schooldays.in_week(year, 42, schooldays.MONDAY)
    return october if october + timedelta(days=7) <= today else now.first


def _placed(pupil: Pupil, term: Term, year: int, moving_day: date) -> Iterator[Placement]:
    def there(place: SchoolClass) -> SchoolClass | None:
        return place if term.school_year == year else class_before(place)

    if pupil.pupil_id == cast.MELVIN and moving_day > term.first:
        old, last = there(SchoolClass(*cast.MELVIN_BEFORE)), moving_day - schooldays.ONE_DAY
        if old:
            yield Placement(pupil.pupil_id, old, term.first, min(last, term.last))
        if moving_day > term.last:
            return
    now = there(pupil.place)
    if now:
        first = moving_day if pupil.pupil_id == cast.MELVIN else term.first
        yield Placement(pupil.pupil_id, now, max(first, term.first), term.last)


Classes = frozenset[SchoolClass] | None  # which classes; None is all of them

# The classes where somebody has a story: a small Vik.
STORY_CLASSES = frozenset(SchoolClass(story.unit, story.group) for story in cast.STORIES)


def _of(classes: Classes, pupils: list[Pupil]) -> list[Pupil]:
    return [pupil for pupil in pupils if classes is None or pupil.place in classes]


@cache
def roster(today: date, classes: Classes = None) -> Roster:
    """All pupils of the two terms, or those of some classes."""
    before, now = terms = schooldays.terms_up_to(today)
    moving_day = _moving_day(terms, today)
    pupils, leavers = _of(classes, _all_pupils(now.school_year)), _of(classes, _leavers(before))
    earlier = [
        placement
        for pupil in pupils
        for placement in _placed(pupil, before, now.school_year, moving_day)
    ]
    earlier += [Placement(one.pupil_id, one.place, before.first, before.last) for one in leavers]
    current = [
        placement
        for pupil in pupils
        for placement in _placed(pupil, now, now.school_year, moving_day)
    ]
    everybody = (*pupils, *leavers)
    return Roster(terms, moving_day, everybody, (tuple(earlier), tuple(current)))


def school_type(pupil_id: str, place: SchoolClass) -> str:
    """Some pupils read after the adapted compulsory school's syllabus in a class like the others'."""
    with_a_story = any(pupil_id == story.pupil_id for story in cast.STORIES)
    adapted = Random(f"school type {pupil_id}").random() < ADAPTED and not with_a_story
    if adapted and place.grade != "F":
        return SchoolType.ADAPTED_COMPULSORY
    return school_type_of("", place.grade)


def rows_on(whole: Roster, day: date) -> Iterator[tuple[str, ...]]:
    """The school's list of pupils as of a day, in the column order of COLUMNS."""
    by_id = {pupil.pupil_id: pupil for pupil in whole.pupils}
    for part in whole.placements:
        for placed in part:
            if placed.first <= day <= placed.last:
                pupil = by_id[placed.pupil_id]
                yield (
                    pupil.pupil_id, pupil.given_name, pupil.family_name,
                    placed.place.unit, placed.place.grade, placed.place.name,
                    pupil.identity_number, pupil.birth_date.isoformat(), pupil.sex,
                    pupil.home, str(pupil.protection), school_type(pupil.pupil_id, placed.place),
                )  # fmt: skip


def write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
