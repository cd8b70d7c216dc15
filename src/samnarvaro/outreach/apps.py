from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import navigation, recaps, sections, timelines
from samnarvaro.kernel.access import Role


class OutreachConfig(AppConfig):
    name = "samnarvaro.outreach"
    label = "outreach"

    def ready(self) -> None:
        # Models are ready only after the apps are.
        from samnarvaro.outreach.domain.contacts import CALLS
        from samnarvaro.outreach.domain.needs import Need
        from samnarvaro.outreach.domain.numbers import NO_NUMBER
        from samnarvaro.outreach.services.contacts import PROMISE
        from samnarvaro.outreach.web import texts
        from samnarvaro.outreach.web.happened import happened
        from samnarvaro.outreach.web.recap import recap
        from samnarvaro.outreach.web.sections import my_day, of_pupil
        from samnarvaro.worklist import queries as worklist

        worklist.register_words(Need.FIRST_DAY, texts.why_first_day, label=_("Omtankessamtal"))
        worklist.register_words(Need.INFORM, texts.why_inform, label=_("Berätta för hemmet"))
        worklist.register_words(PROMISE, texts.why_promise, label=_("Löfte att följa upp"))
        worklist.register_words(NO_NUMBER, texts.why_no_number, label=_("Telefonnummer saknas"))
        worklist.register_way(Need.FIRST_DAY, texts.way, clears_for=CALLS)
        worklist.register_way(Need.INFORM, texts.way, clears_for=CALLS)
        worklist.register_way(PROMISE, texts.way_of_promise)
        sections.register("pupil", 15, of_pupil)
        sections.register("meeting", 40, of_pupil)
        recaps.register(recap)
        timelines.register(happened)
        sections.register("my_day", 30, my_day)
        navigation.register(
            navigation.Entry(
                order=55,
                url="outreach:routine",
                label=_("Omtankessamtalet"),
                icon="phone",
                roles=frozenset({Role.SCHOOL_ADMINISTRATOR}),
            )
        )
