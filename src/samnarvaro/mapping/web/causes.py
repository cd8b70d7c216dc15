"""The web of causes over time: what was told of in each mapping, in the order of days.

What a cause weighs is not added up; in each square stand those who speak of it.
"""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base import charts
from samnarvaro.base.pictures import Cell, Column, Picture, Table
from samnarvaro.mapping.domain.factors import FIELD_OF, Direction, side_by_side
from samnarvaro.mapping.domain.mappings import Function, Trigger
from samnarvaro.mapping.queries.mappings import Seen
from samnarvaro.mapping.web import texts

MOST = 8  # mappings beside each other; the newest ones
FEWEST = 2
Line = tuple[str, list[str]]


def web(found: Sequence[Seen]) -> Picture | None:
    """Draw the locked mappings beside each other, the oldest first; nothing for fewer than two."""
    mappings = sorted(found, key=lambda seen: seen.day)[-MOST:]
    lines = [line for line in _lines(mappings) if any(line[1])]
    if len(mappings) < FEWEST or not lines:
        return None
    days = [date_format(seen.day, "j M y") for seen in mappings]
    title = _title(lines)
    rows = [
        charts.Squares(label, [charts.Square(words or "·", 2 if words else 0) for words in squares])
        for label, squares in lines
    ]
    return Picture(
        key="orsaker",
        title=title,
        table=Table(
            caption=_("Vad som spelar in, kartläggning för kartläggning"),
            columns=[Column(_("Vad")), *(Column(day) for day in days)],
            rows=[
                (Cell(label), *(Cell(words or "–") for words in squares))
                for label, squares in lines
            ],
        ),
        source=_("Kartläggningar som är låsta"),
        fresh=days[-1],
        address="",
        svg=charts.heat_map(days, rows, title=title),
        note=_("I rutan står vem som talar om det: E eleven själv, V vårdnadshavare, S skolan, A annan verksamhet. Ett kryss är något som kan ha satt i gång frånvaron, eller vad den gör för eleven."),
    )  # fmt: skip


def _lines(mappings: Sequence[Seen]) -> Iterator[Line]:
    """What makes the pupil go away, then what set it off, then what the absence does."""
    rows = [
        {row.kind: row for row in side_by_side(seen.factors)} for seen in mappings
    ]  # fmt: skip
    for kind in FIELD_OF:
        away = [
            [f for f in of[kind].factors if f.direction is Direction.AWAY] if kind in of else []
            for of in rows
        ]
        letters = [dict.fromkeys(str(texts.LETTER[f.source]) for f in factors) for factors in away]
        yield str(texts.KIND[kind]), [" ".join(each) for each in letters]
    for trigger in Trigger:
        crosses = ["×" if trigger in seen.told.triggers else "" for seen in mappings]
        yield str(texts.TRIGGER[trigger]), crosses
    for function in Function:
        crosses = ["×" if function in seen.told.functions else "" for seen in mappings]
        yield str(texts.FUNCTION[function]), crosses


def _title(lines: Sequence[Line]) -> str:
    """Say how many causes there are now, how many came and how many went since the time before."""
    told = {
        "now": sum(bool(squares[-1]) for _label, squares in lines),
        "new": sum(bool(squares[-1]) and not squares[-2] for _label, squares in lines),
        "gone": sum(bool(squares[-2]) and not squares[-1] for _label, squares in lines),
    }
    return _("Nu spelar in: %(now)s. Nya sedan förra gången: %(new)s. Nämns inte längre: %(gone)s.") % told  # fmt: skip
