"""What the commands for lesson marks answer: exit codes, where the words go, nothing written."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import click
import pytest
from click.testing import CliRunner, Result

from samnarvaro.project import commands
from tests.rooms.attendance.desk import GOOD, Row, everything, settle, written

HEADER = (
    "pupil_id,school_unit_code,scheduled_minutes,excused_minutes,unexcused_minutes,late_count,"
    "absent_days_in_row,longest_absent_run\n"
)
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")
BAD = GOOD._replace(kind="sjuk")
STRANGER = GOOD._replace(pupil_id="vik-ny")


class Run(Protocol):
    def __call__(self, *arguments: str) -> Result: ...


@pytest.fixture
def run(transactional_db: None) -> Run:  # noqa: ARG001  # the database is to be there
    settle()
    program = click.Group(
        commands={command.name or "": command for command in commands.ALL},
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(program, arguments, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    def write(*rows: Row) -> str:
        path = tmp_path / "marks.csv"
        path.write_text(written(rows))
        return str(path)

    return write


@pytest.mark.parametrize(
    ("rows", "options", "code", "writes"),
    [
        ([GOOD], [], 0, True),
        ([GOOD, GOOD], ["--all-or-nothing"], 0, True),
        ([GOOD, BAD], [], 1, True),
        ([GOOD, BAD], ["--all-or-nothing"], 1, False),
        ([GOOD, BAD], ["--dry-run"], 1, False),
        ([GOOD], ["--dry-run"], 0, False),
        ([STRANGER], ["--create-missing", "--dry-run"], 0, False),
        ([STRANGER], ["--create-missing"], 0, True),
        ([STRANGER, GOOD], ["--all-or-nothing"], 1, False),
        ([GOOD._replace(date="2026-11-21")], ["--all-or-nothing"], 0, True),
    ],
    ids=[
        "good",
        "duplicates are not faulty",
        "the good ones are written",
        "all or nothing",
        "dry run of a faulty row",
        "dry run",
        "dry run of a newcomer",
        "a newcomer",
        "an unknown pupil is faulty",
        "a warning stops nothing",
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["words", "json"])
def test_the_exit_code_says_whether_rows_were_faulty(
    run: Run,
    file: Callable[..., str],
    rows: list[Row],
    options: list[str],
    code: int,
    writes: bool,
    more: list[str],
) -> None:
    before = everything()

    done = run("import-marks", file(*rows), *options, *more)

    assert done.exit_code == code
    assert done.stdout
    assert (everything() != before) is writes
    if more:
        assert json.loads(done.stdout)["rows"] == len(rows)


def test_without_json_a_person_reads_sentences_with_the_same_facts(
    run: Run, file: Callable[..., str]
) -> None:
    done = run("import-marks", file(GOOD._replace(start="8", kind="late"), GOOD, GOOD))

    assert "rad 2: start='8'" in done.stdout
    assert all(word in done.stdout for word in ("not_a_time", "absent_missing", "1 dubbla"))


def test_refused_as_a_whole_it_is_said_on_stderr(run: Run, file: Callable[..., str]) -> None:
    done = run("import-marks", file(GOOD, BAD), "--all-or-nothing", "--json")

    assert "skrivet" in done.stderr
    assert json.loads(done.stdout)["new"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"pupil_id,date\n",
        b"PK\3\4",
        written([GOOD]).encode("utf-16"),
        written([GOOD._replace(subject="Åska")]).encode("cp1252"),
        written([GOOD]).encode() + b'"x,',
        written([GOOD]).encode() + b"\0",
    ],
    ids=["empty", "columns missing", "zip", "UTF-16", "Windows-1252", "quotes", "NUL"],
)
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["words", "json"])
def test_a_file_that_cannot_be_used_ends_in_2_with_one_sentence_on_stderr(
    run: Run, tmp_path: Path, content: bytes, more: list[str]
) -> None:
    path = tmp_path / "unusable.csv"
    path.write_bytes(content)
    before = everything()

    done = run("import-marks", str(path), "--create-missing", *more)

    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert everything() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["import-marks"],
        ["import-marks", "not-there.csv"],
        ["import-marks", "."],
        ["import-marks", "x.csv", "y.csv"],
        ["import-marks", "x.csv", "--profile", ""],
        ["import-marks", "x.csv", "--profile", "x" * 41],
        ["import-marks", "x.csv", "--profile", "a\tb"],
        ["import-marks", "x.csv", "--no-such-option"],
        ["measures"],
        ["measures", "--from", "2026-11-01"],
        ["measures", "--from", "2026-11-31", "--to", "2026-12-01"],
        ["measures", "--from", "20261101", "--to", "2026-12-01"],
        ["measures", "--from", "2026-W01-1", "--to", "2026-12-01"],
        ["measures", "--from", "2026-12-01", "--to", "2026-11-30"],
        ["measures", *NOVEMBER, "--format", "xml"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_arguments_that_cannot_be_used_end_in_2_and_say_so_on_stderr(
    run: Run, arguments: list[str]
) -> None:
    done = run(*arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize("command", [[], *([command.name or ""] for command in commands.ALL)])
def test_help_is_plain_text_on_stdout(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")

    assert (done.exit_code, done.stderr) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.stdout)
    assert "--help" in done.stdout


def test_measures_print_a_header_and_nothing_else_when_nothing_is_held(run: Run) -> None:
    done = run("measures", *NOVEMBER)

    assert (done.exit_code, done.stdout, done.stderr) == (0, HEADER, "")


def test_measures_are_sorted_by_pupil_in_bytes_and_quoted_where_needed(
    run: Run, file: Callable[..., str]
) -> None:
    ids = ['a"b', "a,b", "B", "a", "Å", "ä", "10", "9"]
    run("import-marks", file(*[GOOD._replace(pupil_id=n) for n in ids]), "--create-missing")

    lines = run("measures", *NOVEMBER, "--format", "csv").stdout.splitlines()[1:]

    assert [line.partition(",99")[0] for line in lines] == [
        "10", "9", "B", "a", '"a""b"', '"a,b"', "Å", "ä",
    ]  # fmt: skip


def test_a_window_of_one_day_is_that_day(run: Run, file: Callable[..., str]) -> None:
    run("import-marks", file(GOOD, GOOD._replace(date="2026-11-17", kind="excused")))

    monday = run("measures", "--from", "2026-11-16", "--to", "2026-11-16").stdout
    tuesday = run("measures", "--from", "2026-11-17", "--to", "2026-11-17").stdout

    assert monday == HEADER + "vik-saga,99000002,60,0,0,0,0,0\n"
    assert tuesday == HEADER + "vik-saga,99000002,60,60,0,0,1,1\n"
