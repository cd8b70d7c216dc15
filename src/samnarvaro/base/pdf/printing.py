"""Setting a sheet: what stands on it as data, given to a press that is a process of its own."""

import json
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samnarvaro.base.pdf import Facts, Heading, Part, Points, Sheet, Table, Text

PRESS = Path(__file__).with_name("press.py")
PRESSES = 2  # at once in one process of the web; who comes after them waits
WAIT, LASTS = 20, 60  # seconds: for a press, and at the press
_free = threading.BoundedSemaphore(PRESSES)
# What is not there for the eye, or turns the order of others: controls, marks of direction, halves.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LONG, _PIECE = re.compile(r"\S{25,}"), re.compile(r"(.{4})(?=.)")
_MAY_BREAK = "\u200b"


class NotPrinted(Exception):
    """The press gave no sheet: it was too much for it, or too many wait. Says which, no content."""


def printed(sheet: Sheet) -> bytes:
    """Return the sheet as PDF/UA. Raises NotPrinted."""
    no_letter = _("□ står där det finns ett tecken som inte kan skrivas på papper.")
    told = json.dumps({"sheet": _told(sheet), "no_letter": no_letter}).encode()
    if not _free.acquire(timeout=WAIT):
        raise NotPrinted("all presses are busy")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PRESS)],
            input=told, capture_output=True, timeout=LASTS, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotPrinted("it takes too long") from None
    finally:
        _free.release()
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise NotPrinted(f"the press ended with {done.returncode}")
    return done.stdout


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": seen(sheet.title),
        "over": seen(sheet.over),
        "foot": seen(sheet.foot),
        "language": sheet.language,
        "parts": [_PARTS[type(part)](part) for part in sheet.parts],
    }


def seen(text: str) -> str:
    """Return a text as one line that can be seen; a word that never ends may break."""
    kept = "".join(" " if c in "\t\r\n" else c for c in text if c in "\t\r\n" or _is_seen(c))
    return _LONG.sub(lambda word: _PIECE.sub(rf"\1{_MAY_BREAK}", word[0]), kept)


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN


def _heading(part: Heading) -> dict[str, Any]:
    return {"kind": "heading", "text": seen(part.text)}


def _text(part: Text) -> dict[str, Any]:
    lines = [seen(line) for line in part.text.splitlines() if line.strip()]
    return {"kind": "text", "lines": lines}


def _points(part: Points) -> dict[str, Any]:
    return {"kind": "points", "items": [seen(each) for each in part.items]}


def _facts(part: Facts) -> dict[str, Any]:
    return {"kind": "facts", "facts": [[seen(name), seen(what)] for name, what in part.facts]}


def _table(part: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "header": [seen(each) for each in part.header],
        "rows": [[seen(each) for each in row] for row in part.rows],
        "widths": list(part.widths),
    }


_PARTS: dict[type[Part], Callable[[Any], dict[str, Any]]] = {
    Heading: _heading,
    Text: _text,
    Points: _points,
    Facts: _facts,
    Table: _table,
}
