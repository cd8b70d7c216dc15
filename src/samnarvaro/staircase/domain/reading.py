"""Rule sets as data: what each kind of rule holds, within which limits, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samnarvaro.kernel.access import Holder
from samnarvaro.staircase.domain.rules import (
    Band,
    ContinuedRule,
    FirstDayRule,
    Reach,
    Rule,
    RuleSet,
    RunRule,
    ShareRule,
    Task,
    UnexcusedRule,
)

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# Every figure that a rule can hold: the least and the greatest.
LIMITS: dict[str, tuple[int, int]] = {
    "level": (1, 9),
    "days": (1, 366),
    "percent": (0, 100),
    "least_percent": (0, 100),
    "most_percent": (0, 100),
    "least_scheduled": (0, 100_000),
    "least_minutes": (1, 1440),
    "least_days": (1, 60),
    "school_days": (1, 60),
    "within_school_days": (0, 60),
}
_OF_A_STEP = ("level", "within_school_days")
# The figures of each kind; a rule without a kind is a share, the first that there was.
FIGURES: dict[str, tuple[str, ...]] = {
    ShareRule.kind: (*_OF_A_STEP, "days", "percent", "least_scheduled"),
    UnexcusedRule.kind: (*_OF_A_STEP, "least_minutes"),
    FirstDayRule.kind: _OF_A_STEP,
    RunRule.kind: (*_OF_A_STEP, "least_days"),
    ContinuedRule.kind: (*_OF_A_STEP, "school_days"),
    Band.kind: ("days", "least_percent", "most_percent", "least_scheduled"),
}


class Wrong(StrEnum):
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_LIMITS = "out_of_limits"
    UNKNOWN = "unknown"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOTHING_BEFORE_IT = "nothing_before_it"
    NOT_OF_ITS_OWN = "not_of_its_own"
    NO_RULES = "no_rules"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which field of which rule (empty: the whole set)."""

    rule: str
    field: str
    wrong: Wrong


class NotARuleSet(Exception):
    """The data does not make a rule set; `faults` says all that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{f.rule}.{f.field}: {f.wrong}" for f in faults))
        self.faults = faults


def rule_set_of(data: Mapping[str, Any]) -> RuleSet:
    """Read a rule set from its data. Raises NotARuleSet with everything that is wrong."""
    told = data.get("rules")
    if not isinstance(told, list) or not told:
        raise NotARuleSet(Fault("", "rules", Wrong.NO_RULES))
    counts_leave = data.get("counts_leave", True)
    faults = _faults(told)
    if not isinstance(counts_leave, bool):
        faults.append(Fault("", "counts_leave", Wrong.UNKNOWN))
    if faults:
        raise NotARuleSet(*faults)
    steps, bands = _rules_of(told)
    try:
        key, version, name = str(data["key"]), int(data["version"]), str(data["name"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotARuleSet(Fault("", str(error), Wrong.UNKNOWN)) from error
    return RuleSet(key, version, name, steps, bands, counts_leave)


def kind_of(told: Mapping[str, Any]) -> str:
    return str(told.get("kind", ShareRule.kind))


def _faults(told: Sequence[Any]) -> list[Fault]:
    faults: list[Fault] = []
    before: dict[str, str] = {}
    for one in told:
        if not isinstance(one, Mapping) or not _KEY.fullmatch(str(one.get("key", ""))):
            faults.append(Fault("", "key", Wrong.UNKNOWN))
            continue
        key, kind = str(one["key"]), kind_of(one)
        if key in before:
            faults.append(Fault(key, "key", Wrong.NOT_OF_ITS_OWN))
        faults += _faults_of_one(key, kind, one, before)
        before[key] = kind
    return faults


def _faults_of_one(
    key: str, kind: str, one: Mapping[str, Any], before: Mapping[str, str]
) -> list[Fault]:
    if kind not in FIGURES:
        return [Fault(key, "kind", Wrong.UNKNOWN)]
    wrongs = {name: _wrong_figure(one.get(name), *LIMITS[name]) for name in FIGURES[kind]}
    if kind == Band.kind:
        if not any(wrongs.values()) and one["most_percent"] < one["least_percent"]:
            wrongs["most_percent"] = Wrong.ENDS_BEFORE_IT_BEGINS
    else:
        wrongs["acts"] = _wrong_word(Holder, one.get("acts"))
        wrongs["task"] = _wrong_word(Task, one.get("task"))
    if kind == ShareRule.kind:
        wrongs["reach"] = _wrong_word(Reach, one.get("reach"))
    if kind == ContinuedRule.kind and before.get(str(one.get("after"))) not in {
        RunRule.kind,
        ContinuedRule.kind,
    }:
        wrongs["after"] = Wrong.NOTHING_BEFORE_IT
    return [Fault(key, name, wrong) for name, wrong in wrongs.items() if wrong]


def _wrong_figure(value: Any, least: int, greatest: int) -> Wrong | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return Wrong.NOT_A_NUMBER
    return None if least <= value <= greatest else Wrong.OUT_OF_LIMITS


def _wrong_word(words: type[StrEnum], value: Any) -> Wrong | None:
    return None if value in [word.value for word in words] else Wrong.UNKNOWN


def _rules_of(told: Sequence[Mapping[str, Any]]) -> tuple[tuple[Rule, ...], tuple[Band, ...]]:
    rules: list[Rule] = []
    bands: list[Band] = []
    runs: dict[str, RunRule | ContinuedRule] = {}  # what a later rule can go on from
    for one in told:
        key, figures = one["key"], {name: one[name] for name in FIGURES[kind_of(one)]}
        if kind_of(one) == Band.kind:
            bands.append(Band(key=key, **figures))
            continue
        rule = _step_of(one, runs, key=key, raises=one.get("raises", True) is True, **figures)
        rules.append(rule)
        if isinstance(rule, RunRule | ContinuedRule):
            runs[key] = rule
    return tuple(rules), tuple(bands)


def _step_of(
    one: Mapping[str, Any], runs: Mapping[str, RunRule | ContinuedRule], **said: Any
) -> Rule:
    said |= {"acts": Holder(one["acts"]), "task": Task(one["task"])}
    match kind_of(one):
        case ShareRule.kind:
            return ShareRule(**said, reach=Reach(one["reach"]))
        case UnexcusedRule.kind:
            return UnexcusedRule(**said)
        case FirstDayRule.kind:
            return FirstDayRule(**said)
        case RunRule.kind:
            return RunRule(**said)
        case _:
            return ContinuedRule(**said, after=runs[one["after"]])


def data_of(rule: Rule | Band) -> dict[str, Any]:
    """Return a rule as its data, in the form that `rule_set_of` reads."""
    said: dict[str, Any] = {"key": rule.key, "kind": rule.kind}
    said |= {name: getattr(rule, name) for name in FIGURES[rule.kind]}
    if isinstance(rule, ShareRule):
        said["reach"] = rule.reach.value
    if isinstance(rule, ContinuedRule):
        said["after"] = rule.after.key
    if not isinstance(rule, Band):
        said |= {"acts": rule.acts.value, "task": rule.task.value, "raises": rule.raises}
    return said


def figures_of(rule: Rule | Band) -> dict[str, Any]:
    """Return what tells of a rule by itself, for a row of work that outlives the rule set."""
    said = data_of(rule)
    if isinstance(rule, ContinuedRule):
        said["after_level"] = rule.after.level
    return said
