"""Everything that changes attendance: one function for each thing done."""

from samnarvaro.attendance.services.announcing import (
    CannotAnnounce,
    NoSuchAnnouncement,
    announce,
    withdraw,
)
from samnarvaro.attendance.services.leave import (
    CannotGrant,
    NoSuchLeave,
    grant,
    withdraw_leave,
)
from samnarvaro.attendance.services.taking_in import KIND, Options, Progress, take_in
from samnarvaro.attendance.services.totals import check_totals, rebuild_totals, reckon_days_anew

__all__ = [
    "KIND",
    "CannotAnnounce",
    "CannotGrant",
    "NoSuchAnnouncement",
    "NoSuchLeave",
    "Options",
    "Progress",
    "announce",
    "check_totals",
    "grant",
    "rebuild_totals",
    "reckon_days_anew",
    "take_in",
    "withdraw",
    "withdraw_leave",
]
