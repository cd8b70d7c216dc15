"""A mapping made ready to be read: its picture, its table, and what each source says side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import pictures
from samnarvaro.base.pictures import Cell, Column, Picture
from samnarvaro.base.sections import ShownPupil
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.factors import (
    Direction,
    Factor,
    Field,
    Kind,
    Row,
    Source,
    heard,
    side_by_side,
)
from samnarvaro.mapping.queries.mappings import Said, Seen
from samnarvaro.mapping.web import texts
from samnarvaro.mapping.web.wheel import Petal, Words, wheel

TELLS = frozenset({DataClass.NAME, DataClass.MAPPING})
_COLUMNS = (
    Column(gettext_lazy("Vad")),
    Column(gettext_lazy("Fält")),
    *(Column(name) for name in texts.SOURCE.values()),
)


@dataclass(frozen=True, slots=True)
class Quote:
    """What one source says of one thing."""

    source: str
    strength: str
    direction: str
    words: str
    is_child: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that plays a part, with what every source says of it side by side."""

    number: int
    name: str
    quotes: list[Quote]
    silent: str
    differs: bool
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A field with what is told of it."""

    name: str
    things: list[Thing]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mapping as its page shows it."""

    seen: Seen
    title: str
    about: str
    methods: str
    functions: list[str]
    triggers: list[str]
    picture: Picture | None
    groups: list[Group]
    names_violation: bool


def show(seen: Seen, pupil: ShownPupil) -> Shown:
    """Make a mapping ready for its template."""
    rows = side_by_side(seen.factors)
    sources = heard(seen.factors)
    return Shown(
        seen=seen,
        title=title(seen),
        about=about(seen),
        methods=texts.listed(texts.METHOD[each] for each in seen.told.methods),
        functions=[str(texts.FUNCTION[each]) for each in seen.told.functions],
        triggers=[str(texts.TRIGGER[each]) for each in seen.told.triggers],
        picture=_picture(seen, rows, sources, pupil) if rows else None,
        groups=_groups(rows, sources),
        names_violation=any(row.kind is Kind.VIOLATED for row in rows),
    )


def title(seen: Seen) -> str:
    told = {"depth": texts.DEPTH[seen.depth], "day": date_format(seen.day, "j F Y")}
    return _("%(depth)s %(day)s") % told


def about(seen: Seen) -> str:
    """Say whose it is and where it stands: begun, or locked, and whether it corrects another."""
    if not seen.is_final:
        told = {"who": seen.author, "at": _moment(seen.changed_at)}
        return _("Utkast av %(who)s, sparat %(at)s. Bara du ser det tills du låser det.") % told
    told = {"who": seen.author, "at": _moment(seen.final_at or seen.changed_at)}
    if seen.is_correction:
        return _("Rättad version av %(who)s, låst %(at)s.") % told
    return _("Av %(who)s, låst %(at)s.") % told


def _moment(at: datetime) -> str:
    return date_format(at, "j F Y")


def quote_of(factor: Factor) -> Quote:
    is_own = factor.field is Field.OWN
    return Quote(
        source=str(texts.SOURCE[factor.source]),
        strength=str(texts.STRENGTH[factor.strength]),
        direction=str(texts.DIRECTION[factor.direction]) if is_own else "",
        words=factor.words,
        is_child=factor.source is Source.CHILD,
    )


def said_by_field(said: Iterable[Said]) -> list[tuple[str, list[tuple[UUID, str, Quote]]]]:
    """The factors of a draft under the names of their fields, each with what takes it away."""
    told = list(said)
    return [
        (
            str(texts.FIELD[field]),
            [
                (each.public, str(texts.KIND[each.factor.kind]), quote_of(each.factor))
                for each in told
                if each.factor.field is field
            ],
        )
        for field in Field
        if any(each.factor.field is field for each in told)
    ]


def _groups(rows: list[Row], sources: list[Source]) -> list[Group]:
    numbered = list(enumerate(rows, start=1))
    return [
        Group(
            str(texts.FIELD[field]),
            [_thing(number, row, sources) for number, row in numbered if row.field is field],
        )
        for field in Field
        if any(row.field is field for row in rows)
    ]


def _thing(number: int, row: Row, sources: list[Source]) -> Thing:
    silent = [texts.SOURCE[source] for source in sources if source not in row.said]
    return Thing(
        number=number,
        name=str(texts.KIND[row.kind]),
        quotes=[quote_of(factor) for factor in row.factors],
        silent=texts.listed(silent),
        differs=row.differs,
        is_alone=row.is_alone(sources),
    )


def _picture(seen: Seen, rows: list[Row], sources: list[Source], pupil: ShownPupil) -> Picture:
    sentence = texts.sentence(rows, sources)
    legend = _(
        "Till höger det som för mot skolan, till vänster det som för bort. Längden är hur mycket, bokstaven vem som säger det: E eleven själv, V vårdnadshavare, S skolan, A annan verksamhet."
    )
    petals = [
        _petal(number, factor) for number, row in enumerate(rows, start=1) for factor in row.factors
    ]
    return Picture(
        key=f"karta-{seen.public.hex[:8]}",
        title=sentence,
        table=_table(rows),
        source=_("Det som sagts i kartläggningen. Ingenting är sammanvägt."),
        fresh=title(seen),
        address="",
        svg=wheel(petals, _words(rows, pupil), title=sentence, description=legend),
        note=legend,
    )


def _petal(number: int, factor: Factor) -> Petal:
    told: dict[str, Any] = {
        "who": texts.SOURCE[factor.source],
        "what": texts.KIND[factor.kind],
        "how": texts.STRENGTH[factor.strength],
        "words": factor.words,
    }
    said = _("%(what)s. %(who)s: %(how)s. ”%(words)s”") % told
    letter = str(texts.LETTER[factor.source])
    return Petal(factor.field, number, factor.strength, factor.direction, letter, said)


def _words(rows: list[Row], pupil: ShownPupil) -> Words:
    numbered: dict[Field, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows, start=1):
        numbered.setdefault(row.field, []).append((number, str(texts.KIND[row.kind])))
    return Words(
        name=pupil.name.split()[0],
        toward=_("Mot skolan"),
        away=_("Bort från skolan"),
        fields={field: str(words) for field, words in texts.FIELD.items()},
        numbered=numbered,
    )


def _table(rows: list[Row]) -> pictures.Table:
    return pictures.Table(
        caption=_("Vad varje källa säger, sida vid sida"),
        columns=_COLUMNS,
        rows=[
            (
                Cell(f"{number}. {texts.KIND[row.kind]}"),
                Cell(str(texts.FIELD[row.field])),
                *(Cell(_in_cell(row, source)) for source in Source),
            )
            for number, row in enumerate(rows, start=1)
        ],
    )


def _in_cell(row: Row, source: Source) -> str:
    return " ".join(_said(factor) for factor in row.said.get(source, ())) or "–"


def _said(factor: Factor) -> str:
    way = ""
    if factor.field is Field.OWN and factor.direction is not Direction.NEITHER:
        way = f", {texts.DIRECTION[factor.direction]}"
    return f"{str(texts.STRENGTH[factor.strength]).capitalize()}{way}: ”{factor.words}”"
