from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import navigation, sections


class CasesConfig(AppConfig):
    name = "samnarvaro.cases"
    label = "cases"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.cases.domain.investigation import INVESTIGATORS
        from samnarvaro.cases.domain.sides import ADVISERS
        from samnarvaro.cases.domain.telling import OPENERS
        from samnarvaro.cases.web.sections import case_of_pupil, case_shared, of_medical, of_pupil

        sections.register("pupil", 21, case_of_pupil)
        sections.register("opened", 25, case_shared)
        sections.register("pupil", 22, of_pupil)
        sections.register("opened", 30, of_medical)
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
            )
        )
