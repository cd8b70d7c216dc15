from django.apps import AppConfig

from samnarvaro.base import events, sections


class AttendanceConfig(AppConfig):
    name = "samnarvaro.attendance"
    label = "attendance"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.attendance import reactions
        from samnarvaro.attendance.web.sections import (
            calendar,
            key_figures,
            newest_lessons,
            patterns,
        )
        from samnarvaro.organisation.events import CalendarChanged

        events.listen(CalendarChanged, reactions.calendar_changed, within=True)
        for order, section in ((30, key_figures), (50, calendar), (60, patterns)):
            sections.register("pupil", order, section)
        sections.register("pupil", 70, newest_lessons)
