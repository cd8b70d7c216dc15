from django.apps import AppConfig

from samnarvaro.base import recaps, sections


class FollowupConfig(AppConfig):
    name = "samnarvaro.followup"
    label = "followup"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.followup import queries
        from samnarvaro.followup.services import looks, rolls
        from samnarvaro.followup.web import texts
        from samnarvaro.followup.web.recap import recap
        from samnarvaro.followup.web.sections import my_day, of_pupil
        from samnarvaro.worklist import queries as worklist

        worklist.register_words(queries.LAIN, texts.why_lain, label=texts.MEASURE_LAIN)
        worklist.register_words(looks.WEEK, texts.why_week, label=texts.WEEKLY)
        worklist.register_words(looks.MONTH, texts.why_month, label=texts.MONTHLY)
        worklist.register_words(rolls.ROLLS, texts.why_rolls, label=texts.ROLLS)
        worklist.register_taken(queries.taken)
        sections.register("my_day", 30, my_day)
        sections.register("pupil", 25, of_pupil)
        sections.register("meeting", 25, of_pupil)
        recaps.register(recap)
