"""samnarvaro instruments: what is written to a file can be loaded, and what has faults is not."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samnarvaro.audit.models import Writing
from samnarvaro.mapping.queries import instruments as queries
from samnarvaro.project.commands.instruments import instruments
from tests.domain.mapping.asked import choice, question, whole

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(instruments, words)


def test_all_are_listed_and_one_is_written_as_it_is_loaded() -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == 8
    assert "samnarvaro-skola-enkel\t1\tactive\tSå här ser vi det i skolan (enkel)" in lines

    told = json.loads(run("export", "samnarvaro-skola-enkel").stdout)
    assert (told["resourceType"], told["status"]) == ("Questionnaire", "active")
    for unknown in (["x"], ["samnarvaro-skola-enkel", "--version", "2"]):
        assert run("export", *unknown).exit_code == 2


def test_one_is_loaded_as_a_draft_or_published_at_once(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    for version, more, state in (("1", [], "draft"), ("2", ["--publish"], "active")):
        file.write_text(json.dumps(whole(choice("1")) | {"version": version}), encoding="utf-8")
        assert run("import", str(file), *more).stdout == f"vik-one {version}: {state}\n"

    acts = Writing.objects.filter(act__startswith="instrument.").values_list("act", flat=True)
    assert list(acts) == ["instrument.loaded", "instrument.loaded", "instrument.published"]
    assert not [each for each in queries.shelf() if each.name == "vik-one" and each.is_shipped]


def test_every_fault_is_a_line_and_nothing_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    faulty = whole(question("a", "tekst"), question("b", "text", text=""))
    file.write_text(json.dumps(faulty, indent=1), encoding="utf-8")

    refused = run("import", str(file))

    assert refused.exit_code == 2
    assert "fråga a, type" in refused.stderr
    assert "fråga b, text" in refused.stderr
    assert len(queries.shelf()) == 8
    file.write_bytes(b"\xff\xfe")
    assert run("import", str(file)).exit_code == 2
