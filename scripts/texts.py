"""Text catalogues without gettext's own tools: Swedish stands in the code, other languages here.

texts.py extract    bring the catalogues in step with the code; translations made stay
texts.py missing    list what is not translated
texts.py compile    write the catalogues in the form the program reads (.mo)
texts.py --check    stop with 1 if a catalogue is out of step or not complete
"""

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "samnarvaro"
LOCALES = SOURCE / "project" / "locale"
LANGUAGES = {"en": "nplurals=2; plural=(n != 1);"}

# Which argument is the text, its plural, or (c) its context.
_CALLS = {
    "_": (1,),
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = _CALLS | {f"{name}_lazy": args for name, args in _CALLS.items() if name != "_"}
KEYWORDS["gettext_noop"] = (1,)

Id = str | tuple[str, str]


@dataclass(frozen=True)
class Text:
    """One text as it stands in the code: singular alone, or singular and plural."""

    id: Id
    context: str | None = None

    @property
    def singular(self) -> str:
        return self.id if isinstance(self.id, str) else self.id[0]

    @property
    def plural(self) -> str | None:
        return None if isinstance(self.id, str) else self.id[1]

    @property
    def order(self) -> tuple[str, str, str]:
        return self.singular.casefold(), self.singular, self.context or ""


def texts_in_python(source: str) -> Iterator[Text]:
    for _line, found, _comments, context in extract(
        "python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield Text(found if isinstance(found, str) else (found[0], found[1]), context)


def texts_in_template(source: str) -> Iterator[Text]:
    as_python = templatize(source)
    # What was no text is left as rows of X; indented, they would be no Python.
    return texts_in_python("\n".join(line.lstrip() for line in as_python.split("\n")))


def texts_in_code(source: Path = SOURCE) -> set[Text]:
    """Return every text of the code and of the templates."""
    found: set[Text] = set()
    for path in sorted(source.rglob("*.py")):
        found.update(texts_in_python(path.read_text(encoding="utf-8")))
    for path in sorted(source.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            found.update(texts_in_template(path.read_text(encoding="utf-8")))
    # A singular that also stands alone is translated together with its plural.
    with_plural = {(text.singular, text.context) for text in found if text.plural}
    return {text for text in found if text.plural or (text.id, text.context) not in with_plural}


def place_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    path = place_of(language)
    content = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(content), locale=language, ignore_obsolete=True)


def in_step(kept: Catalog, texts: set[Text]) -> list[Message]:
    """Return the messages of a catalogue that fits the code, with the translations that stand."""
    messages = []
    for text in sorted(texts, key=lambda text: text.order):
        held = kept.get(text.singular, text.context)
        if held is None or held.id != text.id:  # new, or with another plural than before
            held = Message(text.id, context=text.context)
        messages.append(held)
    return messages


def is_translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return not message.fuzzy and len(parts) >= 1 and all(parts)


def as_po(language: str, messages: list[Message]) -> str:
    """Return the catalogue as text: sorted, without dates, authors and line numbers."""
    header = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {LANGUAGES[language]}",
    )
    entries = ['msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in header)]
    return "\n".join(entries + [_entry(message) for message in messages])


def _entry(message: Message) -> str:
    lines = [f"#, {', '.join(sorted(message.flags))}"] if message.flags else []
    if message.context:
        lines.append(f"msgctxt {_quoted(message.context)}")
    if isinstance(message.id, str):
        lines += [f"msgid {_quoted(message.id)}", f"msgstr {_quoted(str(message.string))}"]
    else:
        singular, plural = message.id
        lines += [f"msgid {_quoted(singular)}", f"msgid_plural {_quoted(plural)}"]
        strings = list(message.string) if message.string else ["", ""]
        lines += [f"msgstr[{n}] {_quoted(string)}" for n, string in enumerate(strings)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return normalize(text, width=0)


def is_in_step(language: str, texts: set[Text]) -> bool:
    path = place_of(language)
    expected = as_po(language, in_step(catalogue(language), texts))
    return path.exists() and path.read_text(encoding="utf-8") == expected


def untranslated(language: str, texts: set[Text]) -> list[Message]:
    kept = catalogue(language)
    return [message for message in in_step(kept, texts) if not is_translated(message)]


def write(language: str, texts: set[Text]) -> None:
    path = place_of(language)
    content = as_po(language, in_step(catalogue(language), texts))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def compile_all() -> None:
    for language in LANGUAGES:
        with place_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue(language))


def check(texts: set[Text]) -> list[str]:
    """Return what is wrong with the catalogues, in plain words."""
    faults = []
    for language in LANGUAGES:
        if not is_in_step(language, texts):
            faults.append(f"{language}: not in step with the code; run `make texts`")
        faults += [
            f"{language}: not translated: {message.id}" for message in untranslated(language, texts)
        ]
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("do", nargs="?", choices=["extract", "missing", "compile"])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if given.do == "compile":
        compile_all()
        return 0
    if not given.do and not given.check:
        parser.error("say extract, missing, compile or --check")

    texts = texts_in_code()
    if given.do == "extract":
        for language in LANGUAGES:
            write(language, texts)
    if given.do == "missing":
        for language in LANGUAGES:
            for message in untranslated(language, texts):
                print(f"{language}: {message.id}")
    faults = check(texts) if given.check else []
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
