"""The pages of a school: whom they open to, whom they tell of, and that their counts are right."""

import re
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.audit.models import Reading
from samnarvaro.base.figures import share
from samnarvaro.kernel.days import trailing
from samnarvaro.people.models import Pupil
from samnarvaro.staircase.models import Episode
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_pages_figures import added, defined
from tests.rooms.worklist.school import scope

PAGES = ("", "niva/1/", "niva/2/", "ingen-har-agerat/")


def of_unit(school: SchoolWithMarks, rest: str = "") -> str:
    return f"/skola/{school.strand.public}/{rest}"


def of_class(public: UUID) -> str:
    return f"/skola/klass/{public}/"


def rows(page: str) -> list[str]:
    """The names in the first column of the table of pupils, in order."""
    return re.findall(r'<th scope="row" class="nowrap"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("who", ["ragnar", "diana", "karin", "sten"])
def test_a_school_opens_to_those_who_follow_it(
    school: SchoolWithMarks, who: str, rest: str
) -> None:
    answer = signed_in(getattr(school, who)).get(of_unit(school, rest))

    assert answer.status_code == 200
    assert "Strandskolan" in words(answer)


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("who", ["mira", "petra", "agda", "sonja"])
def test_for_everybody_else_the_school_is_not_there(
    school: SchoolWithMarks, who: str, rest: str
) -> None:
    client = signed_in(getattr(school, who))

    theirs = client.get(of_unit(school, rest))
    nothing = client.get(f"/skola/{uuid4()}/{rest}")

    assert theirs.status_code == nothing.status_code == 404
    assert same(theirs, nothing)
    assert not Reading.objects.filter(outcome="allowed").exists()


@pytest.mark.parametrize(
    ("who", "opens"),
    [("mira", "8b"), ("nils", "8a"), ("ragnar", "8a"), ("karin", "8b"), ("petra", ""),
     ("agda", ""), ("sonja", "")],
)  # fmt: skip
def test_a_class_opens_to_its_mentor_and_its_school(
    school: SchoolWithMarks, who: str, opens: str
) -> None:
    client = signed_in(getattr(school, who))
    nothing = client.get(of_class(uuid4()))

    for name in ("8a", "8b"):
        answer = client.get(of_class(getattr(school, f"class_{name}").public))
        has_all = who in {"ragnar", "karin"}
        if name == opens or has_all:
            assert answer.status_code == 200
            assert name.upper() in words(answer)
        else:
            assert answer.status_code == nothing.status_code == 404
            assert same(answer, nothing)


def test_counts_stand_for_lists(school: SchoolWithMarks) -> None:
    """Leo is on the second step; Saga and Tindra are on the first, Tindra for her handler only."""
    seen = {"ragnar": ["Saga Lind", "T"], "karin": ["Saga Lind"]}
    for who, on_first in seen.items():
        client = signed_in(getattr(school, who))
        page, first, second = (
            words(client.get(of_unit(school, rest))) for rest in ("", "niva/1/", "niva/2/")
        )

        assert f"{len(on_first) + 1} elever står på trappan." in page
        assert sorted(rows(first)) == on_first
        assert rows(second) == ["Leo Strand"]
        assert "<h1>Steg 2: 1 elev</h1>" in second


def test_the_share_of_the_school_is_that_of_the_pupils_one_sees(school: SchoolWithMarks) -> None:
    month = trailing(FRIDAY, 30)
    seen = {
        "ragnar": [school.saga, school.leo, school.noor, school.tindra],
        "karin": [school.saga, school.leo, school.noor],
    }
    for who, pupils in seen.items():
        absence = added(pupils, month)
        present = share(absence.scheduled - absence.absent, absence.scheduled)
        page = words(signed_in(getattr(school, who)).get(of_unit(school)))

        assert f"Närvaron är {present.replace(chr(160), ' ')} de senaste 30 dagarna." in page
        assert f'<p class="key-value">{len(pupils)}</p>' in page


def test_the_number_says_what_it_is_of(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.ragnar).get(of_unit(school)))

    assert "22 oktober–20 november (30 dagar)" in page
    assert "lektioner till och med fredag 20 november, inläst 20 november 19.30" in page
    assert "Alla lektioner är rapporterade." in page
    assert "Stadsmodellen, version 1" in page
    assert "mer än 10 % frånvaro på 30 dagar" in page


def test_a_protected_pupil_stands_in_no_class_list_and_no_class_sum(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.nils)

    page = words(client.get(of_class(school.class_8a.public)))

    assert rows(page) == ["Leo Strand"]
    assert "Tindra" not in page
    assert ">T<" not in page
    leo = defined(school.leo, trailing(FRIDAY, 30))
    heat = words(signed_in(school.ragnar).get(of_unit(school)))
    assert share(leo.absent, leo.scheduled).replace("\N{NO-BREAK SPACE}", " ") in heat


@pytest.mark.parametrize("who", ["karin", "mira", "diana"])
def test_nobody_but_its_handlers_can_tell_that_a_protected_pupil_exists(
    school: SchoolWithMarks, who: str
) -> None:
    client = signed_in(getattr(school, who))
    pages = [of_unit(school, rest) for rest in PAGES]
    pages += [of_class(school.class_8a.public), of_class(school.class_8b.public)]
    with_tindra = [client.get(page) for page in pages]

    Episode.objects.filter(pupil=school.tindra).delete()
    Item.objects.filter(pupil=school.tindra).delete()
    school.forget(school.tindra)

    without = [client.get(page) for page in pages]
    assert [same(*pair) for pair in zip(with_tindra, without, strict=True)] == [True] * len(pages)


def test_the_list_says_who_acts_and_how_it_stands(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    assert "Ingen har agerat" in words(client.get(of_unit(school, "niva/1/")))

    item = Item.objects.get(pupil=school.saga, level=1)
    worklist.act(
        item.public, Act.DONE, text="samtal med Saga", by=scope(school.mira, FRIDAY), at=AT,
        on=FRIDAY,
    )  # fmt: skip

    page = words(client.get(f"{of_unit(school, 'niva/1/')}?klass={school.class_8b.public}"))
    assert rows(page) == ["Saga Lind"]
    assert "Mira Ek" in page
    assert "Klart 20 nov" in page
    assert "samtal" not in page


def test_a_list_is_sorted_and_narrowed_by_its_address(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    first = of_unit(school, "niva/1/")

    assert rows(words(client.get(f"{first}?sort=name"))) == ["Saga Lind", "T"]
    assert rows(words(client.get(f"{first}?sort=-name"))) == ["T", "Saga Lind"]
    assert rows(words(client.get(f"{first}?sort=nonsense"))) == rows(words(client.get(first)))
    assert len(rows(words(client.get(f"{first}?klass=nonsense")))) == 2
    for key in ("class", "run", "since", "step", "d30", "-d60"):
        assert len(rows(words(client.get(f"{first}?sort={key}")))) == 2


def test_a_filter_swaps_the_table_alone(school: SchoolWithMarks) -> None:
    address = f"{of_unit(school, 'niva/2/')}?klass={school.class_8b.public}"

    part = signed_in(school.ragnar).get(address, headers=HTMX)

    assert "<html" not in words(part)
    assert 'id="pupils-part"' in words(part)
    assert "Ingen i 8B" in words(part)


def test_an_empty_step_teaches(marked: SchoolWithMarks) -> None:
    client = signed_in(marked.ragnar)

    assert "Ingen elev står på trappan." in words(client.get(of_unit(marked)))
    assert "Trappan gås igenom varje natt" in words(client.get(of_unit(marked, "niva/1/")))
    assert "Alla rader har någon tagit tag i" in words(
        client.get(of_unit(marked, "ingen-har-agerat/"))
    )
    assert client.get(of_unit(marked, "niva/3/")).status_code == 404


def test_what_nobody_has_acted_on_is_told_oldest_first(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)

    page = words(client.get(of_unit(school, "ingen-har-agerat/")))

    items = Item.objects.values_list("raised_on", "pupil__sort_key", "pupil")
    raised = [Pupil.objects.get(pk=pupil) for _, _, pupil in sorted(items)]
    assert len(rows(page)) == len(raised)
    assert rows(page)[0] == raised[0].name
    assert "Regel: mer än 10 % frånvaro på 30 dagar." in page
    oldest = words(client.get(of_unit(school)))
    assert f"{raised[0].name}</a>" in oldest
    assert "skoldagar" in oldest


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("", 1),
        ("niva/1/", 2),
        ("niva/2/", 1),
        ("ingen-har-agerat/", 3),
    ],
)
def test_whom_a_page_names_is_written_down(school: SchoolWithMarks, rest: str, told: int) -> None:
    signed_in(school.ragnar).get(of_unit(school, rest))

    (reading,) = Reading.objects.all()
    assert (reading.count, reading.action, reading.role) == (told, "list", "principal")
    assert reading.classes == ["K1", "K3"]


def test_a_mentor_comes_to_the_own_class_at_once(school: SchoolWithMarks) -> None:
    answer = signed_in(school.mira).get("/skola/mina-klasser/")

    assert (answer.status_code, answer.headers["Location"]) == (
        302, of_class(school.class_8b.public),
    )  # fmt: skip
    page = words(signed_in(school.mira).get(of_class(school.class_8b.public)))
    assert rows(page) == ["Noor Haddad", "Saga Lind"]
    assert "1 elev står på frånvarotrappan." in page
    assert "Mentor: Mira Ek" in page


@pytest.mark.parametrize("rest", [*PAGES, "klass"])
def test_the_number_of_queries_does_not_grow_with_the_pupils(
    school: SchoolWithMarks, rest: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(school.ragnar)
    address = of_class(school.class_8a.public) if rest == "klass" else of_unit(school, rest)

    def count() -> int:
        client.get(address)  # what was reckoned of fewer pupils does not hold any longer
        with django_assert_max_num_queries(40) as made:
            client.get(address)
        return len(made)

    few = count()
    for number in range(12):
        copy_of(school, school.leo, f"Elev{number}")
    assert count() == few


def copy_of(school: SchoolWithMarks, pupil: Pupil, name: str) -> None:
    """Another pupil on the same steps."""
    new = school.pupil(name, "Ny", school.class_8a)
    for model in (Episode, Item):
        for row in model.objects.filter(pupil=pupil):
            row.pk = None
            row.pupil = new
            if isinstance(row, Item):
                row.public = uuid4()
                row.subject = row.subject.replace(f":{pupil.pk}:", f":{new.pk}:")
            row.save()
