"""Whether what was reckoned from the marks still holds: a token that every change of marks replaces.

It is replaced in the transaction of the change, by whoever holds others off to write marks or totals.
A token never comes again, so what was reckoned under one is right for as long as it is the token,
in every process, and after a change that was not carried through as well.
"""

from uuid import uuid4

from samnarvaro.base import bulk


def renew() -> None:
    """Let nothing that was reckoned before hold any longer."""
    token = uuid4().hex
    if not bulk.run("UPDATE attendance_marksstate SET token = %s", [token]):
        bulk.run("INSERT INTO attendance_marksstate (id, token) VALUES (1, %s)", [token])


def token() -> str | None:
    """Return the token of now; None before the first change."""
    found = bulk.fetch("SELECT token FROM attendance_marksstate")
    return str(found[0][0]) if found else None
