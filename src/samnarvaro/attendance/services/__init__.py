"""Everything that changes attendance: one function for each thing done."""

from samnarvaro.attendance.services.announcing import (
    CannotAnnounce,
    NoSuchAnnouncement,
    announce,
    withdraw,
)
from samnarvaro.attendance.services.taking_in import KIND, Options, Progress, take_in
from samnarvaro.attendance.services.totals import check_totals, rebuild_totals, reckon_days_anew

__all__ = [
    "KIND",
    "CannotAnnounce",
    "NoSuchAnnouncement",
    "Options",
    "Progress",
    "announce",
    "check_totals",
    "rebuild_totals",
    "reckon_days_anew",
    "take_in",
    "withdraw",
]
