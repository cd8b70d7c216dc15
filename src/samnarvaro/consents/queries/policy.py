"""The table of rights as it holds in a zone: the safe default, and what has been changed of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from samnarvaro.base.asked import Question, question
from samnarvaro.consents.domain.policy import Change, Grant, Way, effective
from samnarvaro.consents.models import PolicyChange
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass


def table_of(zone: str) -> dict[Role, Grant]:
    """Return what each role reads in a zone, and through what. Asked for anew each time."""
    return effective(
        Change(Role(role), DataClass(data_class), Way(way), bool(gives))
        for role, data_class, way, gives in _asking_table(zone).ask()
    )


@lru_cache(maxsize=32)
def _asking_table(zone: str) -> Question:
    rows = PolicyChange.objects.filter(zone=zone).order_by("pk")
    return question(rows.values_list("role", "data_class", "way", "gives"))


@dataclass(frozen=True, slots=True)
class Made:
    """A change as it was made: by whom it was decided and written in, why, when."""

    change: Change
    why: str
    decided_by: str
    made_by: str
    at: datetime


def changes(zone: str) -> list[Made]:
    """Return what has been changed in a zone, the newest first."""
    rows = PolicyChange.objects.filter(zone=zone).select_related("made_by").order_by("-pk")
    return [
        Made(
            Change(Role(row.role), DataClass(row.data_class), Way(row.way), row.gives),
            row.why, row.decided_by, row.made_by.name, row.at,
        )
        for row in rows
    ]  # fmt: skip
