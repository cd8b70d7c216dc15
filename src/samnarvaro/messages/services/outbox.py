"""The outbox: a message is put there once, and handed over once.

Each is claimed before it is handed over. One that was cut off on the way is not sent again: it may
have arrived, and two of the same would be worse than none of what comes again next week.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import datetime
from smtplib import SMTPRecipientsRefused

import structlog
from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base.faults import told_of
from samnarvaro.kernel.access import Scope
from samnarvaro.messages.domain.outbox import INTERRUPTED, Channel, Kind, State, next_try
from samnarvaro.messages.models import Message
from samnarvaro.messages.queries import wants_digest
from samnarvaro.messages.services.letters import Letter, letter
from samnarvaro.people import queries as people

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100
_LONGEST_FAULT = 60
_PERMANENT = (SMTPRecipientsRefused,)


@dataclass(slots=True)
class Report:
    """How a round of sending went."""

    sent: int = 0
    again: int = 0  # failed, and will be tried again
    failed: int = 0
    dropped: int = 0

    def as_dict(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def put(kind: Kind, key: str, accounts: Collection[int], *, by: Scope, at: datetime) -> int:
    """Put a message to each account (id) in the outbox; return how many are new.

    One that was put before, by the same key, stays as it is, sent or not.
    """
    before = Message.objects.filter(key=key).count()
    Message.objects.bulk_create(
        [
            Message(
                account_id=account,
                channel=Channel.MAIL.value,
                kind=kind.value,
                key=key,
                next_try_at=at,
                put_at=at,
            )
            for account in sorted(set(accounts))
        ],
        ignore_conflicts=True,
    )
    new = Message.objects.filter(key=key).count() - before
    if new:
        audit.record("messages.put", by=by, at=at, target=key, detail={"messages": new})
    return new


def send_due(*, by: Scope, at: datetime, seen: Callable[[], object] = lambda: None) -> Report:
    """Hand over what is due. `seen` is called between messages, by a worker that is to be seen alive."""
    report = Report(failed=_give_up_cut_off(at))
    due = Message.objects.filter(state=State.WAITING, next_try_at__lte=at).order_by("pk")
    letters: dict[Kind, Letter] = {}
    for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        seen()
        message = _claim(pk, at)
        if message is None:
            continue
        kind = Kind(message.kind)
        address = _address(message, by)
        if not address:
            _end(message, State.DROPPED, at)
            report.dropped += 1
            continue
        if kind not in letters:
            letters[kind] = letter(kind)
        _hand_over(message, letters[kind], address, at, report)
    if any(report.as_dict().values()):
        audit.record("messages.sent", by=by, at=at, target="messages", detail=report.as_dict())
    return report


def _give_up_cut_off(at: datetime) -> int:
    """End what an earlier round had begun to hand over. One worker sends at a time, and it is we."""
    return Message.objects.filter(state=State.SENDING).update(
        state=State.FAILED, fault=INTERRUPTED, ended_at=at, next_try_at=None
    )


@transaction.atomic
def _claim(pk: int, at: datetime) -> Message | None:
    """Take a message, so that nobody else hands it over; None if it is not due after all."""
    taken = Message.objects.filter(pk=pk, state=State.WAITING, next_try_at__lte=at)
    message = taken.select_for_update().first()
    if message is None:
        return None
    message.state, message.tries = State.SENDING.value, message.tries + 1
    message.save(update_fields=["state", "tries"])
    return message


def _address(message: Message, by: Scope) -> str:
    """Return where to; nothing for who has left, has no address, or has said no meanwhile."""
    if message.kind == Kind.DIGEST and not wants_digest(message.account_id):
        return ""
    found = people.mail_addresses(on=by.day, accounts=[message.account_id])
    return found.get(message.account_id, "")


def _hand_over(
    message: Message, written: Letter, address: str, at: datetime, report: Report
) -> None:
    try:
        written.to(address).send()
    except Exception as error:  # noqa: BLE001  # whatever the mail server says, the next is sent
        log.warning("messages.not_sent", kind=message.kind, **told_of(error))
        again_at = None if isinstance(error, _PERMANENT) else next_try(message.tries, at)
        _failed(message, type(error).__name__[:_LONGEST_FAULT], again_at, at)
        report.again += again_at is not None
        report.failed += again_at is None
    else:
        _end(message, State.SENT, at)
        report.sent += 1


def _failed(message: Message, fault: str, again_at: datetime | None, at: datetime) -> None:
    message.fault = fault
    if again_at is None:
        _end(message, State.FAILED, at)
        return
    message.state, message.next_try_at = State.WAITING.value, again_at
    message.save(update_fields=["state", "next_try_at", "fault"])


def _end(message: Message, state: State, at: datetime) -> None:
    message.state, message.ended_at, message.next_try_at = state.value, at, None
    message.save(update_fields=["state", "ended_at", "next_try_at", "fault"])
