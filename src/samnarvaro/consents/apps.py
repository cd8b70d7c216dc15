from datetime import datetime

from django.apps import AppConfig

from samnarvaro.base import events, openings, pages, sections
from samnarvaro.kernel.access import Scope
from samnarvaro.people.events import GuardianshipEnded, PupilProtected


def _guard(scope: Scope, at: datetime, tells: pages.Disclosure, what: str) -> None:
    from samnarvaro.consents import services  # models are ready only after the apps are

    try:
        services.hand_out(
            by=scope,
            at=at,
            pupils=tells.pupils,
            classes=tells.classes,
            action=tells.action,
            what=what,
        )
    except services.NoLongerVisible:
        raise pages.NotToBeShown from None


class ConsentsConfig(AppConfig):
    name = "samnarvaro.consents"
    label = "consents"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.consents import reactions
        from samnarvaro.consents.queries.letting_in import opening
        from samnarvaro.consents.web.received import received
        from samnarvaro.consents.web.sections import FOLLOWERS, followers

        openings.register(opening)
        events.listen(GuardianshipEnded, reactions.guardianship_ended, within=True)
        events.listen(PupilProtected, reactions.pupil_protected, within=True)
        pages.set_guard(_guard)
        sections.register("pupil", 80, followers, part=FOLLOWERS)
        sections.register("opened", 60, received)
