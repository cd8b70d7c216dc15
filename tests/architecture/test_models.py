"""Tables know only what stands below them, and hide no process."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.test.utils import isolate_apps

from samnarvaro import __file__ as package

SOURCE = Path(package).parent
OURS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("samnarvaro.")
]
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
# Django's own ways to groups and permissions; nothing of ours stands on them.
INHERITED = {field.name for field in PermissionsMixin._meta.local_many_to_many}
HIDDEN_WORK = {"save", "delete", "refresh_from_db", "full_clean", "clean", "__init__"}


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("samnarvaro.") else ""


def rooms_from_the_top() -> list[set[str]]:
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "rooms")
    return [{room.strip("() ") for room in layer.split("|")} for layer in layers]


LEVEL = {
    room: level for level, rooms in enumerate(reversed(rooms_from_the_top())) for room in rooms
}


def relations(model: type[models.Model]) -> list[Any]:
    meta = model._meta
    return [
        field
        for field in [*meta.local_fields, *meta.local_many_to_many]
        if field.remote_field is not None and field.name not in INHERITED
    ]


def wrong_relations(model: type[models.Model]) -> list[str]:
    found = []
    here = room_of(model)
    for field in relations(model):
        there = room_of(field.related_model)
        if not (field.remote_field.related_name or "").endswith("+"):
            found.append(f"{field.name}: opens a way back (related_name is to be '+')")
        if there == "":
            found.append(f"{field.name}: points at a table that is not ours")
        elif there != here and LEVEL[there] >= LEVEL[here]:
            found.append(f"{field.name}: points at {there}, which does not stand below {here}")
        if field.many_to_many:
            found.append(f"{field.name}: a link of its own is a model of its own")
    return found


def faults(model: type[models.Model]) -> list[str]:
    """Return what a table does that tables of ours do not."""
    ticking = [
        f"{field.name}: reads the clock by itself"
        for field in model._meta.local_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    ordered = ["is in some order without being asked"] if model._meta.ordering else []
    overridden = [f"overrides {name}()" for name in sorted(HIDDEN_WORK & set(vars(model)))]
    odd = ["is no table of its own"] if model._meta.abstract or model._meta.proxy else []
    return wrong_relations(model) + ticking + ordered + overridden + odd


@pytest.mark.parametrize(
    "model",
    [model for model in OURS if not model._meta.auto_created],
    ids=lambda model: str(model._meta.label),
)
def test_a_table_points_down_and_hides_no_process(model: type[models.Model]) -> None:
    assert faults(model) == []


def test_no_table_is_made_behind_our_back() -> None:
    made = {model.__name__ for model in OURS if model._meta.auto_created}

    assert made <= {f"Account_{name}" for name in INHERITED}


@isolate_apps("samnarvaro.people", "samnarvaro.attendance")
def test_what_a_table_must_not_do_is_seen() -> None:
    class High(models.Model):
        __module__ = "samnarvaro.attendance.models"

        class Meta:
            app_label = "attendance"

    class Low(models.Model):
        __module__ = "samnarvaro.people.models"
        high = models.ForeignKey(High, on_delete=models.PROTECT, related_name="+")
        friend = models.ForeignKey("self", on_delete=models.PROTECT)
        friends = models.ManyToManyField("self", related_name="+", symmetrical=False)
        at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "people"
            ordering = ("at",)

        def save(self, **_named: Any) -> None:
            raise NotImplementedError

    assert faults(High) == []
    assert faults(Low) == [
        "high: points at attendance, which does not stand below people",
        "friend: opens a way back (related_name is to be '+')",
        "friends: a link of its own is a model of its own",
        "at: reads the clock by itself",
        "is in some order without being asked",
        "overrides save()",
    ]


def hidden_ways(source: str) -> list[str]:
    """Return what of Django would let rules and news run where nobody looks for them."""
    banned = {
        "django.db.models.signals": "news goes through base.events",
        "django.dispatch": "news goes through base.events",
        "django.contrib.contenttypes.fields": "a link that points at anything points nowhere",
    }
    banned_names = {"ModelForm", "modelform_factory", "modelformset_factory", "GenericForeignKey"}
    found = []
    for node in ast.walk(ast.parse(source)):
        # That the tables are to change, and are there now, is told by nobody but the framework.
        if (
            isinstance(node, ast.ImportFrom)
            and node.module in banned
            and not {alias.name for alias in node.names} <= {"pre_migrate", "post_migrate"}
        ):
            found.append(f"line {node.lineno}: {node.module}: {banned[node.module]}")
        name = getattr(node, "attr", "") or getattr(node, "id", "")
        if name in banned_names:
            found.append(f"line {getattr(node, 'lineno', 0)}: {name}")
        if name in {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}:
            found.append(f"line {getattr(node, 'lineno', 0)}: {name}: a signal")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_signals_and_no_model_forms(path: Path) -> None:
    assert hidden_ways(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "models.signals.post_save.connect(f)",
        "class F(forms.ModelForm): pass",
    ],
)
def test_signals_and_model_forms_are_seen(source: str) -> None:
    assert hidden_ways(source)
