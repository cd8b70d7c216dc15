from django.apps import AppConfig

from samnarvaro.base import events, items, sections


class AttendanceConfig(AppConfig):
    name = "samnarvaro.attendance"
    label = "attendance"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.attendance import reactions
        from samnarvaro.attendance.web import leave, opened
        from samnarvaro.attendance.web.offered import offered
        from samnarvaro.attendance.web.sections import (
            EARLIER_YEARS,
            LESSONS,
            PATTERNS,
            announced_absence,
            earlier_years,
            key_figures,
            newest_lessons,
            patterns,
            this_year,
        )
        from samnarvaro.organisation.events import CalendarChanged

        events.listen(CalendarChanged, reactions.calendar_changed, within=True)
        items.register(offered)
        sections.register("pupil", 28, announced_absence)
        sections.register("pupil", 29, leave.section)
        sections.register("pupil", 30, key_figures)
        sections.register("meeting", 30, key_figures)
        sections.register("glass", 30, key_figures)
        sections.register("pupil", 35, this_year)
        sections.register("pupil", 45, earlier_years, part=EARLIER_YEARS)
        sections.register("pupil", 50, patterns, part=PATTERNS)
        sections.register("pupil", 60, newest_lessons, part=LESSONS)
        sections.register("opened", 30, opened.key_figures)
        sections.register("opened", 50, opened.days)
