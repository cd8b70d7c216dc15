"""What a day's absence asks for becomes rows of work; what no longer holds is marked so, and stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samnarvaro.attendance.queries import absent
from samnarvaro.attendance.queries.absent import Missing
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.outreach.domain import needs
from samnarvaro.outreach.domain.needs import NOTHING_MADE, Absence, Made, Need, Routine
from samnarvaro.outreach.models import Contact, Due, subject_of
from samnarvaro.outreach.queries.routine import routines
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts as reach
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import held_by

LEVEL = 1


@dataclass(slots=True)
class Settled:
    """What a day came to: rows raised, found to be without ground, and with ground after all."""

    raised: int = 0
    gone: int = 0
    back: int = 0


@dataclass(slots=True)
class _Changes:
    new: list[tuple[Due, worklist.NewItem]] = field(default_factory=list)
    gone: list[Due] = field(default_factory=list)
    back: list[Due] = field(default_factory=list)


def nightly(*, as_of: date, by: Scope, at: datetime) -> Settled:
    """Do again what may have been lost: for the day, and for the last day with marks before it."""
    before = absent.last_day_with_marks(before=as_of)
    if before is not None:
        settle(before, on=as_of, by=by, at=at)
    return settle(as_of, on=as_of, by=by, at=at)


@transaction.atomic
def settle(
    day: date, *, on: date, by: Scope, at: datetime, pupils: Collection[int] | None = None
) -> Settled:
    """Bring the rows of a day in step with its marks and with the contacts made, for everybody or
    for some pupils (ids). Run again it changes nothing more.
    """
    missing = absent.unexcused_on(day, by=by, pupils=pupils)
    dues = Due.objects.filter(day=day)
    if pupils is not None:
        dues = dues.filter(pupil__in=pupils)
    known = {(due.pupil_id, Need(due.need)): due for due in dues}
    made = _made(day, pupils)
    changes = _changes(day, missing, known, made, by)
    return _write(changes, on=on, by=by, at=at)


def _made(day: date, pupils: Collection[int] | None) -> dict[int, Made]:
    contacts = Contact.objects.filter(day=day)
    if pupils is not None:
        contacts = contacts.filter(pupil__in=pupils)
    found: dict[int, Made] = {}
    for each in contacts.only("pupil", "reaches", "informs"):
        so_far = found.get(each.pupil_id, NOTHING_MADE)
        found[each.pupil_id] = Made(so_far.reached or each.reaches, so_far.informed or each.informs)
    return found


def _changes(
    day: date,
    missing: Mapping[int, Missing],
    known: Mapping[tuple[int, Need], Due],
    made: Mapping[int, Made],
    by: Scope,
) -> _Changes:
    changes = _Changes()
    wanted: dict[int, Need] = {}
    for pupil in missing.keys() | {pupil for pupil, _ in known}:
        absence = _absence(missing.get(pupil))
        want = needs.need(absence, made.get(pupil, NOTHING_MADE))
        if want and (pupil, want) not in known:
            wanted[pupil] = want
        for need in Need:
            due = known.get((pupil, need))
            if due is None:
                continue
            holds = need is want or (_has_ground(need, absence) and want is not Need.FIRST_DAY)
            if due.holds and not holds:
                changes.gone.append(due)
            elif holds and not due.holds:
                changes.back.append(due)
    changes.new = _new(day, wanted, missing, by)
    return changes


def _absence(missing: Missing | None) -> Absence | None:
    return Absence(missing.run, missing.minutes) if missing else None


def _has_ground(need: Need, absence: Absence | None) -> bool:
    """Tell whether the day's absence itself asks for it, whatever has been done about it."""
    if absence is None:
        return False
    return absence.run == 1 if need is Need.FIRST_DAY else absence.missed > 0


def _new(
    day: date, wanted: Mapping[int, Need], missing: Mapping[int, Missing], by: Scope
) -> list[tuple[Due, worklist.NewItem]]:
    if not wanted:
        return []
    places = people.placements(wanted, by=by)
    handlers = reach.handling_roles(wanted, on=day)
    known = routines()
    made = []
    for pupil in sorted(wanted):
        at = places.get(pupil)
        routine = needs.routine_of(at[0].grade if at else "", known)
        holder = needs.caller_of(routine, _holders(handlers.get(pupil)))
        due = Due(
            pupil_id=pupil,
            day=day,
            need=wanted[pupil].value,
            whom=routine.whom.value,
            holder=holder.value,
        )
        made.append((due, _item(due, missing[pupil], routine, at[0].grade if at else "")))
    return made


def _holders(roles: Collection[Role] | None) -> set[Holder] | None:
    return None if roles is None else {holder for role in roles for holder in held_by(role)}


def _item(due: Due, missing: Missing, routine: Routine, grade: str) -> worklist.NewItem:
    need = Need(due.need)
    figures: dict[str, Any] = {
        "day": due.day.isoformat(),
        "whom": routine.whom.value,
        "grade": grade,
        "since": missing.lessons[0].start,
        "minutes": missing.minutes,
        "lessons": [[each.start, each.minutes, each.subject] for each in missing.lessons],
    }
    return worklist.NewItem(
        subject=subject_of(due.pupil_id, need, due.day.isoformat()),
        kind=need.value,
        pupil=due.pupil_id,
        acts=Holder(due.holder),
        level=LEVEL,
        figures=figures,
        raised_on=due.day,
        due_on=due.day,
    )


def _write(changes: _Changes, *, on: date, by: Scope, at: datetime) -> Settled:
    Due.objects.bulk_create([due for due, _ in changes.new], ignore_conflicts=True)
    raised = worklist.raise_items([item for _, item in changes.new], by=by, at=at)
    for dues, holds in ((changes.gone, False), (changes.back, True)):
        if dues:
            Due.objects.filter(pk__in=[due.pk for due in dues]).update(holds=holds)
    worklist.mark_recovered(_subjects(changes.gone), on=on, by=by, at=at)
    worklist.unmark_recovered(_subjects(changes.back), by=by, at=at)
    return Settled(raised, len(changes.gone), len(changes.back))


def _subjects(dues: Sequence[Due]) -> list[str]:
    return [due.subject for due in dues]
