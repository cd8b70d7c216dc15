"""Tables of investigations, the register, cases and reports of concern."""

from samnarvaro.cases.models.case import Case, CaseFact, CaseMove, CaseSide
from samnarvaro.cases.models.concern import Concern
from samnarvaro.cases.models.draft import EarlierWording, PartDraft
from samnarvaro.cases.models.investigation import (
    Consultation,
    FollowUp,
    Investigation,
    Measure,
    PerspectiveText,
)
from samnarvaro.cases.models.register import RegisterAnswer, RegisterEntry
from samnarvaro.cases.models.rules import RegisterRules
from samnarvaro.cases.models.stub import Stub

__all__ = [
    "Case", "CaseFact", "CaseMove", "CaseSide", "Concern", "Consultation", "EarlierWording", "FollowUp", "Investigation",
    "Measure", "PartDraft", "PerspectiveText", "RegisterAnswer", "RegisterEntry", "RegisterRules", "Stub",
]  # fmt: skip
