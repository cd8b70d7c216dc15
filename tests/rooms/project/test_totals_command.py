"""rebuild-totals: lays the totals anew, or holds them against the marks and says whether they agree."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Writing
from samnarvaro.project.commands.totals import rebuild_totals
from tests.rooms.base.office import NOON, SAGA, Office, csv, system


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:  # noqa: ARG001  # the rows need tables
    office = Office()
    office.pupil("vik-noor")
    path = tmp_path / "marks.csv"
    path.write_bytes(csv(SAGA, SAGA.replace("vik-saga", "vik-noor")))
    attendance.take_in(path, attendance.Options(), by=system(), at=NOON)
    return office


def run(*words: str) -> Result:
    return CliRunner().invoke(rebuild_totals, words)


def held() -> list[tuple[str, int]]:
    return list(DayTotal.objects.order_by("pupil").values_list("pupil__pupil_id", "scheduled"))


@pytest.mark.usefixtures("office")
def test_what_agrees_is_left_as_it_is() -> None:
    before = held()

    result = run("--check", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"differing": 0})
    assert held() == before == [("vik-saga", 60), ("vik-noor", 60)]
    assert Writing.objects.get(act="totals.checked").detail == {"differing": 0}


@pytest.mark.parametrize("wrong", ["changed", "lost", "extra"])
def test_what_does_not_agree_is_told_and_put_right(office: Office, wrong: str) -> None:
    rows = DayTotal.objects.filter(pupil=office.saga)
    if wrong == "changed":
        rows.update(scheduled=61)
    elif wrong == "lost":
        rows.delete()
    else:
        row = rows.get()
        row.day = row.day.replace(day=20)
        DayTotal.objects.bulk_create([row])

    result = run("--check")

    assert (result.exit_code, result.stdout) == (
        1,
        "1 elevers summor stämde inte. De omräknade gäller nu.\n",
    )
    assert held() == [("vik-saga", 60), ("vik-noor", 60)]
    assert run("--check").exit_code == 0


@pytest.mark.usefixtures("office")
def test_without_the_check_they_are_laid_anew() -> None:
    DayTotal.objects.all().delete()

    result = run("--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"rows": 2})
    assert held() == [("vik-saga", 60), ("vik-noor", 60)]


@pytest.mark.django_db
def test_in_an_empty_installation_all_agrees() -> None:
    result = run("--check")

    assert (result.exit_code, result.stdout) == (0, "Alla summor stämmer.\n")
