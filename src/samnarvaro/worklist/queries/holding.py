"""What has been taken and when it was last acted on: asked of every room that has such things."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.worklist.domain.holding import Taken
from samnarvaro.worklist.domain.rows import State
from samnarvaro.worklist.models import Item, ItemSet

Provider = Callable[[Scope, date], Iterable[Taken]]

HELD = "held:"
ROW_LAIN = "held.row"  # the kind of row that tells the principal of a row left lying
_providers: list[Provider] = []


def register_taken(provider: Provider) -> None:
    """Let a room tell what has been taken in it: cases, plans, early measures."""
    if provider not in _providers:
        _providers.append(provider)


def taken(*, by: Scope, on: date) -> Iterator[Taken]:
    """Return everything that the rooms know to have been taken and not brought to an end."""
    for provider in _providers:
        yield from provider(by, on)


def taken_rows(*, by: Scope) -> ItemSet:
    """The rows about pupils that were put off or handed over, and not cleared since."""
    rows = Item.objects.visible_in(by).filter(pupil__isnull=False)
    return rows.filter(state__in=[State.WAITING, State.HANDED]).exclude(subject__startswith=HELD)


def as_taken(item: Item) -> Taken:
    """Return a row as something taken: nothing is neglected before the day it was put off to."""
    assert item.acted_on is not None  # what was taken has an act
    assert item.pupil_id is not None
    return Taken(
        subject=f"row:{item.pk}",
        kind=ROW_LAIN,
        pupil=item.pupil_id,
        owner=Holder(item.acts),
        last_act=max(item.acted_on, item.wait_until or item.acted_on),
        figures={"owner": item.acts, "act": item.act},
    )
