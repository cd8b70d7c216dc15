"""The press: a process of its own that sets one sheet and ends.

It reads a sheet as JSON and answers with a PDF. It imports nothing of the house, knows no secrets,
may take so much time and memory and no more, and whatever happens to it, who asked goes on.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
LETTERS = HERE.parent / "static/vendor/atkinson-hyperlegible-next-print"
SECONDS, BYTES = 60, 4 * 1024**3
NO_LETTER = "\u25a1"  # an empty square, for what no letter on the sheet's shelf shows


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no sheet on the disk
    told = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(LETTERS)])
    sys.stdout.buffer.write(_set(told["sheet"], told["no_letter"], fonts))


def _set(sheet: Any, no_letter: str, fonts: typst.Fonts) -> bytes:
    try:
        return _compile(sheet, fonts)
    except typst.TypstError:
        # Nearly always a letter that nothing here shows: the standard wants every one to be seen.
        missing = {letter for letter in _letters(sheet) if not _shows(letter, fonts)}
        if not missing:
            raise
        seen = _with(sheet, str.maketrans(dict.fromkeys(missing, NO_LETTER)))
        seen["parts"].append({"kind": "text", "lines": [no_letter]})
        return _compile(seen, fonts)


def _compile(sheet: Any, fonts: typst.Fonts) -> bytes:
    return typst.compile(
        str(HERE / "paper.typ"),
        root=str(HERE),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(sheet)},
        pdf_standards="ua-1",
    )


def _letters(value: Any) -> set[str]:
    if isinstance(value, str):
        return {letter for letter in value if not letter.isascii()}
    inner = value.values() if isinstance(value, dict) else value
    return set().union(*map(_letters, inner)) if isinstance(value, dict | list) else set()


def _with(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: _with(each, table) for key, each in value.items()}
    return [_with(each, table) for each in value] if isinstance(value, list) else value


def _shows(letter: str, fonts: typst.Fonts) -> bool:
    alone = {"title": "–", "over": "", "foot": "", "language": "sv"}
    try:
        _compile(alone | {"parts": [{"kind": "text", "lines": [f"a{letter}"]}]}, fonts)
    except typst.TypstError:
        return False
    return True


if __name__ == "__main__":
    main()
