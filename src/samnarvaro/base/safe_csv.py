"""CSV that is safe to open in a spreadsheet: nothing in it is taken for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_STARTS_A_FORMULA = tuple("=+-@|%")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tamed(value: object) -> str:
    """Return a value as text that a spreadsheet shows and does not reckon with.

    Full-width signs become plain ones and invisible ones go, so that no formula hides behind them.
    """
    plain = unicodedata.normalize("NFKC", str(value))
    text = "".join(" " if c in "\t\r\n" else c for c in plain if _shows(c)).strip()
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _shows(letter: str) -> bool:
    return letter in "\t\r\n" or unicodedata.category(letter) not in _INVISIBLE


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; semicolons and a byte order mark, as Swedish spreadsheets read it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [value if isinstance(value, int) else tamed(value) for value in row] for row in rows
    )
    return "\ufeff" + text.getvalue()
