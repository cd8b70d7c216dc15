"""The outbox on the web: for the system administrator, in counts."""

import re
from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.kernel.access import Role
from samnarvaro.messages import queries, services
from samnarvaro.messages.domain.outbox import Kind
from samnarvaro.messages.models import Message
from samnarvaro.people.models import Staff
from tests.rooms.messages.test_sending import put
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.worklist.school import NOON, School, scope, system


@pytest.fixture
def isa(school: School) -> Staff:
    return school.staff("isa", "Isa Falk", Role.SYSTEM_ADMINISTRATOR, school.strand)


@pytest.fixture(autouse=True)
def then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samnarvaro.base.clock.now", lambda: NOON + timedelta(hours=2))
    monkeypatch.setattr("samnarvaro.base.clock.today", lambda: NOON.date())


def test_the_administrator_sees_kinds_states_and_counts_and_nobody(
    school: School, isa: Staff
) -> None:
    put(school.mira, school.ragnar, school.diana)
    services.send_due(by=system(), at=NOON)
    Message.objects.filter(account=school.mira.account_id).update(
        state="failed", fault="SMTPRecipientsRefused"
    )
    answer = signed_in(isa).get("/utskick/")
    page = words(answer)
    assert "Veckobrev" in page
    assert "21 okt 2026" in page
    assert "e-postservern tar inte emot till adressen" in page
    cells = re.findall(r'<td class="num">(\d+)</td>', answer.content.decode())
    assert cells == ["0", "0", "2", "1", "0"]
    for name in ("Mira", "Ragnar", "Diana", "vik.example"):
        assert name not in page


@pytest.mark.parametrize("who", ["mira", "ragnar", "agda", "sonja"])
def test_for_others_there_is_no_such_page(school: School, who: str) -> None:
    assert signed_in(getattr(school, who)).get("/utskick/").status_code == 404


def test_the_query_refuses_by_itself(school: School) -> None:
    with pytest.raises(queries.NotToBeSeen):
        queries.overview(since=NOON, by=scope(school.ragnar))
    with pytest.raises(queries.NotToBeSeen):
        queries.faults(by=scope(school.ragnar))


def test_an_empty_outbox_says_what_fills_it_and_what_is_missing(isa: Staff, settings: Any) -> None:
    settings.DIGEST = settings.HAS_MAIL = False
    page = words(signed_in(isa).get("/utskick/"))
    assert "Inget har skickats än" in page
    assert "SAMNARVARO_EMAIL_URL" in page
    settings.HAS_MAIL = True
    assert "SAMNARVARO_DIGEST" in words(signed_in(isa).get("/utskick/"))
    settings.DIGEST = True
    assert "Veckobrevet är på" in words(signed_in(isa).get("/utskick/"))


def test_messages_of_a_day_are_counted_by_state(school: School) -> None:
    put(school.mira, school.ragnar, school.diana)
    Message.objects.filter(account=school.diana.account_id).update(
        state="failed", fault="X", ended_at=NOON, next_try_at=None
    )
    (batch,) = queries.overview(since=NOON, by=system())
    assert (batch.kind, batch.day) == (Kind.DIGEST, NOON.date())
    assert {state.value: number for state, number in batch.states.items()} == {
        "waiting": 2,
        "failed": 1,
    }
    assert batch.next_try_at == NOON
    assert queries.overview(since=NOON + timedelta(seconds=1), by=system()) == []
