"""A small log to seal and to tamper with: readings and writings as the pages and services write them."""

from datetime import UTC, datetime, timedelta

from samnarvaro.audit import services as audit
from samnarvaro.base import bulk
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

NOON = datetime(2026, 11, 27, 11, 0, 0, 250, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAGA, NOOR = "6d1b0a86-0000-4000-8000-000000000001", "6d1b0a86-0000-4000-8000-000000000002"


def system() -> Scope:
    return consents.system_scope(purpose="test", on=NOON.date())


def read(at: datetime = NOON, *pupils: str, what: str = "pupil") -> None:
    audit.record_reading(
        by=system(),
        at=at,
        pupils=pupils or (SAGA,),
        classes=[DataClass.NAME, DataClass.ATTENDANCE],
        action="view",
        what=what,
        channel="web",
    )


def write(at: datetime = NOON, target: str = "row:1") -> None:
    audit.record(
        "row.cleared",
        by=system(),
        at=at,
        pupil=SAGA,
        target=target,
        detail={"to": "done", "from": "open", "left": None, "days": 3},
    )


def some(count: int = 6, start: datetime = NOON) -> datetime:
    """Write some rows, one of each log a minute; return when the last was written."""
    for number in range(count):
        read(start + number * MINUTE, what=f"page-{number}")
        write(start + number * MINUTE, target=f"row:{number}")
    return start + count * MINUTE


def tamper(sql: str, *parameters: object, rows: int = 1) -> None:
    """Do to the database what a person with its password could, and see that it was done:
    a tampering that hit nothing proves nothing.
    """
    assert bulk.run(sql, parameters) == rows
