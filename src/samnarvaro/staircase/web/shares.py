"""Parts of something side by side: what share of its lessons each missed, as bars and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from samnarvaro.attendance.queries.sums import Minutes
from samnarvaro.base import charts, figures
from samnarvaro.base.pictures import Cell, Column, Picture, Table, minutes, share


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes, and the share of them that was missed."""

    scheduled: int = 0
    absent: int = 0

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.absent, self.scheduled) if self.scheduled else None

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.scheduled + other.scheduled, self.absent + other.absent)


def sum_of(minutes: Minutes) -> Sum:
    return Sum(minutes.scheduled, minutes.absent)


@dataclass(frozen=True, slots=True)
class Part:
    """One bar: what it is of, its minutes, what it opens, and whether it is what is looked at."""

    name: str
    total: Sum
    url: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a picture of parts is, beside the parts."""

    key: str
    label: str
    title: str
    source: str
    fresh: str
    address: str
    query: str = ""
    has_heat: bool = False


def bars(parts: Sequence[Part], about: About) -> Picture:
    """The longest bar is that of the most absent: they are compared, the figures stand beside."""
    shares = [part.total.share or Fraction(0) for part in parts]
    most = max(shares, default=Fraction(0))
    drawn = [
        charts.Bar(
            part.name,
            float(own / most) if most else 0,
            figures.percent(own),
            part.url,
            is_chosen=part.is_chosen,
        )
        for part, own in zip(parts, shares, strict=True)
    ]
    return Picture(
        key=about.key,
        title=about.title,
        svg=charts.bars(drawn, title=about.title),
        table=_table(parts, about),
        source=about.source,
        fresh=about.fresh,
        address=about.address,
        query=about.query,
    )


def _table(parts: Sequence[Part], about: About) -> Table:
    return Table(
        about.title,
        (
            Column(about.label),
            Column(_("Lektionstid"), _("minuter"), is_number=True),
            Column(_("Borta"), _("minuter"), is_number=True),
            Column(_("Andel"), _("procent"), is_number=True),
        ),
        [
            (
                Cell(part.name, url=part.url),
                minutes(part.total.scheduled),
                minutes(part.total.absent),
                share(part.total.absent, part.total.scheduled, heat=about.has_heat),
            )
            for part in parts
        ],
    )
