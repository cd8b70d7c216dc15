"""Nobody chooses, sorts, finds or takes out pupils by what is sensitive: each way in is on a list.

All that an address can be asked for is gathered from the code: parameters by name, forms that read
them. What is not in the list below makes this red: say there what it chooses by, and why it may.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

from samnarvaro.attendance.web.forms import LessonFilter
from samnarvaro.staircase.web.lists import sort_keys
from samnarvaro.staircase.web.picking import PickForm
from samnarvaro.worklist.domain.choosing import Choice, Order
from samnarvaro.worklist.web.choosing import ChoiceForm, ViewForm

SOURCE = Path(__file__).parents[2] / "src" / "samnarvaro"
ONE = "of one pupil that is open already, not among pupils"
PLACE = "where in what is shown anyway"

# What an address can be asked for by name, and why that chooses nobody by anything sensitive.
PARAMETERS = {
    "page": PLACE,
    "sort": "by name, class, level and minutes, which the list shows: see SORTS",
    "q": "names of pupils that are open already; or words within the contacts of one pupil",
    "dag": "a day, of one pupil or of those informed that day",
    "announcement": ONE,
    "leave": ONE,
    "kontakt": ONE,
    "close": "which early measure of one pupil is closed",
    "fornya": "which consent of one pupil is asked for anew",
    "niva": "on which tier a school chooses something to do: no pupil",
    "forslag": "which shipped proposal a school chooses: no pupil",
    "klass": "for which class a school chooses something to do: no pupil",
    "grupp": "which school, year or class of the sums of a survey: no pupil",
    "for": "who an extract of one pupil's log is for",
    "nr": "which investigation or case of one pupil is shown",
    "elev": "whose names must not stand in a question: one pupil that is open already",
    "steg": "which page of an instrument of one pupil is shown",
    "form": "how an extract is written",
    "prova": "whether a rule set is to be tried, without names",
    "regelverk": "which staircase is looked at",
    "ticked": "that all rows shown are ticked",
    "view": "a saved way to look: see below",
    "act": "which form of one row is opened",
    "number": "which act of one row is taken back",
    "next": "where one goes afterwards",
}
# Forms that read what an address asks for, and their fields.
ASKING: dict[type[forms.Form], dict[str, str]] = {
    LessonFilter: {"amne": ONE, "visa": ONE, "till": ONE},
    PickForm: {
        "klass": "a class", "arskurs": "a school year", "regelverk": "which staircase is looked at",
    },
    ChoiceForm: {
        "group": "a class", "kind": "what raised one's own rows of work", "level": "their level",
        "when": "when they are due", "untouched": "whether anybody has acted", "order": "see Order",
    },
}  # fmt: skip
# Where the whole of what was asked for is handed on: to one of the forms above, or into links.
HANDED_ON = {
    "attendance/web/views.py": LessonFilter, "staircase/web/school_views.py": PickForm,
    "staircase/web/views.py": PickForm, "consents/web/children.py": LessonFilter,
    "worklist/web/listing.py": ChoiceForm,
    "worklist/web/views.py": None, "project/web/pupil.py": LessonFilter,
    "base/templatetags/ui.py": None,
}  # fmt: skip
# Names, classes, and the figures of attendance that the list shows: days in a row, the step, since
# when, the share of a window (d30 …).
SORTS = {"name", "class", "run", "step", "since", "d"}
SENSITIVE = ("cause", "text", "note", "mood", "promise", "sex", "guardian", "language", "consent")


def asked(tree: ast.AST) -> Iterator[tuple[str | None, int]]:
    """Every use of `.GET`: by which name, or None where all of it goes on."""
    named: dict[int, str] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("get", "getlist")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            named[id(node.func.value)] = str(node.args[0].value)
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant):
            named[id(node.comparators[0])] = str(node.left.value)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            named[id(node.value)] = str(node.slice.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "GET":
            yield named.get(id(node)), node.lineno


FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def uses() -> Iterator[tuple[str, str | None]]:
    for path in FILES:
        where = str(path.relative_to(SOURCE))
        if where == "base/web/style.py":  # shows building blocks, nobody's data
            continue
        text = path.read_text(encoding="utf-8")
        if ".GET" in text:
            yield from ((where, name) for name, _line in asked(ast.parse(text)))


def test_all_that_can_be_asked_for_is_on_the_list_with_its_reason() -> None:
    found = {name for _where, name in uses() if name is not None}
    unknown = found - set(PARAMETERS)
    assert not unknown, f"say in PARAMETERS what {sorted(unknown)} chooses by, and why it may"
    assert set(PARAMETERS) <= found, "the list names what nobody can ask for any more"


def test_where_all_that_was_asked_goes_on_it_is_known_to_which_form() -> None:
    found = {where for where, name in uses() if name is None}
    assert found == set(HANDED_ON), "say in HANDED_ON which form reads it, and its fields in ASKING"


@pytest.mark.parametrize("form", list(ASKING), ids=lambda form: form.__name__)
def test_forms_that_choose_have_no_other_fields(form: type[forms.Form]) -> None:
    assert set(form.base_fields) == set(ASKING[form])


def test_pupils_are_sorted_by_what_the_list_shows_of_attendance_alone() -> None:
    keys = {key.rstrip("0123456789") for key in sort_keys((30, 14, 7))}
    assert keys == SORTS, "say in SORTS that this may be sorted by, and why"


def test_a_saved_way_to_look_holds_nothing_but_the_choices_of_the_list() -> None:
    fields = set(Choice.__dataclass_fields__)
    assert fields == set(ASKING[ChoiceForm])
    assert set(ViewForm.base_fields) == {"name", "is_default"}
    assert {order.value for order in Order} == {"due", "name", "class", "level", "waited"}


def test_nothing_on_the_lists_is_sensitive_by_its_name() -> None:
    names = {*PARAMETERS, *SORTS, *(field for form in ASKING.values() for field in form)}
    assert not {name for name in names if any(word in name for word in SENSITIVE)}


def test_a_new_parameter_would_be_found() -> None:
    lines = ["def v(request):", "request.GET.get('cause')", "f(request.GET)", "'x' in request.GET"]
    tree = ast.parse("\n  ".join(lines))
    assert {name for name, _ in asked(tree)} == {"cause", None, "x"}
