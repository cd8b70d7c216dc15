"""A case in words: the strip, what is next and whose, what is missing, and the time line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samnarvaro.base import dates, timelines
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.cases.domain import steps
from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.cases.domain.steps import CLOSING, Fact, Step
from samnarvaro.cases.queries.cases import TELLS, Moved, Side, Told, Whole
from samnarvaro.cases.web import case_words as words
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation.domain.school_days import days_of_school_year

_OF = frozenset({DataClass.MAPPING})


@dataclass(frozen=True, slots=True)
class StripStep:
    label: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from the step, and what it lacks."""

    to: Step
    label: str
    missing: list[str]
    may: bool


def strip(whole: Whole) -> list[StripStep]:
    order = list(Step)
    here = order.index(whole.seen.step)
    found = []
    for number, step in enumerate(order):
        state = "now" if number == here else "done" if number < here else "waiting"
        note = dates.span(whole.seen.since, whole.seen.since) if number == here else ""
        found.append(StripStep(f"{number + 1}. {words.STEP[step]}", state, note))
    return found


def ways(whole: Whole, role: Role | None) -> list[Way]:
    """Return where the case can go, for who decides that; to its closure last."""
    found = []
    for to in steps.ways_from(whole.seen.step):
        move = steps.MOVES[whole.seen.step, to]
        if role not in move.decides:
            continue
        refusal = steps.against(whole.known, to, role=role)
        lacks = [str(words.FACT[fact]) for fact in refusal.missing]
        lacks += [str(words.FAULT[fault]) for fault in refusal.faults]
        label = words.REOPEN if whole.seen.step is Step.CLOSURE else words.MOVE_TO[to]
        found.append(Way(to, str(label), lacks, may=not refusal))
    return sorted(found, key=lambda way: way.to is Step.CLOSURE)


def next_by(whole: Whole) -> str:
    """Say whose the next step is."""
    to = steps.next_of(whole.seen.step)
    move = steps.MOVES.get((whole.seen.step, to)) if to else None
    if move is None:
        return ""
    return "leads" if move.decides == LEADS else "team"


def missing(whole: Whole) -> list[str]:
    to = steps.next_of(whole.seen.step)
    return [str(words.FACT[fact]) for fact in steps.missing(whole.known, to)] if to else []


def facts(whole: Whole) -> list[tuple[str, str]]:
    """What holds now, in the order of the steps: what it is called, and what was told."""
    latest = whole.latest
    return [(str(words.FACT[fact]), line(latest[fact])) for fact in Fact if fact in latest]


def line(told: Told) -> str:
    chosen = str(words.choice(told.fact, told.choice)) if told.choice else ""
    day = dates.span(told.day, told.day) if told.day else ""
    *before, last = [part for part in (chosen, told.words.strip(), day) if part] or [""]
    return " ".join([*(part if part[-1] in ".!?" else f"{part}." for part in before), last])


def wish(whole: Whole) -> str:
    """What pupil or guardian has wished, while it waits for an answer."""
    told = whole.latest.get(Fact.WISH)
    return line(told) if told and whole.seen.step is not Step.CLOSURE else ""


def proposes_meeting(whole: Whole) -> bool:
    """Not better, and several parties: then a meeting is proposed by itself."""
    latest = whole.latest
    how, why = latest.get(Fact.EVALUATION), latest.get(Fact.TRIGGER)
    not_better = how is not None and how.choice != steps.Outcome.BETTER
    several = why is not None and why.choice == steps.Trigger.SEVERAL_PARTIES
    return not_better and several and not any(side.ended_on is None for side in whole.sides)


def timeline(whole: Whole, others: Iterable[Happening] = ()) -> list[Happening]:
    """All that this viewer may see of what has happened, in the case and around it, the latest first."""
    own = [*_moves(whole.moves), *_told(whole.facts), *_sides(whole.sides)]
    return timelines.in_order([*own, *others])


def kept_open(today: date) -> date:
    """Return the first day of the school year before this one: what is older is folded away."""
    return days_of_school_year(days_of_school_year(today).first - timedelta(days=1)).first


def _moves(moves: list[Moved]) -> Iterator[Happening]:
    for each in moves:
        title = str(words.MOVES_TOLD[each.kind]) % {"step": words.STEP[each.to_step]}
        yield Happening(
            kind=Kind.STEP, at=each.at, day=each.on, title=title, by=each.by_name, text=each.words,
            icon="stairs", classes=_OF,
        )  # fmt: skip


def _told(facts_: list[Told]) -> Iterator[Happening]:
    for each in facts_:
        yield Happening(
            kind=Kind.STEP, at=each.at, day=each.on, title=str(words.FACT[each.fact]),
            by=each.by_name, text=line(each), icon="pencil", classes=_OF,
        )  # fmt: skip


def _sides(sides: list[Side]) -> Iterator[Happening]:
    for each in sides:
        name = str(words.SIDE[each.kind])
        told: dict[str, Any] = {"kind": Kind.STEP, "icon": "people", "classes": _OF}
        yield Happening(day=each.begun_on, title=name, by=each.by_name, text=each.words, **told)
        if each.ended_on:
            title = f"{name}: {words.ENDED}"
            yield Happening(day=each.ended_on, title=title, text=each.outcome, **told)


def context(whole: Whole, others: Iterable[Happening], *, today: date) -> dict[str, Any]:
    """Return what the pages show of a case and around it; its forms are not among it."""
    told, since = timeline(whole, others), kept_open(today)
    return {
        "c": whole,
        "strip": strip(whole),
        "step": words.STEP[whole.seen.step],
        "number": list(Step).index(whole.seen.step) + 1,
        "does": words.DOES[whole.seen.step],
        "next_by": next_by(whole),
        "missing": missing(whole),
        "facts": facts(whole),
        "wish": wish(whole),
        "proposes_meeting": proposes_meeting(whole),
        "referrer": words.REFERRER[whole.referrer],
        "timeline": [each for each in told if each.day >= since],
        "older": [each for each in told if each.day < since],
        "kept_open": since,
        "count": len(told),
        "sides": [(words.SIDE[each.kind], each) for each in whole.sides],
        "is_closed": whole.seen.step is Step.CLOSURE,
    }


def tells(others: Iterable[Happening]) -> frozenset[DataClass]:
    """Return which classes a page with a case and all around it tells of."""
    return TELLS.union(*(each.classes for each in others))


def to_write(whole: Whole) -> list[Fact]:
    """What can be written now: what the step asks for, what closes it, and a wish."""
    if whole.seen.step is Step.CLOSURE:
        return []
    asked = steps.asked_in(whole.seen.step)
    if whole.seen.paused_until is not None:
        asked = []
    return [*asked, Fact.WISH, *CLOSING]
