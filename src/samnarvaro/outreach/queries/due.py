"""What is due of a day: whose it is, and how far a school has come with telling the homes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question, question
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.outreach.domain.needs import Need, Skipped
from samnarvaro.outreach.models import Contact, Due, subject_of
from samnarvaro.people import queries as people
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.domain.rows import State
from samnarvaro.worklist.queries import LastAct, Row

# Who is in contact with homes by what they are; others are for a call that is due and theirs.
IN_CONTACT = frozenset({Role.MENTOR, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})


def row_of(pupil: int, day: date, *, by: Scope, on: date) -> Row | None:
    """Return the row about a pupil (id) and a day that is still to be done; the caring call first."""
    subjects = {need: subject_of(pupil, need, day.isoformat()) for need in Need}
    rows = worklist.made_by(subjects.values(), by=by, on=on)
    found = [rows[subject] for subject in subjects.values() if subject in rows]
    return next((row for row in found if not row.is_cleared and not row.recovered_on), None)


class Child(Protocol):
    """What of a pupil has to be known to be in contact about it."""

    @property
    def pk(self) -> int: ...

    @property
    def public(self) -> UUID: ...

    @property
    def protection(self) -> int: ...


def may_call(pupil: Child, day: date | None, *, by: Scope) -> bool:
    """Tell whether the viewer may be in contact about a pupil: by its role, or since a row of the
    day is its own. The system is in contact about no protected pupil.
    """
    if by.is_system:
        return not pupil.protection
    return by.role in IN_CONTACT or holds_due(pupil.pk, day, by=by)


def holds_due(pupil: int, day: date | None, *, by: Scope) -> bool:
    """Tell whether a row about a pupil (id) and a day is the viewer's own and not cleared."""
    if day is None:
        return False
    row = row_of(pupil, day, by=by, on=by.day)
    return row is not None and row.is_held


class Standing(StrEnum):
    """How far it has come with telling a pupil's guardians."""

    TOLD = "told"
    DONE = "done"  # by another way, in words
    SKIPPED = "skipped"  # with a reason
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Informed:
    """A pupil whose guardians are to know of a day, whose row it is, and how far it has come."""

    pupil: int
    public: UUID
    name: str
    group: str
    need: Need
    holder: Holder
    attempts: int
    standing: Standing
    at: datetime | None = None
    by_name: str = ""
    words: str | None = ""
    skipped: Skipped | None = None
    sort_key: str = ""


def informed(units: Collection[int], day: date, *, by: Scope) -> list[Informed]:
    """Return everybody at some units (ids) of whose absence a day the guardians are to know, the
    missing ones first. Who turned out to have been there, or announced, is not among them.
    """
    dues = list(Due.objects.visible_in(by).filter(day=day, holds=True).select_related("pupil"))
    places = people.placements({due.pupil_id for due in dues}, by=by)
    here = {pupil: at[0] for pupil, at in places.items() if at and any(p.unit in units for p in at)}
    acts = worklist.last_acts([due.subject for due in dues], by=by, on=by.day)
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(day=day, pupil__in=here).order_by("at"):
        contacts.setdefault(contact.pupil_id, []).append(contact)
    found = {}
    for due in sorted(dues, key=lambda due: due.need == Need.INFORM):
        if due.pupil_id in here:
            group = here[due.pupil_id].group
            found[due.pupil_id] = _informed(
                due, group, acts.get(due.subject), contacts.get(due.pupil_id, [])
            )
    order = {Standing.MISSING: 0}
    return sorted(found.values(), key=lambda each: (order.get(each.standing, 1), each.sort_key))


def _informed(
    due: Due,
    group: str,
    stands: tuple[State, LastAct | None] | None,
    contacts: list[Contact],
) -> Informed:
    state, last = stands or (State.OPEN, None)
    told = next((each for each in contacts if each.informs), None)
    attempts = sum(not each.informs and not each.reaches for each in contacts)
    standing, words = Standing.MISSING, ""
    by_name, at = (told.by_name, told.at) if told else ("", None)
    skipped = Skipped(due.skipped) if due.skipped else None
    if told:
        standing = Standing.TOLD
    elif last and state is State.NOT_NEEDED:
        standing, words, by_name = Standing.SKIPPED, last.text or "", last.by_name
    elif last and state is State.DONE and not any(each.reaches for each in contacts):
        standing, words, by_name = Standing.DONE, last.text or "", last.by_name
    return Informed(
        pupil=due.pupil_id,
        public=due.pupil.public,
        name=due.pupil.name,
        group="" if due.pupil.protection else group,
        need=Need(due.need),
        holder=Holder(due.holder),
        attempts=attempts,
        standing=standing,
        at=at,
        by_name=by_name,
        words=words,
        skipped=skipped,
        sort_key=due.pupil.sort_key or due.pupil.name,
    )


def last_day_due(units: Collection[int], *, until: date, by: Scope) -> date | None:
    """Return the last day up to one on which something was due of a pupil the viewer follows."""
    if not units:
        return None
    found = _asking_last(by, until).ask()
    return bulk.as_day(found[0][0]) if found else None


@lru_cache(maxsize=256)
def _asking_last(by: Scope, until: date) -> Question:
    days = Due.objects.visible_in(by).filter(day__lte=until).order_by("-day")
    return question(days.values_list("day")[:1])
