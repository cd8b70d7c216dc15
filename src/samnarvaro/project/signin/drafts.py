"""What somebody sent when the sign-in had just ended: carried to the other side of the sign-in.

It is kept in the browser's own session for an hour at most, shown to the same account alone, and
sent again only when its person says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

DRAFT = "draft"
LEFT = "left"  # in the session: whose sign-in in this browser has just run out
KEPT = timedelta(hours=1)
MOST = 100_000  # characters in all
SHORT = 20  # what is longer, or has a space in it, somebody has written
NOT_CARRIED = ("csrfmiddlewaretoken", "password", "credential", "code")


@dataclass(frozen=True, slots=True)
class Draft:
    path: str
    fields: list[tuple[str, str]]
    had_files: bool = False

    @property
    def written(self) -> list[str]:
        """The texts among the fields, for a person to read."""
        return [value for _, value in self.fields if len(value) > SHORT or " " in value.strip()]


def sent_in(request: HttpRequest) -> Draft:
    """Return what a request carries, but for tokens and passwords."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if not name.lower().startswith(NOT_CARRIED)
        for value in values
    ]
    return Draft(request.get_full_path(), fields, bool(request.FILES))


def keep(request: HttpRequest, *, at: datetime) -> bool:
    """Keep what was sent for the account whose time was out; False if there is none, or too much."""
    account = request.session.get(LEFT)
    draft = sent_in(request)
    if account is None or sum(len(name) + len(value) for name, value in draft.fields) > MOST:
        return False
    request.session[DRAFT] = {
        "account": account,
        "path": draft.path,
        "fields": draft.fields,
        "had_files": draft.had_files,
        "until": (at + KEPT).isoformat(),
    }
    request.session.set_expiry(int(KEPT.total_seconds()))
    return True


def handed_to(request: HttpRequest, account: int) -> None:
    """Somebody has signed in: if it is another person, what was written is thrown away."""
    request.session.pop(LEFT, None)
    if DRAFT not in request.session:
        return
    request.session.set_expiry(None)
    if request.session[DRAFT]["account"] != account:
        forget(request)


def of(request: Any) -> Draft | None:
    """Return what the viewer has waiting, if it is not too old."""
    kept = request.session.get(DRAFT)
    if kept is None or kept["account"] != request.user.pk:
        return None
    if datetime.fromisoformat(kept["until"]) < request.now:
        forget(request)
        return None
    fields = [(name, value) for name, value in kept["fields"]]
    return Draft(kept["path"], fields, kept["had_files"])


def forget(request: HttpRequest) -> None:
    request.session.pop(DRAFT, None)
