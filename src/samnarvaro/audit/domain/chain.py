"""The chain over the log: what of a row is sealed, and how each seal holds on to the one before.

A seal is the SHA-256 of the former seal and of this row's content. Whoever changes, takes away or
moves a row breaks the chain there. Who holds a key of its own beside the database also marks each
seal by it: then not even who may write everything in the database can forge a seal.

The content is text, the same on every database, so that it can be held against the seal by others.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum

BEGINNING = bytes(32)  # what the first seal holds on to
BETWEEN = "\x1f"
_BLOCK = 64  # bytes of SHA-256's block, for HMAC
_FRACTION = len("2026-11-27 22:57:20.")


class Log(StrEnum):
    """Which of the two logs a row is of."""

    READING = "r"
    WRITING = "w"


# What of a row is sealed, by form: a field that comes later belongs to a form that comes later, so
# that what was sealed before still is. Lists and maps are told apart since databases write them so.
FORM = 1
FIELDS: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        Log.READING: (
            "id", "at", "viewer", "role", "zone", "purpose", "action", "channel", "what", "ground",
            "outcome", "count", "request_id", "classes", "pupils", "objects_shown",
        ),
        Log.WRITING: (
            "id", "at", "viewer", "role", "zone", "act", "pupil", "target", "request_id", "detail",
        ),
    }
}  # fmt: skip


def moment(text: str) -> str:
    """Return a moment (UTC) as the database writes it, always as 2026-11-27 22:57:20.123456."""
    bare = text.removesuffix("+00").removesuffix("+00:00")
    return f"{bare}.000000" if len(bare) < _FRACTION else bare.ljust(_FRACTION + 6, "0")


def structure(text: str) -> str:
    """Return a list or a map as the database writes it, always in the same order and form."""
    if text[:1] == "[" and text.isascii() and not ("{" in text or "\\" in text):
        return text  # a list of plain words is written alike everywhere
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)


def text_of(parts: Sequence[str]) -> str:
    """Put a row's parts together so that no two rows look the same. The id stands first, then the time."""
    text = BETWEEN.join(parts)
    if text.count(BETWEEN) != len(parts) - 1:
        return json.dumps(list(parts), ensure_ascii=False)
    return text


def time_of(text: str) -> str:
    """Return the moment of a row from its text."""
    if text[:1] == "[":
        return str(json.loads(text)[1])
    return text.split(BETWEEN, 2)[1]


def content(number: int, log: str, form: int, sealed_at: str, text: str) -> bytes:
    """What a seal is over: its own facts, and the text of its row."""
    whole = f"{number}{BETWEEN}{log}{BETWEEN}{form}{BETWEEN}{sealed_at}{BETWEEN}{text}"
    return whole.encode("utf-8", "surrogatepass")


def seal(former: bytes, content: bytes) -> bytes:
    return hashlib.sha256(former + content).digest()


def mark(key: bytes, hashed: bytes) -> bytes:
    """Sign a seal with a key that the database does not know."""
    return hmac.digest(key, hashed, "sha256")


def seals(formers: Iterable[bytes], facts: Iterable[tuple[int, str, int, str, str]]) -> list[bytes]:
    """Return many seals, each over what it holds on to and over number, log, form, moment and text:
    what `seal` and `content` give one by one.
    """
    sha256 = hashlib.sha256
    return [
        sha256(
            former
            + f"{number}\x1f{log}\x1f{form}\x1f{at}\x1f{text}".encode("utf-8", "surrogatepass")
        ).digest()
        for former, (number, log, form, at, text) in zip(formers, facts, strict=True)
    ]


def marks(key: bytes, hashes: Iterable[bytes]) -> list[bytes]:
    """Return the marks of many seals, as `mark` gives one."""
    block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
    within = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    around = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
    found = []
    for hashed in hashes:
        inner, outer = within.copy(), around.copy()
        inner.update(hashed)
        outer.update(inner.digest())
        found.append(outer.digest())
    return found
