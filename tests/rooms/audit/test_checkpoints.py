"""The day's checkpoint: outside the database, never written over, and in somebody's mail."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from pytest_django import Settings as SettingsWrapper

from samnarvaro.audit import queries
from samnarvaro.audit import services as audit
from samnarvaro.base.models import JobRun
from samnarvaro.project import checkpoints, sealer, tasks
from samnarvaro.project.commands.audit import audit as command
from tests.rooms.audit.log import MINUTE, NOON, SAGA, some, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.CHECKPOINT_FOLDER = tmp_path / "elsewhere"
    return tmp_path / "elsewhere"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_checkpoint_is_a_new_file_each_time_and_can_be_read_back(folder: Path) -> None:
    end = some(2)
    for late in (0, 1):
        checkpoints.keep_checkpoint(at=end + late * MINUTE)

    points = audit.read_checkpoints([folder])

    assert [point.number for point in points] == [4, 4]
    assert (points[0].readings, points[0].writings) == (2, 2)
    with pytest.raises(FileExistsError):
        checkpoints.keep_checkpoint(at=end)
    assert queries.verify(at=end, checkpoints=points).checkpoints == 2


def test_nothing_sealed_makes_no_checkpoint(folder: Path) -> None:
    assert checkpoints.keep_checkpoint(at=NOON) == {"sealed": 0, "seal_no": 0, "mailed": 0}
    assert not folder.exists()


@pytest.mark.usefixtures("folder")
def test_the_mail_holds_how_far_the_chain_has_come_and_nothing_of_anybody(
    settings: SettingsWrapper,
) -> None:
    settings.CHECKPOINT_MAIL = "dataskyddsombud@vik.example"
    done = checkpoints.keep_checkpoint(at=some(2))

    (letter,) = mail.outbox
    assert (done["mailed"], letter.to) == (1, ["dataskyddsombud@vik.example"])
    assert SAGA not in letter.body
    line = re.search(r"^{.*}$", str(letter.body), re.MULTILINE)
    assert line is not None
    assert json.loads(line[0])["seal_no"] == 4


@pytest.mark.usefixtures("folder")
def test_the_days_job_seals_all_and_tells_how_it_went() -> None:
    some(3)

    tasks.run_checkpoint.call()

    run = JobRun.objects.get(job="checkpoint")
    assert (run.state, run.report["seal_no"], run.report["mailed"]) == ("done", 6, 0)


def test_a_folder_that_cannot_be_written_in_makes_the_job_fail(
    settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.CHECKPOINT_FOLDER = tmp_path / "file"
    settings.CHECKPOINT_FOLDER.write_text("in the way")
    some(1)

    with pytest.raises(tasks.Failed):
        tasks.run_checkpoint.call()

    assert JobRun.objects.get(job="checkpoint").state == "failed"


def test_the_command_says_that_all_is_well(folder: Path) -> None:
    some(2)
    assert run("checkpoint").exit_code == 0

    done = run("verify", "--checkpoint", str(folder), "--json", "--allow-minutes", "525600")

    told = json.loads(done.stdout)
    # What was written at noon was sealed later: nothing of it is from the future.
    assert (done.exit_code, told["whole"], told["checkpoints"]) == (0, True, 1)
    assert (told["readings"], told["writings"], told["faults"]) == (2, 2, {})


@pytest.mark.usefixtures("folder")
def test_the_command_tells_what_does_not_fit() -> None:
    some(2)
    run("seal")
    tamper("UPDATE audit_reading SET viewer = 'x' WHERE what = 'page-1'")

    done = run("verify")

    assert done.exit_code == 1
    assert "ändrade eller omflyttade rader: 1" in done.stdout
    assert "changed: försegling 2, läsning" in done.stdout
    assert "Ingen kontrollpunkt" in done.stderr


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"seal_no": 1}', "not json"])
def test_a_checkpoint_that_cannot_be_read_stops_the_command(tmp_path: Path, text: str) -> None:
    path = tmp_path / "point.json"
    path.write_text(text)

    done = run("verify", "--checkpoint", str(path))

    assert (done.exit_code, str(path) in done.stderr) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_the_sealer_seals_while_the_worker_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "SECONDS_BETWEEN", 0.01)
    end = some(2)

    with sealer.sealing():
        for _ in range(500):
            if queries.verify(at=end).seals == 4:
                break

    assert queries.verify(at=end).seals == 4
