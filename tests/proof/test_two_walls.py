"""Two walls, written apart: each holds alone what crosses zones, consent and protection.

The first is the program's own narrowing of every question. The second is PostgreSQL's row-level
security. Each is tried with the other out of the way.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Q

from samnarvaro.base import openings, wall
from samnarvaro.consents.models import Consent, HandOverSet
from samnarvaro.consents.queries import agreements
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes.models import NoteSet
from samnarvaro.people.models import Pupil, PupilSet
from samnarvaro.people.queries import readable
from tests.proof.crawling import PROVE, Crawl, Found
from tests.proof.forgetting import forget_questions
from tests.proof.oracle import Persona, Token
from tests.proof.seeding import DAY, Seeder

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql",
        reason="SQLITE HAS ONE WALL, which the crawl tries: the two are tried apart on PostgreSQL",
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
    named = any(each.to_zone == who.post.zone and each.flows(DAY) for each in token.said)
    return not (tied and (agreed or copied or of_case or named))


# What the school tells its own medical branch of a child it has a case with.
OF_A_CASE = {"student_health:9999": ("K0", "K1", "K2", "K12")}


def crossing(seeder: Seeder, found: Found) -> list[str]:
    return sorted(
        f"{key}: {text}"
        for key, shown in found.shown.items()
        for text in shown
        if crosses(seeder, seeder.personas[key], seeder.facts.tokens[text])
    )


def test_the_first_wall_holds_alone(seeded: Seeder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database narrows nothing."""
    monkeypatch.setattr(wall, "roles", lambda: None)
    found = Crawl(seeded).everybody(walkers(seeded))

    assert not found.by_what(), "\n".join(sorted(map(str, found.leaks)))
    assert found.seen.requests


@pytest.fixture
def without_first_wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program lets everybody read everything; what is left is the database's own wall."""

    def all_of(self: Any, _scope: Scope) -> Any:
        return self

    def all_pupils(_by: Scope, _classes: frozenset[DataClass]) -> PupilSet:
        return Pupil.objects.all()

    forget_questions()
    for rows, name in ((PupilSet, "visible_in"), (NoteSet, "visible_in")):
        monkeypatch.setattr(rows, name, all_of)
    monkeypatch.setattr(HandOverSet, "received_by", all_of)
    monkeypatch.setattr(readable, "_readable", all_pupils)
    monkeypatch.setattr(readable, "_follows_alone", lambda _by, _classes: True)
    monkeypatch.setattr(openings, "opened", lambda _by, _classes: Q(pk__isnull=False))
    monkeypatch.setattr(agreements, "visible", lambda *, by: Consent.objects.all())  # noqa: ARG005  # as it is asked
    yield
    monkeypatch.undo()
    forget_questions()


def test_the_second_wall_holds_alone(
    seeded: Seeder,
    without_first_wall: None,  # noqa: ARG001  # it is out of the way
) -> None:
    idle = seeded.scope("idle_secretary")
    assert Pupil.objects.visible_in(idle).count() == len(seeded.pupils), "the first wall stands"
    found = Crawl(seeded).everybody(walkers(seeded))

    assert found.shown
    assert not crossing(seeded, found)
