from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import navigation, sections, timelines
from samnarvaro.kernel.access import Role


class CasesConfig(AppConfig):
    name = "samnarvaro.cases"
    label = "cases"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.cases.web import row_words
        from samnarvaro.cases.web import sections as ours
        from samnarvaro.cases.web.happened import happened

        timelines.register(happened)
        row_words.register()
        sections.register("pupil", 21, ours.case_of_pupil)
        sections.register("opened", 25, ours.case_shared)
        sections.register("pupil", 22, ours.of_pupil)
        sections.register("opened", 30, ours.of_medical)
        sections.register("pupil", 99, ours.concern_of_pupil)
        sections.register("meeting", 99, ours.concern_of_pupil)
        sections.register("opened", 99, ours.concern_of_child)
        sections.register("my_day", 35, ours.feedback)
        _menu()


def _menu() -> None:
    """The room's places in everybody's menu."""
    from samnarvaro.cases.domain.investigation import INVESTIGATORS, LEADS
    from samnarvaro.cases.domain.sides import ADVISERS
    from samnarvaro.cases.domain.telling import OPENERS
    from samnarvaro.cases.services.rules import SETTERS

    navigation.register(
        navigation.Entry(
            order=32, url="cases:board", label=_("Ärenden"), icon="stairs", roles=INVESTIGATORS
        )
    )
    navigation.register(
        navigation.Entry(
            order=34,
            url="cases:consultations",
            label=_("Konsultation utan namn"),
            icon="question",
            roles=OPENERS | ADVISERS,
            seldom=True,
        )
    )
    navigation.register(
        navigation.Entry(
            order=95,
            url="cases:duty",
            label=_("Orosanmälan"),
            icon="alert",
            also=frozenset({"cases:concern"}),
        )
    )
    navigation.register(
        navigation.Entry(
            order=36,
            url="cases:register",
            label=_("Frånvaroregistret"),
            icon="list",
            roles=LEADS | {Role.AUTHORITY_OFFICER},
            seldom=True,
        )
    )
    navigation.register(
        navigation.Entry(
            order=56,
            url="cases:rules",
            label=_("Frånvaroregistrets regler"),
            icon="list",
            roles=SETTERS,
            seldom=True,
        )
    )
