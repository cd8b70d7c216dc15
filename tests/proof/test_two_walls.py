"""Two walls, written apart: each holds alone what crosses zones, consent and protection.

The first is the program's own narrowing of every question. The second is PostgreSQL's row-level
security. Each is tried with the other out of the way.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from samnarvaro.base import openings, wall
from samnarvaro.consents.models import Consent, HandOverSet
from samnarvaro.consents.queries import agreements
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes.models import NoteSet
from samnarvaro.people.models import Pupil, PupilSet
from samnarvaro.people.queries import readable, sight
from tests.proof.crawling import PROVE, Crawl, Found
from tests.proof.oracle import Persona, Token
from tests.proof.seeding import DAY, Seeder

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(
        not PROVE, reason="the walls are tried apart in the long form: SAMNARVARO_PROVE=1"
    ),
]
OTHER_ZONES = ("social_secretary", "clinician", "nurse", "two_hats_social", "idle_secretary")
SCHOOL = ("principal", "teacher")


def walkers(seeder: Seeder) -> list[Persona]:
    keys = seeder.personas if PROVE else (*OTHER_ZONES, *SCHOOL)
    return [seeder.personas[key] for key in keys]


def crosses(seeder: Seeder, who: Persona, token: Token) -> bool:
    """Whether showing this would cross a zone that nobody opened, or a child's protection.

    Within one zone the second wall is coarser than the first: who of it reads what is the program's.
    """
    facts, child = seeder.facts, seeder.facts.children[token.child]
    if child.is_protected:
        return who.person not in child.handlers
    if who.post is None or not who.works(DAY):
        return True
    if token.zone == who.post.zone:
        return False
    zones = (token.of.from_zone, token.of.to_zone) if token.of else ()
    tied = any(
        (tie.person, tie.zone, tie.child) == (who.person, who.post.zone, token.child)
        for tie in facts.ties
    )
    copied = any(
        zone == who.post.zone and (by is None or by.flows(DAY)) for zone, by in token.copies
    )
    agreed = any(
        token.data_class in each.classes and each.flows(DAY)
        for each in facts.agreed
        if (each.child, each.to_zone) == (token.child, who.post.zone)
    )
    of_case = who.post.zone in zones or token.data_class in OF_A_CASE.get(who.post.zone, ())
    return not (tied and (agreed or copied or of_case))


# What the school tells its own medical branch of a child it has a case with.
OF_A_CASE = {"student_health:9999": ("K0", "K1", "K2", "K3", "K12")}


def crossing(seeder: Seeder, found: Found) -> list[str]:
    return sorted(
        f"{key}: {text}"
        for key, shown in found.shown.items()
        for text in shown
        if crosses(seeder, seeder.personas[key], seeder.facts.tokens[text])
    )


@pytest.fixture
def without_first_wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program lets everybody read everything; what is left is the database's own wall."""

    def all_of(self: Any, _scope: Scope) -> Any:
        return self

    def all_pupils(_by: Scope, _classes: frozenset[DataClass]) -> PupilSet:
        return Pupil.objects.all()

    sight._sql.cache_clear()
    for rows, name in ((PupilSet, "visible_in"), (NoteSet, "visible_in")):
        monkeypatch.setattr(rows, name, all_of)
    monkeypatch.setattr(HandOverSet, "received_by", all_of)
    monkeypatch.setattr(readable, "_readable", all_pupils)
    monkeypatch.setattr(readable, "_follows_alone", lambda _by, _classes: True)
    monkeypatch.setattr(openings, "opened", lambda _by, _classes: Q(pk__isnull=False))
    monkeypatch.setattr(agreements, "visible", lambda *, by: Consent.objects.all())  # noqa: ARG005  # as it is asked
    yield
    sight._sql.cache_clear()


def test_the_second_wall_holds_alone(
    seeded: Seeder,
    without_first_wall: None,  # noqa: ARG001  # it is out of the way
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLITE HAS NO SECOND WALL: run this on PostgreSQL")
    found = Crawl(seeded).everybody(walkers(seeded))

    beyond = {leak.what for leak in found.leaks}
    assert beyond, "the first wall was not out of the way: this proved nothing"
    assert not crossing(seeded, found)


def test_the_first_wall_holds_alone(seeded: Seeder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database narrows nothing; on SQLite that is how it always is."""
    monkeypatch.setattr(wall, "roles", lambda: None)
    found = Crawl(seeded).everybody(walkers(seeded))

    assert not found.by_what(), "\n".join(sorted(map(str, found.leaks)))
    assert found.seen.requests
