"""Held on: what has been taken, and then nobody has acted on for ten school days, is taken up again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from samnarvaro.kernel.access import Holder

TO_OWNER_AFTER = 10  # school days without an act
TO_PRINCIPAL_AFTER = 15


class Turn(StrEnum):
    """Whose turn it is to take it up again."""

    OWNER = "owner"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Something that has been taken: about whom (id), whose it is, and when it was last acted on.

    `subject` and `kind` are those of the room it lives in, which says the words of the kind. A day
    that was agreed for looking at it again counts as `last_act`: until it nothing is neglected.
    """

    subject: str
    kind: str
    pupil: int
    owner: Holder
    last_act: date
    figures: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)


def turns(owner: Holder, school_days: int) -> list[Turn]:
    """Return whose turn it is after so many school days without an act."""
    reached = {
        Turn.OWNER: school_days >= TO_OWNER_AFTER,
        Turn.PRINCIPAL: school_days >= TO_PRINCIPAL_AFTER and owner is not Holder.PRINCIPAL,
    }
    return [turn for turn, holds in reached.items() if holds]


def subject(taken: Taken, turn: Turn) -> str:
    """What makes the row, once for each time that the thing was left lying."""
    return f"held:{taken.subject}:{taken.last_act}:{turn}"
