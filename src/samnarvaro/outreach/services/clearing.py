"""The rows that a contact fulfils are cleared by an act of who made it; nobody else's act stands in."""

from datetime import date, datetime

from samnarvaro.kernel.access import Scope
from samnarvaro.outreach.domain.needs import Need
from samnarvaro.outreach.models import Contact, subject_of
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, Intent
from samnarvaro.worklist.queries import Row


def clear(contact: Contact, words: str, *, by: Scope, at: datetime, on: date) -> None:
    """Clear the rows that the contact fulfils, with these words. A row of somebody else's is
    marked: its ground is gone, and it stays until its holder says so.
    """
    for subject, row in _rows(contact, by, on).items():
        if row.is_cleared or not _fulfils(contact, row):
            continue
        if row.is_held:
            services.act_on_one(
                row.public,
                Intent(act=Act.DONE, text=words, is_asked=True),
                by=by,
                at=at,
                on=on,
            )
        else:
            services.mark_recovered([subject], on=on, by=by, at=at)


def reopen(contact: Contact, *, by: Scope, at: datetime, on: date) -> None:
    """Open a row again that the contact had cleared and, corrected, no longer fulfils."""
    for row in _rows(contact, by, on).values():
        if row.is_cleared and row.last and row.last.is_mine_to_undo and not _fulfils(contact, row):
            services.undo(row.public, number=row.last.number, by=by, at=at, on=on)


def _rows(contact: Contact, by: Scope, on: date) -> dict[str, Row]:
    if contact.day is None:
        return {}
    day = contact.day.isoformat()
    subjects = [subject_of(contact.pupil_id, need, day) for need in Need]
    return queries.made_by(subjects, by=by, on=on)


def _fulfils(contact: Contact, row: Row) -> bool:
    if row.kind == Need.FIRST_DAY:
        return contact.reaches
    return contact.informs
