"""What is mapped of the proof's children: every text in it is a canary."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from samnarvaro.mapping.domain import factors
from samnarvaro.mapping.domain.mappings import Depth, Method, Told
from samnarvaro.mapping.services import mappings as mapping

if TYPE_CHECKING:
    from tests.proof.seeding import Seeder

DAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def map_with(seeder: "Seeder", who: str, child: str) -> None:
    """A simple mapping that is locked."""
    by, public = seeder.scope(who), seeder.pupils[child].public
    made = mapping.begin(public, depth=Depth.SIMPLE, by=by, at=NOW, on=DAY)
    told = Told(held_on=DAY, methods=(Method.TALK,), child_words=seeder.token(child, "K5"))
    mapping.save(made, told, by=by, at=NOW, on=DAY)
    factor = factors.Told(
        kind=factors.Kind.ROUTINES, source=factors.Source.GUARDIAN, strength=2,
        words=seeder.token(child, "K5"),
    )  # fmt: skip
    mapping.add_factor(made, factor, by=by, at=NOW)
    mapping.lock(made, by=by, at=NOW)
