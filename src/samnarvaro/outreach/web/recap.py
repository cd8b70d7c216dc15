"""What contacts the viewer has written down, for the end of a meeting."""

from collections.abc import Collection
from datetime import date, datetime

from samnarvaro.base.recaps import Line
from samnarvaro.kernel.access import Scope
from samnarvaro.outreach.queries import contacts
from samnarvaro.outreach.web import shown, texts


def recap(pupils: Collection[int], *, by: Scope, since: datetime, on: date) -> list[Line]:
    """Each contact about these pupils (ids) that the viewer has written down."""
    return [
        Line(
            pupil=pupil,
            at=each.at,
            text=texts.headline(each.told, each.guardian_name),
            classes=shown.classes_of([each]),
        )
        for pupil, each in contacts.written_by_viewer(pupils, by=by, since=since, on=on)
    ]
