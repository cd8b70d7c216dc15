from django.apps import AppConfig

from samnarvaro.base import sections


class MappingConfig(AppConfig):
    name = "samnarvaro.mapping"
    label = "mapping"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.mapping.web.patterns import PATTERNS, patterns
        from samnarvaro.mapping.web.sections import of_pupil, opened

        sections.register("pupil", 22, of_pupil)
        sections.register("pupil", 51, patterns, part=PATTERNS)
        sections.register("opened", 40, opened)
        sections.register("meeting", 22, of_pupil)
