"""Delivered CSV files: what can be used, what cannot, and the line where each record begins."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from samnarvaro.base.csvfile import CsvFile, Unusable

Deliver = Callable[[str | bytes], Path]


@pytest.fixture
def deliver(tmp_path: Path) -> Deliver:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "delivered.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read(path: Path, *needs: str, knows: tuple[str, ...] = ()) -> list[tuple[int, list[str]]]:
    file = CsvFile(path, needs=needs or ("a", "b"), knows=knows)
    try:
        return [(line, list(file.pick(record))) for line, record in file.rows()]
    finally:
        file.close()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "BOM"])
def test_any_line_end_either_delimiter_and_a_byte_order_mark_are_read_alike(
    deliver: Deliver, newline: str, delimiter: str, bom: str
) -> None:
    lines = ["a{0}b", "1{0}Åsa", "2{0}Öl", ""]
    path = deliver(bom + newline.join(lines).format(delimiter))

    assert read(path) == [(2, ["1", "Åsa"]), (3, ["2", "Öl"])]


def test_the_last_line_needs_no_line_end(deliver: Deliver) -> None:
    assert read(deliver("a,b\n1,2")) == [(2, ["1", "2"])]


def test_columns_may_stand_in_any_order_and_strangers_are_named_not_read(
    deliver: Deliver,
) -> None:
    path = deliver("x;b;y;a\n0;B;0;A\n")
    file = CsvFile(path, needs=("a", "b"))
    file.close()

    assert read(path) == [(2, ["A", "B"])]
    assert file.ignored == ["x", "y"]
    assert file.width == 4


def test_a_column_that_may_be_there_is_read_when_it_is(deliver: Deliver) -> None:
    assert read(deliver("a,b,c\n1,2,3\n"), "a", knows=("c", "d")) == [(2, ["1", "3"])]


def test_spaces_around_the_names_in_the_header_do_not_matter(deliver: Deliver) -> None:
    assert read(deliver(' a , "b"\n1,2\n'.replace(' "b"', "b "))) == [(2, ["1", "2"])]


def test_a_delimiter_inside_quotation_marks_is_part_of_the_value(deliver: Deliver) -> None:
    assert read(deliver('a,b\n"1,5",""""\n')) == [(2, ["1,5", '"'])]


def test_a_semicolon_file_may_hold_commas_in_its_header_and_values(deliver: Deliver) -> None:
    assert read(deliver("a;b;c,d\n1,5;2;3\n")) == [(2, ["1,5", "2"])]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_counted_as_an_editor_counts_them(deliver: Deliver, newline: str) -> None:
    text = newline.join(
        [
            "a,b",
            "first,2",
            "",
            '"two',
            "",
            'lines, three even",3',
            "after,4",
            "",
            "",
            "last,5",
            "",
        ]
    )

    assert [(line, record[1]) for line, record in read(deliver(text))] == [
        (2, "2"),
        (4, "3"),
        (7, "4"),
        (10, "5"),
    ]


def test_a_header_that_runs_over_two_lines_is_one_record_of_two_lines(deliver: Deliver) -> None:
    assert read(deliver('a,b,"why\nnot"\n1,2,3\n')) == [(3, ["1", "2"])]


@pytest.mark.parametrize(
    ("content", "code", "detail"),
    [
        (b"", "empty", {}),
        (b"\xef\xbb\xbf", "empty", {}),
        (b"\n", "header_missing", {"columns": ["a", "b"], "found": []}),
        (b"\na,b\n1,2\n", "header_missing", {"columns": ["a", "b"], "found": []}),
        (b"a\n1\n", "header_missing", {"columns": ["b"], "found": ["a"]}),
        (b"a\tb\n1\t2\n", "header_missing", {"columns": ["a", "b"], "found": ["a\tb"]}),
        (b"A,B\n1,2\n", "header_missing", {"columns": ["a", "b"], "found": ["A", "B"]}),
        (b"1,2\n3,4\n", "header_missing", {"columns": ["a", "b"], "found": ["1", "2"]}),
        (b"a,b,a\n1,2,3\n", "header_doubled", {"columns": ["a"]}),
        ("a,b\nÅsa,1\n".encode("cp1252"), "encoding", {"line": 2}),
        ("å,b\n1,1\n".encode("cp1252"), "encoding", {"line": 1}),
        ("a,b\n1,2\n".encode("utf-16"), "encoding", {"line": 1}),
        ("a,b\n1,2\n".encode("utf-16-le"), "not_text", {"line": 1}),
        (b"a,b\n1,2\n3,\0\n", "not_text", {"line": 3}),
        (b"a,b\n1,2\n" + b"\0" * 5000, "not_text", {"line": 3}),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text", {"line": 3}),
        (b"PK\x03\x04\x14,a,b\n1,2\n", "not_text", {"line": 1}),
        (b"MZ" + bytes(range(128, 256)), "encoding", {"line": 1}),
        (b'a,b\n1,2\n"3,4\n5,6\n', "quotes", {"line": 3}),
        (b'a,b\n1,2\n"3"x,4\n', "quotes", {"line": 3}),
        (b'a,b\r\n"1\r\n\r\n1",2\r\n3,"4\r\n5,6\r\n', "quotes", {"line": 5}),
        (b'"a,b\n1,2\n', "quotes", {"line": 1}),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "quotes", {"line": 2}),
        (b"a" * 300_000 + b",a,b\n1,2\n", "not_text", {"line": 1}),
    ],
    ids=[
        "nothing",
        "only a byte order mark",
        "only an empty line",
        "the header on the second line",
        "a column missing",
        "delimited by tabs",
        "other case",
        "no header",
        "a column twice",
        "Windows-1252",
        "Windows-1252 in the header",
        "UTF-16",
        "UTF-16 without its mark",
        "a NUL in a field",
        "filled up with NUL",
        "a picture",
        "a zip",
        "a program",
        "quotation marks never closed",
        "text after the closing mark",
        "quotation marks never closed after lines in quotation marks",
        "quotation marks never closed in the header",
        "a very long field",
        "a very long header",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason_and_the_line(
    deliver: Deliver, content: bytes, code: str, detail: dict[str, object]
) -> None:
    with pytest.raises(Unusable) as refused:
        read(deliver(content))

    assert (refused.value.code, refused.value.detail) == (code, detail)


def test_the_line_of_a_wrong_byte_is_right_however_far_down_it_is(deliver: Deliver) -> None:
    with pytest.raises(Unusable) as refused:
        read(deliver(b"a,b\n" + b"1,2\n" * 70_000 + b"\xc5sa,2\n" + b"1,2\n" * 70_000))

    assert refused.value.detail == {"line": 70_002}


def test_a_column_that_is_not_asked_for_may_stand_twice(deliver: Deliver) -> None:
    assert read(deliver("a,x,b,x\n1,0,2,0\n")) == [(2, ["1", "2"])]


def test_a_record_too_short_or_too_long_is_left_to_the_reader_to_judge(deliver: Deliver) -> None:
    file = CsvFile(deliver("a,b\n1\n1,2,3\n \n,\n"), needs=("a", "b"))
    widths = [(line, len(record)) for line, record in file.rows()]
    file.close()

    assert widths == [(2, 1), (3, 3), (4, 1), (5, 2)]


def test_a_file_that_is_not_there_and_a_folder_are_told_alike(tmp_path: Path) -> None:
    for path in (tmp_path / "not-there.csv", tmp_path):
        with pytest.raises(Unusable) as refused:
            CsvFile(path, needs=("a",))
        assert refused.value.code == "no_file"
        assert refused.value.detail == {"name": path.name}


def test_a_pipe_is_read_once_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("a,b\n1,2\n",))
    writer.start()
    file = CsvFile(path, needs=("a", "b"))

    assert list(file.rows()) == [(2, ["1", "2"])]
    assert file.bytes_read == 0
    file.close()
    writer.join()


def test_progress_knows_how_far_the_reading_has_come(deliver: Deliver) -> None:
    path = deliver("a,b\n" + "1,2\n" * 100_000)
    file = CsvFile(path, needs=("a", "b"))
    before = file.bytes_read
    for _ in file.rows():
        pass

    assert 0 < before < file.size == path.stat().st_size == file.bytes_read
    file.close()
