"""That working notes are there, for the time line of one pupil: never a word of them.

Who reads a note opens it on the page of notes, and that is logged. Who does not is told whom to ask.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import clock
from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.consents.queries import own
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes import queries
from samnarvaro.notes.queries import Known

_OF = frozenset({DataClass.EXISTENCE})
TITLE = gettext_lazy("En anteckning finns")


def happened(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """Each note in a line, for those who work together around the pupil."""
    known = queries.known_of(pupil.pk, by=by)
    tie = own.case_with(pupil.pk, by=by) if any(each.is_read for each in known) else None
    return [_told(each, tie) for each in known]


def _told(note: Known, tie: own.Tie | None) -> Happening:
    opens = note.is_read and tie is not None
    ask = _("Läses inte här. Vill du veta något: fråga %(name)s, som kan släppa in dig.")
    return Happening(
        kind=Kind.NOTE,
        day=clock.day_of(note.written_at),
        at=note.written_at,
        by=note.author_name,
        title=str(TITLE),
        text="" if opens else ask % {"name": note.author_name},
        icon="lock",
        url=reverse("notes:all", args=[tie.public]) if tie and opens else "",
        classes=_OF,
        is_closed=not opens,
    )
