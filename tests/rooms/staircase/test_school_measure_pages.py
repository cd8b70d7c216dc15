"""The pages of what a school does: chosen from a proposal, shown, altered, told of; without a script."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Staff
from samnarvaro.staircase.domain.school_measures import Outcome
from samnarvaro.staircase.domain.tiers import Item
from samnarvaro.staircase.models import SchoolMeasure
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_school_measures import chosen

pytestmark = pytest.mark.usefixtures("school")


def of_school(school: SchoolWithMarks, rest: str = "") -> str:
    return f"/skola/{school.strand.public}/{rest}"


def sent(seen_to_by: Staff, **told: str) -> dict[str, str]:
    return {
        "what": "Alla hälsar vid grinden.",
        "aim": "Att ingen är osedd.",
        "tier": "1",
        "group": "",
        "item": "belonging",
        "owner": str(seen_to_by.public),
        "first_day": FRIDAY.isoformat(),
        "last_day": (FRIDAY + timedelta(days=42)).isoformat(),
        **told,
    }


def choose(client: Client, school: SchoolWithMarks, **told: str) -> Any:
    return client.post(of_school(school, "insatser/ny/"), sent(school.mira, **told))


def page_of(school: SchoolWithMarks, public: UUID) -> str:
    return of_school(school, f"insatser/{public}/")


def test_a_proposal_on_the_schools_page_becomes_something_the_school_does(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.ragnar)
    before = client.get(of_school(school))
    link = "insatser/ny/?niva=1&amp;forslag=belonging"
    assert link in before.content.decode()
    assert "Inget är valt här ännu." in words(before)

    form = client.get(of_school(school, "insatser/ny/?niva=1&forslag=belonging"))
    assert 'value="Dra åt samma håll: alla vuxna, alla elever hör till"' in words(form)
    assert "Orden är ett förslag." in words(form)
    answer = choose(client, school)

    one = SchoolMeasure.objects.get()
    assert answer["Location"] == page_of(school, one.public)
    assert (one.item, one.owner) == (Item.BELONGING, school.mira)
    after = client.get(of_school(school))
    assert "Alla hälsar vid grinden." in words(after)
    assert "Mira Ek ansvarar, 20 november 2026–1 januari 2027." in words(after)
    assert link not in after.content.decode()
    assert 'alla elever hör till <span class="hint">(valt)' in words(after)


def test_ones_own_words_are_chosen_without_a_proposal(school: SchoolWithMarks) -> None:
    client = signed_in(school.karin)
    form = client.get(of_school(school, "insatser/ny/?niva=3"))
    assert "Orden är ett förslag." not in words(form)
    choose(client, school, item="", tier="3", what="Ett lugnt rum.")
    one = SchoolMeasure.objects.get()
    assert (one.item, one.tier, one.what) == ("", 3, "Ett lugnt rum.")
    assert "från ett förslag" not in words(client.get(page_of(school, one.public)))


def test_what_is_for_a_class_stands_on_the_page_of_the_class(school: SchoolWithMarks) -> None:
    client = signed_in(school.karin)
    klass = f"/skola/klass/{school.class_8b.public}/"
    assert "Ingen insats är vald för klassen" in words(client.get(klass))
    choose(client, school, group=str(school.class_8b.public))

    assert "Alla hälsar vid grinden." in words(client.get(klass))
    assert "Välj en insats för klassen" in words(client.get(klass))
    mentors = words(signed_in(school.mira).get(klass))
    assert "Alla hälsar vid grinden." in mentors
    assert "Välj en insats för klassen" not in mentors
    other = words(client.get(f"/skola/klass/{school.class_8a.public}/"))
    assert "Alla hälsar vid grinden." not in other


def test_a_part_of_the_school_shows_what_is_done_there(school: SchoolWithMarks) -> None:
    chosen(school, group=school.class_8b.pk)
    chosen(school, what="Något för alla.", item=None)
    client = signed_in(school.ragnar)
    in_8a = words(client.get(of_school(school, f"?klass={school.class_8a.public}")))
    in_8b = words(client.get(of_school(school, f"?klass={school.class_8b.public}")))
    assert "Något för alla." in in_8a
    assert "Något för alla." in in_8b
    assert "vid grinden" not in in_8a
    assert "vid grinden" in in_8b


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"what": ""}, "Skriv på en rad vad ni ska göra."),
        ({"aim": "  "}, "Skriv på en rad vad ni vill att det leder till."),
        ({"what": "a" * 201}, "Raden är för lång: högst 200 tecken."),
        ({"what": "Möt Saga Lind."}, "Här står en elevs namn."),
        ({"owner": ""}, "Välj någon som arbetar på skolan."),
        ({"owner": str(uuid4())}, "Välj någon som arbetar på skolan."),
        ({"first_day": "i morgon"}, "Välj från vilken dag."),
        ({"last_day": ""}, "Välj till vilken dag."),
        ({"last_day": "2026-11-19"}, "Välj en dag som inte är före den första."),
        ({"last_day": "2030-01-01"}, "Välj en närmare dag: högst ett läsår från den första."),
        ({"tier": "9"}, "Välj vad det ska leda till"),
        ({"group": str(uuid4())}, "Välj hela skolan eller en av dess klasser."),
    ],
)
def test_what_is_wrong_is_said_in_words_and_what_was_written_stays(
    school: SchoolWithMarks, told: dict[str, str], says: str
) -> None:
    answer = choose(signed_in(school.ragnar), school, **told)
    assert answer.status_code == 422
    assert says in words(answer)
    assert words(answer).count(says) <= 2  # in the summary, and beside the field
    kept = told.get("what") or "Alla hälsar vid grinden."
    if told.get("what") != "":
        assert kept in words(answer)
    assert not SchoolMeasure.objects.exists()


def test_pressed_twice_it_is_chosen_once(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    once, twice = choose(client, school), choose(client, school)
    assert once["Location"] == twice["Location"]
    other = choose(client, school, what="Andra ord om samma sak.")
    assert other.status_code == 422
    assert "Det här är redan valt för samma tid." in words(other)
    assert SchoolMeasure.objects.count() == 1


def test_it_is_altered_told_of_and_opened_again(school: SchoolWithMarks) -> None:
    public, client = chosen(school), signed_in(school.ragnar)
    url = page_of(school, public)
    assert client.post(url, sent(school.sten, do="alter", aim="")).status_code == 422
    answer = client.post(url, sent(school.sten, do="alter", what="Andra ord."), follow=True)
    assert "Ändringen är sparad." in words(answer)
    assert "Sten Alm ansvarar" in words(answer)

    empty = client.post(url, {"do": "close"})
    assert empty.status_code == 422
    assert "Välj vad som hände." in words(empty)
    assert "Skriv några ord om hur det gick." in words(empty)
    told = {"do": "close", "outcome": Outcome.DONE.value, "how": "Lugnare i korridoren."}
    assert "Insatsen är avslutad." in words(client.post(url, told, follow=True))
    again = client.post(url, told, follow=True)
    assert "Insatsen är redan avslutad." in words(again)
    late = client.post(url, sent(school.sten, do="alter"), follow=True)
    assert "Insatsen är redan avslutad." in words(late)
    everything = words(client.get(of_school(school, "insatser/")))
    assert "”Lugnare i korridoren.”" in everything
    assert "Andra ord." not in words(client.get(of_school(school)))

    assert "Insatsen är öppen igen." in words(client.post(url, {"do": "reopen"}, follow=True))
    assert "Insatsen är öppen redan." in words(client.post(url, {"do": "reopen"}, follow=True))
    assert client.post(url, {"do": "something"}).status_code == 200


def test_a_slip_is_taken_back_from_its_page(school: SchoolWithMarks) -> None:
    public, client = chosen(school), signed_in(school.ragnar)
    url = page_of(school, public)
    assert "Ta tillbaka valet" in words(client.get(url))
    SchoolMeasure.objects.update(chosen_on=FRIDAY - timedelta(days=1))
    assert "Ta tillbaka valet" not in words(client.get(url))
    refused = client.post(url, {"do": "take_back"}, follow=True)
    assert "Avsluta den i stället" in words(refused)
    SchoolMeasure.objects.update(chosen_on=FRIDAY)
    answer = client.post(url, {"do": "take_back"}, follow=True)
    assert "Valet är taget tillbaka." in words(answer)
    assert client.get(url).status_code == 404


def test_who_sees_to_it_has_it_in_the_day_and_tells_how_it_went(school: SchoolWithMarks) -> None:
    public = chosen(school, owner=school.tove.pk)
    client = signed_in(school.tove)  # a teacher, whose day has no school page
    assert "Insatser du ansvarar för" in words(client.get("/"))
    page = client.get(page_of(school, public))
    assert "Berätta hur det gick" in words(page)
    assert "Ändra ord" not in words(page)
    assert "insatser/ny/" not in words(page)
    told = {"do": "close", "outcome": "ended", "how": "Det blev för kallt."}
    assert client.post(page_of(school, public), told).status_code == 302
    assert "Insatser du ansvarar för" not in words(client.get("/"))
    assert client.post(page_of(school, public), {"do": "take_back"}).status_code == 404


@pytest.mark.parametrize("who", ["petra", "nils", "agda", "sonja"])
def test_for_everybody_else_it_is_not_there(school: SchoolWithMarks, who: str) -> None:
    public, client = chosen(school), signed_in(getattr(school, who))
    theirs = client.get(page_of(school, public))
    nothing = client.get(page_of(school, uuid4()))
    assert theirs.status_code == nothing.status_code == 404
    assert same(theirs, nothing)
    assert client.get(of_school(school, "insatser/ny/")).status_code == 404
    assert choose(client, school).status_code == 404
    assert SchoolMeasure.objects.count() == 1


def test_the_pages_tell_of_no_pupil(school: SchoolWithMarks) -> None:
    public, client = chosen(school), signed_in(school.ragnar)
    for rest in ("insatser/", "insatser/ny/", f"insatser/{public}/"):
        assert client.get(of_school(school, rest)).status_code == 200
    assert not Reading.objects.exists()


def test_the_list_asks_as_many_questions_whatever_there_is(
    school: SchoolWithMarks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(school.ragnar)
    chosen(school)
    client.get(of_school(school, "insatser/"))
    with django_assert_max_num_queries(40) as few:
        client.get(of_school(school, "insatser/"))
    for word in ("ett", "två", "tre", "fyra"):
        chosen(school, item=None, what=f"Nummer {word} av några.")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(of_school(school, "insatser/"))
