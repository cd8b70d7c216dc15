"""Running sign-ins (setting SESSION_ENGINE): whose, since when, last used when, and when they end.

A sign-in ends when nobody has used it for a while (SIGN_IN_IDLE), and however much it is used after
some hours (SIGN_IN_WHOLE). Use is written down at most twice a minute, so a sign-in may end half a
minute before its time, and never after it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import Q

from samnarvaro.base.models import SignIn

BEGAN, DEVICE = "began", "device"
WRITTEN_AT_MOST_EVERY = timedelta(seconds=30)


class Over(StrEnum):
    """Why a sign-in is over."""

    IDLE = "idle"
    WHOLE = "whole"


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in rows that know whose they are."""

    row: SignIn | None = None  # as it was read, for who asks of its times

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def _get_session_from_db(self) -> Any:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # Django's own, untold
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        row: SignIn = super().create_model_instance(data)  # type: ignore[assignment]  # see above
        if self.row is not None and self.row.pk == row.pk:
            row.public, row.used_at = self.row.public, self.row.used_at
        if account := data.get(SESSION_KEY):
            row.account = int(account)
            row.device = data.get(DEVICE, "")
            row.began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        return row


def begin(session: Any, *, device: str, at: datetime) -> None:
    """Write in a session that somebody has just signed in to it."""
    session[BEGAN] = at.isoformat()
    session[DEVICE] = device


def change_key(session: Any, *, at: datetime) -> None:
    """Go on under another key: who knew the old one has nothing."""
    session.cycle_key()
    session.save()
    session.row = SignIn.objects.get(pk=session.session_key)
    note_use(session.row, at, at_once=True)


def last_used(row: SignIn) -> datetime | None:
    """The moment a sign-in was last used; one that is new has only begun."""
    return row.used_at or row.began_at


def ends_at(row: SignIn) -> tuple[datetime, Over] | None:
    """Return when a sign-in ends if nothing more is done, and why; None if it never began."""
    used = last_used(row)
    if row.began_at is None or used is None:
        return None
    idle, whole = used + settings.SIGN_IN_IDLE, row.began_at + settings.SIGN_IN_WHOLE
    return (whole, Over.WHOLE) if whole <= idle else (idle, Over.IDLE)


def over(row: SignIn | None, now: datetime) -> Over | None:
    """Return why a sign-in is over, or None. One without a beginning is over."""
    end = ends_at(row) if row else None
    if end is None:
        return Over.WHOLE
    return end[1] if now >= end[0] else None


def note_use(row: SignIn, now: datetime, *, at_once: bool = False) -> None:
    """Write that a sign-in is used, unless that was done just now."""
    used = last_used(row)
    if not at_once and used is not None and now - used < WRITTEN_AT_MOST_EVERY:
        return
    SignIn.objects.filter(pk=row.pk).update(used_at=now)
    row.used_at = now


def running(account: int, *, now: datetime) -> list[SignIn]:
    """Return an account's sign-ins that are not over, the last used first."""
    found = SignIn.objects.filter(account=account, began_at__isnull=False).defer("session_data")
    alive = [row for row in found if over(row, now) is None]
    return sorted(alive, key=lambda row: last_used(row) or now, reverse=True)


def end(public: UUID, *, account: int, but: str) -> int:
    """End one of an account's sign-ins, not the one with the key `but`; return how many (0 or 1)."""
    return SignIn.objects.filter(public=public, account=account).exclude(pk=but).delete()[0]


def end_all(accounts: Collection[int], *, but: str | None = None) -> int:
    """End the sign-ins of these accounts, but for the one with this key; return how many."""
    return SignIn.objects.filter(account__in=accounts).exclude(pk=but or "").delete()[0]


def sweep(*, now: datetime) -> int:
    """Throw away the sessions that are over, whoever had them; return how many."""
    too_old = Q(expire_date__lte=now) | Q(began_at__lte=now - settings.SIGN_IN_WHOLE)
    unused = Q(began_at__lte=now - settings.SIGN_IN_IDLE) & (
        Q(used_at__isnull=True) | Q(used_at__lte=now - settings.SIGN_IN_IDLE)
    )
    return SignIn.objects.filter(too_old | unused).delete()[0]
