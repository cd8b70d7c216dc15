"""Whether the pupils of a class together miss some weekday, subject, hour, lesson after a break or
divided lesson more than chance explains.

Pupils differ in how much they miss, and miss together: so nothing is asked of one pupil's lessons as
if the others' were not. Those who had just the same lessons on a day are one layer, and chance moves
the lessons of the layer as a whole: given how many of them missed each of its lessons, which lesson
was missed by how many could have been any other way round. For weekdays the days of a week are moved
in the same manner. So friends who go together, an illness in the class and a pupil with days of its
own say nothing of a subject by themselves. The test is exact.

What more than half of the class missed is no pattern of pupils, but something that befell the class:
it is told apart and not counted. And no pattern of a class is one pupil's: it has to stand whichever
pupil is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, groupby
from math import comb
from typing import TypeVar

from samnarvaro.mapping.domain.patterns import (
    FEWEST_DAYS,
    FEWEST_LESSONS,
    LEVEL,
    Kind,
    Lesson,
    holm,
)

FEWEST_PUPILS = 5  # with fewer nothing is said of a class
FEWEST_MISSED = 10  # lessons, by all together; with fewer nothing is looked for
DIVIDED_UNDER = Fraction(2, 3)  # a lesson that fewer of the class have is a divided one

T = TypeVar("T")
OfPupils = Mapping[int, Sequence[Lesson]]
_SlotKey = tuple[date, int, str]


@dataclass(frozen=True, slots=True)
class ClassPattern:
    """One comparison: missed of all there, and how many chance would have; `chance` is that of so
    many or more, corrected for all comparisons. Of weekdays pupils' days are counted, else pupils' lessons.
    """

    kind: Kind
    key: str
    missed: int
    of: int
    expected: Fraction
    chance: Fraction


@dataclass(frozen=True, slots=True)
class Together:
    """A lesson that more than half of the class missed: so many of those who had lessons that day."""

    day: date
    start: int
    subject: str
    missed: int
    pupils: int


@dataclass(frozen=True, slots=True)
class ClassFound:
    """What was found, what befell the class as a whole, and what was looked at."""

    patterns: tuple[ClassPattern, ...]
    together: tuple[Together, ...]
    comparisons: int
    pupils: int
    missed: int
    lessons: int
    last_day: date | None = None  # with lessons

    @property
    def is_too_small(self) -> bool:
        return self.pupils < FEWEST_PUPILS

    @property
    def is_too_little(self) -> bool:
        return self.missed < FEWEST_MISSED


@dataclass(frozen=True, slots=True)
class _Slot:
    """A lesson, or a day, of a layer: when, and what it is compared by."""

    day: date
    start: int
    marks: frozenset[tuple[Kind, str]]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Pupils with the same slots, and which of them each pupil missed."""

    slots: tuple[_Slot, ...]
    rows: Mapping[int, tuple[bool, ...]]

    def counts(self, without: int | None = None) -> tuple[int, ...]:
        rows = [row for pupil, row in self.rows.items() if pupil != without]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * len(self.slots)


def find(of_pupils: OfPupils) -> ClassFound:
    """Compare everything with the rest, and return what chance does not explain."""
    had = {pupil: lessons for pupil, lessons in of_pupils.items() if lessons}
    if len(had) < FEWEST_PUPILS:
        return ClassFound((), (), 0, len(had), 0, 0)
    together = _together(had)
    befell = {(each.day, each.start, each.subject) for each in together}
    own = {
        pupil: [each for each in lessons if _key(each) not in befell]
        for pupil, lessons in had.items()
    }
    missed = sum(each.missed for lessons in own.values() for each in lessons)
    count = sum(map(len, own.values()))
    last = max(lessons[-1].day for lessons in had.values())
    if missed < FEWEST_MISSED:
        return ClassFound((), together, 0, len(had), missed, count, last)
    compared = [*_compared(_weeks(own)), *_compared(_days(own, _divided(had)))]
    stand = holm([each.chance for each in compared])
    beyond = sorted(
        (_with(compared[place], chance) for place, chance in stand),
        key=lambda each: (each.chance, each.kind, each.key),
    )
    return ClassFound(tuple(beyond), together, len(compared), len(had), missed, count, last)


def _with(of: ClassPattern, chance: Fraction) -> ClassPattern:
    return ClassPattern(of.kind, of.key, of.missed, of.of, of.expected, chance)


def _key(lesson: Lesson) -> _SlotKey:
    return lesson.day, lesson.start, lesson.subject


def _at_school(of_pupils: OfPupils) -> Counter[date]:
    """How many of the class had lessons on each day."""
    return Counter(
        day for lessons in of_pupils.values() for day in {lesson.day for lesson in lessons}
    )


def _together(of_pupils: OfPupils) -> tuple[Together, ...]:
    """Return the lessons that more than half of the class missed, in order."""
    every = [each for lessons in of_pupils.values() for each in lessons]
    missed = Counter(_key(each) for each in every if each.missed)
    there = _at_school(of_pupils)
    return tuple(
        Together(*key, missed[key], there[key[0]])
        for key in sorted(missed)
        if missed[key] * 2 > there[key[0]]
    )


def _divided(of_pupils: OfPupils) -> frozenset[_SlotKey]:
    """Return the lessons that only a part of the class has."""
    have = Counter(_key(each) for lessons in of_pupils.values() for each in lessons)
    there = _at_school(of_pupils)
    return frozenset(key for key, many in have.items() if many < there[key[0]] * DIVIDED_UNDER)


def _layers(
    found: Iterable[tuple[int, tuple[T, ...], tuple[bool, ...]]], slot: Callable[[T], _Slot]
) -> list[_Layer]:
    """Put together those pupils who had the same things, each of which is a slot."""
    rows: defaultdict[tuple[T, ...], dict[int, tuple[bool, ...]]] = defaultdict(dict)
    for pupil, things, missed in found:
        rows[things][pupil] = missed
    return [_Layer(tuple(map(slot, things)), of) for things, of in rows.items()]


def _days(of_pupils: OfPupils, divided: frozenset[_SlotKey]) -> list[_Layer]:
    """The lessons of a day, of those who had the same ones."""
    return _layers(
        (
            (
                pupil,
                tuple((each.day, each.start, each.subject, each.after_break) for each in these),
                tuple(each.missed for each in these),
            )
            for pupil, lessons in of_pupils.items()
            for _day, of_day in groupby(lessons, key=lambda each: each.day)
            for these in [list(of_day)]
        ),
        lambda lesson: _lesson(lesson, divided),
    )


def _lesson(lesson: tuple[date, int, str, bool], divided: frozenset[_SlotKey]) -> _Slot:
    day, start, subject, after_break = lesson
    marks = {(Kind.HOUR, str(start // 60))}
    if subject:
        marks.add((Kind.SUBJECT, subject))
    if after_break:
        marks.add((Kind.AFTER_BREAK, ""))
    if (day, start, subject) in divided:
        marks.add((Kind.DIVIDED, ""))
    return _Slot(day, start, frozenset(marks))


def _weeks(of_pupils: OfPupils) -> list[_Layer]:
    """The days of a week, of those who had lessons on the same ones; missed is half a day's or more."""
    return _layers(
        (
            (pupil, tuple(days), tuple(map(_is_away, days.values())))
            for pupil, lessons in of_pupils.items()
            for days in _by_week(lessons)
        ),
        lambda day: _Slot(day, 0, frozenset({(Kind.WEEKDAY, str(day.weekday()))})),
    )


def _is_away(of_day: Sequence[Lesson]) -> bool:
    return sum(each.missed for each in of_day) * 2 >= len(of_day)


def _by_week(lessons: Sequence[Lesson]) -> list[dict[date, list[Lesson]]]:
    weeks: defaultdict[tuple[int, int], dict[date, list[Lesson]]] = defaultdict(dict)
    for day, of_day in groupby(lessons, key=lambda each: each.day):
        weeks[day.isocalendar()[:2]][day] = list(of_day)
    return list(weeks.values())


def _compared(layers: Sequence[_Layer]) -> list[ClassPattern]:
    """Compare each thing that the slots of the layers are marked by with the other slots."""
    marks = sorted({mark for layer in layers for slot in layer.slots for mark in slot.marks})
    found = (_of_mark(mark, layers) for mark in marks)
    return [each for each in found if each is not None]


def _of_mark(mark: tuple[Kind, str], layers: Sequence[_Layer]) -> ClassPattern | None:
    """Compare some slots with the others of the same layers; None where there are too few of either."""
    there = [tuple(mark in slot.marks for slot in layer.slots) for layer in layers]
    occasions = {
        (slot.day, slot.start) for layer in layers for slot in layer.slots if mark in slot.marks
    }
    fewest = FEWEST_DAYS if mark[0] is Kind.WEEKDAY else FEWEST_LESSONS
    if len(occasions) < fewest or not any(any(own) and not all(own) for own in there):
        return None
    counts = [layer.counts() for layer in layers]
    return ClassPattern(
        *mark,
        missed=_picked(counts, there),
        of=sum(len(layer.rows) * sum(own) for layer, own in zip(layers, there, strict=True)),
        expected=_expected(counts, there),
        chance=_worst_chance(layers, counts, there),
    )


_Counts = Sequence[tuple[int, ...]]
_There = Sequence[tuple[bool, ...]]


def _picked(counts: _Counts, there: _There) -> int:
    return sum(
        many
        for of_layer, own in zip(counts, there, strict=True)
        for many, is_there in zip(of_layer, own, strict=True)
        if is_there
    )


def _expected(counts: _Counts, there: _There) -> Fraction:
    parts = zip(counts, there, strict=True)
    return sum((Fraction(sum(many) * sum(own), len(own)) for many, own in parts), Fraction(0))


def _worst_chance(layers: Sequence[_Layer], counts: _Counts, there: _There) -> Fraction:
    """Return the chance of so many or more, or where that is small, the greatest one that is left
    when any one pupil is taken away.
    """
    chance = _chance(counts, there)
    if chance > LEVEL:
        return chance
    pupils = sorted({pupil for layer in layers for pupil, row in layer.rows.items() if any(row)})
    return max([chance, *(_chance(_without(pupil, layers, counts), there) for pupil in pupils)])


def _without(pupil: int, layers: Sequence[_Layer], counts: _Counts) -> list[tuple[int, ...]]:
    return [
        layer.counts(pupil) if any(layer.rows.get(pupil, ())) else many
        for layer, many in zip(layers, counts, strict=True)
    ]


def _chance(counts: _Counts, there: _There) -> Fraction:
    parts = [(many, sum(own)) for many, own in zip(counts, there, strict=True)]
    return chance_of(parts, _picked(counts, there))


def chance_of(parts: Sequence[tuple[tuple[int, ...], int]], least: int) -> Fraction:
    """Return the chance of so many or more when of each part's counts so many are picked at random.

    The ways to each sum are the digits of one great number, so that all parts are folded together
    by multiplying; no digit ever carries, as there are not so many ways in all.
    """
    moving = Counter(
        (tuple(sorted(many)), picks)
        for many, picks in parts
        if 0 < picks < len(many) and len(set(many)) > 1
    )
    fixed = sum(
        _sum_of(many, picks)
        for many, picks in parts
        if not (0 < picks < len(many) and len(set(many)) > 1)
    )
    total = 1
    for (many, picks), times in moving.items():
        total *= comb(len(many), picks) ** times
    if least <= fixed:
        return Fraction(1)
    bits = total.bit_length() + 1
    ways = 1
    for (many, picks), times in moving.items():
        digits = sum(times_so << bits * number for number, times_so in ways_to(many, picks).items())
        ways *= digits**times
    # What is left of a number by the greatest digit is the sum of its digits, as by casting out nines.
    return Fraction((ways >> bits * (least - fixed)) % ((1 << bits) - 1), total)


def _sum_of(many: tuple[int, ...], picks: int) -> int:
    """The sum of a part that cannot be otherwise: none of it, all of it, or some of what is all alike."""
    return sum(many) * picks // len(many)


@lru_cache(maxsize=4096)
def ways_to(many: tuple[int, ...], picks: int) -> Mapping[int, int]:
    """Return in how many ways so many of some counts come to each sum."""
    return Counter(map(sum, combinations(many, picks)))
