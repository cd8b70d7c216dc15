"""The absence staircase: does this pupil's absence call for a step, and for which?

A rule set is data with a version and a first day. This module only judges: it reads no clock, no
database and no settings. No threshold stands in the law: a rule that holds leads to work for an
adult, never to a label on a child.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.domain.runs import DayAndRun
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
    CALL = "call"  # the caring call of the first day
    CONTACT_GUARDIAN = "contact_guardian"  # by telephone
    MEET_GUARDIAN = "meet_guardian"  # in the same room
    BOOK_STUDENT_HEALTH = "book_student_health"


@dataclass(frozen=True, slots=True)
class Done:
    """That the row of a level's episode was marked done, and how many school days ago."""

    opened_on: date
    school_days: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a pupil on a day, as far as some rules ask for it.

    `of_days` holds the trailing windows by their length, `done` the levels whose latest row was
    marked done.
    """

    day: date
    of_days: Mapping[int, Absence] = field(default_factory=dict)
    said: DayAndRun = field(default_factory=DayAndRun)
    done: Mapping[int, Done] = field(default_factory=dict)


NOTHING = Absence(0, 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule says of a pupil's days, and the window and minutes that it looked at."""

    verdict: Verdict
    window: Window
    absence: Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What all rules of a level have: who is to act, what is to be done, within how many school
    days, and whether the night raises a row of work for it or somebody else does.
    """

    key: str
    level: int
    acts: Holder
    task: Task
    within_school_days: int
    raises: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule(Step):
    """More than, or at least, so many percent absence of the minutes in the last `days` days.

    A window of fewer than `least_scheduled` minutes gives no verdict.
    """

    kind: ClassVar = "share"
    days: int
    reach: Reach
    percent: int
    least_scheduled: int

    def window(self, day: date) -> Window:
        return trailing(day, self.days)

    def judge(self, absence: Absence) -> Verdict:
        if absence.scheduled < self.least_scheduled or absence.scheduled == 0:
            return Verdict.UNKNOWN
        # Whole numbers: 20 % of 505 minutes is exactly 101, never 100.99999.
        share, limit = absence.absent * 100, self.percent * absence.scheduled
        reached = share > limit if self.reach is Reach.OVER else share >= limit
        return Verdict.HOLDS if reached else Verdict.FAILS

    def look(self, facts: Facts) -> Seen:
        absence = facts.of_days.get(self.days, NOTHING)
        return Seen(self.judge(absence), self.window(facts.day), absence)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnexcusedRule(Step):
    """At least so many unexcused minutes on the day itself; late minutes that count as unexcused
    are among them.
    """

    kind: ClassVar = "unexcused"
    least_minutes: int

    def look(self, facts: Facts) -> Seen:
        own = facts.said.own
        holds = own is not None and own.unexcused >= self.least_minutes
        return Seen(_verdict(holds), Window(facts.day, facts.day), own.absence if own else NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDayRule(Step):
    """The day is an absent one, and the pupil's former counting day was not."""

    kind: ClassVar = "first_day"

    def look(self, facts: Facts) -> Seen:
        own = facts.said.own
        return Seen(
            _verdict(facts.said.is_first_absent_day),
            Window(facts.day, facts.day),
            own.absence if own else NOTHING,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRule(Step):
    """So many absent days in a row now or more, and every absent minute of them excused."""

    kind: ClassVar = "run"
    least_days: int

    def look(self, facts: Facts) -> Seen:
        run = facts.said.run
        if run is None:
            return Seen(Verdict.FAILS, Window(facts.day, facts.day), NOTHING)
        holds = run.days >= self.least_days and run.unexcused == 0
        return Seen(_verdict(holds), run.window, run.absence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuedRule(Step):
    """The former step still holds so many school days after its row was marked done.

    The row is that of an episode of the present run: what was done about an earlier one tells
    nothing of this.
    """

    kind: ClassVar = "continued"
    after: "RunRule | ContinuedRule"
    school_days: int

    def look(self, facts: Facts) -> Seen:
        former = self.after.look(facts)
        done = facts.done.get(self.after.level)
        holds = (
            former.verdict is Verdict.HOLDS
            and done is not None
            and done.opened_on >= former.window.first
            and done.school_days >= self.school_days
        )
        return Seen(_verdict(holds), former.window, former.absence)


Rule = ShareRule | UnexcusedRule | FirstDayRule | RunRule | ContinuedRule


def _verdict(holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.FAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A group to offer support: from one share to another, both with their ends, in the last days.

    It raises no level and no row of work: its pupils stand on a list of its own.
    """

    kind: ClassVar = "band"
    key: str
    days: int
    least_percent: int
    most_percent: int
    least_scheduled: int

    def holds(self, absence: Absence) -> bool:
        if absence.scheduled < self.least_scheduled or absence.scheduled == 0:
            return False
        share, scheduled = absence.absent * 100, absence.scheduled
        return self.least_percent * scheduled <= share <= self.most_percent * scheduled


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a rule set. Of two rules on one level the later goes before the earlier.

    Where granted leave does not count, its minutes are neither absence nor scheduled.
    """

    key: str
    version: int
    name: str
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...] = ()
    counts_leave: bool = True

    @property
    def shares(self) -> tuple[ShareRule, ...]:
        return tuple(rule for rule in self.rules if isinstance(rule, ShareRule))

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(sorted({rule.days for rule in self.shares}))

    @property
    def shortest_run(self) -> int | None:
        """The fewest absent days in a row that any rule asks for, or None if none does."""
        return min((r.least_days for r in self.rules if isinstance(r, RunRule)), default=None)

    @property
    def is_of_days(self) -> bool:
        """Tell whether any rule looks at the day itself or at the run, not at a share."""
        return len(self.shares) < len(self.rules)

    def rule(self, key: str) -> Rule:
        return next(rule for rule in self.rules if rule.key == key)

    @property
    def levels(self) -> list[int]:
        return sorted({rule.level for rule in self.rules})

    def of_level(self, level: int) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.level == level)


NO_RULES = RuleSet("", 0, "", ())  # where nothing has been chosen


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that holds, with the figures that let a person check it by hand."""

    rule: Rule
    window: Window
    absence: Absence


def signals(rules: Sequence[Rule], facts: Facts) -> dict[int, Signal]:
    """Return the signal of each level that holds. On one level the later rule goes first."""
    found: dict[int, Signal] = {}
    for rule in rules:
        seen = rule.look(facts)
        if seen.verdict is Verdict.HOLDS:
            found[rule.level] = Signal(rule, seen.window, seen.absence)
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


def ends(rule: Rule, rules: Iterable[Rule], facts: Facts, *, school_day: bool) -> bool:
    """Tell whether an episode that `rule` opened ends.

    It ends on the first school day on which its rule fails and no other rule of its level holds. A
    window with too few minutes ends nothing.
    """
    if not school_day:
        return False
    level = [other for other in rules if other.level == rule.level]
    if any(other.look(facts).verdict is Verdict.HOLDS for other in level):
        return False
    return rule.look(facts).verdict is Verdict.FAILS
