"""The one place that reads the clock. The web floor and the command line pass the day down."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """Return the moment, aware, in UTC."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """Return the day a moment lies in by the Swedish clock."""
    return moment.astimezone(SWEDEN).date()


def today() -> date:
    """Return the day it is in Sweden: at 23.30 UTC it is already tomorrow there."""
    return timezone.now().astimezone(SWEDEN).date()


def seconds() -> int:
    """Return the seconds of the machine's clock: for what runs out, whichever day is being shown."""
    return int(time.time())
