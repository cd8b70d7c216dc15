"""Tries the wrong rules of `seeded`, one at a time, on a copy of the source in a folder of its own.

Run alone it tries all, prints a table and exits with 1 when one is let through:
python -m tests.proof.mutants
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.proof.seeded import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
SOURCE = Path("src", "samnarvaro")
PASSED, FAILED = 0, 1  # what the tests' program says when it has run them
LONGEST = 600


class DoesNotApply(Exception):
    """The edit says nothing about today's source."""


@dataclass(frozen=True)
class Tried:
    mutant: Mutant
    code: int
    seconds: float
    told: str

    @property
    def is_killed(self) -> bool:
        """Tests ran and one of them failed; a copy that does not even start proves nothing."""
        return self.code == FAILED


def edited(mutant: Mutant, root: Path = ROOT) -> str:
    """Return the file with the wrong rule in it. Raises DoesNotApply."""
    text = (root / SOURCE / mutant.path).read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise DoesNotApply(f"{mutant.what}: {text.count(mutant.old)} times in {mutant.path}")
    wrong = text.replace(mutant.old, mutant.new)
    if ast.dump(ast.parse(wrong)) == ast.dump(ast.parse(text)):
        raise DoesNotApply(f"{mutant.what}: changes nothing")
    return wrong


def copied(folder: Path) -> Path:
    """Copy what the tests need to run beside the house and not in it."""
    for name in ("src", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(tests: Iterable[str], folder: Path) -> tuple[int, str]:
    """Run tests on a copy until the first that fails."""
    paths = [str(Path("tests", path)) for path in tests]
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "--nomigrations", "-p",
        "no:randomly", *paths,
    ]  # fmt: skip
    own = {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=folder, env=kept | own, capture_output=True, text=True, timeout=LONGEST,
        check=False,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).strip()


def tried(mutants: Iterable[Mutant], folder: Path) -> Iterator[Tried]:
    """Try wrong rules on a copy, which is as it was after each."""
    for mutant in mutants:
        path = folder / SOURCE / mutant.path
        right = path.read_text(encoding="utf-8")
        began = time.monotonic()
        path.write_text(edited(mutant, folder), encoding="utf-8")
        try:
            code, told = run(mutant.tests, folder)
        finally:
            path.write_text(right, encoding="utf-8")
        yield Tried(mutant, code, time.monotonic() - began, told)


def main() -> int:
    """Try the right rules first, then all the wrong ones."""
    with tempfile.TemporaryDirectory(prefix="samnarvaro-mutants-") as place:
        folder = copied(Path(place))
        code, told = run(sorted({test for one in MUTANTS for test in one.tests}), folder)
        if code != PASSED:
            print(told)
            return 1
        killed = 0
        for one in tried(MUTANTS, folder):
            killed += one.is_killed
            word = "killed" if one.is_killed else f"SURVIVED ({one.code})"
            print(f"{word:14} {one.seconds:6.1f} s  {one.mutant.what}", flush=True)
    print(f"mutants killed: {killed} of {len(MUTANTS)}")
    return 0 if killed == len(MUTANTS) else 1


if __name__ == "__main__":
    sys.exit(main())
