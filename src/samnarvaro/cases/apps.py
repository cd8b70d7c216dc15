from django.apps import AppConfig

from samnarvaro.base import sections


class CasesConfig(AppConfig):
    name = "samnarvaro.cases"
    label = "cases"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.cases.web.sections import of_medical, of_pupil

        sections.register("pupil", 22, of_pupil)
        sections.register("opened", 30, of_medical)
