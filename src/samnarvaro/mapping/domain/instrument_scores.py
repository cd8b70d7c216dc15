"""What answers come to: a figure for each scale with the span it lies in, or none. A figure describes
answers; it is no limit, no norm and no diagnosis.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from samnarvaro.mapping.domain.instrument import (
    Answers,
    Instrument,
    Item,
    Rule,
    Scale,
    Type,
    Value,
)
from samnarvaro.mapping.domain.instrument_answers import asked


@dataclass(frozen=True, slots=True)
class Score:
    """A scale's figure, between which it can lie given which questions were answered, and how many
    were. Without a figure: fewer were answered than the scale asks for, or it makes none.
    """

    scale: Scale
    answered: int
    of: int
    value: Fraction | None = None
    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def has_figure(self) -> bool:
        return self.value is not None

    @property
    def is_too_few(self) -> bool:
        return self.scale.rule is not Rule.NONE and self.value is None


def scores(instrument: Instrument, answers: Answers) -> list[Score]:
    """Return the figure of each scale. Questions that are not asked do not count as answered."""
    shown = asked(instrument, answers)
    known = {item.link: item for item in instrument.questions()}
    told = {link: value for link, value in answers.items() if link in shown}
    return [_score(scale, known, told) for scale in instrument.scales]


def _score(scale: Scale, known: dict[str, Item], told: Answers) -> Score:
    weighed = [
        (weight, *span(known[link]))
        for link in scale.questions
        if link in told and (weight := weight_of(known[link], told[link])) is not None
    ]
    count, of = len(weighed), len(scale.questions)
    if scale.rule is Rule.NONE or not count or count < scale.least:
        return Score(scale, count, of)
    sums = [sum(figures) for figures in zip(*weighed, strict=True)]
    share = count if scale.rule is Rule.MEAN else 1
    value, least, most = (Fraction(total, share) for total in sums)
    return Score(scale, count, of, value, least, most)


def weight_of(item: Item, value: Value) -> int | None:
    """Return what an answer counts for; None for one that counts as not given."""
    if item.type is Type.CHOICE:
        option = item.option(value)
        return option.weight if option else None
    if item.type is Type.BOOLEAN:
        return int(value is True)
    return value if isinstance(value, int) else None


def span(item: Item) -> tuple[int, int]:
    """Return the least and the most that an answer can count for."""
    if item.type is Type.BOOLEAN:
        return 0, 1
    if item.type is Type.INTEGER:
        return item.least or 0, item.most or 0
    weights = [option.weight for option in item.options if option.weight is not None]
    return min(weights), max(weights)


def shown(figure: Fraction) -> Decimal:
    """Return a figure with one decimal, halves upward; a whole one without."""
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded
