"""What the README promises of make, and what the locks promise of the packages, is so."""

import os
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import OutsideWorld, clear_up_after_killed_runs

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PYPROJECT = (ROOT / "pyproject.toml").read_text()
SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]
PROSE = [path for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md"] if path.exists()] + sorted(
    (ROOT / "docs").rglob("*.md")
)


@pytest.mark.parametrize("page", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|^\s*)make ([a-z-]+)", page.read_text(), re.MULTILINE))

    assert named <= TARGETS


def test_every_target_says_what_it_does_and_is_no_file() -> None:
    told = set(re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)

    assert told == TARGETS
    assert phony is not None
    assert set(phony[1].split()) == TARGETS


def test_make_alone_lists_the_targets() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert all(f"  {target} " in shown for target in TARGETS)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_one_version_and_hashes(lock: Path) -> None:
    packages = re.split(r"\n(?=\S)", lock.read_text().strip())

    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9.-]+==\S+( ; [^\\]+)? \\\n", package), package.splitlines()[0]
        assert re.search(r"^    --hash=sha256:[0-9a-f]{64}", package, re.MULTILINE), package


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_names_a_place_on_the_network_or_on_a_machine(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    assert not re.search(r"# .*\s-c /", text)


def test_what_runs_is_the_same_in_every_lock() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(
            r"^([a-z0-9.-]+)==([^\s;]+)", lock.read_text(), re.MULTILINE
        ):
            versions.setdefault(name, set()).add(version)

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_dependency_is_locked() -> None:
    config = tomllib.loads(PYPROJECT)
    groups = config["dependency-groups"]
    holding = {
        "run": [*config["project"]["dependencies"], *groups["build"]],
        "dev": [*config["project"]["dependencies"], *groups["build"], *groups["dev"]],
        "bench": groups["bench"],
        "uv": groups["installer"],
    }

    for lock, wanted in holding.items():
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        locked = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
        assert {re.split(r"[\[<>=~!]", name)[0] for name in wanted} <= locked, lock


def test_every_dependency_says_its_reason() -> None:
    lists = re.findall(
        r"^(?:dependencies|dev|build|installer|bench) = \[\n(.*?)^\]",
        PYPROJECT,
        re.MULTILINE | re.DOTALL,
    )

    lines = [line for found in lists for line in found.splitlines()]
    assert len(lists) == 5
    assert [line for line in lines if not re.match(r'\s+"[^"]+",\s+# \S', line)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_can_be_started_and_reads_well_to_its_shell(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", script], check=True)


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(OutsideWorld), socket.socket() as road:
        road.connect(("192.0.2.1", 80))

    with pytest.raises(OutsideWorld):
        socket.getaddrinfo("example.org", 80)


def test_every_setting_is_told_to_the_one_who_installs() -> None:
    source = (ROOT / "src" / "samnarvaro" / "project" / "settings.py").read_text()
    read = set(re.findall(r'(?:read\(\s*env\.\w+,|whole_number\(|some_of\()\s*"([A-Z_]+)"', source))
    named = {
        name.removesuffix("_FILE") for name in re.findall(r"SAMNARVARO_([A-Z_]+[A-Z])\b", source)
    }

    told = (ROOT / "docs" / "install.md").read_text()
    own = {"DATABASE_URL_READ"}  # made and taken away again while the settings are read
    assert {name for name in (read | named) - own if f"`SAMNARVARO_{name}`" not in told} == set()


def test_what_killed_runs_left_is_cleared_and_what_runs_is_left_alone(tmp_path: Path) -> None:
    gone, running, foreign = (
        "samnarvaro-tests-999999999-x",
        f"samnarvaro-tests-{os.getpid()}-x",
        "x",
    )
    for name in (gone, running, foreign):
        (tmp_path / name).mkdir()

    clear_up_after_killed_runs(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {running, foreign}
