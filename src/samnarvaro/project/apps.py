from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import navigation
from samnarvaro.base.navigation import Entry


class ProjectConfig(AppConfig):
    name = "samnarvaro.project"
    label = "project"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.project import addresses, wiring
        from samnarvaro.project.signin import news
        from samnarvaro.project.wall import changing

        wiring.hang_up()
        news.listen()
        changing.listen()

        for entry in (
            Entry(order=10, url="home", label=_("Min dag"), icon="home"),
            Entry(
                order=20,
                url="my_schools",
                label=_("Skolan"),
                icon="people",
                roles=addresses.SCHOOL_WIDE,
                also=frozenset(
                    {
                        "staircase:school",
                        "staircase:level",
                        "staircase:tier",
                        "staircase:week",
                        "staircase:picture",
                        "staircase:nobody_acted",
                    }
                ),
            ),
        ):
            navigation.register(entry)
