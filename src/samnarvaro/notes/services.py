"""Writes of working notes, each by somebody who has the child as its own matter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.consents.queries import own
from samnarvaro.kernel.access import Scope
from samnarvaro.notes.domain import notes as domain
from samnarvaro.notes.domain.notes import Fault
from samnarvaro.notes.models import Note, NoteReader
from samnarvaro.notes.queries import NoSuchNote, may_write
from samnarvaro.people.queries import parties


class CannotWrite(Exception):
    """Carries every reason at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class NotAReader(Exception):
    """The person works in another zone, or has no duty there today."""


@transaction.atomic
def write(*, tie: UUID, text: str, by: Scope, at: datetime) -> Note:
    """Write a note about the child of one of the viewer's own ties.

    Raises own.NoSuchTie for who has no matter with the child or writes no notes, CannotWrite.
    """
    about = own.tie(tie, by=by)
    of_class = domain.class_of(by.zone)
    if of_class is None or not may_write(about, by=by):
        raise own.NoSuchTie
    if faults := domain.faults(text):
        raise CannotWrite(faults)
    note = Note.objects.create(
        pupil_id=about.pupil,
        zone=by.zone,
        data_class=of_class,
        author_id=by.person,
        written_at=at,
        text=text.strip(),
    )
    _tell("note.written", note, by=by, at=at)
    return note


@transaction.atomic
def correct(*, note: UUID, text: str, by: Scope, at: datetime) -> Note:
    """Put a new text in an own note's place; the old one stays, unseen. Raises NoSuchNote, CannotWrite."""
    old = _own_note(note, by)
    if faults := domain.faults(text):
        raise CannotWrite(faults)
    new = Note.objects.create(
        pupil_id=old.pupil_id,
        zone=old.zone,
        data_class=old.data_class,
        author_id=by.person,
        written_at=at,
        text=text.strip(),
    )
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    NoteReader.objects.filter(note=old, ended_at__isnull=True).update(note=new)
    _tell("note.corrected", new, by=by, at=at)
    return new


@transaction.atomic
def name_reader(*, note: UUID, staff: int, by: Scope, at: datetime) -> None:
    """Let one more person (staff id) of the own zone read an own note. Raises NoSuchNote, NotAReader."""
    row = _own_note(note, by)
    posts = parties.posts_of(staff, on=by.day)
    if not any(post.zone == by.zone and domain.may_write(post.role, by.zone) for post in posts):
        raise NotAReader
    _, made = NoteReader.objects.get_or_create(
        note=row, staff_id=staff, ended_at=None, defaults={"named_at": at}
    )
    if made:
        _tell("note.reader_named", row, by=by, at=at)


@transaction.atomic
def stop_reader(*, note: UUID, staff: int, by: Scope, at: datetime) -> None:
    """Let somebody who was named read an own note no longer. Raises NoSuchNote."""
    row = _own_note(note, by)
    if NoteReader.objects.filter(note=row, staff=staff, ended_at=None).update(ended_at=at):
        _tell("note.reader_stopped", row, by=by, at=at)


def _own_note(note: UUID, by: Scope) -> Note:
    row = Note.objects.visible_in(by).standing().filter(public=note, author=by.staff).first()
    if row is None:
        raise NoSuchNote
    return Note.objects.select_for_update().get(pk=row.pk)


def _tell(act: str, note: Note, *, by: Scope, at: datetime) -> None:
    audit.record(
        act, by=by, at=at, pupil=parties.public_of(note.pupil_id), target=f"note:{note.public}"
    )
