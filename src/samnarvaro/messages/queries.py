"""Everything that reads messages: what is due, who wants them, and how it goes, in counts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.messages.domain.outbox import Channel, Kind, State
from samnarvaro.messages.models import Choice, Message

SEERS = frozenset({Role.SYSTEM_ADMINISTRATOR})


class NotToBeSeen(Exception):
    """How messages go is for those who run the installation."""


def anything_to_send(*, at: datetime) -> bool:
    """Tell whether a message is due, or was cut off while it was sent."""
    due = Q(state=State.WAITING, next_try_at__lte=at) | Q(state=State.SENDING)
    return Message.objects.filter(due).exists()


def wants_digest(account: int) -> bool:
    """Tell whether a person gets the weekly digest: yes, until it has said no."""
    chosen = Choice.objects.filter(account=account).values_list("digest", flat=True).first()
    return chosen is not False


def without_digest(accounts: Collection[int]) -> set[int]:
    """Return those of some accounts (ids) that have said no."""
    refused = Choice.objects.filter(account__in=accounts, digest=False)
    return set(refused.values_list("account_id", flat=True))


@dataclass(frozen=True, slots=True)
class Batch:
    """The messages of one kind that were put on one day, by how far they have come."""

    day: date
    kind: Kind
    channel: Channel
    states: dict[State, int]
    tries: int
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why messages failed: the kind of fault, how many, and when last."""

    kind: Kind
    fault: str
    messages: int
    last_at: datetime


def overview(*, since: datetime, by: Scope) -> list[Batch]:
    """Return how messages have gone since then, newest first: kinds, states and counts alone."""
    _may_see(by)
    rows = (
        Message.objects.filter(put_at__gte=since)
        .annotate(day=TruncDate("put_at"))
        .values_list("day", "kind", "channel", "state")
        .annotate(Count("pk"), Max("tries"), Min("next_try_at"))
        .order_by("-day", "kind", "channel", "state")
    )
    found: defaultdict[tuple[date, str, str], list[tuple[State, int, int, datetime | None]]]
    found = defaultdict(list)
    for day, kind, channel, state, number, tries, next_at in rows:
        found[day, kind, channel].append((State(state), number, tries, next_at))
    return [
        Batch(
            day=day,
            kind=Kind(kind),
            channel=Channel(channel),
            states={state: number for state, number, _, _ in parts},
            tries=max(tries for _, _, tries, _ in parts),
            next_try_at=min((at for _, _, _, at in parts if at), default=None),
        )
        for (day, kind, channel), parts in found.items()
    ]


def faults(*, by: Scope) -> list[Fault]:
    """Return why messages failed, the latest first."""
    _may_see(by)
    rows = (
        Message.objects.filter(state=State.FAILED)
        .values("kind", "fault")
        .annotate(number=Count("pk"), last=Max("ended_at"))
        .order_by("-last")
        .values_list("kind", "fault", "number", "last")
    )
    return [Fault(Kind(kind), fault, number, last) for kind, fault, number, last in rows]


def _may_see(by: Scope) -> None:
    if not by.is_system and by.role not in SEERS:
        raise NotToBeSeen
