"""Nobody is shown a canary that is not its own to see, at any address, by any way in."""

import pytest

from samnarvaro.project.addresses import TABLE
from tests.proof.calling import DEMO_ONLY, Caller
from tests.proof.crawling import PROVE, Crawl, Found, every_name
from tests.proof.looking import tokens_in
from tests.proof.seeding import DAY, NOW, Seeder

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEAST_REQUESTS, LEAST_TOKENS = (25_000 if PROVE else 1_500), 250

# Who may see a little, and has no page yet that shows it: consents follow duties on pages, and two
# have a case in the school's own zone; the authority is to have a list of what is investigated.
BLIND = ("authority_officer", "consultation_member", "coordinator")


@pytest.fixture(scope="module")
def found(seeded: Seeder) -> Found:
    return Crawl(seeded).everybody(seeded.personas.values())


def test_there_is_a_way_to_every_address(seeded: Seeder) -> None:
    caller = Caller(seeded)
    for rule in TABLE:
        assert rule.name in DEMO_ONLY or list(caller.calls(rule))


def test_nobody_sees_what_the_oracle_does_not_allow(found: Found) -> None:
    assert not found.by_what(), "\n".join(sorted(map(str, found.leaks)))


def test_whoever_sees_something_is_seen_to(found: Found, seeded: Seeder) -> None:
    """An empty page is no proof: each who may see something was shown some of it."""
    assert set(BLIND) <= set(seeded.personas)
    facts = seeded.facts
    blind = {
        who.key
        for who in seeded.personas.values()
        if facts.allowed(who, DAY, NOW) and not found.shown.get(who.key)
    }
    assert blind <= set(BLIND)


def test_every_address_was_called(found: Found) -> None:
    assert found.seen.names == every_name()


def test_no_page_breaks(found: Found) -> None:
    assert not found.seen.faults


def test_what_opened_to_one_opens_nothing_to_another(found: Found, seeded: Seeder) -> None:
    again = Crawl(seeded).replay(found.opened, seeded.personas.values())

    assert again.seen.requests > len(seeded.personas)
    assert not again.by_what(), "\n".join(sorted(map(str, again.leaks)))


def test_the_log_of_the_running_names_no_child(found: Found, seeded: Seeder) -> None:
    assert not tokens_in("\n".join(found.seen.logged)) & {t.casefold() for t in seeded.facts.tokens}


def test_it_has_tried_enough(found: Found, seeded: Seeder) -> None:
    seen = found.seen
    print(
        f"{seen.requests} requests, {len(seeded.facts.tokens)} canaries, {len(seen.names)} addresses,"
        f" {len(seeded.personas)} people before the screen"
    )
    assert seen.requests > LEAST_REQUESTS
    assert len(seeded.facts.tokens) > LEAST_TOKENS
