"""What a family has taken back is answered by nothing any more: by no channel, and not in a race."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Said, Way
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries import handed_over
from samnarvaro.consents.services import agreements, handing_over
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.messages import services as outbox
from samnarvaro.people.models import Account
from samnarvaro.project.addresses import TABLE, To
from samnarvaro.project.digest import put_digest
from tests import papers
from tests.rooms.consents.agreed import NOON, SOCIAL, WEDNESDAY, Town, later, scope
from tests.rooms.staircase.browsing import HTMX, signed_in
from tests.rooms.worklist.school import system

# Whatever of the child is the school's: its names, its class, why it was asked, what was counted.
CANARIES = ("Sagalotta", "Lindkvist", "Ankdammen", "Strandskolan", "Stöd hemma", "20,0", "Lena")
PICTURES = ("veckodagar", "tider", "amnen", "kurvan", "dagar-2026")


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)


def canary_town() -> Town:
    """Saga by names that stand nowhere else, a day of hers with marks, and Sonja in charge of her."""
    town = Town()
    town.saga.given_name, town.saga.family_name = "Sagalotta", "Lindkvist"
    town.saga.sort_key = "lindkvist sagalotta"
    town.saga.save()
    town.class_8b.name = "Ankdammen"
    town.class_8b.save()
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=town.saga, scheduled=300, excused=60, unexcused=0, unreported=0,
        late=0, days=1, run=0, unit=town.strand,
    )  # fmt: skip
    town.tie(town.sonja, town.saga)
    return town


@pytest.fixture
def town(db: None, noon: None) -> Town:  # noqa: ARG001  # tables and day
    return canary_town()


def addresses(town: Town, role: Role, consent: UUID) -> Iterator[str]:
    """Every address that opens to a role, about everything that has to do with the child."""
    tie = Relation.objects.get(staff=town.sonja).public
    for rule in TABLE:
        if rule.is_public or rule.to is To.CLOSED or not rule.opens_to(role):
            continue
        for public in (town.saga.public, tie, consent):
            found: list[dict[str, object]] = [
                {}, {"public": public}, {"tie": public}, {"unit": town.strand.public},
            ]  # fmt: skip
            for key in PICTURES:
                found.append({"public": public, "key": key})
                found += [{"public": public, "key": key, "form": form} for form in ("csv", "svg")]
            for told in found:
                with suppress(NoReverseMatch):
                    yield reverse(rule.name, kwargs=told)
        yield from ("/sok/?q=sagalotta", "/sok/?q=lind", "/sok/?q=sa")


def told_by(client: Client, urls: set[str]) -> dict[str, list[str]]:
    """Every answer that holds something of the child, whole and as a part, and its headers."""
    found: dict[str, list[str]] = {}
    for url in sorted(urls):
        for headers in ({}, HTMX):
            answer = client.get(url, headers=headers)
            body = answer.content.decode(errors="replace") if not answer.streaming else ""
            typed = url.partition("?q=")[2]
            text = f"{body} {answer.headers}".replace(f'value="{typed}"', "")
            leaks = [canary for canary in CANARIES if canary in text]
            if leaks:
                found[f"{url} {sorted(headers)}"] = leaks
    return found


@pytest.mark.parametrize("who", ["sonja", "hanna"])
def test_no_channel_answers_anything_of_it_after(town: Town, who: str) -> None:
    consent = town.agree()
    staff = getattr(town, who)
    client = signed_in(staff)
    urls = set(addresses(town, scope(staff).role or Role.ANALYST, consent))
    before = told_by(client, urls)
    if who == "sonja":  # a control: it is told, and in these places alone
        assert {key.split()[0].split("/")[1] for key in before} == {"barn"}
        assert len(urls) > 10

    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1))

    assert told_by(client, urls) == {}


def test_before_a_consent_a_head_and_a_stranger_are_told_nothing(town: Town) -> None:
    consent = town.ask()
    for who in ("sonja", "hanna", "samir", "bo"):
        staff = getattr(town, who)
        urls = set(addresses(town, scope(staff).role or Role.ANALYST, consent))
        assert told_by(signed_in(staff), urls) == {}


def test_the_weeks_letter_tells_nothing_before_or_after(town: Town) -> None:
    Account.objects.filter(username__in=["sonja", "mira", "hanna"]).update(email="a@example.se")
    consent = town.agree()
    for number in range(2):
        day = WEDNESDAY.replace(day=19 + 7 * number)
        put_digest(on=day, by=system(day), at=later(number))
        outbox.send_due(by=system(day), at=later(number), seen=lambda: None)
        agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(town.mira), at=later(1))

    for letter in mail.outbox:
        text = f"{letter.subject} {letter.body} {letter.message()}"
        assert [canary for canary in CANARIES if canary in text] == []


@dataclass(slots=True)
class Answer:
    """When an answer was asked for, and whether it held something of the child."""

    begun: float
    held: bool
    status: int


def read_on(client: Client, url: str, stop: threading.Event, answers: list[Answer]) -> None:
    try:
        while not stop.is_set():
            begun = time.monotonic()
            answer = client.get(url)
            is_paper = answer["Content-Type"] == "application/pdf"
            body = papers.words(answer.content) if is_paper else answer.content.decode()
            held = "Sagalotta" in body or "20,0" in body
            answers.append(Answer(begun, held, answer.status_code))
    finally:
        connections.close_all()


READERS, ROUNDS = 8, 3


# The child's page, and what was handed over on paper: what each is called in the log.
CHANNELS = {"consents:child": "/barn/{}/", "handing:received": "/barn/{}/mottaget/"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", list(CHANNELS))
def test_nothing_leaves_after_it_is_said_to_be_taken_back(noon: None, what: str) -> None:  # noqa: ARG001  # the day
    """Eight read it while a second guardian takes it back, several times over."""
    town = canary_town()
    relation = Relation.objects.get(staff=town.sonja)
    url = CHANNELS[what].format(relation.public)
    told = 0
    for number in range(ROUNDS):
        consent = town.agree()
        _hand_over_attendance(town)
        answers: list[Answer] = []
        stop = threading.Event()
        readers = [
            threading.Thread(target=read_on, args=(signed_in(town.sonja), url, stop, answers))
            for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        _wait_for(answers, READERS)

        agreements.answer(
            consent=consent,
            told=agreements.Told(guardian=town.father.public, said=Said.NO, way=Way.PHONE,
                                 witness=town.karin.pk),
            by=scope(town.mira),
            at=later(number + 1),
        )  # fmt: skip
        acknowledged, logged = time.monotonic(), _logged(what)

        _wait_for(answers, len(answers) + READERS)
        stop.set()
        for reader in readers:
            reader.join()
        after = [answer for answer in answers if answer.begun > acknowledged]
        assert after
        assert not any(answer.held for answer in after)
        assert _logged(what) == logged
        assert {answer.status for answer in answers} <= {200, 404, 503}
        told += sum(answer.held for answer in answers)
    assert told  # a control: it was told before
    connection.close()


def _hand_over_attendance(town: Town) -> None:
    offered = handed_over.offered(town.saga.pk, by=scope(town.mira))
    keys = [item.key for item in offered if item.data_class is DataClass.ATTENDANCE]
    handing_over.give(
        pupil=town.saga.public, to_zone=SOCIAL, keys=keys, by=scope(town.mira), at=NOON
    )


def _logged(what: str) -> int:
    """How many answers have been written down as telling something of the school's."""
    rows = Reading.objects.filter(what=what).values_list("classes", flat=True)
    return sum("K1" in classes for classes in rows)


def _wait_for(answers: list[Answer], count: int) -> None:
    ends = time.monotonic() + 60
    while len(answers) < count and time.monotonic() < ends:
        time.sleep(0.02)
