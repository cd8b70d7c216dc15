"""The absence register: the authority reads lines and never a why; a school answers its rounds."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.cases.domain.register import Late, Status
from samnarvaro.cases.models import RegisterAnswer, RegisterEntry
from samnarvaro.cases.queries import register as queries
from samnarvaro.cases.queries.register import NoSuchEntry
from samnarvaro.cases.services import register as services
from tests.rooms.cases.town import NOON, SECRET, WEDNESDAY, CaseTown, client_of, scope, words

URL = "/franvaroregistret/"
EARLY = WEDNESDAY - timedelta(days=40)  # before the round of week 41


def lines(town: CaseTown, who: str = "vera") -> list[queries.Line]:
    return queries.lines(by=scope(getattr(town, who)), on=WEDNESDAY)


def entry() -> UUID:
    return RegisterEntry.objects.get().public


def answer(town: CaseTown, who: str = "ragnar", **given: Any) -> None:
    facts: dict[str, Any] = {"status": Status.GOES_ON, "at": NOON, "on": WEDNESDAY}
    services.answer(given.pop("entry", entry()), by=scope(getattr(town, who)), **facts | given)


def test_the_authority_reads_that_it_goes_on_and_what_is_late_and_never_why(town: CaseTown) -> None:
    town.judge(on=EARLY)

    (line,) = lines(town)
    assert (line.name, line.unit, line.late) == ("Saga Lind", "Strandskolan", [Late.ROUND])
    page = words(client_of(town.vera).get(URL))
    assert "Skolan har inte svarat på frågan" in page
    assert SECRET not in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K0", "K1"]
    assert client_of(town.vera).get(f"/elev/{town.saga.public}/").status_code == 404


def test_it_is_read_by_who_leads_the_school_and_the_authority_alone(town: CaseTown) -> None:
    town.judge()
    reading = {
        who
        for who in ("vera", "ragnar", "diana", "mira", "karin", "agda", "tove", "petra", "sonja")
        if lines(town, who)
    }
    assert reading == {"vera", "ragnar", "diana"}
    for who in ("mira", "karin", "agda", "sonja", "eva"):
        assert client_of(getattr(town, who)).get(URL).status_code == 404


def test_a_protected_pupil_is_in_no_line(town: CaseTown) -> None:
    town.judge()
    town.protect(town.saga, town.ragnar, town.vera)
    assert lines(town) == []
    assert lines(town, "ragnar") == []


def test_the_school_answers_on_the_page_and_the_line_is_late_no_more(town: CaseTown) -> None:
    town.judge(on=EARLY)
    client = client_of(town.ragnar)
    assert "Hur står det?" in words(client.get(URL))

    client.post(URL, {"entry": str(entry()), "status": "stuck"})

    (line,) = lines(town)
    assert (line.late, line.answer, line.is_asked) == ([], "stuck", False)
    assert "Skolans svar: Det har kört fast, vi behöver hjälp." in words(client.get(URL))
    written = Writing.objects.get(act="register.answered")
    assert written.detail == {"round": "2026-W41", "status": "stuck"}


@pytest.mark.parametrize("who", ["vera", "karin", "petra", "sonja"])
def test_nobody_else_answers(town: CaseTown, who: str) -> None:
    town.judge(on=EARLY)
    with pytest.raises(NoSuchEntry):
        answer(town, who)
    assert not RegisterAnswer.objects.exists()


def test_of_what_came_after_the_round_began_nothing_is_asked(town: CaseTown) -> None:
    town.judge()
    with pytest.raises(NoSuchEntry):
        answer(town)
    client = client_of(town.ragnar)
    assert "Hur står det?" not in words(client.get(URL))
    for sent in ({"entry": "x", "status": "stuck"}, {"entry": str(uuid4()), "status": "stuck"}, {}):
        assert client.post(URL, sent).status_code == 404


def test_the_page_asks_the_same_number_of_questions_however_many_lines(town: CaseTown) -> None:
    town.judge()
    client = client_of(town.ragnar)

    def ask() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        return len(asked)

    few = ask()
    town.judge(town.noor)
    assert ask() == few
