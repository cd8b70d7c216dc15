"""The absence staircase: does this pupil's absence call for a step, and for which?

A rule set is data with a version and a first day. This module only judges: it reads no clock, no
database and no settings. No threshold stands in the law: a rule that holds leads to work for an
adult, never to a label on a child.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import Window, trailing


class Reach(StrEnum):
    OVER = "over"  # "more than 10 %"
    AT_LEAST = "at_least"  # "20 % or more"


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"  # too few minutes in the window to say


class Task(StrEnum):
    """What the one who acts is to do."""

    FOLLOW_UP_AND_MAP = "follow_up_and_map"
    JUDGE_AND_INVESTIGATE = "judge_and_investigate"


@dataclass(frozen=True, slots=True)
class Rule:
    """More than, or at least, so many percent absence of the minutes in the last `days` days.

    A window of fewer than `least_scheduled` minutes gives no verdict. `acts` is who is to act,
    within so many school days.
    """

    key: str
    level: int
    days: int
    reach: Reach
    percent: int
    least_scheduled: int
    acts: Holder
    task: Task
    within_school_days: int

    def window(self, day: date) -> Window:
        return trailing(day, self.days)

    def judge(self, absence: Absence) -> Verdict:
        if absence.scheduled < self.least_scheduled or absence.scheduled == 0:
            return Verdict.UNKNOWN
        # Whole numbers: 20 % of 505 minutes is exactly 101, never 100.99999.
        share, limit = absence.absent * 100, self.percent * absence.scheduled
        reached = share > limit if self.reach is Reach.OVER else share >= limit
        return Verdict.HOLDS if reached else Verdict.FAILS


class NotARuleSet(Exception):
    """The data does not make a rule set; the message says where."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a rule set. Of two rules on one level the later goes before the earlier."""

    key: str
    version: int
    name: str
    rules: tuple[Rule, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(sorted({rule.days for rule in self.rules}))

    def rule(self, key: str) -> Rule:
        return next(rule for rule in self.rules if rule.key == key)


def rule_set_of(data: Mapping[str, Any]) -> RuleSet:
    """Read a rule set from its data. Raises NotARuleSet."""
    try:
        rules = tuple(_rule_of(rule) for rule in data["rules"])
        found = RuleSet(str(data["key"]), int(data["version"]), str(data["name"]), rules)
    except (KeyError, TypeError, ValueError) as error:
        raise NotARuleSet(str(error)) from error
    if not rules or len({rule.key for rule in rules}) != len(rules):
        raise NotARuleSet("rules: at least one, each with a key of its own")
    return found


def _rule_of(data: Mapping[str, Any]) -> Rule:
    rule = Rule(
        key=str(data["key"]),
        level=int(data["level"]),
        days=int(data["days"]),
        reach=Reach(data["reach"]),
        percent=int(data["percent"]),
        least_scheduled=int(data["least_scheduled"]),
        acts=Holder(data["acts"]),
        task=Task(data["task"]),
        within_school_days=int(data["within_school_days"]),
    )
    if not (1 <= rule.level <= 9 and 1 <= rule.days <= 366 and 0 <= rule.percent <= 100):
        raise ValueError(f"{rule.key}: level 1–9, days 1–366, percent 0–100")
    if rule.within_school_days < 0 or rule.least_scheduled < 0:
        raise ValueError(f"{rule.key}: school days and minutes cannot be negative")
    return rule


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that holds, with the figures that let a person check it by hand."""

    rule: Rule
    window: Window
    absence: Absence


def signals(rules: Sequence[Rule], of_days: Mapping[int, Absence], day: date) -> dict[int, Signal]:
    """Return the signal of each level that holds. On one level the later rule goes first."""
    found: dict[int, Signal] = {}
    for rule in rules:
        absence = of_days[rule.days]
        if rule.judge(absence) is Verdict.HOLDS:
            found[rule.level] = Signal(rule, rule.window(day), absence)
    return found


def highest(found: Mapping[int, Signal]) -> Signal | None:
    """Return the signal of the highest level that holds, or None."""
    return found[max(found)] if found else None


def subject(pupil: int, key: str, level: int, opened_on: date) -> str:
    """What makes an episode's row of work, and makes it once."""
    return f"staircase:{key}:{level}:{pupil}:{opened_on}"


class Standing(StrEnum):
    """A signal against what the last nightly run before it had found."""

    NEW = "new"
    OPEN = "open"
    ESCALATED = "escalated"


def standing(level: int, before: int | None) -> Standing:
    """Tell new, open or escalated from the level that stood before (None: no level stood)."""
    if before is None:
        return Standing.NEW
    return Standing.ESCALATED if before < level else Standing.OPEN


def ends(
    rule: Rule, rules: Iterable[Rule], of_days: Mapping[int, Absence], *, school_day: bool
) -> bool:
    """Tell whether an episode that `rule` opened ends.

    It ends on the first school day on which its rule fails and no other rule of its level holds. A
    window with too few minutes ends nothing.
    """
    if not school_day:
        return False
    level = [other for other in rules if other.level == rule.level]
    if any(other.judge(of_days[other.days]) is Verdict.HOLDS for other in level):
        return False
    return rule.judge(of_days[rule.days]) is Verdict.FAILS
