"""A sheet of paper: all that is said stands on it as it was said, and nothing else is in the file."""

import threading
from typing import Any

import pytest

from samnarvaro.base.pdf import Facts, Heading, Part, Points, Sheet, Table, Text, printing
from samnarvaro.base.pdf.printing import NotPrinted, printed, seen
from tests import papers

MARKUP = (
    "#panic(1)", "#read(\"/etc/passwd\")", "#sys.inputs.sheet", "*fet* _lutar_ `kod`", "= Rubrik",
    "$x^2$", "<märke> @märke", "// bort", "/* bort */", "\\ \\u{1f600}", "#set page(width: 1pt)",
    "- punkt", "+ punkt", "/ ord: mening", "~", "--- ...", "https://example.se", "{{ pupil }} {% x %}",
)  # fmt: skip
SCRIPT = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "javascript:alert(1)", "&lt;b&gt;", "/JavaScript (app.alert)", ") Tj /F1 endobj", "%PDF-1.7",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%x", "a;=1", "=cmd|' /C calc'!A0", '"=1"', "'=1",
)  # fmt: skip


def sheet(*parts: Part, over: str = "Saga Lind", foot: str = "Utskrivet i dag") -> Sheet:
    return Sheet(title="Det här är bladet", over=over, parts=parts, foot=foot)


def words(*parts: Part) -> str:
    return papers.words(printed(sheet(*parts)))


def test_everything_that_is_said_stands_on_it_in_order() -> None:
    text = words(
        Text("Först det här.\nSedan det här."),
        Heading("En rubrik"),
        Points(["ett", "två"]),
        Facts([("Till", "Socialtjänsten")]),
        Table(["När", "Vem"], [["i går", "Mira"], ["i dag", "Bo"]], [1, 2]),
    )

    assert text == (
        "Saga Lind Det här är bladet Först det här. Sedan det här. En rubrik • ett • två"
        " Till : Socialtjänsten När Vem i går Mira i dag Bo Utskrivet i dag 1 / 1"
    )


@pytest.mark.parametrize("part", [Text, Heading, lambda said: Points([said]),
                                  lambda said: Facts([(said, said)]),
                                  lambda said: Table([said], [[said]], [1])])  # fmt: skip
def test_what_people_write_is_text_wherever_it_stands(part: Any) -> None:
    """Nothing of it is run, read from the disk, or taken for the page's own."""
    parts = [part(said) for said in (*MARKUP, *SCRIPT, *FORMULAS)]

    text = papers.words(printed(sheet(*parts, over="#panic(2)", foot="#panic(3)")))

    bare = text.replace(" ", "")
    for said in (*MARKUP, *SCRIPT, *FORMULAS, "#panic(2)", "#panic(3)"):
        assert said.replace(" ", "") in bare, said
    assert "root:" not in text


def test_a_pdf_holds_no_action_no_link_and_no_file() -> None:
    raw = printed(sheet(Text("\n".join([*MARKUP, *SCRIPT]))))

    for name in (b"/JS", b"/JavaScript", b"/OpenAction", b"/AA", b"/URI", b"/Launch", b"/EmbeddedFile",
                 b"/AcroForm", b"/Annots"):  # fmt: skip
        assert name not in raw.replace(b"/JavaScript (app.alert)", b"")


def test_it_is_tagged_named_and_in_a_language_with_its_letters_inside() -> None:
    raw = printed(sheet(Text("Hej"), Heading("Om"), Table(["a"], [["b"]], [1])))

    for told in (b"/StructTreeRoot", b"/Marked true", b"/Lang(sv)", b"pdfuaid:part>1<",
                 b"/DisplayDocTitle true", b"/TH", b"AtkinsonHyperlegible", b"/FontFile2"):  # fmt: skip
        assert told in raw, told
    for told in (b"/Author", b"/CreationDate", b"/ModDate", b"/home", b"/work", b"/tmp"):
        assert told not in raw, told


def test_the_files_own_data_names_nobody() -> None:
    raw = printed(sheet(Text("Hej"), over="Kanariefågel"))

    assert "Kanariefågel" in papers.text(raw)
    assert "Kanariefågel" not in papers.everything(raw).replace(papers.text(raw), "")


def test_a_letter_that_cannot_be_shown_is_told_of_and_stops_nothing() -> None:
    text = words(Text("Ŋávdna och Şerîn, 😀 och 漢"))

    assert "□ och □" in text.replace(" ,", ",")
    assert "□ står där det finns ett tecken" in text
    assert "Ŋ" in text
    assert "står där det finns ett tecken" not in words(Text("Ŋávdna och Şerîn"))


@pytest.mark.parametrize("said", ["\u202egnihton", "a\x00b", "\x1b[31mröd", "\ud800", "a\u200bb",
                                  "\ufffe", "\ue000", "rad\r\nny"])  # fmt: skip
def test_what_no_eye_sees_is_left_out(said: str) -> None:
    assert printed(sheet(Text(said), over=said)).startswith(b"%PDF")
    assert not set("\u202e\x00\x1b\ud800\ufffe\ue000\r\n") & set(seen(said))


def test_a_word_that_never_ends_stays_on_the_sheet() -> None:
    raw = printed(sheet(Text("x" * 3000), Table(["a", "b"], [["y" * 100, "z"]], [1, 9])))

    text = papers.words(raw).replace(" ", "")
    assert "x" * 3000 in text
    assert text.count("y") == 100  # wherever the sheet ends


def test_three_hundred_rows_take_several_pages_with_the_head_on_each() -> None:
    rows = [[f"rad {number}", "Mira"] for number in range(300)]

    raw = printed(sheet(Table(["Vilken rad", "Vem"], rows, [1, 1])))

    text = papers.words(raw)
    pages = text.count("Vilken rad")
    assert pages > 3
    assert f"{pages} / {pages}" in text
    assert all(f"rad {number} Mira" in text for number in range(300))


def test_a_sheet_that_cannot_be_printed_says_so_without_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    broken = tmp_path / "press.py"
    broken.write_text("import sys; sys.exit('Kanariefågel')")
    monkeypatch.setattr(printing, "PRESS", broken)

    with pytest.raises(NotPrinted, match="the press ended with 1") as caught:
        printed(sheet(Text("Kanariefågel")))

    assert "Kanariefågel" not in str(caught.value)


def test_one_that_hangs_is_stopped_and_the_press_is_free_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    slow = tmp_path / "press.py"
    slow.write_text("import time; time.sleep(60)")
    with monkeypatch.context() as patched:
        patched.setattr(printing, "PRESS", slow)
        patched.setattr(printing, "LASTS", 0.5)
        for _ in range(printing.PRESSES + 1):
            with pytest.raises(NotPrinted, match="too long"):
                printed(sheet())

    assert printed(sheet()).startswith(b"%PDF")


def test_when_all_presses_are_busy_who_comes_last_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "WAIT", 0.01)
    monkeypatch.setattr(printing, "_free", threading.BoundedSemaphore(1))
    with printing._free, pytest.raises(NotPrinted, match="busy"):
        printed(sheet())


def test_the_press_knows_nothing_of_the_house(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    nosy = tmp_path / "press.py"
    nosy.write_text(
        "import os, sys\n"
        "assert not [name for name in os.environ if 'SAMNARVARO' in name or 'KEY' in name]\n"
        "assert not [name for name in sys.modules if name.startswith(('django', 'samnarvaro'))]\n"
        "sys.stdout.write('%PDF')"
    )
    monkeypatch.setenv("SAMNARVARO_SECRET_KEY", "hemlig")
    monkeypatch.setattr(printing, "PRESS", nosy)

    assert printed(sheet()) == b"%PDF"
