"""The relation map on its pages: a round from its beginning to who takes contact, as each one sees it."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.mapping.domain.relations import Contact
from samnarvaro.mapping.models import PupilView, Relation
from samnarvaro.worklist.models import Item
from tests.rooms.mapping.mapped_class import adult, begin, close, closed, fill, the_open
from tests.rooms.worklist.school import NOON, WEDNESDAY, School
from tests.rooms.worklist.test_pages import signed_in, unmasked, words


@pytest.fixture
def school(db: None, monkeypatch: pytest.MonkeyPatch) -> School:  # noqa: ARG001  # tables
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 21, 12, 0, tzinfo=NOON.tzinfo))
    return School()


def address(school: School) -> str:
    return f"/skola/klass/{school.class_8b.public}/relationer/"


def page(school: School, who: str = "mira") -> str:
    answer = signed_in(getattr(school, who)).get(address(school))
    assert answer.status_code == 200
    return words(answer).replace("\xa0", " ")


def test_a_round_is_begun_with_those_of_the_class_ticked(school: School) -> None:
    client = signed_in(school.mira)

    blank = words(client.get(address(school)))
    tove, ragnar = school.tove.public, school.ragnar.public
    assert "checked" in blank.split(f'value="{tove}"')[1].split(">")[0]
    assert "checked" not in blank.split(f'value="{ragnar}"')[1].split(">")[0]
    sent = {"act": "begin", "staff": [str(tove)], "others": "skolvärd\n\nmåltidspersonal"}
    client.post(address(school), sent)

    told = page(school)
    assert "0 av 3 vuxna har svarat." in told
    assert "måltidspersonal" in told


def test_a_round_of_nobody_is_told_on_the_page_and_what_was_written_is_kept(school: School) -> None:
    client = signed_in(school.mira)

    empty = client.post(address(school), {"act": "begin"})
    long = client.post(address(school), {"act": "begin", "others": "x" * 61})

    assert empty.status_code == long.status_code == 422
    assert "Välj minst en vuxen, eller skriv en funktion." in words(empty)
    assert "x" * 61 in words(long)
    assert the_open() is None


def test_a_teacher_finds_the_own_column_on_the_day_and_fills_it_in(school: School) -> None:
    begin(school)
    client = signed_in(school.tove)
    own = f"{address(school)}{adult(the_open().public, school.tove).public}/"  # type: ignore[union-attr]  # begun above

    assert own in words(client.get("/"))
    form = words(client.get(own))
    assert "Vilken kontakt har Tove Lind med eleverna?" in form
    assert "(frivilligt)" not in form
    answer = client.post(own, {str(school.saga.public): "2", str(school.noor.public): "3"})

    assert answer.status_code == 302
    assert Relation.objects.get(pupil=school.noor).contact == Contact.TRUST
    assert own not in words(client.get("/"))
    assert "Ändra din kolumn" in page(school, "tove")
    assert Reading.objects.filter(what="class_mapping:column", classes=["K1"]).exists()


def test_an_empty_column_is_told_on_the_page(school: School) -> None:
    begin(school)
    own = f"{address(school)}{adult(the_open().public, school.tove).public}/"  # type: ignore[union-attr]  # begun above

    answer = signed_in(school.tove).post(own, {})

    assert answer.status_code == 422
    assert "Inget är ifyllt. Svara för minst en elev." in words(answer)


def test_anothers_column_is_not_there(school: School) -> None:
    found = begin(school)

    for who, whose in (("tove", school.mira), ("mira", school.tove), ("karin", school.mira)):
        client = signed_in(getattr(school, who))
        nothing = client.get(f"{address(school)}{school.saga.public}/")
        answer = client.get(f"{address(school)}{adult(found, whose).public}/")
        assert answer.status_code == nothing.status_code == 404
        assert unmasked(answer) == unmasked(nothing)


def test_closed_the_school_is_told_for_whom_it_lacks_an_adult_first(school: School) -> None:
    closed(school)

    told = page(school)

    assert "Skolan saknar en vuxen med förtroende för 1 elev av 2." in told
    assert told.index("Ingen vuxen har sagt förtroende.") < told.index("Kartan, stängd 21 oktober")
    assert told.count("Noor Haddad") > told.count("Saga Lind")
    assert '<span aria-hidden="true">●</span> <span class="sr-only">förtroende</span>' in told
    logged = Reading.objects.filter(what="class_mapping:relations").latest("pk")
    assert (logged.classes, logged.count, logged.action) == (["K1", "K3"], 2, "list")


def test_a_teacher_of_the_class_reads_nothing_of_it(school: School) -> None:
    closed(school)

    told = page(school, "tove")

    assert "Noor" not in told
    assert "Saga" not in told
    assert "Du är inte med i någon omgång som pågår i klassen." in told
    answer = signed_in(school.tove).post(address(school), {"act": "close"})
    assert answer.status_code == 404


def test_one_press_says_who_takes_contact_and_the_row_says_what_the_school_lacks(
    school: School,
) -> None:
    closed(school)
    client = signed_in(school.mira)
    give = {"act": "give", "pupil": str(school.noor.public)}

    refused = client.post(address(school), give)
    assert refused.status_code == 422
    assert "Välj vem som tar kontakt." in words(refused)
    client.post(address(school), give | {"holder": "mentor", "due_on": "2026-10-28"})

    assert Item.objects.get(pupil=school.noor).acts == "mentor"
    assert "Mentor tar kontakt senast 28 oktober." in page(school, "karin")
    assert "Ingen vuxen har sagt förtroende i relationskartan för 8B." in words(client.get("/"))


def test_what_a_pupil_says_is_written_down_on_the_page(school: School) -> None:
    closed(school)
    client = signed_in(school.mira)
    said = {"act": "said", "pupil": str(school.saga.public)}

    assert client.post(address(school), {"act": "said"}).status_code == 422
    client.post(address(school), said | {"has_adult": "no"})

    assert PupilView.objects.get().has_adult is False
    told = page(school)
    assert "Eleven säger att det inte finns någon, fast en vuxen har sagt förtroende." in told


def test_two_rounds_are_laid_beside_each_other(school: School) -> None:
    closed(school)
    found = begin(school)
    fill(school, found, school.mira, {school.saga: Contact.TALKS, school.noor: Contact.TRUST})
    close(school)

    told = page(school)

    assert "saknades en vuxen för 1, nu för 1, av dem som var med båda gångerna." in told
    assert "Nu finns en vuxen för: Noor Haddad." in told
    assert "Saknas nu, fanns då, för: Saga Lind." in told
    assert "2 av 3 vuxna svarade." in told


def test_a_round_that_nobody_has_answered_says_so(school: School) -> None:
    begin(school)

    answer = signed_in(school.mira).post(address(school), {"act": "close"})

    assert answer.status_code == 422
    assert "Ingen vuxen har fyllt i än." in words(answer)


@pytest.mark.parametrize("who", ["nils", "petra"])
def test_for_who_does_not_follow_the_class_it_is_not_there(school: School, who: str) -> None:
    closed(school)
    client = signed_in(getattr(school, who))

    nothing = client.get(f"/skola/klass/{school.saga.public}/relationer/")
    answer = client.get(address(school))

    assert answer.status_code == nothing.status_code == 404
    assert unmasked(answer) == unmasked(nothing)


@pytest.mark.parametrize("sent", [{}, {"act": "nonsense"}, {"act": "give", "pupil": "x"}])
def test_what_is_no_act_is_not_there(school: School, sent: dict[str, str]) -> None:
    closed(school)

    assert signed_in(school.mira).post(address(school), sent).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_class(school: School) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(school)
        return len(captured)

    found = begin(school)
    fill(school, found, school.mira, {school.saga: Contact.TRUST})
    close(school)
    page(school)
    few = asked()
    more = [school.pupil(f"Elev{n}", "Ahl", school.class_8b) for n in range(8)]
    found = begin(school, "mira", *(f"skolvärd {n}" for n in range(8)))
    fill(school, found, school.mira, dict.fromkeys(more, Contact.TRUST))
    close(school)

    assert asked() <= few
