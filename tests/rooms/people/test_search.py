"""Finding pupils: by name, in Swedish order, and only those who exist for the viewer."""

import pytest

from samnarvaro.people import queries, services
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.people.delivered import AUGUST, system
from tests.rooms.people.town import Town, scope


@pytest.fixture
def names(town: Town) -> Town:
    for given, family in (
        ("Saga", "Lind"), ("Åsa", "Lind"), ("Örjan", "Åberg"), ("Edén", "Zäll"), ("Anna", "Öst"),
        ("Noor", "100%_sant"),
    ):  # fmt: skip
        town.pupil(given, family, town.class_8b)
    town.pupil("Robin", "Lind", town.class_4a, town.ek)
    return town


def found(text: str, town: Town) -> list[str]:
    return [hit.name for hit in queries.search(text, by=scope(town.ragnar)).hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("lind", ["Saga Lind", "Åsa Lind"]),
        ("LIND", ["Saga Lind", "Åsa Lind"]),
        ("saga lind", ["Saga Lind"]),
        ("Lind  Saga", ["Saga Lind"]),
        ("in", ["Saga Lind", "Åsa Lind"]),
        ("å", ["Åsa Lind", "Örjan Åberg"]),
        ("eden", ["Edén Zäll"]),
        ("ä", ["Edén Zäll"]),
        ("zall", []),
        ("robin", []),  # of another school: does not exist
        ("%", ["Noor 100%_sant"]),
        ("_", ["Noor 100%_sant"]),
        ("0%_s", ["Noor 100%_sant"]),
        ("", []),
        ("  '  ", []),
        ("saga lind nej", []),
    ],
)
def test_all_words_are_found_anywhere_in_the_name(names: Town, text: str, hits: list[str]) -> None:
    assert found(text, names) == hits


def test_hits_stand_in_swedish_order_and_tell_the_class(names: Town) -> None:
    result = queries.search("a", by=scope(names.mira))

    assert [hit.name for hit in result.hits] == [
        "Noor 100%_sant", "Saga Lind", "Åsa Lind", "Örjan Åberg", "Anna Öst",
    ]  # fmt: skip
    placed = result.hits[1].placement
    assert placed is not None
    assert (placed.unit, placed.group) == (names.strand, "8B")


@pytest.mark.django_db
def test_who_has_no_name_is_found_by_the_id() -> None:
    services.create_nameless_pupils({"vik-0815": 4711})

    assert [hit.name for hit in queries.search("0815", by=system()).hits] == ["vik-0815"]


@pytest.mark.parametrize(("pupils", "count", "is_more"), [(200, 200, False), (201, 200, True)])
def test_a_count_is_exact_up_to_two_hundred(
    town: Town, pupils: int, count: int, is_more: bool
) -> None:
    first = town.pupil("Elev", "Nr0", town.class_8b)
    made = Pupil.objects.bulk_create(
        Pupil(authority_id=first.authority_id, pupil_id=f"p{n}", sort_key=f"nr{n} elev")
        for n in range(1, pupils)
    )
    Enrolment.objects.bulk_create(
        Enrolment(pupil=pupil, unit_id=town.strand, first_day=AUGUST) for pupil in made
    )

    result = queries.search("elev", by=scope(town.ragnar), limit=5)

    assert (len(result.hits), result.count, result.is_more) == (5, count, is_more)


def test_a_placement_is_the_viewers_own_first(names: Town) -> None:
    robin = Pupil.objects.get(given_name="Robin")
    Enrolment.objects.create(pupil=robin, unit_id=names.strand, grade="4", first_day=AUGUST)

    placed = queries.placement(robin.pk, by=scope(names.petra))

    assert placed is not None
    assert (placed.unit, placed.group) == (names.ek, "4A")
    assert queries.placement(0, by=system()) is None
