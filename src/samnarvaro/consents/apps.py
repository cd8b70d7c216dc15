from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import events, navigation, openings, pages, sections, timelines
from samnarvaro.consents.domain.policy import IN_CHARGE
from samnarvaro.kernel.access import Role, Scope
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
            consents=tells.consents,
        )
    except services.NoLongerVisible:
        raise pages.NotToBeShown from None


CHILDREN = navigation.Entry(
    order=20,
    url="consents:children",
    label=_("Barn jag arbetar med"),
    icon="people",
    roles=IN_CHARGE,
    also=frozenset({"consents:child"}),
)
ARRIVALS = navigation.Entry(
    order=20,
    url="consents:arrivals",
    label=_("Nya samtycken"),
    icon="people",
    roles=frozenset({Role.UNIT_HEAD}),
)


class ConsentsConfig(AppConfig):
    name = "samnarvaro.consents"
    label = "consents"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.consents import reactions
        from samnarvaro.consents.queries.letting_in import opening
        from samnarvaro.consents.web.happened import happened
        from samnarvaro.consents.web.received import received
        from samnarvaro.consents.web.sections import (
            FOLLOWERS,
            cases,
            followers,
            my_children,
            of_pupil,
        )

        openings.register(opening)
        timelines.register(happened)
        events.listen(GuardianshipEnded, reactions.guardianship_ended, within=True)
        events.listen(PupilProtected, reactions.pupil_protected, within=True)
        pages.set_guard(_guard)
        sections.register("my_day", 15, my_children)
        sections.register("pupil", 75, of_pupil)
        sections.register("pupil", 77, cases)
        sections.register("pupil", 80, followers, part=FOLLOWERS)
        sections.register("opened", 60, received)
        navigation.register(CHILDREN)
        navigation.register(ARRIVALS)
