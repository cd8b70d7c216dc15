from django.apps import AppConfig

from samnarvaro.base import events


class AttendanceConfig(AppConfig):
    name = "samnarvaro.attendance"
    label = "attendance"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.attendance import reactions
        from samnarvaro.organisation.events import CalendarChanged

        events.listen(CalendarChanged, reactions.calendar_changed, within=True)
