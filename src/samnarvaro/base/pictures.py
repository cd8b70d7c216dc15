"""A picture and the same facts as a table: on a page, on paper, and to take along as a file.

The table that is shown and the table that is downloaded are one value, so that neither can say
what the other does not.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samnarvaro.base import figures
from samnarvaro.base.safe_csv import as_csv

P = ParamSpec("P")
T = TypeVar("T")
Words = str | Promise
_MOST_REMEMBERED = 200
MOST_ROWS_AT_ONCE = 15  # longer tables are fetched when somebody unfolds them


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` tells in a file what its bare numbers are of: there, hours are minutes."""

    label: Words
    unit: Words = ""
    is_number: bool = False

    @property
    def in_file(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, and what stands in a file if that is something else."""

    shown: str
    in_file: str | int | None = None
    url: str = ""
    heat: int | None = None

    @property
    def written(self) -> str | int:
        return self.shown if self.in_file is None else self.in_file


def count(number: int, url: str = "") -> Cell:
    return Cell(figures.thousands(number), number, url)


def minutes(number: int) -> Cell:
    return Cell(figures.hours(number), number)


def share(part: int, whole: int, *, heat: bool = False) -> Cell:
    """A share, in a file as 22,3 under a column of per cent."""
    if not whole:
        return Cell(figures.NOTHING, "")
    exact = Fraction(part, whole)
    shown = figures.percent(exact)
    bare = shown.removesuffix(f"{figures.HARD_SPACE}%")
    return Cell(shown, bare, heat=figures.heat(exact) if heat else None)


@dataclass(frozen=True, slots=True)
class Table:
    """Facts in rows; the first cell of a row says what the row is of."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def is_long(self) -> bool:
        return len(self.rows) > MOST_ROWS_AT_ONCE

    def csv(self) -> str:
        return as_csv(
            [column.in_file for column in self.columns],
            ([cell.written for cell in row] for row in self.rows),
        )

    def html(self, name: str) -> SafeString:
        """Draw the table as `ui/data_table.html` does; here because a picture may have hundreds
        of cells, and a template takes its time over each.
        """
        kinds = ["num nowrap" if column.is_number else "" for column in self.columns]
        heads = "".join(
            f'<th scope="col"{_class(kind)}>{conditional_escape(str(column.label))}</th>'
            for column, kind in zip(self.columns, kinds, strict=True)
        )
        body = "".join(_row(row, kinds) for row in self.rows)
        return format_html(
            '<div class="table-frame" tabindex="0" role="region" aria-labelledby="{0}-caption">'
            '<table class="table" id="{0}"><caption id="{0}-caption" class="sr-only">{1}</caption>'
            "<thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>",
            name,
            self.caption,
            mark_safe(heads),  # escaped above
            mark_safe(body),  # escaped above
        )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _row(row: Sequence[Cell], kinds: Sequence[str]) -> str:
    pairs = enumerate(zip(row, kinds, strict=True))
    return f"<tr>{''.join(_cell(cell, kind, place) for place, (cell, kind) in pairs)}</tr>"


def _cell(cell: Cell, kind: str, place: int) -> str:
    words = conditional_escape(cell.shown)
    if cell.url:
        words = format_html('<a href="{}">{}</a>', cell.url, words)
    if place == 0:
        return f'<th scope="row">{words}</th>'
    heat = "" if cell.heat is None else f' data-heat="{cell.heat}"'
    return f"<td{_class(kind + ' heat' if heat else kind)}{heat}>{words}</td>"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Picture:
    """A picture with its sentence, its facts, where they come from and how fresh they are.

    `address` is that of its own page, where its table stands open; without one it has no
    such page and no files. What it looks like on a page can be kept beside it for as long as it
    lives (`looks`).
    """

    key: str
    title: str
    table: Table
    source: str
    fresh: str
    address: str
    svg: SafeString | None = None  # None: the table is the picture, as a map of heat
    drawn_apart: SafeString | None = None  # the drawing of such a one, for who takes it along
    note: str = ""
    query: str = ""  # what the facts are narrowed by, as it stands in addresses

    @property
    def looks(self) -> dict[Hashable, SafeString]:
        return _looks.setdefault(self, {})

    @property
    def table_id(self) -> str:
        return f"{self.key}-tabell"

    @property
    def page(self) -> str:
        return f"{self.address}{self.query}"

    def file(self, form: str) -> str:
        return f"{self.address}{form}/{self.query}"


_looks: WeakKeyDictionary[Picture, dict[Hashable, SafeString]] = WeakKeyDictionary()


def remembered(draw: Callable[P, T]) -> Callable[P, T]:
    """Let a function that makes a picture remember it, by all it was given and the language.

    Only for pictures of sums, which name nobody: as long as the sums are the same, so is the picture.
    """

    @lru_cache(maxsize=_MOST_REMEMBERED)
    def in_language(_language: str | None, *args: P.args, **named: P.kwargs) -> T:
        return draw(*args, **named)

    @wraps(draw)
    def drawn(*args: P.args, **named: P.kwargs) -> T:
        return in_language(get_language(), *args, **named)  # type: ignore[arg-type]  # frozen values have a hash

    return drawn
