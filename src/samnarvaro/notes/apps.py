from django.apps import AppConfig

from samnarvaro.base import events, items, sections, timelines
from samnarvaro.people.events import PupilProtected


class NotesConfig(AppConfig):
    name = "samnarvaro.notes"
    label = "notes"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.notes import reactions
        from samnarvaro.notes.web.happened import happened
        from samnarvaro.notes.web.offered import offered
        from samnarvaro.notes.web.sections import of_pupil

        items.register(offered)
        timelines.register(happened)
        sections.register("pupil", 70, of_pupil)
        sections.register("opened", 70, of_pupil)
        events.listen(PupilProtected, reactions.pupil_protected, within=True)
