"""What a class misses together is told on a page of its own, in figures that name nobody."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.people.models import Pupil
from tests.rooms.outreach.school import AT, FRIDAY, SUBJECTS, CallingSchool, day
from tests.rooms.worklist.test_pages import signed_in, unmasked, words

DAYS = [FRIDAY - timedelta(days=n) for n in range(55, -1, -1)]
GIVEN = ("Adam", "Bella", "Cesar", "Doris")  # beside Saga and Noor in 8B


@pytest.fixture
def school(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> CallingSchool:  # noqa: ARG001  # tables
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: AT)
    return CallingSchool(tmp_path)


def in_8b(school: CallingSchool, given: tuple[str, ...] = GIVEN) -> list[Pupil]:
    return [
        school.saga,
        school.noor,
        *(school.pupil(name, "Ahl", school.class_8b) for name in given),
    ]


def missed(school: CallingSchool, pupils: list[Pupil], kinds: Callable[[int, date], str]) -> None:
    school.take_in(
        *(
            day(pupil, kinds(number, each), each)
            for each in DAYS
            if each.weekday() < 5
            for number, pupil in enumerate(pupils)
        )
    )


def address(school: CallingSchool) -> str:
    return f"/skola/klass/{school.class_8b.public}/monster/"


def page_of(school: CallingSchool, who: str = "mira") -> str:
    page = signed_in(getattr(school, who)).get(address(school))
    assert page.status_code == 200
    return words(page).replace("\xa0", " ")


def in_turn(number: int, on: date) -> str:
    """Two of six miss physical education each day, in turn."""
    return "pppup" if (number + on.toordinal()) % 3 == 0 else "ppppp"


def test_a_subject_that_several_miss_is_told_with_what_chance_would_have(
    school: CallingSchool,
) -> None:
    missed(school, in_8b(school), in_turn)

    page = page_of(school)

    assert (
        "IDH: 80 av 240 lektioner missade, alla elever sammanlagt; 16 vore väntat av slumpen"
        in page
    )
    assert "6 elever missade 80 av sina 1 200 lektioner" in page
    assert "Saga" not in page
    assert not Reading.objects.exists()


def test_the_same_figures_stand_in_the_table(school: CallingSchool) -> None:
    missed(school, in_8b(school), in_turn)

    page = page_of(school)

    assert '<th scope="row">IDH</th><td class="num nowrap">80</td>' in page
    assert '<td class="num nowrap">240</td><td class="num nowrap">16</td>' in page


def test_all_lessons_alike_is_no_pattern(school: CallingSchool) -> None:
    missed(school, in_8b(school), lambda number, on: "uuuuu" if on.day % 6 == number else "ppppp")

    assert "Inget mönster utöver slumpen" in page_of(school)


def test_what_most_of_the_class_missed_is_told_apart(school: CallingSchool) -> None:
    missed(
        school,
        in_8b(school),
        lambda number, on: "ppuup" if on == FRIDAY and number < 4 else "ppppp",
    )

    page = page_of(school)

    assert "Lektioner som mer än halva klassen missade" in page
    assert page.count('<th scope="row">fre 20 november</th>') == 2
    assert "För lite frånvaro för att söka mönster: 0 missade lektioner av 1 198." not in page
    assert "0 missade lektioner av 1 188" in page


def test_of_a_class_of_four_nothing_is_said(school: CallingSchool) -> None:
    missed(school, in_8b(school, GIVEN[:2]), in_turn)

    page = page_of(school)

    assert "Färre än 5 elever i klassen har haft lektioner." in page
    assert "IDH" not in page


def test_a_protected_pupil_is_in_no_figure(school: CallingSchool) -> None:
    """Of six, one is protected: five are left, with five sixths of the lessons."""
    pupils = in_8b(school)
    missed(school, pupils, in_turn)
    school.protect(pupils[-1], school.karin, school.ragnar)

    assert "5 elever missade 66 av sina 1 000 lektioner" in page_of(school)


@pytest.mark.parametrize("who", ["mira", "ragnar", "karin"])
def test_who_follows_the_class_finds_the_way_on_its_page(school: CallingSchool, who: str) -> None:
    in_8b(school)

    page = signed_in(getattr(school, who)).get(f"/skola/klass/{school.class_8b.public}/")

    assert f'href="{address(school)}"' in words(page)
    assert signed_in(getattr(school, who)).get(address(school)).status_code == 200


@pytest.mark.parametrize("who", ["nils", "elin"])
def test_for_who_does_not_follow_the_class_it_is_not_there(school: CallingSchool, who: str) -> None:
    client = signed_in(getattr(school, who))

    nothing = client.get(f"/skola/klass/{school.saga.public}/monster/")
    answer = client.get(address(school))

    assert answer.status_code == nothing.status_code == 404
    assert unmasked(answer) == unmasked(nothing)


def test_the_number_of_questions_does_not_grow_with_the_class(school: CallingSchool) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(school)
        return len(captured)

    pupils = in_8b(school)
    missed(school, pupils, in_turn)
    page_of(school)
    few = asked()
    more = [school.pupil(f"Elev{n}", "Ahl", school.class_8b) for n in range(8)]
    missed(school, [*pupils, *more], in_turn)

    assert asked() <= few + 3  # marks were taken in: sums are reckoned anew
    assert SUBJECTS[3] == "IDH"
