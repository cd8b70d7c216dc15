"""A case in words: the strip, what is next and whose, what is missing, and the time line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from samnarvaro.base import dates
from samnarvaro.cases.domain import steps
from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.cases.domain.steps import CLOSING, Fact, Step
from samnarvaro.cases.queries.cases import Moved, Side, Told, Whole
from samnarvaro.cases.web import case_words as words
from samnarvaro.kernel.access import Role

# A side track knows its day and no moment: it stands before all else of that day.
START = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StripStep:
    label: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the time line."""

    at: datetime
    day: date
    title: str
    by: str
    text: str
    icon: str


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


def timeline(whole: Whole) -> list[Moment]:
    """All that this viewer may see of what has happened, the latest first."""
    found = [*_moves(whole.moves), *_told(whole.facts), *_sides(whole.sides)]
    return sorted(found, key=lambda each: (each.day, each.at), reverse=True)


def _moves(moves: list[Moved]) -> Iterator[Moment]:
    for each in moves:
        to = str(words.STEP[each.to_step])
        titles = words.MOVES_TOLD
        title = str(titles[each.kind]) % {"step": to}
        yield Moment(each.at, each.on, title, each.by_name, each.words, "stairs")


def _told(facts_: list[Told]) -> Iterator[Moment]:
    for each in facts_:
        yield Moment(
            each.at, each.on, str(words.FACT[each.fact]), each.by_name, line(each), "pencil"
        )


def _sides(sides: list[Side]) -> Iterator[Moment]:
    for each in sides:
        name = str(words.SIDE[each.kind])
        yield Moment(START, each.begun_on, name, each.by_name, each.words, "people")
        if each.ended_on:
            yield Moment(START, each.ended_on, f"{name}: {words.ENDED}", "", each.outcome, "people")


def context(whole: Whole) -> dict[str, Any]:
    """Return what the pages show of a case; its forms are not among it."""
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
        "timeline": timeline(whole),
        "sides": [(words.SIDE[each.kind], each) for each in whole.sides],
        "is_closed": whole.seen.step is Step.CLOSURE,
    }


def to_write(whole: Whole) -> list[Fact]:
    """What can be written now: what the step asks for, what closes it, and a wish."""
    if whole.seen.step is Step.CLOSURE:
        return []
    asked = steps.asked_in(whole.seen.step)
    if whole.seen.paused_until is not None:
        asked = []
    return [*asked, Fact.WISH, *CLOSING]
