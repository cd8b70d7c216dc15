"""An installation of its own for a journey: a database, a folder, and the program as it is run."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).parent / "samnarvaro"
HEADER = "pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30", "--format", "csv")
_SETTLED = """
import django; django.setup()
from samnarvaro.base import wall
wall.stand_as_system("test")
"""


@dataclass
class Installation:
    """A database of its own, and a folder; nothing else is set."""

    folder: Path
    database: str

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "SAMNARVARO_DATABASE_URL": self.database,
            "SAMNARVARO_DATA_DIR": str(self.folder / "var"),
        } | more

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [PROGRAM, *arguments],
            env=self.environment(**environment),
            capture_output=True,
            timeout=120,
            check=False,
            cwd=self.folder,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def python(self, code: str, **environment: str) -> list[str]:
        """Run some lines as the program's, asked by the system; return the words that they print."""
        done = subprocess.run(
            [sys.executable, "-c", f"{_SETTLED}{code}"],
            env=self.environment(
                DJANGO_SETTINGS_MODULE="samnarvaro.project.settings", **environment
            ),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split()

    @property
    def is_postgres(self) -> bool:
        return self.database.startswith("postgres")

    def write(self, *records: str, name: str = "") -> str:
        path = self.folder / (name or f"{uuid.uuid4()}.csv")
        path.write_text("\n".join([HEADER, *records, ""]), encoding="utf-8")
        return str(path)

    def told(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        done = self.run("import-marks", *arguments, "--json")
        assert done.stderr == ""
        return done.returncode, json.loads(done.stdout)

    def measures(self, *arguments: str) -> str:
        done = self.run("measures", *(arguments or NOVEMBER))
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


SetUp = Callable[[Installation | None], Installation]
