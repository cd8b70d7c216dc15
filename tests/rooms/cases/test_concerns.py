"""A report of concern: one click away, blocked by nothing, known to its author and the principal alone."""

from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import sections
from samnarvaro.cases.models import Concern
from samnarvaro.cases.queries import concerns as queries
from samnarvaro.cases.services import concerns as services
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.people import queries as people
from tests.rooms.cases.town import NOON, SCHOOL, WEDNESDAY, CaseTown, client_of, scope, words
from tests.rooms.worklist.school import system

REPORTERS = ("tove", "mira", "karin", "pia", "ragnar")


def write_down(town: CaseTown, who: str = "mira", **given: Any) -> None:
    facts: dict[str, Any] = {"made_on": WEDNESDAY, "asked_for_feedback": True}
    by = scope(getattr(town, who))
    services.write_down(town.saga.public, by=by, at=NOON, on=WEDNESDAY, **facts | given)


def url(town: CaseTown) -> str:
    return f"/elev/{town.saga.public}/orosanmalan/"


@pytest.mark.parametrize("who", REPORTERS)
def test_everybody_at_school_who_knows_the_pupil_writes_it_down_unasked(
    town: CaseTown, who: str
) -> None:
    write_down(town, who)
    row = Concern.objects.get()
    assert (row.made_on, row.zone) == (WEDNESDAY, SCHOOL)
    assert row.feedback_on == WEDNESDAY + timedelta(days=21)


@pytest.mark.parametrize("who", ["petra", "nils", "sonja", "samir", "bo", "eva", "hanna"])
def test_for_a_stranger_the_pupil_is_not_there(town: CaseTown, who: str) -> None:
    with pytest.raises(people.NoSuchPupil):
        write_down(town, who)
    assert client_of(getattr(town, who)).get(url(town)).status_code == 404
    assert not Concern.objects.exists()


def test_only_the_author_and_who_leads_the_school_know(town: CaseTown) -> None:
    write_down(town)
    knowing = {
        who
        for who in (*REPORTERS, "diana", "agda", "vera", "petra", "sonja", "eva")
        if queries.of_pupil(town.saga.pk, by=scope(getattr(town, who)))
    }
    assert knowing == {"mira", "ragnar", "diana"}
    assert queries.of_pupil(town.saga.pk, by=system()) == []


def test_the_log_of_writing_names_no_pupil(town: CaseTown) -> None:
    write_down(town)
    written = Writing.objects.get(act="concern.written_down")
    assert written.pupil == ""
    assert str(town.saga.public) not in str(vars(written))


def test_a_wrong_day_is_told_and_nothing_written(town: CaseTown) -> None:
    with pytest.raises(Refused, match="day_ahead"):
        write_down(town, made_on=WEDNESDAY + timedelta(days=1))
    assert not Concern.objects.exists()


def test_it_is_one_click_away_and_written_down_on_the_page(town: CaseTown) -> None:
    client = client_of(town.mira)
    assert url(town) in words(client.get(f"/elev/{town.saga.public}/"))
    assert "ring 112" in words(client.get(url(town)))
    assert client.post(url(town), {"made_on": ""}).status_code == 422

    client.post(url(town), {"made_on": "2026-10-20", "feedback": "on"})

    page = words(client.get(url(town)))
    assert "20 oktober 2026, Mira Ek" in page
    assert "Återkoppling väntas senast 10 november 2026." in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K14"]
    assert "Mira Ek" in words(client_of(town.ragnar).get(url(town)))
    assert "Mira Ek</li>" not in words(client_of(town.karin).get(url(town)))


def test_the_duty_is_told_to_everybody_without_a_pupil(town: CaseTown) -> None:
    for who in ("eva", "sonja", "agda", "isa", "tove"):
        assert "19 kap. 1 §" in words(client_of(getattr(town, who)).get("/orosanmalan/"))
    tie = town.ties["eva"].public
    assert "/orosanmalan/" in words(client_of(town.eva).get(f"/barn/{tie}/"))


@pytest.mark.parametrize(("after", "shown"), [(20, False), (21, True), (51, True), (52, False)])
def test_its_author_is_reminded_when_feedback_should_have_come(
    town: CaseTown,
    after: int,
    shown: bool,  # a case of the table
) -> None:
    write_down(town)
    day = WEDNESDAY + timedelta(days=after)
    for who, sees in (("mira", shown), ("ragnar", False)):
        facts: dict[str, Any] = {"scope": scope(getattr(town, who), day), "today": day, "now": NOON}
        there = {part.template for part in sections.collect("my_day", **facts)}
        assert ("cases/_feedback.html" in there) is sees


def test_a_protected_pupils_is_its_handlers_alone(town: CaseTown) -> None:
    write_down(town)
    town.protect(town.saga, town.ragnar)
    assert queries.of_pupil(town.saga.pk, by=scope(town.ragnar))
    for who in (town.mira, town.diana):
        assert queries.of_pupil(town.saga.pk, by=scope(who)) == []
