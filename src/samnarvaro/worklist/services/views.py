"""Ways to look at the work list are saved under a name, renamed, made the first, and thrown away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.worklist.domain.choosing import Choice, ViewFault, as_data, faults_in_name
from samnarvaro.worklist.models import SavedView
from samnarvaro.worklist.queries import NoSuchView


class CannotSaveView(Exception):
    """The view is not saved, with every reason at once."""

    def __init__(self, faults: list[ViewFault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@transaction.atomic
def save_view(
    name: str, choice: Choice, *, is_default: bool = False, by: Scope, at: datetime
) -> UUID:
    """Save the choices under a name, for the viewer in this role. Raises CannotSaveView."""
    name = name.strip()
    _check_name(name, by)
    if is_default:
        _no_default(by)
    view = SavedView.objects.create(
        viewer=by.viewer,
        role=by.role or "",
        name=name,
        choices=as_data(choice),
        is_default=is_default,
    )
    audit.record("worklist.view_saved", by=by, at=at, target=f"view:{view.public}")
    return view.public


@transaction.atomic
def change_view(public: UUID, *, name: str, is_default: bool, by: Scope, at: datetime) -> None:
    """Give a view another name, and let it be what the list opens with or not.

    Raises NoSuchView and CannotSaveView.
    """
    view, name = _own(public, by), name.strip()
    _check_name(name, by, but=view)
    if is_default:
        _no_default(by)
    view.name, view.is_default = name, is_default
    view.save(update_fields=["name", "is_default"])
    audit.record("worklist.view_changed", by=by, at=at, target=f"view:{public}")


@transaction.atomic
def delete_view(public: UUID, *, by: Scope, at: datetime) -> None:
    """Throw a saved view away; no row is touched by it. Raises NoSuchView."""
    _own(public, by).delete()
    audit.record("worklist.view_deleted", by=by, at=at, target=f"view:{public}")


def _own(public: UUID, by: Scope) -> SavedView:
    own = SavedView.objects.filter(viewer=by.viewer, role=by.role or "")
    view = own.select_for_update().filter(public=public).first()
    if view is None:
        raise NoSuchView
    return view


def _check_name(name: str, by: Scope, but: SavedView | None = None) -> None:
    others = SavedView.objects.filter(viewer=by.viewer, role=by.role or "")
    if but is not None:
        others = others.exclude(pk=but.pk)
    taken = list(others.values_list("name", flat=True))
    if faults := faults_in_name(name, taken=taken, is_new=but is None):
        raise CannotSaveView(faults)


def _no_default(by: Scope) -> None:
    own = SavedView.objects.filter(viewer=by.viewer, role=by.role or "")
    own.filter(is_default=True).update(is_default=False)
