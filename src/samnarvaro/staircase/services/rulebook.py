"""Rule sets come in versions; a version that has been used is never changed."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from samnarvaro.staircase.domain.reading import rule_set_of
from samnarvaro.staircase.models import RuleSet

SHIPPED = Path(__file__).parents[1] / "data"


@transaction.atomic
def install_shipped() -> list[str]:
    """Put the shipped rule sets in place; a version that is there already is left as it is."""
    made = []
    for path in sorted(SHIPPED.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if add_version(data):
            made.append(f"{data['key']} {data['version']}")
    return made


@transaction.atomic
def add_version(data: Mapping[str, Any]) -> bool:
    """Add a version of a rule set. Raises NotARuleSet; False when it is there already."""
    rules = rule_set_of(data)
    _, made = RuleSet.objects.get_or_create(
        key=rules.key,
        version=rules.version,
        defaults={
            "name": rules.name,
            "holds_from": date.fromisoformat(str(data["holds_from"])),
            "rules": data["rules"],
        },
    )
    return made
