"""The page of a class: who has been away, when and in what, what is to be done; files and weight."""

import csv
import io

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.audit.models import Reading
from samnarvaro.base.figures import share
from samnarvaro.kernel.days import trailing
from samnarvaro.people.models import Pupil
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import DAYS, FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_pages_figures import added, defined

KEYS = ("elever", "veckodagar", "tider", "amnen")


def of_8b(school: SchoolWithMarks, rest: str = "") -> str:
    return f"/skola/klass/{school.class_8b.public}/{rest}"


def told(school: SchoolWithMarks, key: str, who: str = "mira") -> dict[str, list[str]]:
    answer = signed_in(getattr(school, who)).get(of_8b(school, f"bild/{key}/csv/"))
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return {row[0]: row[1:] for row in rows}


def test_each_pupils_bar_is_its_share_and_opens_its_page(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.mira).get(of_8b(school)))
    rows = told(school, "elever")

    for pupil, name in ((school.saga, "Saga Lind"), (school.noor, "Noor Haddad")):
        month = defined(pupil, trailing(FRIDAY, 30))
        assert rows[name][:2] == [str(month.scheduled), str(month.absent)]
        said = share(month.absent, month.scheduled).replace("\N{NO-BREAK SPACE}", " ")
        assert f'href="/elev/{pupil.public}/" aria-label="{name}: {said}"' in page
    assert "1 av 2 elever har varit borta mer än 10 procent." in page


@pytest.mark.parametrize("key", ["veckodagar", "tider", "amnen"])
def test_every_split_of_the_class_adds_up_to_its_pupils(school: SchoolWithMarks, key: str) -> None:
    month = added([school.saga, school.noor], trailing(FRIDAY, 30))

    rows = list(told(school, key).values())[1:]

    assert sum(int(row[0]) for row in rows) == month.scheduled
    assert sum(int(row[1]) for row in rows) == month.absent


def test_what_is_to_be_done_in_the_class_is_told_to_all_who_follow_it(
    school: SchoolWithMarks,
) -> None:
    for who in ("mira", "ragnar", "karin"):
        page = words(signed_in(getattr(school, who)).get(of_8b(school)))
        assert "Att göra i klassen" in page
        assert "Regel: mer än 10 % frånvaro på 30 dagar." in page
    assert "Leo" not in page


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_names_whom_it_names_in_the_log(school: SchoolWithMarks, key: str) -> None:
    client = signed_in(school.mira)

    for rest in ("", "csv/", "svg/"):
        assert client.get(of_8b(school, f"bild/{key}/{rest}")).status_code == 200

    actions = [(each.action, each.count) for each in Reading.objects.order_by("pk")]
    assert actions == ([("list", 2), ("export", 2), ("export", 2)] if key == "elever" else [])


@pytest.mark.parametrize("who", ["nils", "petra", "agda"])
def test_for_who_does_not_follow_the_class_they_are_not_there(
    school: SchoolWithMarks, who: str
) -> None:
    client = signed_in(getattr(school, who))

    for rest in ("bild/elever/", "bild/elever/csv/"):
        nothing = client.get(f"/skola/klass/{school.saga.public}/{rest}")
        assert same(client.get(of_8b(school, rest)), nothing)
        assert nothing.status_code == 404
    assert signed_in(school.mira).get(of_8b(school, "bild/nonsense/")).status_code == 404


def test_a_protected_pupil_is_in_no_picture_of_its_class(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    address = f"/skola/klass/{school.class_8a.public}/bild/"

    pupils = client.get(f"{address}elever/csv/").content.decode()
    weekdays = client.get(f"{address}veckodagar/csv/").content.decode()

    assert "Leo Strand" in pupils
    assert len(pupils.splitlines()) == 2
    leo = defined(school.leo, trailing(FRIDAY, 30))
    rows = [line.split(";") for line in weekdays.splitlines()[1:]]
    assert sum(int(row[1]) for row in rows) == leo.scheduled


def test_a_full_class_has_a_light_page_and_as_many_queries(
    school: SchoolWithMarks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(school.mira)
    client.get(of_8b(school))
    with django_assert_max_num_queries(34) as made:  # behind the second wall seven more
        client.get(of_8b(school))
    before = len(made)
    for number in range(28):
        with_month_of_marks(school, school.pupil(f"Elev{number}", "Ny", school.class_8b))

    with django_assert_max_num_queries(before + 2):  # what was reckoned holds no longer
        client.get(of_8b(school))
    with django_assert_max_num_queries(before):
        answer = client.get(of_8b(school))

    assert len(answer.content) < 100_000
    assert "av 30 elever har varit borta mer än 10 procent." in words(answer)


def with_month_of_marks(school: SchoolWithMarks, pupil: Pupil) -> None:
    rows = (row for day in DAYS[-5:] for row in school.day(pupil, day, away={0}))
    school.take_in(rows)
