"""Beginning the demo anew takes away the demo, and never an installation in use."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scripts import demo_reset


@pytest.fixture
def free_port() -> int:
    with closing(socket.socket()) as finder:
        finder.bind(("127.0.0.1", 0))
        port: int = finder.getsockname()[1]
        return port


def folder_with(folder: Path, *codes: str) -> Path:
    with closing(sqlite3.connect(folder / "samnarvaro.sqlite3")) as connection:
        connection.execute("CREATE TABLE organisation_schoolauthority (code TEXT)")
        connection.executemany(
            "INSERT INTO organisation_schoolauthority VALUES (?)", [(code,) for code in codes]
        )
        connection.commit()
    return folder


def test_vik_is_taken_away(tmp_path: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    folder_with(folder, "9999")
    monkeypatch.setenv("SAMNARVARO_DATA_DIR", str(folder))
    monkeypatch.setenv("SAMNARVARO_PORT", str(free_port))

    assert demo_reset.main() == 0

    assert not folder.exists()
    assert tmp_path.exists()


def test_another_municipality_is_left_alone(
    tmp_path: Path,
    free_port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder_with(tmp_path, "9999", "0180")
    monkeypatch.setenv("SAMNARVARO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SAMNARVARO_PORT", str(free_port))

    assert demo_reset.main() == 2

    assert "0180" in capsys.readouterr().err
    assert (tmp_path / "samnarvaro.sqlite3").exists()


def test_a_demo_that_runs_is_left_alone(tmp_path: Path) -> None:
    with socket.socket() as running:
        running.bind(("127.0.0.1", 0))
        running.listen()
        port = running.getsockname()[1]

        assert str(port) in (demo_reset.why_not(folder_with(tmp_path, "9999"), port) or "")


@pytest.mark.parametrize("content", [None, b""])
def test_a_folder_without_tables_holds_nobody(
    tmp_path: Path, free_port: int, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "samnarvaro.sqlite3").write_bytes(content)

    assert demo_reset.why_not(tmp_path, free_port) is None


def test_what_cannot_be_read_is_left_alone(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "samnarvaro.sqlite3").write_bytes(b"no database, but a file of some length" * 10)

    assert "går inte att läsa" in (demo_reset.why_not(tmp_path, free_port) or "")
