"""The wheel of factors: the pupil in the middle, what draws toward school to the right, what draws
away to the left, the pupil's own below.

A petal is one thing that one source says: its length is how strong it is, its letter who says so, its
ground which way it goes (solid toward, hatched away), its number the row of the list beside it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.mapping.domain.factors import MOST_STRENGTH, Direction, Field

HUB, STEP = 44.0, 36.0
RIM = HUB + STEP * MOST_STRENGTH
WIDEST, LETTERED = 22.0, 10.0  # degrees of a petal: at most, and from where a letter finds room
# Where each field begins and ends, in degrees from the right, so that both sides read downward.
ARCS: dict[Field, tuple[float, float]] = {
    Field.FROM_HOME: (90, 18),
    Field.TO_SCHOOL: (18, -54),
    Field.FROM_SCHOOL: (90, 162),
    Field.AT_HOME: (162, 234),
    Field.OWN: (234, 306),
}
COLUMN, LINE, LETTERS = 200.0, 17.0, 27
WIDE, NARROW = 2 * COLUMN + 380.0, 380.0
TOP, MIDDLE = 40.0, 40.0 + RIM + 22


@dataclass(frozen=True, slots=True)
class Petal:
    """One thing that one source says. `said` is all of it in words."""

    field: Field
    number: int
    strength: int
    direction: Direction
    letter: str
    said: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the wheel; `numbered` are the names of each field's rows by number."""

    name: str
    toward: str
    away: str
    fields: Mapping[Field, str]
    numbered: Mapping[Field, Sequence[tuple[int, str]]]


def wheel(petals: Sequence[Petal], words: Words, *, title: str, description: str) -> SafeString:
    """Draw the wheel twice: with its names where there is room, and by numbers where there is not."""
    hatch = svg.name_of("wheel", title + words.name)
    wide = _drawn(petals, words, WIDE / 2, hatch)
    names, height = _names(words)
    narrow = _drawn(petals, words, NARROW / 2, f"{hatch}-n")
    least = MIDDLE + RIM + 26
    return SafeString(
        svg.picture(
            "wheel wide", (WIDE, max(least, height)), title, description, *wide, *names,
            *_heads(words, 0, WIDE),
        )
        + svg.picture(
            "wheel narrow", (NARROW, least), title, description, *narrow,
            *_heads(words, 0, NARROW),
        )
    )  # fmt: skip


def _drawn(
    petals: Sequence[Petal], words: Words, centre: float, hatch: str
) -> Iterator[SafeString]:
    yield svg.hatched(hatch)
    for ring in range(1, MOST_STRENGTH + 1):
        yield svg.element("circle", cx=centre, cy=MIDDLE, r=HUB + STEP * ring, class_="grid-line")
    for start, _end in ARCS.values():
        x, y = _at(centre, RIM, start)
        yield svg.element("path", d=f"M{svg.number(centre)} {svg.number(MIDDLE)}L{x} {y}",
                          class_="grid-line")  # fmt: skip
    placed: Counter[Field] = Counter()
    count = Counter(petal.field for petal in petals)
    for petal in petals:
        yield _petal(petal, placed[petal.field], count[petal.field], centre, hatch)
        placed[petal.field] += 1
    yield svg.element("circle", cx=centre, cy=MIDDLE, r=HUB - 4, class_="hub")
    yield svg.text(centre, MIDDLE + 5, words.name, "hub-name", "middle")


def _petal(petal: Petal, place: int, of: int, centre: float, hatch: str) -> SafeString:
    start, end = ARCS[petal.field]
    turn = 1 if end > start else -1
    width = min(WIDEST, abs(end - start) / of)
    first = (start + end) / 2 + turn * width * (place - of / 2)
    last, middle = first + turn * width, first + turn * width / 2
    long = HUB + STEP * petal.strength
    shape = _wedge(centre, long, first + turn * 0.6, last - turn * 0.6)
    parts = [
        svg.element("title", petal.said),
        svg.element("path", d=shape, class_=f"petal {petal.direction}"),
    ]
    if petal.direction is Direction.AWAY:
        parts.append(svg.element("path", d=shape, fill=f"url(#{hatch})"))
    if width >= LETTERED:
        x, y = _at(centre, long - 13, middle)
        parts.append(svg.element("circle", cx=x, cy=y, r=8.5, class_="who"))
        parts.append(svg.text(float(x), float(y) + 4, petal.letter, "who-letter", "middle"))
    x, y = _at(centre, long + 10, middle)
    parts.append(svg.text(float(x), float(y) + 4, str(petal.number), "petal-number", "middle"))
    return svg.element("g", *parts)


def _wedge(centre: float, long: float, first: float, last: float) -> str:
    sweep = 0 if last > first else 1
    inner, outer = _at(centre, HUB, first), _at(centre, long, first)
    outer_end, inner_end = _at(centre, long, last), _at(centre, HUB, last)
    r, hub = svg.number(long), svg.number(HUB)
    return (
        f"M{inner[0]} {inner[1]}L{outer[0]} {outer[1]}"
        f"A{r} {r} 0 0 {sweep} {outer_end[0]} {outer_end[1]}L{inner_end[0]} {inner_end[1]}"
        f"A{hub} {hub} 0 0 {1 - sweep} {inner[0]} {inner[1]}Z"
    )


def _at(centre: float, far: float, angle: float) -> tuple[str, str]:
    x, y = centre + far * cos(radians(angle)), MIDDLE - far * sin(radians(angle))
    return svg.number(x), svg.number(y)


def _heads(words: Words, left: float, right: float) -> Iterator[SafeString]:
    """Which side is which, with an arrow that points there."""
    yield svg.element("path", d=f"M{svg.number(left + 14)} 8L{svg.number(left + 2)} 14L{svg.number(left + 14)} 20Z", class_="arrow away")  # fmt: skip
    yield svg.text(left + 20, 19, words.away, "side")
    yield svg.element("path", d=f"M{svg.number(right - 14)} 8L{svg.number(right - 2)} 14L{svg.number(right - 14)} 20Z", class_="arrow toward")  # fmt: skip
    yield svg.text(right - 20, 19, words.toward, "side", "end")


def _names(words: Words) -> tuple[list[SafeString], float]:
    """Draw the names of the rows: away in the left column, toward in the right, own ones below."""
    drawn: list[SafeString] = []
    sides = (
        (0.0, (Field.FROM_SCHOOL, Field.AT_HOME)),
        (WIDE - COLUMN + 10, (Field.FROM_HOME, Field.TO_SCHOOL)),
    )
    lowest = 0.0
    for x, fields in sides:
        y = TOP + 16
        for field in fields:
            y = _listed(drawn, words, field, x, y) + 10
        lowest = max(lowest, y)
    below = _listed(drawn, words, Field.OWN, COLUMN + 40, MIDDLE + RIM + 36, most=52)
    return drawn, max(lowest, below) + 4


def _listed(
    drawn: list[SafeString], words: Words, field: Field, x: float, y: float, most: int = LETTERS
) -> float:
    """Draw one field's head and rows from a height down; return where the next can begin."""
    for line in _wrapped(words.fields[field], most):
        drawn.append(svg.text(x, y, line, "field-name"))
        y += LINE
    for number, name in words.numbered.get(field, ()):
        for place, line in enumerate(_wrapped(f"{number}  {name}", most)):
            drawn.append(svg.text(x + (0 if place == 0 else 16), y, line, "word"))
            y += LINE
    return y


def _wrapped(words: str, most: int) -> list[str]:
    """Break a name into lines of so many letters at most, between its words."""
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip() if word else f"{lines[-1]} "
    return lines
