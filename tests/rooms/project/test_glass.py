"""In an emergency a pupil of one's own agency opens for three hours, and a chief sees it at once."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock, sessions
from samnarvaro.consents.models import Relation
from samnarvaro.people.models import Staff
from samnarvaro.worklist.models import Item
from tests.rooms.consents.agreed import Town
from tests.rooms.worklist.school import NOON, WEDNESDAY
from tests.rooms.worklist.test_pages import words

WORDS = "Ringde från skolgården och sa att hon inte vågar gå hem."


class Time:
    """What the clock shows; a test moves it on."""

    def __init__(self) -> None:
        self.now = NOON


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    held = Time()
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: held.now)
    return held


@pytest.fixture
def town(db: None, time: Time) -> Town:  # noqa: ARG001  # tables, the clock
    return Town()


def client_of(staff: Staff, began: datetime = NOON) -> Client:
    """Signed in, at a moment."""
    client = Client()
    assert staff.account is not None
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[sessions.BEGAN] = began.isoformat()
    session.save()
    return client


def told(town: Town, **but: str) -> dict[str, str]:
    return {
        "given_name": "Robin", "family_name": "Åberg", "school": str(town.ek.public),
        "reason": "danger", "words": WORDS,
    } | but  # fmt: skip


def test_it_opens_shows_name_and_whom_to_ask_and_is_logged_by_its_ground(town: Town) -> None:
    client = client_of(town.karin)

    page = client.post("/nodlage/", told(town), follow=True)

    assert "Robin Åberg" in words(page)
    assert "Petra Ström" in words(page)
    glass = Relation.objects.get()
    reading = Reading.objects.latest("pk")
    assert (reading.pupils, reading.ground) == (
        [str(town.robin.public)], f"glass:{glass.public}",
    )  # fmt: skip
    assert WORDS not in str(vars(Writing.objects.get(act="relation.glass_broken")))


def test_the_chief_of_the_pupils_school_has_it_as_a_row_and_reads_the_words(town: Town) -> None:
    client_of(town.karin).post("/nodlage/", told(town))
    glass = Relation.objects.get()

    row = Item.objects.get(kind="glass")
    assert (row.acts, row.pupil_id) == ("principal", town.robin.pk)
    assert WORDS not in str(row.figures)
    petra = client_of(town.petra)
    assert "Karin Sjö öppnade elevens uppgifter i nödläge" in words(petra.get("/"))
    assert WORDS in words(petra.get(f"/nodlage/{glass.public}/"))
    for who in ("ragnar", "mira", "samir"):
        assert client_of(getattr(town, who)).get(f"/nodlage/{glass.public}/").status_code == 404


def test_it_closes_after_three_hours_to_the_second(town: Town, time: Time) -> None:
    client = client_of(town.karin)
    client.post("/nodlage/", told(town))
    url = f"/nodlage/{Relation.objects.get().public}/"

    time.now = NOON + timedelta(hours=3) - timedelta(seconds=1)
    assert client_of(town.karin, time.now).get(url).status_code == 200
    time.now = NOON + timedelta(hours=3)
    assert client_of(town.karin, time.now).get(url).status_code == 404


def bare(answer: Any) -> str:
    """The page without the form's token and the seconds until the sign-in ends."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|data-left="\d+"', "", answer.content.decode())


@pytest.mark.parametrize(
    ("but", "says"),
    [
        ({"words": "kort"}, "med minst 30 tecken"),
        ({"given_name": "Robyn"}, "exakt de namnen"),
        ({"given_name": "Rob"}, "exakt de namnen"),
        ({"given_name": "%"}, "exakt de namnen"),
        ({"reason": "curious"}, "reason"),
        ({"school": str(uuid4())}, "school"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_opens(
    town: Town, but: dict[str, str], says: str
) -> None:
    answer = client_of(town.karin).post("/nodlage/", told(town, **but))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Relation.objects.exists()
    assert not Item.objects.filter(kind="glass").exists()


def test_a_protected_pupil_is_answered_like_nobody(town: Town) -> None:
    client = client_of(town.karin)
    nobody = bare(client.post("/nodlage/", told(town, given_name="Finns", family_name="Inte")))
    town.protect(town.robin, town.ragnar, alias="Åberg Robin")

    hidden = bare(client.post("/nodlage/", told(town)))

    assert hidden.replace("Robin", "Finns").replace("Åberg", "Inte") == nobody
    assert not Relation.objects.exists()


def test_who_signed_in_a_while_ago_shows_first_who_it_is(town: Town) -> None:
    client = client_of(town.karin, began=NOON - timedelta(minutes=11))

    assert "Logga in en gång till" in words(client.get("/nodlage/"))
    answer = client.post("/nodlage/", told(town))

    assert answer.status_code == 422
    assert "Visa först på nytt" in words(answer)
    assert not Relation.objects.exists()


@pytest.mark.parametrize("who", ["hanna", "agda", "tove", "isa"])
def test_it_is_not_there_for_who_follows_nobody_and_has_no_children(town: Town, who: str) -> None:
    assert client_of(getattr(town, who)).get("/nodlage/").status_code == 404
    assert client_of(getattr(town, who)).post("/nodlage/", told(town)).status_code == 404
