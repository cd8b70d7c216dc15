"""The pages of the rule sets: what holds, a copy with every figure, trying before saving, and back."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.kernel.access import Role
from samnarvaro.staircase.models import Choice, Episode, RuleSet
from samnarvaro.staircase.queries import rule_set
from samnarvaro.staircase.services import rulebook
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import AT, DAYS, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

SHELF = "/regelverk/"
MONDAY = date(2026, 11, 30)


@pytest.fixture
def agda(marked: SchoolWithMarks) -> Client:
    return signed_in(marked.agda)


@pytest.fixture
def isa(marked: SchoolWithMarks) -> Client:
    staff = marked.staff("isa", "Isa Falk", Role.SYSTEM_ADMINISTRATOR, marked.strand)
    return signed_in(staff)


def told(page: Any) -> str:
    """The page as somebody reads it, without what stands in the mark-up."""
    return " ".join(re.sub(r"<[^>]*>", " ", words(page)).split())


def sent(page: Any, **changed: Any) -> dict[str, Any]:
    """What the form on a page would send, with some of it changed."""
    form = page.context["form"]
    data = {
        bound.html_name: bound.value()
        for bound in form
        if bound.value() is not None and bound.value() is not False and bound.html_name != "add"
    }
    return data | changed


def own(marked: SchoolWithMarks, name: str = "Vår trappa") -> RuleSet:
    rules = rule_set("city", on=FRIDAY)[0].rules
    by = scope(marked.agda, FRIDAY)
    draft = rulebook.Draft(name=name, rules=rules)
    return rulebook.copy(draft, by=by, at=AT, on=FRIDAY)


def test_the_shelf_tells_what_holds_and_which_rule_sets_there_are(agda: Client) -> None:
    shown = told(agda.get(SHELF))

    assert "Stadsmodellen Alla skolor · alla årskurser Gäller" in shown
    assert "Steg 1: mer än 10 % frånvaro på 30 dagar – mentor" in shown
    assert "Steg 2: borta 3 hela skoldagar i rad eller mer, bara giltig frånvaro – mentor" in shown
    assert "Steg 4: fortsatt borta 5 skoldagar efter att steg 3 blev klart" in shown
    assert "Steg 1: första hela dagen borta" in shown
    assert "Målgrupp: 15–30 % frånvaro på 60 dagar" in shown


def test_a_principal_reads_and_changes_nothing(marked: SchoolWithMarks) -> None:
    ragnar = signed_in(marked.ragnar)

    assert "Avsluta" not in told(ragnar.get(SHELF))
    page = ragnar.get("/regelverk/city/?prova=1")
    assert "Kopiera" not in told(page)
    assert "Med de här reglerna står" in told(page)
    for address in ("kopiera/", "valj/"):
        assert ragnar.get(f"/regelverk/city/{address}").status_code == 404
    public = Choice.objects.get(key="city").public
    assert ragnar.post(f"/regelverk/val/{public}/avsluta/").status_code == 404
    assert Choice.objects.get(key="city").last_day is None


def test_a_dry_run_counts_the_pupils_of_ones_school_and_names_nobody(agda: Client) -> None:
    page = agda.get("/regelverk/city/?prova=1")

    # Saga, Leo and Noor; Tindra does not exist for Agda, Robin goes to another school.
    assert "Med de här reglerna står 2 av 3 elever på ett steg i dag." in told(page)
    assert not any(name in page.content.decode() for name in ("Saga", "Leo ", "Noor", "Tindra"))
    assert not Reading.objects.exists()
    assert not Episode.objects.exists()
    assert not Item.objects.exists()


def test_nothing_in_a_dry_run_tells_of_a_protected_pupil(
    marked: SchoolWithMarks, agda: Client
) -> None:
    with_her = [agda.get(f"/regelverk/{key}/?prova=1") for key in ("city", "routine")]
    marked.forget(marked.tindra)
    without = [agda.get(f"/regelverk/{key}/?prova=1") for key in ("city", "routine")]

    assert all(same(one, other) for one, other in zip(with_her, without, strict=True))


def test_who_follows_no_school_is_told_why_nothing_is_counted(isa: Client) -> None:
    assert "Du följer ingen skola" in told(isa.get("/regelverk/city/?prova=1"))


def test_the_routine_and_first_day_models_are_tried_on_todays_pupils(agda: Client) -> None:
    counts = {
        key: [row.count for row in agda.get(f"/regelverk/{key}/?prova=1").context["tried"].rows]
        for key in ("routine", "first-day", "school-social-team")
    }

    # On Friday Leo is away the whole day, unexcused, as the day before; Saga is late.
    assert counts["routine"] == [2, 0, 0, 0]
    assert counts["first-day"] == [0]
    assert counts["school-social-team"] == [0]


def test_a_copy_shows_every_figure_and_is_tried_before_it_is_saved(agda: Client) -> None:
    page = agda.get("/regelverk/city/kopiera/")
    data = sent(page, **{"name": "Viks trappa", "0-percent": "60", "do": "try"})

    tried = agda.post("/regelverk/city/kopiera/", data)

    assert tried.status_code == 200
    assert "står 1 av 3 elever på ett steg i dag" in told(tried)
    assert not RuleSet.objects.filter(key="own-1").exists()

    saved = agda.post("/regelverk/city/kopiera/", data | {"do": "save"})

    assert saved["Location"] == "/regelverk/own-1/"
    row = RuleSet.objects.get(key="own-1")
    assert (row.name, row.made_by_name, row.rules[0]["percent"]) == (
        "Viks trappa",
        "Agda Nyberg",
        60,
    )
    assert row.rules[1]["percent"] == 20
    assert "Viks trappa" in told(agda.get(SHELF))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("0-percent", "101", "mindre än eller lika med 100"),
        ("0-percent", "", "måste fyllas i"),
        ("0-days", "en månad", "heltal"),
        ("1-level", "0", "större än eller lika med 1"),
        ("0-acts", "nobody", "Välj ett giltigt alternativ"),
        ("name", " ", "måste fyllas i"),
    ],
)
def test_a_figure_that_cannot_be_is_told_of_beside_its_field_and_nothing_is_saved(
    agda: Client, field: str, value: str, told: str
) -> None:
    data = sent(agda.get("/regelverk/city/kopiera/"), **{field: value, "do": "save"})

    page = agda.post("/regelverk/city/kopiera/", data)

    assert page.status_code == 422
    assert told in str(page.context["form"].errors[field])
    assert not RuleSet.objects.filter(key="own-1").exists()


def test_a_rule_is_added_and_another_is_taken_away(agda: Client) -> None:
    page = agda.get("/regelverk/city/kopiera/")
    data = sent(page, **{"add": "run", "do": "add", "0-percent": "11"})

    more = agda.post("/regelverk/city/kopiera/", data)

    assert "Regel 4: dagar i rad borta, bara giltig frånvaro" in told(more)
    data = sent(more, **{"3-least_days": "4", "1-remove": "on", "2-remove": "on", "do": "save"})
    agda.post("/regelverk/city/kopiera/", data)
    rules = RuleSet.objects.get(key="own-1").rules
    assert [(rule["kind"], rule["level"]) for rule in rules] == [("share", 1), ("run", 1)]
    assert (rules[0]["percent"], rules[1]["least_days"]) == (11, 4)


def test_a_rule_that_another_goes_on_from_is_not_taken_away_alone(agda: Client) -> None:
    page = agda.get("/regelverk/routine/kopiera/")

    refused = agda.post(
        "/regelverk/routine/kopiera/", sent(page, **{"1-remove": "on", "do": "save"})
    )

    assert refused.status_code == 422
    assert "Ta bort båda" in told(refused)
    data = sent(page, **{f"{n}-remove": "on" for n in range(4)}, do="save")
    assert "minst en regel" in told(agda.post("/regelverk/routine/kopiera/", data))


def test_ones_own_is_changed_from_a_day_and_the_version_can_be_taken_back(
    marked: SchoolWithMarks, agda: Client
) -> None:
    own(marked)
    address = "/regelverk/own-1/andra/"
    data = sent(agda.get(address), **{"0-percent": "15", "holds_from": MONDAY, "do": "save"})

    agda.post(address, data)

    assert rule_set("own-1", on=MONDAY)[1].shares[0].percent == 15
    shown = told(agda.get("/regelverk/own-1/"))
    assert "Version 2, från och med 30 november 2026 Kommer" in shown
    agda.post("/regelverk/own-1/2/ta-tillbaka/")
    assert "Tagen tillbaka" in told(agda.get("/regelverk/own-1/"))
    assert rule_set("own-1", on=MONDAY)[1].version == 1
    assert Writing.objects.filter(act="rules.version_taken_back").count() == 1


def test_a_version_that_begins_today_is_refused_beside_the_day(
    marked: SchoolWithMarks, agda: Client
) -> None:
    own(marked)
    address = "/regelverk/own-1/andra/"

    page = agda.post(address, sent(agda.get(address), holds_from=FRIDAY, do="save"))

    assert page.status_code == 422
    assert "från och med i morgon" in str(page.context["form"].errors["holds_from"])
    assert RuleSet.objects.filter(key="own-1").count() == 1


def test_a_shipped_rule_set_has_no_page_to_change_it(agda: Client) -> None:
    assert agda.get("/regelverk/city/andra/").status_code == 404
    assert agda.post("/regelverk/city/1/ta-tillbaka/").status_code == 404
    assert agda.get("/regelverk/nothing/").status_code == 404


def test_a_rule_set_is_chosen_for_a_school_and_some_years_and_taken_back(
    marked: SchoolWithMarks, agda: Client
) -> None:
    address = "/regelverk/first-day/valj/"
    strand = str(marked.strand.pk)
    data = {"first_day": str(MONDAY), "units": [strand], "grades": ["8", "7"], "types": ["GR"]}

    tried = agda.post(address, data | {"do": "try"})
    assert "av 3 elever på ett steg i dag" in told(tried)
    assert Choice.objects.filter(key="first-day").count() == 0

    saved = agda.post(address, data | {"do": "save"}, follow=True)

    assert "Strandskolan · grundskola · årskurs 7, 8 Börjar 30 november" in told(saved)
    choice = Choice.objects.get(key="first-day")
    assert (choice.units, choice.grades) == ([marked.strand.pk], ["7", "8"])
    assert choice.types == ["GR"]
    nobody = agda.post(address, data | {"types": ["GY"], "do": "try"})
    assert "står 0 av 0 elever" in told(nobody)
    back = agda.post(f"/regelverk/val/{choice.public}/ta-tillbaka/", follow=True)
    assert "Valet är taget tillbaka" in told(back)
    assert "Tidigare val (1)" in told(back)


def test_a_dry_run_of_a_choice_counts_its_own_school_years_only(agda: Client) -> None:
    data = {"first_day": str(MONDAY), "grades": ["9"], "do": "try"}

    page = agda.post("/regelverk/city/valj/", data)

    assert "står 0 av 0 elever" in told(page)


def test_it_can_be_chosen_instead_of_what_holds(isa: Client) -> None:
    city = Choice.objects.get(key="city")
    data = {"first_day": str(MONDAY), "instead_of": [str(city.public)], "do": "save"}

    shown = told(isa.post("/regelverk/routine/valj/", data, follow=True))

    assert "Gäller till och med 29 november" in shown
    assert "Rutinmodellen gäller från och med 30 november 2026." in shown


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"first_day": str(FRIDAY)}, "first_day"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": str(MONDAY), "grades": ["11"]}, "grades"),
        ({"first_day": str(MONDAY), "units": ["0"]}, "units"),
        ({"first_day": str(MONDAY), "instead_of": ["x"]}, "instead_of"),
    ],
)
def test_a_choice_that_cannot_be_is_told_of_beside_its_field(
    agda: Client, data: dict[str, Any], field: str
) -> None:
    page = agda.post("/regelverk/routine/valj/", data | {"do": "save"})

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Choice.objects.filter(key="routine").exists()


def test_what_holds_is_ended_after_today_and_what_has_begun_is_not_taken_back(
    agda: Client,
) -> None:
    public = Choice.objects.get(key="city").public
    refused = agda.post(f"/regelverk/val/{public}/ta-tillbaka/", follow=True)
    assert "går inte längre att ta tillbaka" in told(refused)

    ended = agda.post(f"/regelverk/val/{public}/avsluta/", follow=True)

    assert "Gäller till och med 20 november" in told(ended)
    assert Writing.objects.filter(act="rules.choice_ended").count() == 1


def test_a_choice_that_is_not_there_is_nothing(agda: Client) -> None:
    nothing = "12345678-1234-4234-8234-123456789012"
    assert agda.post(f"/regelverk/val/{nothing}/ta-tillbaka/").status_code == 404
    assert agda.post(f"/regelverk/val/{nothing}/avsluta/").status_code == 404


def test_a_layout_that_no_page_has_written_makes_no_rules(agda: Client) -> None:
    for layout in ("", "x", "a/guess", "A B/share", ",,,", "a/continued/b"):
        page = agda.post(
            "/regelverk/city/kopiera/", {"name": "Vår", "layout": layout, "do": "save"}
        )
        assert page.status_code == 422
    assert not RuleSet.objects.filter(key="own-1").exists()


def ill(marked: SchoolWithMarks, pupils: int) -> None:
    for _each in range(pupils):
        pupil = marked.pupil("Ny", "Elev", marked.class_8a)
        for day in DAYS[-3:]:
            marked.take_in(marked.day(pupil, day, away=set(range(5)), kind="excused"))


def test_trying_costs_the_same_number_of_questions_whatever_the_pupils(
    marked: SchoolWithMarks, agda: Client, django_assert_max_num_queries: Any
) -> None:
    ill(marked, 1)
    with django_assert_max_num_queries(30) as few:
        agda.get("/regelverk/routine/?prova=1")
    ill(marked, 5)
    with django_assert_max_num_queries(len(few)):
        agda.get("/regelverk/routine/?prova=1")
