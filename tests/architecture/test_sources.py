"""Every element of the five source models is accounted for, and what is called proved has tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from scripts import sources

ROOT = Path(sources.LIST).parent.parent

# The whole inventory: runs of numbers per model, and the four that were found between two others.
RUNS = {
    "S0": [(1, 31)],
    "S1": [(1, 38)],
    "S2": [(1, 74)],
    "S3": [(1, 32), (40, 67)],
    "S4": [(1, 41), (50, 57), (60, 67), (70, 70), (80, 84), (90, 99)],
}
BETWEEN = {"S3-31b", "S4-07b", "S4-81b", "S4-83b"}
INVENTORY = BETWEEN | {
    f"{model}-{number:02}"
    for model, runs in RUNS.items()
    for first, last in runs
    for number in range(first, last + 1)
}

ELEMENTS = sources.read()


def test_the_list_holds_the_whole_inventory_and_nothing_else() -> None:
    assert len(INVENTORY) == 280

    assert {element.id for element in ELEMENTS} == INVENTORY


def test_the_list_is_sorted_so_that_an_element_is_found_by_eye() -> None:
    def place(element: sources.Element) -> tuple[str, int, str]:
        found = re.fullmatch(r"(S\d)-(\d+)(b?)", element.id)
        assert found is not None
        return found[1], int(found[2]), found[3]

    assert sorted(ELEMENTS, key=place) == ELEMENTS


def test_no_two_elements_have_the_same_name() -> None:
    names = [" ".join(element.name.casefold().split()) for element in ELEMENTS]

    assert sorted(names) == sorted(set(names))


def test_every_test_that_is_named_as_proof_exists() -> None:
    missing = [
        f"{element.id}: {node}"
        for element in ELEMENTS
        for node in element.tests
        if not is_a_test(node)
    ]

    assert missing == []


def is_a_test(node: str) -> bool:
    """Tell whether a pytest node id, its parameters left out, points at a test of ours."""
    path, *names = node.partition("[")[0].split("::")
    return (
        path.startswith("tests/")
        and bool(names)
        and names[-1].startswith("test_")
        and "::".join(names) in known_tests(ROOT / path)
    )


@cache
def known_tests(path: Path) -> frozenset[str]:
    """Return the tests of a file as the part of a node id behind the path; none without a file."""
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    in_classes = {
        f"{part.name}::{name}"
        for part in body
        if isinstance(part, ast.ClassDef)
        for name in functions(part.body)
    }
    return frozenset(functions(body) | in_classes)


def functions(body: list[ast.stmt]) -> set[str]:
    return {part.name for part in body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(
    ("node", "exists"),
    [
        ("tests/architecture/test_sources.py::test_no_two_elements_have_the_same_name", True),
        ("tests/architecture/test_sources.py::test_a_broken_entry_is_told[no name]", True),
        ("tests/architecture/test_sources.py::test_that_nobody_wrote", False),
        ("tests/architecture/test_sources.py::is_a_test", False),
        ("tests/architecture/test_sources.py", False),
        ("tests/architecture/no_such_file.py::test_anything", False),
        ("scripts/sources.py::test_anything", False),
    ],
)
def test_a_proof_is_a_test_function_in_a_test_file(node: str, exists: bool) -> None:
    assert is_a_test(node) is exists


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        pytest.param({"open": True}, "S0-01: has no name", id="no name"),
        pytest.param({"name": " ", "open": True}, "S0-01: has no name", id="blank name"),
        pytest.param(
            {"name": "A thing"},
            "S0-01: must stand in exactly one state, stands in 0",
            id="no state",
        ),
        pytest.param(
            {"name": "A thing", "open": True, "not_software": "why"},
            "S0-01: must stand in exactly one state, stands in 2",
            id="two states",
        ),
        pytest.param(
            {"name": "A thing", "open": False}, "S0-01: open is true or absent", id="open"
        ),
        pytest.param(
            {"name": "A thing", "not_software": ""},
            "S0-01: not_software must say why",
            id="no reason",
        ),
        pytest.param(
            {"name": "A thing", "tests": [], "where": "/"},
            "S0-01: tests must be a list of pytest node ids, at least one",
            id="no tests",
        ),
        pytest.param(
            {"name": "A thing", "tests": ["tests/test_a.py::test_a"], "where": ""},
            "S0-01: a proved element says where a person meets it",
            id="no place",
        ),
        pytest.param(
            {"name": "A thing", "open": True, "where": "/"},
            "S0-01: only a proved element has a place",
            id="place of an open one",
        ),
        pytest.param(
            {"name": "A thing", "open": True, "note": "x"}, "S0-01: unknown note", id="other key"
        ),
    ],
)
def test_a_broken_entry_is_told(entry: dict[str, object], fault: str) -> None:
    with pytest.raises(sources.FaultyList) as refused:
        sources.parse({"S0-01": entry})

    assert refused.value.faults == [fault]


def test_the_table_counts_every_element_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert sources.main([]) == 0

    *_, last = capsys.readouterr().out.splitlines()
    proved, still_open, not_software, in_all = (int(number) for number in last.split()[1:])
    assert proved + still_open + not_software == in_all == len(INVENTORY)


def test_a_list_shows_the_elements_of_one_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert sources.main(["--list", "not-software"]) == 0

    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in shown] == [
        element.id for element in ELEMENTS if element.state is sources.State.NOT_SOFTWARE
    ]
