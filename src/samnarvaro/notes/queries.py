"""Reads of working notes: the viewer's own zone's, never another's."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from samnarvaro.consents.domain.relations import CASES
from samnarvaro.consents.queries.own import Tie
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes.domain import notes as domain
from samnarvaro.notes.models import Note, NoteReader


class NoSuchNote(Exception):
    """There is none, or it is not the viewer's to read."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note: who wrote it when, and its text."""

    public: UUID
    pupil: int
    data_class: DataClass
    author: int
    author_name: str
    written_at: datetime
    text: str
    readers: tuple[str, ...]
    is_mine: bool


def of_pupil(pupil: int, *, by: Scope) -> list[Written]:
    """Return the standing notes about a pupil (id), the newest first."""
    rows = list(
        Note.objects.visible_in(by)
        .standing()
        .filter(pupil=pupil)
        .select_related("author")
        .order_by("-written_at", "-pk")
    )
    readers = _readers([row.pk for row in rows])
    return [_shown(row, readers[row.pk], by) for row in rows]


@dataclass(frozen=True, slots=True)
class Known:
    """That a note is there: who wrote it when, and whether the viewer reads it."""

    written_at: datetime
    author_name: str
    is_read: bool


def known_of(pupil: int, *, by: Scope) -> list[Known]:
    """Return that notes about a pupil (id) are there, also those that the viewer does not read."""
    rows = Note.objects.known_in(by).standing().filter(pupil=pupil)
    mine = Note.objects.visible_in(by).filter(pk=OuterRef("pk"))
    known = rows.annotate(is_read=Exists(mine)).order_by("pk")
    return [
        Known(at, f"{given} {family}".strip(), is_read)
        for at, given, family, is_read in known.values_list(
            "written_at", "author__given_name", "author__family_name", "is_read"
        )
    ]


def one(public: UUID, *, by: Scope) -> Written:
    """Return a standing note. Raises NoSuchNote."""
    row = Note.objects.visible_in(by).standing().select_related("author").filter(public=public)
    note = row.first()
    if note is None:
        raise NoSuchNote
    return _shown(note, _readers([note.pk])[note.pk], by)


def may_write(tie: Tie | None, *, by: Scope) -> bool:
    """Tell whether the viewer writes notes about a child it has as its own matter."""
    return tie is not None and tie.kind in CASES and domain.may_write(by.role, by.zone)


def _readers(notes: list[int]) -> defaultdict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = NoteReader.objects.filter(note__in=notes, ended_at__isnull=True)
    for row in rows.select_related("staff").order_by("pk"):
        found[row.note_id] = (*found[row.note_id], row.staff.name)
    return found


def _shown(row: Note, readers: tuple[str, ...], by: Scope) -> Written:
    return Written(
        row.public, row.pupil_id, DataClass(row.data_class), row.author_id, row.author.name,
        row.written_at, row.text, readers, is_mine=row.author_id == by.staff,
    )  # fmt: skip
