"""The table of rights: shown whole, changed cell by cell in one's own zone, from the next request on."""

import pytest
from django.test import Client

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.consents.domain.policy import GRANTS
from samnarvaro.consents.models import PolicyChange
from samnarvaro.consents.queries.policy import table_of
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people.models import Staff
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.worklist.test_pages import words

URL = "/drift/behorigheter/"
NARROWER = {
    "role": "mentor", "data_class": "K4", "way": "duty", "what": "takes",
    "decided_by": "Chefsjuristen", "why": "Beslut 12/2026",
}  # fmt: skip


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return families


def client_of(staff: Staff) -> Client:
    client = Client()
    assert staff.account is not None
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_cell_that_is_taken_closes_from_the_next_request_on_in_this_zone_alone(
    town: Town,
) -> None:
    assert K.CAUSE in scope(town.mira).classes

    page = client_of(town.isa).post(URL, NARROWER, follow=True)

    assert "Beslutat av Chefsjuristen, inskrivet av Isa Falk" in words(page)
    assert K.CAUSE not in scope(town.mira).classes
    assert K.CAUSE in scope(town.ragnar).classes
    assert table_of("social:9999") == GRANTS
    written = Writing.objects.get(act="policy.changed")
    assert written.detail == {"role": "mentor", "class": "K4", "way": "duty", "gives": 0}


def test_what_the_law_closes_is_refused_with_words_and_nothing_changes(town: Town) -> None:
    answer = client_of(town.isa).post(URL, {**NARROWER, "data_class": "K8", "what": "gives"})

    assert answer.status_code == 422
    assert "kan inte öppnas genom en ändring" in words(answer)
    assert not PolicyChange.objects.exists()


def test_who_decided_and_why_must_be_said(town: Town) -> None:
    answer = client_of(town.isa).post(URL, {**NARROWER, "why": "", "decided_by": " "})

    assert answer.status_code == 422
    assert not PolicyChange.objects.exists()


@pytest.mark.parametrize("who", ["mira", "ragnar", "agda", "hanna", "sonja"])
def test_nobody_else_comes_near_it(town: Town, who: str) -> None:
    assert client_of(getattr(town, who)).get(URL).status_code == 404
    assert client_of(getattr(town, who)).post(URL, NARROWER).status_code == 404
    assert not PolicyChange.objects.exists()


def test_it_can_be_given_back(town: Town) -> None:
    client = client_of(town.isa)
    client.post(URL, NARROWER)
    client.post(URL, {**NARROWER, "what": "gives"})

    assert table_of("school:9999") == GRANTS
    assert PolicyChange.objects.count() == 2
