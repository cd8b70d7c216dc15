"""Reads of a class's notes: what was seen and decided, and what of it is still to be done."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.conferences import CONFERRING, Decided, Kind, Told
from samnarvaro.mapping.models import ClassDecision, ClassNote
from samnarvaro.mapping.queries.places import NotTheViewers, SchoolClass, school_class


class NoSuchNote(Exception):
    """There is none, or it is not the viewer's to read."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and on which day it was done by whom."""

    public: UUID
    decided: Decided
    done_on: date | None
    done_by: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the viewer reads it."""

    public: UUID
    kind: Kind
    author: str
    is_mine: bool
    is_final: bool
    begun_on: date
    told: Told
    decisions: tuple[Decision, ...]

    @property
    def day(self) -> date:
        return self.told.held_on or self.begun_on


def conferring(public: UUID, *, by: Scope) -> SchoolClass:
    """Return a class (public id) that the viewer works with. Raises NotTheViewers."""
    if by.role not in CONFERRING:
        raise NotTheViewers
    return school_class(public, by=by)


def of_class(group: int, *, by: Scope) -> list[Note]:
    """Return the notes of a class (id), the newest first: locked ones, and the viewer's own drafts."""
    rows = ClassNote.objects.visible_in(by).filter(group=group).select_related("author")
    found = list(rows.order_by("-held_on", "-begun_on", "-pk"))
    decided = _decisions([row.pk for row in found])
    return [_note(row, decided[row.pk], by) for row in found]


def one(public: UUID, group: int, *, by: Scope) -> Note:
    """Return one note of a class (id). Raises NoSuchNote."""
    rows = ClassNote.objects.visible_in(by).filter(public=public, group=group)
    row = rows.select_related("author").first()
    if row is None:
        raise NoSuchNote
    return _note(row, _decisions([row.pk])[row.pk], by)


def open_decisions(group: int, *, by: Scope) -> list[Decision]:
    """Return what is decided for a class (id) and not done, what is to be done first before the rest."""
    notes = ClassNote.objects.visible_in(by).filter(group=group, final_at__isnull=False)
    rows = ClassDecision.objects.filter(note__in=notes, done_on__isnull=True)
    return [_decision(row) for row in rows.order_by("due_on", "pk")]


def _decisions(notes: Collection[int]) -> defaultdict[int, list[Decision]]:
    """Return what some notes (ids) decided; what is asked has visible ones."""
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    rows = ClassDecision.objects.filter(note__in=notes).select_related("done_by")
    for row in rows.order_by("due_on", "pk"):
        found[row.note_id].append(_decision(row))
    return found


def _decision(row: ClassDecision) -> Decision:
    decided = Decided(what=row.what, who=row.who, due_on=row.due_on)
    by = row.done_by.name if row.done_by else ""
    return Decision(row.public, decided, row.done_on, by)


def _note(row: ClassNote, decisions: list[Decision], by: Scope) -> Note:
    return Note(
        public=row.public,
        kind=Kind(row.kind),
        author=row.author.name,
        is_mine=row.author_id == by.staff,
        is_final=row.final_at is not None,
        begun_on=row.begun_on,
        told=Told(
            held_on=row.held_on,
            present=row.present,
            seen=row.seen,
            decided=tuple(each.decided for each in decisions),
        ),
        decisions=tuple(decisions),
    )
