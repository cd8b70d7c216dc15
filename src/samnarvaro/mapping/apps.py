from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import navigation, sections, timelines


def _install_shipped(**_: Any) -> None:
    # Models are ready only after the apps are.
    from samnarvaro.mapping.services import instruments

    instruments.install_shipped()


class MappingConfig(AppConfig):
    name = "samnarvaro.mapping"
    label = "mapping"

    def ready(self) -> None:
        # The one signal of the framework that says 'the tables are there'.
        post_migrate.connect(_install_shipped, sender=self)
        # Models are ready only after the apps are.
        from samnarvaro.mapping.domain.survey import READERS
        from samnarvaro.mapping.queries.relations import ROW
        from samnarvaro.mapping.web import (
            class_level,
            class_patterns,
            relation_texts,
            relations,
        )
        from samnarvaro.mapping.web.happened import happened
        from samnarvaro.mapping.web.patterns import PATTERNS, patterns
        from samnarvaro.mapping.web.sections import of_pupil, opened
        from samnarvaro.worklist import queries as worklist

        sections.register("pupil", 22, of_pupil)
        sections.register("pupil", 51, patterns, part=PATTERNS)
        sections.register("class", 50, class_patterns.way)
        sections.register("class", 51, relations.way)
        sections.register("my_day", 36, relations.my_day)
        worklist.register_words(ROW, relation_texts.why, label=relation_texts.ROW)
        sections.register("opened", 40, opened)
        sections.register("meeting", 22, of_pupil)
        timelines.register(happened)
        sections.register("class", 20, class_level.knowledge_of_class)
        sections.register("class", 25, class_level.notes_of_class)
        sections.register("my_day", 65, class_level.notes_of_my_classes)
        sections.register("school", 20, class_level.of_school)
        navigation.register(
            navigation.Entry(
                order=38,
                url="surveys:list",
                label=_("Trivselenkäter"),
                icon="list",
                roles=READERS,
                seldom=True,
                also=frozenset({"surveys:one", "surveys:slips"}),
            )
        )
