"""Schools and classes that a roster tells of."""

import pytest

from samnarvaro.organisation import queries, services
from samnarvaro.organisation.models import Agency, Group, Unit

pytestmark = pytest.mark.django_db
STRANDSKOLAN, EKSKOLAN = "99000002", "99000001"
YEAR = "2026/2027"


def test_schools_are_made_in_the_school_zone_and_renamed_as_told() -> None:
    made = services.take_in_units({STRANDSKOLAN: "", EKSKOLAN: "Ekskolan"})
    again = services.take_in_units({STRANDSKOLAN: "Strandskolan", EKSKOLAN: ""})

    assert again == made
    assert dict(Unit.objects.values_list("code", "name")) == {
        STRANDSKOLAN: "Strandskolan",
        EKSKOLAN: "Ekskolan",
    }
    assert Agency.objects.get().kind == "school"


def test_no_schools_make_no_agency() -> None:
    assert services.take_in_units({}) == {}
    assert not Agency.objects.exists()


def test_classes_are_made_once_a_school_year() -> None:
    unit = services.take_in_units({STRANDSKOLAN: "Strandskolan"})[STRANDSKOLAN]
    places = {(unit, "8A"): "8", (unit, "8B"): "8"}

    made = services.take_in_groups(places, school_year=YEAR)
    again = services.take_in_groups(places, school_year=YEAR)
    next_year = services.take_in_groups(places, school_year="2027/2028")

    assert again == made
    assert set(next_year.values()).isdisjoint(made.values())
    assert [group.name for group in queries.groups(of_unit=unit, school_year=YEAR)] == ["8A", "8B"]


def test_a_class_gets_another_grade_when_told_and_keeps_it_when_not() -> None:
    unit = services.take_in_units({STRANDSKOLAN: ""})[STRANDSKOLAN]

    for grade in ("", "8", "", "9", ""):
        services.take_in_groups({(unit, "8A"): grade}, school_year=YEAR)

    assert Group.objects.get().grade == "9"


def test_a_school_is_found_by_its_code_and_a_class_tells_its_school() -> None:
    unit = services.take_in_units({STRANDSKOLAN: ""})[STRANDSKOLAN]
    group = services.take_in_groups({(unit, "8A"): "8"}, school_year=YEAR)[unit, "8A"]

    assert queries.unit_by_code(STRANDSKOLAN).pk == unit
    assert queries.unit_of_group(group) == unit
    assert queries.unit_of_group(0) is None
    assert [found.unit.pk for found in queries.groups_by_id([group])] == [unit]
    with pytest.raises(queries.NoSuchUnit):
        queries.unit_by_code("1")
