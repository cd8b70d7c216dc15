from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import finder, navigation, recaps, sections
from samnarvaro.worklist.domain.rows import HOLDS


class WorklistConfig(AppConfig):
    name = "samnarvaro.worklist"
    label = "worklist"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.worklist import queries
        from samnarvaro.worklist.web import texts
        from samnarvaro.worklist.web.places import places
        from samnarvaro.worklist.web.recap import recap
        from samnarvaro.worklist.web.sections import my_day, of_pupil

        queries.register_words(queries.ANY_KIND, texts.why, label=texts.KIND_UNNAMED)
        queries.register_words(queries.ROW_LAIN, texts.why_lain, label=texts.KIND_LAIN)
        sections.register("my_day", 20, my_day)
        sections.register("pupil", 10, of_pupil)
        sections.register("meeting", 10, of_pupil)
        recaps.register(recap)
        finder.register(10, places)
        navigation.register(
            navigation.Entry(
                order=15,
                url="worklist:list",
                label=_("Arbetslistan"),
                icon="list",
                roles=frozenset(HOLDS),
                also=frozenset({"worklist:conference", "worklist:student_health", "worklist:many"}),
            )
        )
