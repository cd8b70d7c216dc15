"""Why a pupil stands on a step, on its page: figures of then and of today, and who can read them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.attendance.domain.history import Trailing
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.audit.models import Reading
from samnarvaro.base.figures import share
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import trailing
from samnarvaro.people.models import Pupil
from samnarvaro.staircase import services as staircase
from samnarvaro.staircase.models import Episode
from samnarvaro.staircase.web import curves
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act, Intent
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, NIGHTS, SchoolWithMarks
from tests.rooms.staircase.test_pages_figures import defined
from tests.rooms.worklist.school import scope, system


def page_of(pupil: Pupil) -> str:
    return f"/elev/{pupil.public}/"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_says_why_with_the_figures_that_opened_the_step(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.mira).get(page_of(school.saga)))

    episode = Episode.objects.get(pupil=school.saga, ended_on=None)
    assert episode.opened_on == NIGHTS[0]
    assert plain(share(episode.absent, episode.scheduled)) in page
    assert "Regel: mer än 10 % frånvaro på 30 dagar." in page
    assert "Mentor: följ upp och kartlägg, inom 5 skoldagar." in page
    assert "Stadsmodellen, version 1" in page
    assert "Sedan 23 oktober 2026" in page


def test_todays_figures_are_those_of_the_definition(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.mira).get(page_of(school.saga)))

    month = defined(school.saga, trailing(FRIDAY, 30))
    shown = plain(share(month.absent, month.scheduled))
    assert f"I dag gäller regeln: {shown} borta 22 oktober–20 november" in page


def test_a_correction_shows_at_once_and_the_night_settles_it(school: SchoolWithMarks) -> None:
    """The figures that opened the step stay as they were, and the step is told as an earlier one."""
    before = Episode.objects.get(pupil=school.saga)
    for number in range(60):
        day = FRIDAY - timedelta(days=number)
        if day.weekday() < 2:
            school.take_in(school.day(school.saga, day, away=set()))
    client = signed_in(school.mira)

    page = words(client.get(page_of(school.saga)))
    assert "I dag gäller regeln inte: " in page
    assert plain(share(before.absent, before.scheduled)) in page

    staircase.nightly(as_of=FRIDAY, by=system(FRIDAY), at=AT)
    page = words(client.get(page_of(school.saga)))
    assert "Inget steg i trappan gäller den 20 november." in page
    assert "Tidigare steg (1)" in page
    assert "Gäller inte sedan 20 november 2026" in page


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        (Act.WAIT, {"wait_until": date(2026, 11, 27)}, "sattes att vänta"),
        (Act.DECIDED, {"wait_until": date(2026, 11, 27)}, "beslutades på möte"),
        (Act.HAND_OVER, {"to": Holder.PRINCIPAL}, "lämnades över"),
        (Act.DONE, {}, "klart"),
        (Act.NOT_NEEDED, {}, "behövdes inte"),
    ],
)
def test_what_was_done_stands_in_the_curve(
    school: SchoolWithMarks, kind: Act, more: dict[str, Any], said: str
) -> None:
    item = Item.objects.get(pupil=school.saga)
    worklist.act_on_one(
        item.public, Intent(act=kind, text="möte är bokat", **more),
        by=scope(school.mira, FRIDAY), at=AT, on=FRIDAY,
    )  # fmt: skip

    page = words(signed_in(school.karin).get(f"{page_of(school.saga)}del/kurva/"))

    assert "23 oktober 2026: Steg 1 i trappan gäller" in page
    assert f"20 november 2026: Steg 1: {said}, Mira Ek" in page
    assert "möte är bokat" not in page


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("petra", "saga"), ("nils", "saga"), ("mira", "leo"), ("mira", "robin"),
        ("karin", "tindra"), ("diana", "tindra"), ("mira", "tindra"), ("agda", "saga"),
        ("sonja", "saga"),
    ],
)  # fmt: skip
def test_a_pupil_that_one_does_not_follow_is_not_there(
    school: SchoolWithMarks, who: str, whom: str
) -> None:
    client, pupil = signed_in(getattr(school, who)), getattr(school, whom)

    for rest in ("", "lektioner/"):
        theirs, nothing = client.get(page_of(pupil) + rest), client.get(f"/elev/{uuid4()}/{rest}")
        assert theirs.status_code == nothing.status_code == 404
        assert same(theirs, nothing)
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_a_handler_reads_a_protected_pupil_by_its_alias(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.nils).get(page_of(school.tindra)))

    assert "Steg 1" in page
    assert "Tindra" not in page
    (reading,) = Reading.objects.all()
    assert reading.pupils == [str(school.tindra.public)]


def test_reading_a_pupil_is_written_down_before_it_is_shown(school: SchoolWithMarks) -> None:
    client = signed_in(school.sten)
    client.get(page_of(school.leo))
    client.get(f"{page_of(school.leo)}lektioner/")

    readings = Reading.objects.order_by("pk")
    assert [(each.what, each.pupils) for each in readings] == [
        ("pupil", [str(school.leo.public)]),
        ("attendance:lessons", [str(school.leo.public)]),
    ]
    assert all("K3" in each.classes for each in readings)


@pytest.mark.parametrize("rest", ["", "lektioner/"])
def test_the_number_of_queries_does_not_grow_with_the_history(
    school: SchoolWithMarks, rest: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(school.ragnar)

    def count(pupil: Pupil) -> int:
        client.get(page_of(pupil) + rest)
        with django_assert_max_num_queries(45) as made:
            client.get(page_of(pupil) + rest)
        return len(made)

    assert count(school.leo) <= count(school.saga) + 2  # its acts and more versions, not its days
    assert count(school.noor) <= count(school.saga)


def trail(*shares: int) -> list[Trailing]:
    """A curve of school days: the last day today, the first a month ago."""
    days = [FRIDAY - timedelta(days=30), FRIDAY - timedelta(days=10), FRIDAY]
    return [Trailing(day, Absence(6000, 60 * each)) for day, each in zip(days, shares, strict=True)]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((5, 10, 22), "Närvaron har sjunkit från 95 % till 78 % på en månad."),
        ((22, 10, 5), "Närvaron har stigit från 78 % till 95 % på en månad."),
        ((5, 22, 6), "Närvaron är ungefär densamma som för en månad sedan: 94 %."),
    ],
)
def test_the_curves_title_is_a_true_sentence(shares: tuple[int, int, int], said: str) -> None:
    assert plain(curves.title(trail(*shares), 600)) == said


def test_a_curve_says_nothing_where_there_are_too_few_lessons() -> None:
    few = [Trailing(FRIDAY, Absence(599, 100))]

    assert curves.title(few, 600) == "Ännu för få lektioner för en kurva."
    assert curves.points(few, 600)[0].share is None
    assert curves.weeks(few, 600) == []
    assert curves.share(Absence(600, 100), 600) is not None
