"""While tables are changed the second wall is open to their owner, and shut to all others."""

from contextlib import suppress
from typing import Any

from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from samnarvaro.project.wall import raising


def listen() -> None:
    """Called once, when the house is set up."""
    pre_migrate.connect(_before, dispatch_uid="samnarvaro.wall.before")
    post_migrate.connect(_after, dispatch_uid="samnarvaro.wall.after")


def _is_to_do(app_config: Any, plan: list[Any] | None) -> bool:
    """It is told of each app by itself; all of them migrate in one go, so one telling is enough."""
    return bool(plan) and app_config.label == "people" and connection.vendor == "postgresql"


def _before(app_config: Any, plan: list[Any] | None = None, **_: Any) -> None:
    if _is_to_do(app_config, plan):
        raising.open_for_owner()


def _after(app_config: Any, plan: list[Any] | None = None, **_: Any) -> None:
    # Where it may not be raised, whoever brings the installation to this version says so.
    if _is_to_do(app_config, plan):
        with suppress(raising.NotAllowed):
            raising.raise_wall()
