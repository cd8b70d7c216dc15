"""Every reading of one pupil, for the extract that the child and its guardians may have."""

from dataclasses import dataclass
from datetime import datetime

from samnarvaro.audit.domain.extract import Reader, told
from samnarvaro.audit.domain.outcomes import ALLOWED
from samnarvaro.audit.models import Reading
from samnarvaro.audit.queries.read import readings_of
from samnarvaro.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that somebody was shown something of the pupil."""

    at: datetime
    viewer: str
    role: str
    zone: str
    action: str
    ground: str
    classes: frozenset[DataClass]


def shown_of(pupil: str, reader: Reader) -> list[Shown]:
    """Return every time a pupil (public id) was shown to somebody, the latest first, for a reader.

    Complete but for what law keeps from that reader.
    """
    rows: list[Reading] = list(
        readings_of(pupil, None).filter(outcome=ALLOWED).order_by("-at", "-pk")
    )
    found = (
        Shown(
            row.at, row.viewer, row.role, row.zone, row.action, row.ground,
            told(row.classes, reader),
        )
        for row in rows
    )  # fmt: skip
    return [each for each in found if each.classes]
