"""What the viewer has begun and closed, for the end of a meeting."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from samnarvaro.base.recaps import Line
from samnarvaro.followup import queries
from samnarvaro.followup.queries import Measure
from samnarvaro.followup.web import texts
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

_KNOWN = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


def recap(pupils: Collection[int], *, by: Scope, since: datetime, on: date) -> list[Line]:
    """Each early measure of these pupils (ids) that the viewer has begun or closed."""
    return [
        Line(
            pupil=measure.pupil,
            at=at,
            text=_words(measure, on),
            classes=_KNOWN if measure.what is None else _KNOWN | {DataClass.CAUSE},
        )
        for measure, at in queries.done_by_viewer(pupils, by=by, since=since)
    ]


def _words(measure: Measure, on: date) -> str:
    told = {"what": measure.what or str(texts.WORDLESS), "about": texts.about(measure, on)}
    return _("Tidig insats: ”%(what)s” %(about)s") % told
