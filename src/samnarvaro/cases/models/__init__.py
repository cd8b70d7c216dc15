"""Tables of investigations, the register, cases and reports of concern."""

from samnarvaro.cases.models.investigation import (
    Consultation,
    FollowUp,
    Investigation,
    Measure,
    PerspectiveText,
)
from samnarvaro.cases.models.register import RegisterAnswer, RegisterEntry

__all__ = [
    "Consultation", "FollowUp", "Investigation", "Measure", "PerspectiveText", "RegisterAnswer",
    "RegisterEntry",
]  # fmt: skip
