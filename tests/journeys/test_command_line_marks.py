"""From an empty database to figures, at the command line, as scripts use it."""

import csv
import json
from pathlib import Path

import pytest

from tests.journeys.installation import HEADER, NOVEMBER, Installation, SetUp

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "data"  # made by others; not a part of this project
MEASURES = (
    "pupil_id,school_unit_code,scheduled_minutes,excused_minutes,unexcused_minutes,late_count,"
    "absent_days_in_row,longest_absent_run\n"
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(set_up: SetUp, migrated: Installation) -> Installation:
    """The sample that nobody here made, imported into an empty database."""
    file = SAMPLE / "lesson-marks-sample.csv"
    if not file.is_file():
        pytest.skip("the sample is not here")
    installation = set_up(migrated)
    code, told = installation.told(str(file), "--create-missing")
    assert (code, told["faulty"], told["errors"]) == (0, 0, [])
    assert told["rows"] == told["new"] + told["duplicate"] > 10_000
    return installation


def test_the_sample_gives_the_measures_beside_it_byte_for_byte(sample: Installation) -> None:
    expected = (SAMPLE / "lesson-marks-sample.measures.csv").read_bytes().decode()

    assert sample.measures("--from", "2026-10-22", "--to", "2026-11-20") == expected


def test_a_school_chooses_pupils_and_never_cuts_their_marks(sample: Installation) -> None:
    expected = (SAMPLE / "lesson-marks-sample.measures.csv").read_text().splitlines(keepends=True)

    of_school = sample.measures(
        "--from", "2026-10-22", "--to", "2026-11-20", "--school", "87654321"
    )

    chosen = [line for line in expected[1:] if line.split(",")[1] == "87654321"]
    assert len(chosen) > 10
    assert of_school == "".join([expected[0], *chosen])


def test_the_sample_gives_the_levels_beside_it(sample: Installation) -> None:
    expected = (SAMPLE / "lesson-marks-sample.signals.csv").read_text()

    done = sample.run("signals", "--as-of", "2026-11-20", "--rule-set", "city", "--format", "csv")

    assert (done.returncode, done.stderr) == (0, "")
    levels = [(row["pupil_id"], row["level"]) for row in csv.DictReader(done.stdout.splitlines())]
    assert levels == [tuple(line.split(",")) for line in expected.splitlines()[1:]]


def test_the_sample_delivered_again_changes_nothing(sample: Installation) -> None:
    before = sample.measures("--from", "2026-01-01", "--to", "2026-12-31")

    code, told = sample.told(str(SAMPLE / "lesson-marks-sample.csv"))

    assert (code, told["new"], told["changed"], told["faulty"]) == (0, 0, 0, 0)
    assert told["same"] + told["duplicate"] == told["rows"]
    assert sample.measures("--from", "2026-01-01", "--to", "2026-12-31") == before


def test_planted_faults_are_told_in_json_exactly(vik: Installation) -> None:
    file = vik.write(
        "Å1,99000002,2026-11-16,08:10,60,MA,excused,",
        '"Å2\n",99000002,2026-11-16,08:10,60,MA,late,5',
        "Å1,99000002,2026-11-16,09:30,60,MA,late,",
        "",
        "Å1,99000002,2026-11-31,09:30,0,MA,sjuk,",
        "Å1,99000002,2026-11-21,09:30,60,MA,present",
    )

    code, told = vik.told(file, "--create-missing")

    assert code == 1
    assert list(told) == [
        "rows", "new", "changed", "same", "duplicate", "faulty", "warnings", "errors",
        "errors_left_out",
    ]  # fmt: skip
    reasons = [error.pop("reason") for error in told["errors"]]
    assert all(len(reason) > 10 for reason in reasons)
    assert told == {
        "rows": 5,
        "new": 2,
        "changed": 0,
        "same": 0,
        "duplicate": 0,
        "faulty": 3,
        "warnings": [],
        "errors": [
            {"line": 5, "column": "absent_minutes", "value": "", "code": "absent_missing"},
            {"line": 7, "column": "date", "value": "2026-11-31", "code": "no_such_day"},
            {"line": 7, "column": "minutes", "value": "0", "code": "minutes_range"},
            {"line": 7, "column": "kind", "value": "sjuk", "code": "kind_unknown"},
            {"line": 8, "column": "", "value": "7", "code": "columns"},
        ],
        "errors_left_out": 0,
    }
    assert vik.measures() == MEASURES + (
        "Å1,99000002,60,60,0,0,1,1\n"  # the good rows are written
        "Å2,99000002,60,0,5,1,0,0\n"
    )


def test_a_file_that_cannot_be_used_ends_in_2_and_one_sentence_on_stderr(
    migrated: Installation,
) -> None:
    path = migrated.folder / "unusable.csv"
    path.write_bytes(f"{HEADER}\nÅ,1\n".encode("cp1252"))

    done = migrated.run("import-marks", str(path), "--create-missing", "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_an_empty_database_has_no_figures_but_a_header(migrated: Installation) -> None:
    assert migrated.measures() == MEASURES


def test_output_is_utf_8_whatever_the_surroundings_say(vik: Installation) -> None:
    file = vik.write("Ω-Åsa,99000002,2026-11-16,08:10,60,MA,present,", "Ω,9,9,9,9,9,9,9")

    for surroundings in ({"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}):
        done = vik.run("import-marks", file, "--create-missing", "--json", **surroundings)
        assert (done.returncode, json.loads(done.stdout)["faulty"]) == (1, 1)
        figures = vik.run("measures", *NOVEMBER, **surroundings)
        assert figures.stdout == MEASURES + "Ω-Åsa,99000002,60,0,0,0,0,0\n"


def test_a_database_that_is_not_ready_ends_in_2_and_says_what_to_do(
    set_up: SetUp,
) -> None:
    empty = set_up(None)

    done = empty.run("import-marks", empty.write("x,99000002,2026-11-16,08:10,60,MA,present,"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "samnarvaro: Databasen är inte färdig att använda. Kör först: samnarvaro migrate\n"
    )


def test_a_database_that_does_not_answer_ends_in_2_and_one_sentence(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path, "postgres://nobody@127.0.0.1:1/nothing")

    done = nowhere.run("measures", *NOVEMBER)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
