"""The ways to look at the work list that a viewer has saved, in the role it wears."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from samnarvaro.kernel.access import Scope
from samnarvaro.worklist.models import SavedView


class NoSuchView(Exception):
    """There is no such saved view, or it is somebody else's. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look: its name and its choices, as `choosing.from_data` reads them."""

    public: UUID
    name: str
    choices: Mapping[str, str]
    is_default: bool


def saved_views(*, by: Scope) -> list[View]:
    """Return the viewer's own saved views in this role, in the order they were made."""
    own = SavedView.objects.filter(viewer=by.viewer, role=by.role or "").order_by("pk")
    return [View(row.public, row.name, row.choices, row.is_default) for row in own]
