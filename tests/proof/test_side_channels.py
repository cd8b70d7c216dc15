"""Nothing tells a hidden child from none: not a byte, not a header, not one question more; and what
goes out by other ways than pages has no canary in it.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

import pytest
from click.testing import CliRunner
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from samnarvaro.kernel.access import Role
from samnarvaro.messages import services as messages
from samnarvaro.people.models import Account
from samnarvaro.project import checkpoints, commands, digest
from samnarvaro.project.addresses import TABLE, Rule, To
from tests.proof.calling import Caller
from tests.proof.crawling import PROVE
from tests.proof.looking import Answer, Seen, Visitor, tokens_in
from tests.proof.oracle import Persona
from tests.proof.seeding import DAY, NOW, Seeder, system

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HIDDEN = ("protected", "foreign", "gone", "random")
WATCHED = ("mentor", "principal", "counsellor", "social_secretary")
PAIRS = 500
CLOSED = ("protected", "random")


def watched(seeder: Seeder, who: Persona) -> Iterator[tuple[Rule, dict[str, str]]]:
    """Each address of one child that the role may come to, by whom it is about."""
    caller = Caller(seeder)
    assert who.post is not None
    for rule in TABLE:
        if rule.to is To.PUPIL and rule.opens_to(Role(who.post.role)):
            yield rule, {call.about: call.url for call in caller.calls(rule)}


@pytest.mark.parametrize("key", WATCHED)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_hidden_child_is_answered_like_none_to_the_byte_and_the_question(
    seeded: Seeder, key: str, method: str
) -> None:
    visitor = Visitor(seeded.personas[key], Seen())
    visitor.get("/")
    for rule, urls in watched(seeded, visitor.who):
        told = {who: counted(visitor, method, urls[who]) for who in HIDDEN if who in urls}
        nothing, asked = told["random"]
        for who, (answer, questions) in told.items():
            assert answer.status == nothing.status, f"{rule.name} {who}"
            assert answer.bare() == nothing.bare(), f"{rule.name} {who}"
            assert questions == asked, f"{rule.name} {who}"


def counted(visitor: Visitor, method: str, url: str) -> tuple[Answer, int]:
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.ask(method, url)
    return answer, len(asked)


@pytest.mark.skipif(not PROVE, reason="timing is looked at in the long form: SAMNARVARO_PROVE=1")
def test_time_tells_nothing_that_can_be_seen(seeded: Seeder) -> None:
    """Printed, not asserted: a busy machine says more of itself than of the child."""
    visitor = Visitor(seeded.personas["principal"], Seen())
    taken: dict[str, list[float]] = {who: [] for who in CLOSED}
    for number in range(PAIRS):
        for who in CLOSED if number % 2 else CLOSED[::-1]:
            url = dict(Caller(seeded).children)[who]
            began = time.perf_counter()
            visitor.get(f"/elev/{url}/")
            taken[who].append(time.perf_counter() - began)
    apart = abs(median(taken["protected"]) - median(taken["random"])) * 1000
    print(f"median difference between a protected pupil and none: {apart:.2f} ms of {PAIRS} pairs")


def test_error_pages_tell_of_no_child(seeded: Seeder, monkeypatch: pytest.MonkeyPatch) -> None:
    who, own = seeded.personas["mentor"], seeded.pupils["own"].public
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    strict.force_login(
        Account.objects.get(username=who.person),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = f"/elev/{own}/"
    answers = {
        403: strict.post(f"{page}franvaro/"),
        400: strict.get(page, headers={"host": "elsewhere.example"}),
        404: strict.get(f"{page}finns-inte/"),
    }
    loose = Visitor(who, Seen())
    answers[405] = loose.client.delete(page)
    monkeypatch.setattr("samnarvaro.audit.services.record_reading", _breaks)
    answers[503] = strict.get(page)

    for status, answer in answers.items():
        assert answer.status_code == status
        assert not tokens_in(answer.content.decode() + str(answer.headers))


def test_too_many_tries_and_too_large_files_tell_of_no_child(seeded: Seeder) -> None:
    office = Visitor(seeded.personas["school_administrator"], Seen())
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        large = office.post("/leveranser/ny/", {"kind": "x" * 200})
    assert large.status in (400, 413)
    assert not large.tokens

    door = Client(raise_request_exception=False)
    names = ("mentor", *seeded.facts.tokens)[:25]
    tries = [door.post("/logga-in/", {"login": each, "password": "x"}) for each in names]
    assert not {
        token
        for name, answer in zip(names, tries, strict=True)
        for token in tokens_in(answer.content.decode()) - {name.casefold()}
    }


def _breaks(**_: object) -> None:
    raise DatabaseError("no line can be written")


@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    CHECKPOINT_MAIL="dso@example.org",
)
def test_mails_name_no_child_and_no_agency(seeded: Seeder) -> None:
    mail.outbox = []
    assert digest.put_digest(on=DAY, by=system(), at=NOW)
    messages.send_due(by=system(), at=NOW + timedelta(minutes=1))
    checkpoints.keep_checkpoint(at=NOW)

    assert len(mail.outbox) >= 2
    publics = {str(pupil.public) for pupil in seeded.pupils.values()}
    for letter in mail.outbox:
        whole = f"{letter.message()}\n{letter.subject}\n{letter.body}"
        assert not tokens_in(whole)
        assert not {each for each in publics if each in whole}


READING = (
    ["measures", "--from", "2026-10-01", "--to", "2026-11-18"],
    ["signals", "--as-of", "2026-11-18"],
    ["audit", "verify"],
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_the_command_line_tells_figures_and_no_words(seeded: Seeder, words: list[str]) -> None:
    """It acts as the system: ids and figures, never a name, a word, or a protected pupil's alias."""
    known = {command.name: command for command in commands.ALL}
    done = CliRunner().invoke(known[words[0]], words[1:])

    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not tokens_in(done.output)
    assert len(seeded.facts.tokens) > 100
