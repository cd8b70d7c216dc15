"""One place reads the clock; the day is handed down from the web floor and the command line."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from samnarvaro import __file__ as package

SOURCE = Path(package).parent
ROOT = SOURCE.parents[1]
CLOCK = SOURCE / "base" / "clock.py"
FILES = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if path != CLOCK and "migrations" not in path.parts  # they repeat what the models say
]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*"))

READS = {
    "now", "utcnow", "today", "localdate", "localtime", "gmtime", "time_ns", "ctime", "Now",
    "CurrentTimestamp", "auto_now", "auto_now_add", "naturalday", "naturaltime",
}  # fmt: skip
IN_SQL = re.compile(
    r"\bcurrent_(date|time|timestamp)\b|\blocaltimestamp\b|\bnow\(\)|'now'", re.IGNORECASE
)
IN_TEMPLATE = re.compile(r"{%\s*now\b|\|\s*(timesince|timeuntil|naturaltime|naturalday)\b")
# A day or a moment that was handed down may be called so too (request.today, maker.today): these
# two are readings only on what comes from a module of dates and times.
ALSO_HANDED_DOWN = {"now", "today"}
OF_TIME = {"date", "datetime", "timezone", "time", "functions"}


def clock_readings(source: str) -> list[str]:
    """Return where a module asks what time it is, in Python or in SQL."""
    nodes = list(ast.walk(ast.parse(source)))
    clocks = OF_TIME | {
        alias.asname
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name.split(".")[-1] in OF_TIME
    }
    return [
        f"line {getattr(node, 'lineno', 0)}: {reading}"
        for node in nodes
        for reading in _readings_at(node, clocks)
    ]


def _readings_at(node: ast.AST, clocks: set[str]) -> list[str]:
    match node:
        case ast.Attribute(attr=name) if name in READS:
            base = ast.unparse(node.value)
            if name in ALSO_HANDED_DOWN and base.split(".")[-1] not in clocks:
                return []
            return [] if base == "clock" else [ast.unparse(node)]
        case ast.Attribute() if ast.unparse(node) == "time.time":
            return ["time.time"]
        case ast.ImportFrom(module="time"):
            return [alias.name for alias in node.names if alias.name in READS | {"time"}]
        case ast.ImportFrom():
            return [alias.name for alias in node.names if alias.name in READS - {"today"}]
        case ast.keyword(arg="auto_now" | "auto_now_add" as name):
            return [name]
        case ast.Constant(value=str(text)) if IN_SQL.search(text):
            return [text]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    assert clock_readings(path.read_text(encoding="utf-8")) == []


def test_the_clock_itself_is_seen_to_read_it() -> None:
    assert clock_readings(CLOCK.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.datetime.now()",
        "datetime.utcnow()",
        "from datetime import date as d\nd.today()",
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils.timezone import now",
        "from django.utils.timezone import localdate as day",
        "import time\ntime.time()",
        "from time import time",
        "time.time_ns()",
        "time.localtime()",
        "at = models.DateTimeField(default=timezone.now)",
        "at = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Now",
        "functions.Now()",
        'cursor.execute("SELECT 1 WHERE day <= CURRENT_DATE")',
        "cursor.execute(\"SELECT date('now')\")",
        'cursor.execute("SELECT now()")',
    ],
)
def test_each_way_of_reading_the_clock_is_seen(source: str) -> None:
    assert clock_readings(source)


@pytest.mark.parametrize(
    "source",
    ["request.today", "clock.today()", "f(on=self.request.now)", "maker.today", "lesson.now"],
)
def test_a_day_handed_down_is_let_through(source: str) -> None:
    assert clock_readings(source) == []


def clock_users(reading: str) -> set[str]:
    return {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if f"clock.{reading}(" in path.read_text(encoding="utf-8")
    }


def test_the_day_is_read_at_the_roof_alone() -> None:
    assert {user for user in clock_users("today") if not user.startswith("project/")} == set()


def test_the_moment_is_read_at_the_roof_and_by_a_job_that_notes_when_it_ended() -> None:
    assert {
        user
        for user in clock_users("now")
        if not user.startswith("project/") and not user.endswith(("/jobs.py", "/nightly.py"))
    } == set()


def test_nobody_renames_the_clock() -> None:
    renamed = re.compile(
        r"base import .*clock as|base\.clock import|import samnarvaro\.base\.clock"
    )

    assert [path for path in FILES if renamed.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_reads_the_clock(path: Path) -> None:
    if path.suffix in {".html", ".txt"}:
        assert IN_TEMPLATE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "template", ['{% now "Y" %}', "{{ at|timesince }}", "{{ at | naturaltime:1 }}"]
)
def test_a_template_that_reads_the_clock_is_seen(template: str) -> None:
    assert IN_TEMPLATE.search(template)


def ruff_on(source: str, place: str) -> set[str]:
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache"),
            *("--output-format", "json", "--stdin-filename", place, "-"),
        ],
        input=source,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return {each["code"] for each in json.loads(answer.stdout)}


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\n\ndatetime.date.today()\n",
        "from datetime import date\n\ndate.today()\n",
        "from datetime import datetime\n\ndatetime.now()\n",
        "from datetime import datetime\n\ndatetime.utcnow()\n",
        "import time\n\ntime.time()\n",
        "from django.utils import timezone\n\ntimezone.now()\n",
        "from django.utils.timezone import localdate\n\nlocaldate()\n",
    ],
)
def test_ruff_refuses_the_clock_as_well(source: str) -> None:
    assert "TID251" in ruff_on(source, "src/samnarvaro/people/services.py")
    assert "TID251" not in ruff_on(source, "src/samnarvaro/base/clock.py")
