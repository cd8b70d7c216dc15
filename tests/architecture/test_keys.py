"""Only `consents` cuts the key to a child's data, and nobody copies, files or borrows one.

The first tests try it on a real key. The others read the code: whatever could make a Scope, or
change one, stands in `consents` alone; each way round is shown to be seen.
"""

import ast
import copy
import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samnarvaro import __file__ as package
from samnarvaro.consents.services import system_scope
from samnarvaro.kernel.access import MakersMark, NotTheMaker, Scope

SOURCE = Path(package).parent
FILES = sorted(SOURCE.rglob("*.py"))
MAKER = "samnarvaro.kernel.access"
MARK = {"MAKERS_MARK", "MakersMark"}
# What reaches past a frozen value, or past a constructor.
BACK_DOORS = {
    "__class__", "__closure__", "__code__", "__dict__", "__func__", "__getstate__", "__globals__",
    "__new__", "__post_init__", "__reduce__", "__reduce_ex__", "__replace__", "__setattr__",
    "__setstate__", "__slots__", "__subclasses__", "__wrapped__",
}  # fmt: skip
BANNED_CALLS = {"eval", "exec", "__import__", "vars", "globals", "locals"}
# The collector may be paused and told when to run; what it can find may not be asked for.
PAUSES = {"collect", "disable", "enable", "freeze", "isenabled", "set_threshold"}
BANNED_MODULES = {"copyreg", "ctypes", "gc", "inspect", "marshal", "pickle", "shelve", "dill"}


def a_scope() -> Scope:
    return system_scope(purpose="test", on=date(2026, 11, 22))


def test_a_scope_cannot_be_made_without_the_makers_mark() -> None:
    scope = a_scope()
    values = {field.name: getattr(scope, field.name) for field in dataclasses.fields(scope)}

    with pytest.raises(NotTheMaker):
        Scope(**values, mark=MakersMark())
    with pytest.raises(TypeError):
        Scope(**values)


def test_a_scope_cannot_be_widened_by_replacing() -> None:
    with pytest.raises((ValueError, TypeError)):
        dataclasses.replace(a_scope(), viewer="x")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(NotTheMaker):
        dataclasses.replace(a_scope(), viewer="somebody else", mark=MakersMark())
    if hasattr(copy, "replace"):  # from Python 3.13
        with pytest.raises((ValueError, TypeError)):
            copy.replace(a_scope(), viewer="somebody else")


def test_a_scope_cannot_be_changed_and_does_not_hold_the_mark() -> None:
    scope = a_scope()

    with pytest.raises(dataclasses.FrozenInstanceError):
        scope.viewer = "somebody else"  # type: ignore[misc]  # that is the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(scope, "viewer"[:], "somebody else")
    assert not hasattr(scope, "mark")
    assert not hasattr(scope, "__dict__")


class Reader(ast.NodeVisitor):
    """Reads one file and notes each way in which it could make or change a Scope."""

    def __init__(self, source: str) -> None:
        self.found: list[str] = []
        self.scope_names: set[str] = set()
        self.maker_names: set[str] = set()
        self.tree = ast.parse(source)
        self.only_told = set(self._annotations(self.tree))

    def breaches(self) -> list[str]:
        self.visit(self.tree)
        return self.found

    def _note(self, node: ast.AST, what: str) -> None:
        self.found.append(f"line {getattr(node, 'lineno', 0)}: {what}")

    @staticmethod
    def _annotations(tree: ast.AST) -> Iterator[int]:
        """Give the nodes that only say of what type something is, or ask whether it is."""
        for node in ast.walk(tree):
            told: list[ast.AST | None] = []
            if isinstance(node, ast.arg | ast.AnnAssign):
                told = [node.annotation]
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                told = [node.returns]
            elif isinstance(node, ast.Subscript):
                told = [node.slice]  # Callable[[Scope], …]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
                told = list(node.args[1:])
            for each in told:
                if each is not None:
                    yield from (id(inner) for inner in ast.walk(each))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._check_module(node, alias.name)
            if alias.name == MAKER:
                if alias.asname is None:
                    self._note(node, "kernel.access by its whole name")
                self.maker_names.add(alias.asname or alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module != "gc" or not {alias.name for alias in node.names} <= PAUSES:
            self._check_module(node, node.module or "")
        for alias in node.names:
            name = alias.asname or alias.name
            if f"{node.module}.{alias.name}" == MAKER:
                self.maker_names.add(name)
            if alias.name in MARK or (node.module == MAKER and alias.name == "*"):
                self._note(node, f"imports {alias.name}")
            if alias.name == "Scope":
                self.scope_names.add(name)

    def _check_module(self, node: ast.AST, module: str) -> None:
        if module.split(".")[0] in BANNED_MODULES:
            self._note(node, f"imports {module}")

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in MARK:
            self._note(node, f"names {node.id}")
        if node.id in self.scope_names and id(node) not in self.only_told:
            self._note(node, "uses Scope as more than a type")
        if node.id in self.maker_names:
            self._note(node, "hands kernel.access on")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in MARK | BACK_DOORS:
            self._note(node, f"reaches for {node.attr}")
        if node.attr == "Scope" and id(node) not in self.only_told:
            self._note(node, "uses Scope as more than a type")
        through_maker = isinstance(node.value, ast.Name) and node.value.id in self.maker_names
        if not through_maker:  # access.Role is as good as an import of Role
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in BANNED_CALLS:
            self._note(node, f"calls {name}()")
        if name == "type" or (isinstance(node.func, ast.Call) and self._is_type(node.func)):
            self._check_type(node)
        if "mark" in {keyword.arg for keyword in node.keywords} and not self._is_pytest(node):
            self._note(node, "gives a mark")
        if self._called(node) in {"replace", "__replace__"} and self._replaces_a_scope(node):
            self._note(node, "replaces a part of a scope")
        self.generic_visit(node)

    def _check_type(self, node: ast.Call) -> None:
        if self._is_type(node) and len(node.args) == 1:
            return  # type(event) asks; what would call or extend the answer is seen where it does
        self._note(node, "makes a value or a class through type()")

    @staticmethod
    def _is_type(node: ast.Call) -> bool:
        return isinstance(node.func, ast.Name) and node.func.id == "type"

    @staticmethod
    def _is_pytest(node: ast.Call) -> bool:
        return "pytest" in ast.unparse(node.func)

    @staticmethod
    def _called(node: ast.Call) -> str:
        return getattr(node.func, "id", "") or getattr(node.func, "attr", "")

    @staticmethod
    def _replaces_a_scope(node: ast.Call) -> bool:
        """Tell whether one is named as a scope is, or a part is given that only scopes have."""
        named = [ast.unparse(each) for each in node.args[:1]]
        if isinstance(node.func, ast.Attribute):
            named.append(ast.unparse(node.func.value))
        parts = {keyword.arg for keyword in node.keywords}
        return bool(parts & {"viewer", "zone", "units", "groups", "classes"}) or any(
            name.split(".")[-1] in {"by", "scope"} for name in named
        )

    def visit_Constant(self, node: ast.Constant) -> None:
        spelt = node.value if isinstance(node.value, str) and id(node) not in self.only_told else ""
        if spelt in MARK | BACK_DOORS | {"Scope"}:
            self._note(node, f"spells {spelt}")


def breaches(source: str) -> list[str]:
    return Reader(source).breaches()


def may_make_scopes(path: Path) -> bool:
    room = path.relative_to(SOURCE).parts
    return room[0] == "consents" or room == ("kernel", "access.py")


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if not may_make_scopes(path)],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_only_consents_can_make_a_scope(path: Path) -> None:
    assert breaches(path.read_text(encoding="utf-8")) == []


def test_consents_makes_scopes_in_its_services_alone() -> None:
    makers = {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if may_make_scopes(path) and breaches(path.read_text(encoding="utf-8"))
    }

    assert makers == {"consents/services/__init__.py", "kernel/access.py"}


@pytest.mark.parametrize(
    "source",
    [
        "from samnarvaro.kernel.access import Scope\nScope(viewer='x')",
        "from samnarvaro.kernel.access import Scope as Key\nKey(viewer='x')",
        "from samnarvaro.kernel.access import Scope\nmake = Scope\nmake(viewer='x')",
        "from samnarvaro.kernel.access import Scope\ndef f(make=Scope): return make()",
        "from samnarvaro.kernel.access import Scope\nclass Wide(Scope): pass",
        "from samnarvaro.kernel.access import Scope\npartial(Scope, viewer='x')",
        "from samnarvaro.kernel.access import Scope\nfor key in [Scope]: key()",
        "from samnarvaro.kernel.access import *",
        "from samnarvaro.kernel.access import MAKERS_MARK",
        "from samnarvaro.kernel.access import MAKERS_MARK as it",
        "from samnarvaro.kernel import access\naccess.Scope(viewer='x')",
        "from samnarvaro.kernel import access\naccess.MAKERS_MARK",
        "from samnarvaro.kernel import access\ngetattr(access, 'MAKERS_' + 'MARK')",
        "from samnarvaro.kernel import access\nvars(access)['MAKERS_MARK']",
        "from samnarvaro.kernel import access as a\nb = a",
        "import samnarvaro.kernel.access\nsamnarvaro.kernel.access.Scope(viewer='x')",
        "import samnarvaro.kernel.access as a\na.Scope(viewer='x')",
        "from samnarvaro import kernel\nkernel.access.Scope(viewer='x')",
        "from samnarvaro.consents import services\nservices.Scope(viewer='x')",
        "from samnarvaro.consents import services\nservices.MAKERS_MARK",
        "from samnarvaro.consents.services import MAKERS_MARK",
        "from samnarvaro.consents.services import Scope\nScope(viewer='x')",
        "getattr(module, 'Scope')(viewer='x')",
        "object.__setattr__(scope, 'units', frozenset({1}))",
        "object.__new__(kind)",
        "scope.__class__(viewer='x')",
        "type(scope)(viewer='x')",
        "type('Wide', (kind,), {})",
        "scope.__setstate__(state)",
        "scope.__reduce__()",
        "import pickle",
        "from copyreg import __newobj__",
        "import gc",
        "from gc import get_objects",
        "import inspect",
        "eval('x')",
        "exec('x')",
        "__import__('x')",
        "from dataclasses import replace\nreplace(by, units=frozenset({1}))",
        "from dataclasses import replace\nreplace(request.scope, **more)",
        "import dataclasses\ndataclasses.replace(key, units=frozenset({1}))",
        "import copy\ncopy.replace(scope, **more)",
        "scope.__replace__(units=frozenset({1}))",
        "make(mark=it)",
    ],
)
def test_each_way_round_the_maker_is_seen(source: str) -> None:
    assert breaches(source)


@pytest.mark.parametrize(
    "source",
    [
        "from samnarvaro.kernel.access import Role, Scope\ndef f(*, by: Scope) -> Scope: return by",
        "from samnarvaro.kernel.access import Scope\nGuard = Callable[[Scope, int], None]",
        "from samnarvaro.kernel.access import Scope\nisinstance(x, Scope)",
        "from samnarvaro.kernel import access\naccess.Role.MENTOR",
        "class A:\n    key: 'Scope'\n    def __init__(self) -> None:\n        super().__init__()",
        "text.replace('a', 'b')\nreplace(page, number=2)\ntype(event)",
    ],
)
def test_asking_for_a_scope_is_let_through(source: str) -> None:
    assert breaches(source) == []


def users_of(name: str) -> set[str]:
    return {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names})
    }


def test_the_systems_own_scope_is_asked_for_by_jobs_and_the_command_line_alone() -> None:
    users = users_of("system_scope")

    assert {
        user
        for user in users
        if not user.startswith(("project/", "consents/"))
        and not user.endswith(("/jobs.py", "/reactions.py"))
    } == set()
    assert {user for user in users if "/web/" in user or "/views" in user} == set()


def test_a_persons_scope_is_cut_once_for_each_request() -> None:
    # In the demo people act as themselves, on what is theirs and on rules they look after; the
    # digest asks for each person whether there is something to do, as the person would see it.
    assert users_of("scope_and_hats") <= {"project/middleware.py", "consents/services/__init__.py"}
    assert users_of("scope_for") <= {
        "project/middleware.py", "consents/services.py", "project/vik/history.py",
        "project/vik/lately.py", "project/vik/rule_sets.py", "project/digest.py",
        "project/vik/together.py",
    }  # fmt: skip
