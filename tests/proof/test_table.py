"""The oracle's table, written from the model, beside the program's: wherever they differ, it is said."""

import ast
from pathlib import Path

from samnarvaro.consents.domain.policy import GRANTS, Follows, Way
from samnarvaro.kernel.access import Role
from tests.proof.oracle import NARROWER, TABLE

REACH = {Follows.GROUP: "group", Follows.UNIT: "unit", Follows.NOBODY: ""}


def differences() -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """What the program opens beyond the model, and what it does not open that the model would."""
    wider: set[tuple[str, str, str]] = set()
    narrower: set[tuple[str, str, str]] = set()
    for role in Role:
        row, grant = TABLE[role.value], GRANTS[role]
        reach = REACH[grant.follows]
        if reach != row.reach:
            (wider if reach else narrower).add((role.value, "reach", reach or row.reach))
        for way in Way:
            here = {one.value for one in grant.through(way)}
            wider |= {(role.value, way.value, one) for one in here - row.way(way.value)}
            narrower |= {(role.value, way.value, one) for one in row.way(way.value) - here}
    return wider, narrower


def test_the_model_has_a_row_for_every_role() -> None:
    assert set(TABLE) == {role.value for role in Role}


def test_the_program_opens_nothing_beyond_the_model() -> None:
    wider, _ = differences()
    assert not wider, "the program opens more than the model says: " + str(sorted(wider))


def test_where_the_program_opens_less_it_is_said_why() -> None:
    _, narrower = differences()
    assert narrower == set(NARROWER)
    assert all(NARROWER.values())


def test_the_oracle_knows_nothing_of_the_program() -> None:
    tree = ast.parse((Path(__file__).parent / "oracle.py").read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    }
    assert not {name for name in imported if name.startswith(("samnarvaro", "django", "tests"))}
