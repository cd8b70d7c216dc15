"""What makes a reading worth asking about. A reason is a question to somebody, never a judgement.

The rules look at one day's readings with what the rooms above know of the people. The figures are our
own proposal; what is asked too often is asked in vain, so each asks once: about a tie once a month,
about the rest once a day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a reading is looked at."""

    SAMPLE = "sample"  # drawn by lot
    OWN_CHILD = "own_child"
    COLLEAGUES_CHILD = "colleagues_child"
    FAMILY_NAME = "family_name"  # the reader's is the pupil's or a guardian's
    FORMER = "former"  # what tied the reader to the pupil had ended
    MANY_PUPILS = "many_pupils"  # far more pupils opened than the reader usually opens
    NIGHT = "night"
    MANY_VIEWS = "many_views"  # the same pupil again and again, and nothing done
    SEARCHES = "searches"  # searched again and again, and opened nobody
    CLOSED_DOORS = "closed_doors"  # tried several pupils that are not the reader's
    GLASS = "glass"
    PROTECTED = "protected"


# These hold for a reader and a pupil, and are asked about once a month.
ABOUT_TIES = frozenset(
    {Reason.OWN_CHILD, Reason.COLLEAGUES_CHILD, Reason.FAMILY_NAME, Reason.FORMER}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is asked about."""

    night_begins: int = 23  # hours of the Swedish clock
    night_ends: int = 5
    views_of_one: int = 8
    searches: int = 6  # minutes of the day with a search
    doors: int = 3
    deviations: int = 3
    fewest_pupils: int = 25
    fewest_days: int = 10  # before one can say what is usual


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Look:
    """One reading. `at` is by the Swedish clock; `pupils` are public ids, of a closed door those behind it."""

    reading: int
    at: datetime
    viewer: str
    action: str
    pupils: tuple[str, ...]
    ground: str = "duty"
    is_allowed: bool = True

    @property
    def is_of_one(self) -> bool:
        return self.is_allowed and len(self.pupils) == 1 and self.action != "search"


Pair = tuple[str, str]  # a viewer and a pupil


@dataclass(frozen=True, slots=True)
class Usual:
    """How many pupils somebody opens on a day with work, by the days before."""

    mean: float
    deviation: float
    days: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the day's readers and pupils."""

    ties: Mapping[Pair, Collection[Reason]] = field(default_factory=dict)
    ended: Mapping[Pair, date] = field(default_factory=dict)
    acted: frozenset[Pair] = frozenset()
    protected: frozenset[str] = frozenset()
    usual: Mapping[str, Usual] = field(default_factory=dict)
    asked: frozenset[tuple[Reason, str, str]] = frozenset()  # this month, about ties


@dataclass(frozen=True, slots=True)
class Flag:
    """A reading to ask about: why, whose pupil if it is about one, and the figures of the sentence."""

    reading: int
    reason: Reason
    viewer: str
    pupil: str = ""
    figures: Mapping[str, int | str] = field(default_factory=dict)


def flags(looks: Iterable[Look], known: Known, limits: Limits = LIMITS) -> list[Flag]:
    """Return what to ask about, of one day's readings."""
    by_viewer: defaultdict[str, list[Look]] = defaultdict(list)
    for look in sorted(looks, key=lambda each: (each.at, each.reading)):
        by_viewer[look.viewer].append(look)
    found: list[Flag] = []
    for mine in by_viewer.values():
        for rule in (_ties, _former, _night, _many_pupils, _many_views, _searches, _doors, _always):
            found += rule(mine, known, limits)
    return found


def _ties(mine: Sequence[Look], known: Known, _limits: Limits) -> Iterator[Flag]:
    told: set[tuple[Reason, str]] = set()
    for look in mine:
        pair = (look.viewer, look.pupils[0]) if look.is_of_one else ("", "")
        for reason in known.ties.get(pair, ()):
            is_new = (reason, pair[1]) not in told and (reason, *pair) not in known.asked
            if is_new:
                told.add((reason, pair[1]))
                yield Flag(look.reading, reason, look.viewer, pair[1])


def _former(mine: Sequence[Look], known: Known, _limits: Limits) -> Iterator[Flag]:
    told: set[str] = set()
    for look in mine:
        pupil = look.pupils[0] if len(look.pupils) == 1 else ""
        ended = known.ended.get((look.viewer, pupil))
        is_new = pupil not in told and (Reason.FORMER, look.viewer, pupil) not in known.asked
        if ended is not None and ended < look.at.date() and is_new:
            told.add(pupil)
            yield Flag(
                look.reading, Reason.FORMER, look.viewer, pupil, {"ended": ended.isoformat()}
            )


def _night(mine: Sequence[Look], _known: Known, limits: Limits) -> Iterator[Flag]:
    at_night = [
        look
        for look in mine
        if look.is_of_one
        and (look.at.hour >= limits.night_begins or look.at.hour < limits.night_ends)
    ]
    if at_night:
        first = at_night[0]
        yield Flag(
            first.reading, Reason.NIGHT, first.viewer, first.pupils[0], {"looks": len(at_night)}
        )


def _many_pupils(mine: Sequence[Look], known: Known, limits: Limits) -> Iterator[Flag]:
    opened = {look.pupils[0] for look in mine if look.is_of_one}
    usual = known.usual.get(mine[0].viewer)
    if len(opened) < limits.fewest_pupils or usual is None or usual.days < limits.fewest_days:
        return
    if len(opened) > usual.mean + limits.deviations * max(usual.deviation, 1.0):
        last = [look for look in mine if look.is_of_one][-1]
        figures = {"pupils": len(opened), "usual": round(usual.mean)}
        yield Flag(last.reading, Reason.MANY_PUPILS, last.viewer, "", figures)


def _many_views(mine: Sequence[Look], known: Known, limits: Limits) -> Iterator[Flag]:
    views: defaultdict[str, list[Look]] = defaultdict(list)
    for look in mine:
        if look.is_of_one:
            views[look.pupils[0]].append(look)
    for pupil, looks in views.items():
        viewer = looks[0].viewer
        if len(looks) >= limits.views_of_one and (viewer, pupil) not in known.acted:
            yield Flag(looks[-1].reading, Reason.MANY_VIEWS, viewer, pupil, {"looks": len(looks)})


def _searches(mine: Sequence[Look], _known: Known, limits: Limits) -> Iterator[Flag]:
    """One who types is answered letter by letter: what counts is the minutes with a search."""
    opened = {look.pupils[0] for look in mine if look.is_of_one}
    idle = [
        look for look in mine if look.action == "search" and not opened.intersection(look.pupils)
    ]
    minutes = len({look.at.replace(second=0, microsecond=0) for look in idle})
    if minutes >= limits.searches:
        yield Flag(idle[-1].reading, Reason.SEARCHES, idle[-1].viewer, "", {"searches": minutes})


def _doors(mine: Sequence[Look], _known: Known, limits: Limits) -> Iterator[Flag]:
    closed = [look for look in mine if not look.is_allowed and look.pupils]
    pupils = {pupil for look in closed for pupil in look.pupils}
    if len(pupils) >= limits.doors:
        last = closed[-1]
        yield Flag(last.reading, Reason.CLOSED_DOORS, last.viewer, "", {"pupils": len(pupils)})


def _always(mine: Sequence[Look], known: Known, _limits: Limits) -> Iterator[Flag]:
    """Emergency access and protected pupils are looked at every time, once a day for each."""
    told: set[tuple[Reason, str]] = set()
    for look in mine:
        reasons = [Reason.GLASS] if look.ground.startswith("glass:") else []
        pupil = look.pupils[0] if look.is_of_one else ""
        reasons += [Reason.PROTECTED] if pupil in known.protected else []
        for reason in reasons:
            if (reason, pupil) not in told:
                told.add((reason, pupil))
                yield Flag(look.reading, reason, look.viewer, pupil)
