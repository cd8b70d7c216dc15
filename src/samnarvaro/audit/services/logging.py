"""Writes of the log: what was read, what was done. The caller's transaction is the log's."""

from collections.abc import Collection, Mapping
from datetime import datetime

import structlog

from samnarvaro.audit.domain.outcomes import ALLOWED
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass


def _request_id() -> str:
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def record_reading(  # noqa: PLR0913  # one for each thing that a line of the log says
    *,
    by: Scope,
    at: datetime,
    pupils: Collection[str],
    classes: Collection[DataClass],
    action: str,
    what: str,
    channel: str,
    ground: str = "duty",
    outcome: str = ALLOWED,
    objects: Collection[str] = (),
) -> None:
    """Write that an answer with these pupils' (public ids) data is about to leave.

    `ground` is what opens the reading: duty, handler, relation:<id>, consent:<id>, glass:<id>,
    disclosure:<id>, review:<id> or system. `objects` are ids of what in particular was shown.
    """
    Reading.objects.create(
        at=at,
        viewer=by.viewer,
        role=by.role or "system",
        zone=by.zone,
        purpose=by.purpose,
        action=action,
        channel=channel,
        what=what,
        classes=sorted(classes),
        pupils=sorted(pupils),
        count=len(pupils),
        ground="system" if by.is_system and ground == "duty" else ground,
        outcome=outcome,
        objects_shown=sorted(objects),
        request_id=_request_id(),
    )


def record(
    act: str,
    *,
    by: Scope,
    at: datetime,
    target: str,
    pupil: str = "",
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    """Write that somebody did something. `pupil` is a public id; `detail` holds codes, no text."""
    Writing.objects.create(
        at=at,
        viewer=by.viewer,
        role=by.role or "system",
        zone=by.zone,
        act=act,
        pupil=pupil,
        target=target,
        detail=dict(detail or {}),
        request_id=_request_id(),
    )
