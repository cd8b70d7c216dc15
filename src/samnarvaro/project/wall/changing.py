"""While tables are changed the second wall is open to their owner, and shut to all others."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from samnarvaro.project.wall import raising


def listen() -> None:
    """Called once, when the house is set up. One room's turn is enough: all migrate in one go."""
    one = apps.get_app_config("people")
    pre_migrate.connect(_before, sender=one, dispatch_uid="samnarvaro.wall.before")
    post_migrate.connect(_after, sender=one, dispatch_uid="samnarvaro.wall.after")


def _before(plan: list[Any] | None = None, **_: Any) -> None:
    if plan and connection.vendor == "postgresql":
        raising.open_for_owner()


def _after(plan: list[Any] | None = None, **_: Any) -> None:
    # Where it may not be raised, whoever brings the installation to this version says so.
    if plan and connection.vendor == "postgresql":
        with suppress(raising.NotAllowed):
            raising.raise_wall()
