"""What stands in a PDF: its text layer read as a program reads it, and all else that it says in words."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_DRAWN = re.compile(
    rb"[-\d.]+ ([-\d.]+) cm|/(f\d+) [\d.]+ Tf|"
    rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|(\bET\b)",  # a pair of brackets within stays as it is
    re.DOTALL,
)
_TAGGED = re.compile(rb"/[A-Z][A-Za-z]*<<[^()]*(?:\([a-z]*\)[^()]*)*>>BDC", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words(pdf: bytes) -> str:
    """The text layer, with a single space wherever there is any."""
    return " ".join(text(pdf).replace("\u200b", "").split())


def text(pdf: bytes) -> str:
    """The text layer as it was drawn, page by page, a line for each height."""
    things = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return "\n".join(_page(body, things) for body in things.values() if b"/Type/Page/" in body)


def everything(pdf: bytes) -> str:
    """Every word in the file, seen or not: the text layer, and all that is not drawn, unpacked."""
    found = [text(pdf), pdf.decode("latin-1"), pdf.decode("utf-8", "replace")]
    for body in (body for _number, body in _OBJECT.findall(pdf)):
        if stream := _STREAM.search(body):
            found.append(_unpacked(stream[1]).decode("utf-8", "replace"))
        found += [
            raw.decode("utf-16-be", "replace")
            for raw in (_bare(told) for told in re.findall(rb"\((\xfe\xff.*?)\)", body, re.DOTALL))
        ]
    return "\n".join(found)


def _page(page: bytes, things: dict[int, bytes]) -> str:
    fonts = {}
    for name, number in _FONT.findall(_held(page, b"Resources", things)):
        cmap = _stream_of(things[int(number)], b"ToUnicode", things)
        fonts[name] = {int(a, 16): bytes.fromhex(b.decode()) for a, b in _PAIR.findall(cmap)}
    drawn, line, height, font = [], [""], b"", b""
    content = _TAGGED.sub(b"", _stream_of(page, b"Contents", things))
    for at, named, letters, ends in _DRAWN.findall(content):
        if named:
            font = named
        elif at and at != height:
            drawn.append("".join(line))
            line, height = [], at
        elif ends:
            line.append(" ")
        elif letters:
            line.append(_read(_bare(letters), fonts[font]))
    return "\n".join([*drawn, "".join(line)])


def _held(body: bytes, name: bytes, things: dict[int, bytes]) -> bytes:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return things[int(found[1])] if found else body


def _stream_of(body: bytes, name: bytes, things: dict[int, bytes]) -> bytes:
    found = _STREAM.search(_held(body, name, things))
    assert found is not None, name
    return _unpacked(found[1])


def _unpacked(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def _bare(told: bytes) -> bytes:
    def one(found: "re.Match[bytes]") -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code[:1].isdigit() else _PLAIN.get(code, code)

    return _ESCAPED.sub(one, told)


def _read(raw: bytes, shown: dict[int, bytes]) -> str:
    codes = [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)]
    return "".join(shown.get(code, b"\xff\xfd").decode("utf-16-be") for code in codes)
