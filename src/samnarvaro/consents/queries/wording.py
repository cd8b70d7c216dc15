"""The question a family is asked, as it is proposed: a text for each kind of receiver, in versions.

The texts lie in `consents/data`. One that has been used is never changed: a better one is a new
file with the next number. What the family was in fact asked is kept whole with the consent.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from samnarvaro.base import labels
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation

TEXTS = Path(__file__).parents[1] / "data"
ANY, LANGUAGE = "any", "sv"
_NAME = re.compile(r"(?P<branch>[a-z_]+)-(?P<number>\d+)\.sv\.txt")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text and which version it is: `social-1`."""

    version: str
    text: str


@cache
def _proposals() -> dict[str, Proposal]:
    """Return the newest text for each kind of receiver."""
    found: dict[str, tuple[int, Proposal]] = {}
    for path in TEXTS.iterdir():
        if told := _NAME.fullmatch(path.name):
            branch, number = told["branch"], int(told["number"])
            if branch not in found or number > found[branch][0]:
                text = path.read_text(encoding="utf-8").strip()
                found[branch] = number, Proposal(f"{branch}-{number}", text)
    return {branch: proposal for branch, (_number, proposal) in found.items()}


def propose(
    *,
    from_zone: str,
    to_zone: str,
    classes: Collection[DataClass],
    purpose: str,
    first: date,
    last: date,
) -> Proposal:
    """Write the question out for one receiver, in Swedish, whatever language the page is in."""
    newest = _proposals()
    proposal = newest.get(to_zone.partition(":")[0]) or newest[ANY]
    names = organisation.agency_names()
    with translation.override(LANGUAGE):
        text = proposal.text.format(
            from_agency=names.get(from_zone, from_zone),
            to_agency=names.get(to_zone, to_zone),
            purpose=purpose.strip().rstrip("."),
            classes="\n".join(
                f"– {name}" for key, name in labels.DATA_CLASS.items() if key in classes
            ),
            first=date_format(first, "j F Y"),
            last=date_format(last, "j F Y"),
        )
    return Proposal(proposal.version, text)
