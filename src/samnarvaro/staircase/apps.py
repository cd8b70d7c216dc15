from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import finder, navigation, sections
from samnarvaro.kernel.access import Role

_HIGHEST_LEVEL = 9


def _install_shipped(**_: Any) -> None:
    from samnarvaro.staircase import services  # models are ready only after the apps are

    services.install_shipped()


class StaircaseConfig(AppConfig):
    name = "samnarvaro.staircase"
    label = "staircase"

    def ready(self) -> None:
        # The one signal of the framework that says 'the tables are there'.
        post_migrate.connect(_install_shipped, sender=self)
        # Models are ready only after the apps are.
        from samnarvaro.staircase.web import texts
        from samnarvaro.staircase.web.places import places
        from samnarvaro.staircase.web.sections import CURVE, curve, my_day, why
        from samnarvaro.worklist import queries as worklist

        for level in range(1, _HIGHEST_LEVEL + 1):
            worklist.register_words(f"staircase.level{level}", texts.why, texts.explain)
        sections.register("my_day", 60, my_day)
        sections.register("pupil", 20, why)
        sections.register("meeting", 20, why)
        sections.register("pupil", 40, curve, part=CURVE)
        finder.register(20, places)
        navigation.register(
            navigation.Entry(
                order=25,
                url="staircase:my_classes",
                label=_("Min klass"),
                icon="people",
                roles=frozenset({Role.MENTOR}),
                also=frozenset({"staircase:class"}),
            )
        )
