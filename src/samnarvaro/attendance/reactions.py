"""What attendance does when a room below it has changed something."""

from samnarvaro.attendance import services
from samnarvaro.organisation.events import CalendarChanged


def calendar_changed(event: CalendarChanged) -> None:
    """In the transaction of the change: no figure ever stands against its calendar."""
    services.reckon_days_anew(event.units, event.days)
