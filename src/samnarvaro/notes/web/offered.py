"""Single notes as items that can be handed over: the viewer's own zone's, as they stand."""

from django.utils.translation import gettext as _

from samnarvaro.base import dates
from samnarvaro.base.items import Item
from samnarvaro.kernel.access import Scope
from samnarvaro.notes import queries


def offered(pupil: int, by: Scope) -> list[Item]:
    """Return the standing notes that the viewer itself reads."""
    return [
        Item(
            "notes",
            str(note.public),
            note.data_class,
            _("Anteckning %(at)s, %(name)s")
            % {"at": dates.moment(note.written_at), "name": note.author_name},
            note.text.splitlines(),
        )
        for note in queries.of_pupil(pupil, by=by)
    ]
