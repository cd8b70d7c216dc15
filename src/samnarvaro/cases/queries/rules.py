"""The register's rules: as they came with the program, and as they have been set. Nothing of it is secret."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from samnarvaro.cases.domain.rules import Rules
from samnarvaro.cases.models import RegisterRules

_SHIPPED = Path(__file__).parent.parent / "data" / "register.json"


@dataclass(frozen=True, slots=True)
class Version:
    """A version with who made it, when and why; the shipped one has nobody."""

    rules: Rules
    why: str = ""
    by_name: str = ""
    made_at: datetime | None = None


def shipped() -> Rules:
    """Return the rules that hold where nobody has set any."""
    return _shipped(_SHIPPED.read_text(encoding="utf-8"))


@cache
def _shipped(text: str) -> Rules:
    told = json.loads(text)
    return Rules(
        first_day=date.min, weeks=tuple(told["weeks"]), decide_within=told["decide_within"]
    )


def versions() -> list[Version]:
    """Return all versions, the first first."""
    return [Version(shipped()), *map(_version, RegisterRules.objects.order_by("first_day"))]


def rules() -> list[Rules]:
    """Return the rules of all versions, for the domain to choose by the day."""
    return [each.rules for each in versions()]


def _version(row: RegisterRules) -> Version:
    held = Rules(first_day=row.first_day, weeks=tuple(row.weeks), decide_within=row.decide_within)
    return Version(held, row.why, row.made_by_name, row.made_at)
