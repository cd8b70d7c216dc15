"""Nothing grows so long that it is no longer read: the tail is budgeted, not the median."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from samnarvaro import __file__ as package

SOURCE = Path(package).parent
ROOT = SOURCE.parents[1]
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_TEMPLATE = 350, 450, 200
LONGEST_FUNCTION, LONGEST_VIEW = 60, 40

FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TEST_FILES = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = [path for path in sorted(SOURCE.rglob("templates/**/*")) if path.is_file()]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_view(function: Function) -> bool:
    """Tell whether a function answers a request: it is handed one first."""
    given = [arg.arg for arg in function.args.posonlyargs + function.args.args if arg.arg != "self"]
    return given[:1] == ["request"]


def too_long(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            limit = LONGEST_VIEW if is_view(node) else LONGEST_FUNCTION
            if length > limit:
                yield f"{node.name}: {length} lines, {limit} at most"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_and_its_functions_can_be_read_in_one_go(path: Path) -> None:
    assert lines(path) <= LONGEST_FILE
    assert list(too_long(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_a_file_of_tests_speaks_of_one_thing(path: Path) -> None:
    assert lines(path) <= LONGEST_TEST_FILE


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_can_be_read_in_one_go(path: Path) -> None:
    assert lines(path) <= LONGEST_TEMPLATE


@pytest.mark.parametrize(
    ("head", "length", "fits"),
    [
        ("def f(one):", LONGEST_FUNCTION, True),
        ("def f(one):", LONGEST_FUNCTION + 1, False),
        ("def view(request, pupil):", LONGEST_VIEW, True),
        ("def view(request, pupil):", LONGEST_VIEW + 1, False),
        ("async def f(one):", LONGEST_FUNCTION + 1, False),
    ],
)
def test_a_line_too_much_is_seen(head: str, length: int, fits: bool) -> None:
    source = head + "\n    pass" * (length - 1)

    assert (list(too_long(source)) == []) is fits
