"""Those who work with a class note what they saw and decided; of no pupil by name."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import conferences as domain
from samnarvaro.mapping.domain.conferences import Fault, Kind, Told
from samnarvaro.mapping.models import ClassDecision, ClassNote
from samnarvaro.mapping.queries.conferences import NoSuchNote, conferring
from samnarvaro.mapping.queries.places import SchoolClass
from samnarvaro.people.queries.members import roll


class CannotNote(Exception):
    """The note stays as it was. Carries every reason at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@transaction.atomic
def begin(group: UUID, *, kind: Kind, by: Scope, at: datetime, on: date) -> UUID:
    """Begin a note of a class (public id), or go on with the own draft. Raises NotTheViewers."""
    of = conferring(group, by=by)
    own = ClassNote.objects.visible_in(by).filter(
        group=of.pk, kind=kind, author=by.person, final_at=None
    )
    if draft := own.first():
        return draft.public
    row = ClassNote.objects.create(group_id=of.pk, kind=kind, author_id=by.person, begun_on=on)
    _log("begun", row, by, at)
    return row.public


@transaction.atomic
def save(
    note: UUID, told: Told, *, group: UUID, locks: bool = False, by: Scope, at: datetime, on: date
) -> None:
    """Write what is known so far into an own draft; with `locks` it is done and others read it.

    Raises NotTheViewers, NoSuchNote, CannotNote.
    """
    of = conferring(group, by=by)
    row = _own_draft(note, of, by)
    decided = [each for each in told.decided if not each.is_blank]
    told = Told(held_on=told.held_on, present=told.present, seen=told.seen, decided=tuple(decided))
    found = domain.faults_of_draft(told, names=_names(of, by), on=on)
    if locks:
        found += domain.faults_at_lock(told)
    if found:
        raise CannotNote(found)
    row.held_on, row.present, row.seen = told.held_on, told.present.strip(), told.seen.strip()
    row.final_at = at if locks else None
    row.save()
    ClassDecision.objects.filter(note=row).delete()
    ClassDecision.objects.bulk_create(
        ClassDecision(
            note=row, what=each.what.strip(), who=each.who.strip(), due_on=each.due_on
        )
        for each in decided
    )  # fmt: skip
    _log("locked" if locks else "saved", row, by, at)


@transaction.atomic
def discard(note: UUID, *, group: UUID, by: Scope, at: datetime) -> None:
    """Throw an own draft away, with all that is in it. Raises NotTheViewers, NoSuchNote."""
    row = _own_draft(note, conferring(group, by=by), by)
    _log("discarded", row, by, at)
    row.delete()


@transaction.atomic
def tick(decision: UUID, *, group: UUID, by: Scope, at: datetime, on: date) -> None:
    """Say that what was decided is done; said again it changes nothing.

    Raises NotTheViewers, NoSuchNote.
    """
    of = conferring(group, by=by)
    notes = ClassNote.objects.visible_in(by).filter(group=of.pk, final_at__isnull=False)
    rows = ClassDecision.objects.filter(public=decision, note__in=notes)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NoSuchNote
    if row.done_on is None:
        row.done_on, row.done_by_id = on, by.person
        row.save(update_fields=["done_on", "done_by"])
        audit.record("class_decision.done", by=by, at=at, target=f"class_decision:{row.public}")


def _own_draft(public: UUID, of: SchoolClass, by: Scope) -> ClassNote:
    rows = ClassNote.objects.visible_in(by).filter(public=public, group=of.pk)
    own = rows.filter(author=by.staff, final_at=None)
    row = own.select_for_update(of=("self",)).first()
    if row is None:
        raise NoSuchNote
    return row


def _names(of: SchoolClass, by: Scope) -> list[str]:
    return [pupil.name for pupil in roll(of.school.pk, by=by, group=of.pk)]


def _log(what: str, row: ClassNote, by: Scope, at: datetime) -> None:
    audit.record(f"class_note.{what}", by=by, at=at, target=f"class_note:{row.public}")
