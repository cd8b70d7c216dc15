"""The import contracts of pyproject.toml hold, and each of them bites."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samnarvaro import __file__ as package

SOURCE = Path(package).parent
ROOT = SOURCE.parents[1]
LINTER = Path(sys.executable).parent / "lint-imports"

# What the ground floor may stand on: the language itself, and days that are free in Sweden.
PURE = {
    "abc", "bisect", "collections", "collections.abc", "contextlib", "copy", "dataclasses",
    "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "hmac", "holidays",
    "itertools", "json", "math", "operator", "re", "statistics", "string", "types", "typing",
    "unicodedata", "uuid",
}  # fmt: skip
GROUND_FLOOR = sorted([*SOURCE.glob("kernel/**/*.py"), *SOURCE.glob("*/domain/**/*.py")])


def lint(*contracts: str, place: Path = ROOT) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return subprocess.run(
        [LINTER, "--no-cache", "--no-logo", "--config", ROOT / "pyproject.toml", *chosen],
        capture_output=True,
        text=True,
        cwd=place,
        check=False,
    )


def test_the_contracts_are_kept() -> None:
    answer = lint()

    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copytree(
        SOURCE,
        tmp_path / "samnarvaro",
        ignore=lambda _folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    return tmp_path


def test_a_copy_of_the_house_keeps_the_contracts_too(copy_of_the_house: Path) -> None:
    assert lint(place=copy_of_the_house).returncode == 0


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("rooms", "people/domain/seeded.py", "from samnarvaro.attendance.domain import marks"),
        ("rooms", "base/seeded.py", "from samnarvaro.people import models"),
        ("rooms", "worklist/domain/seeded.py", "import samnarvaro.project.settings"),
        ("rooms", "unlisted/__init__.py", ""),
        ("floors", "people/domain/seeded.py", "from samnarvaro.people import models"),
        ("floors", "people/unlisted.py", ""),
        ("ground", "people/domain/seeded.py", "from django.db import models"),
        ("ground", "people/domain/seeded.py", "from samnarvaro.base import pages"),
        ("ground", "kernel/seeded.py", "import sqlite3"),
        ("web", "people/web/seeded.py", "from samnarvaro.people.models import Pupil"),
        (
            "web",
            "people/web/seeded.py",
            "if TYPE_CHECKING:\n    from samnarvaro.people.models import Pupil",
        ),
    ],
)
def test_a_breach_of_a_contract_is_found(
    copy_of_the_house: Path, contract: str, file: str, line: str
) -> None:
    seeded = copy_of_the_house / "samnarvaro" / file
    for folder in {seeded.parent, seeded.parents[1]}:
        folder.mkdir(exist_ok=True)
        if folder != copy_of_the_house:
            (folder / "__init__.py").touch()
    seeded.write_text(line + "\n")

    answer = lint(contract, place=copy_of_the_house)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "0 kept, 1 broken" in answer.stdout or "not listed as layers" in answer.stdout.lower()


def impure(source: str) -> list[str]:
    """Return what a file of the ground floor imports beyond the language and the ground floor."""
    found = []
    for node in ast.walk(ast.parse(source)):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        found += [module for module in modules if module not in PURE and not _is_ground(module)]
    return found


def _is_ground(module: str) -> bool:
    parts = module.split(".")
    return parts[0] == "samnarvaro" and (parts[1:2] == ["kernel"] or parts[2:3] == ["domain"])


@pytest.mark.parametrize("path", GROUND_FLOOR, ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_ground_floor_stands_on_the_language_alone(path: Path) -> None:
    assert impure(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "from pathlib import Path",
        "import random",
        "import logging",
        "from django.utils.translation import gettext",
        "from samnarvaro.base import clock",
        "from samnarvaro.people import queries",
    ],
)
def test_a_ground_floor_that_reaches_out_is_seen(source: str) -> None:
    assert impure(source)
