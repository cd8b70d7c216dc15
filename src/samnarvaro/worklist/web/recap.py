"""What the viewer has done with rows of work, for the end of a meeting."""

from collections.abc import Collection
from datetime import date, datetime

from samnarvaro.base.recaps import Line
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist import queries
from samnarvaro.worklist.queries.rows import LEAST
from samnarvaro.worklist.web import texts


def recap(pupils: Collection[int], *, by: Scope, since: datetime, on: date) -> list[Line]:
    """Each act of the viewer's own that stands on a row of these pupils (ids)."""
    return [
        Line(
            pupil=each.pupil,
            at=each.at,
            text=texts.last_act(each.act, on),
            classes=LEAST if each.act.text is None else LEAST | {DataClass.CAUSE},
        )
        for each in queries.done_by_viewer(pupils, by=by, since=since)
    ]
