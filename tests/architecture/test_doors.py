"""A room is entered by its doors: queries, services, events, domain. Nobody climbs in.

`base` and `kernel` are the ground that all stand on. `project`, the roof, puts the house together
and may also take hold of what rooms hang up for it: apps, urls, reactions, jobs and imports.
"""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest

from samnarvaro import __file__ as package

SOURCE = Path(package).parent
DOORS = ("queries", "services", "events", "domain")
GROUND = {"base", "kernel"}
ROOF = "project"
HUNG_UP_FOR_THE_ROOF = ("apps", "web.urls", "reactions", "jobs", "imports")
FILES = sorted(SOURCE.rglob("*.py"))
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))

Import = tuple[str, str]


def is_entered_by_a_door(importer: str, imported: str) -> bool:
    here, there = (name.split(".")[1:] for name in (importer, imported))
    if not here or not there or here[0] == there[0] or there[0] in GROUND:
        return True
    doors = DOORS + (HUNG_UP_FOR_THE_ROOF if here[0] == ROOF else ())
    inside = ".".join(there[1:])
    return any(inside == door or inside.startswith(f"{door}.") for door in doors)


def wrong_ways(imports: Iterable[Import]) -> list[Import]:
    return sorted(each for each in imports if not is_entered_by_a_door(*each))


def all_imports() -> set[Import]:
    """Return every import between our modules, also those made for type checking only."""
    graph = grimp.build_graph("samnarvaro", cache_dir=None)
    return {
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }


def test_rooms_are_entered_by_their_doors() -> None:
    assert wrong_ways(all_imports()) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("attendance.services", "people.models"),
        ("attendance.web.views", "people.web.urls"),
        ("attendance.services", "people"),
        ("attendance.services", "people.totals"),
        ("staircase.jobs", "attendance.totals.rebuild"),
        ("staircase.reactions", "attendance.reactions"),
        ("staircase.services", "attendance.domains"),
        ("project.home", "people.models"),
        ("project.home", "people.web.views"),
        ("project.home", "attendance.totals"),
        ("staircase.services", "project.settings"),
        ("base.pages", "people.models"),
    ],
)
def test_a_window_is_no_door(importer: str, imported: str) -> None:
    seeded = (f"samnarvaro.{importer}", f"samnarvaro.{imported}")

    assert wrong_ways([seeded]) == [seeded]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("attendance.services", "people.queries"),
        ("attendance.domain.measures", "organisation.domain.school_days"),
        ("staircase.reactions", "attendance.events"),
        ("attendance.models", "base.models"),
        ("attendance.services", "attendance.totals.carry"),
        ("attendance.models", "kernel.access"),
        ("project.urls", "people.web.urls"),
        ("project.cli", "attendance.imports.engine"),
        ("project.nightly", "staircase.jobs"),
    ],
)
def test_a_door_is_open(importer: str, imported: str) -> None:
    assert wrong_ways([(f"samnarvaro.{importer}", f"samnarvaro.{imported}")]) == []


def back_ways(source: str) -> list[str]:
    """Return where a module is taken by a name in a string, which no import contract sees."""
    called = {
        ast.unparse(node.func): node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
    }
    ways = {"get_model", "get_app_config", "get_models", "import_module", "import_string"}
    return [
        f"line {line}: {way}"
        for way, line in called.items()
        # A migration's own step is handed the models as they then were.
        if way.split(".")[-1] in ways and not way.startswith(("to_state.", "from_state."))
    ]


# The second wall is laid around every table there is: it asks the register of tables for all of them.
EVERY_TABLE = SOURCE / "project" / "wall" / "rules.py"


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if "migrations" not in path.parts and path != EVERY_TABLE],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_nothing_is_fetched_by_its_name(path: Path) -> None:
    assert back_ways(path.read_text(encoding="utf-8")) == []


def test_fetching_by_name_is_seen() -> None:
    assert back_ways("from django.apps import apps\napps.get_model('people', 'Pupil')")
    assert back_ways("importlib.import_module('samnarvaro.people.models')")
    assert back_ways("apps.register(1)") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_borrows_from_its_own_room_and_the_base_alone(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0]
    borrowed = re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)""", path.read_text())
    others = {name for name in borrowed if (SOURCE / name.split("/")[0]).is_dir()}

    assert [name for name in others if name.split("/")[0] not in {room, *GROUND}] == []
