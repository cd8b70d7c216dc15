"""A broken glass comes before a chief at once, as a row of work to be looked into."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import dates
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.relations import Reason, in_school
from samnarvaro.consents.events import GlassBroken
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries import parties
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist import services as rows
from samnarvaro.worklist.queries import Figures

KIND = "glass"
LOOK_WITHIN = 5  # school days
LABEL = gettext_lazy("Öppnat i nödläge")
REASON = {
    Reason.DANGER: gettext_lazy("Barnet kan vara i fara nu"),
    Reason.ACCIDENT: gettext_lazy("Någon är skadad eller försvunnen"),
    Reason.STANDS_IN: gettext_lazy("Den som har barnet är inte här, och det kan inte vänta"),
    Reason.RELATION_LATE: gettext_lazy(
        "Barnet är mitt ansvar, men behörigheten har inte kommit än"
    ),
}


def register() -> None:
    """Say what such rows are about."""
    worklist.register_words(KIND, _why, label=LABEL, tells=frozenset({DataClass.EXISTENCE}))


def broken(event: GlassBroken) -> None:
    """Raise the row in the same transaction: no glass is broken without a chief seeing it.

    Outside the schools the glass itself is what comes before the head of that agency: nothing of it
    is told at school, where nobody is to know that the agency has the child.
    """
    if not in_school(event.zone):
        return
    unit = parties.unit_of(event.pupil, on=event.day)
    calendar = organisation.Calendars().of(unit)
    new = rows.NewItem(
        subject=f"glass:{event.public}",
        kind=KIND,
        pupil=event.pupil,
        acts=Holder.PRINCIPAL,
        level=0,
        figures={"who": event.who, "reason": event.reason, "at": dates.moment(event.at)},
        raised_on=event.day,
        due_on=calendar.add_school_days(event.day, LOOK_WITHIN),
    )
    by = consents.system_scope(purpose="glass", on=event.day)
    rows.raise_item(new, by=by, at=event.at)


def _why(figures: Figures) -> str:
    return _(
        "%(who)s öppnade elevens uppgifter i nödläge den %(at)s: %(reason)s. Läs orden, prata med"
        " den som öppnade, och skriv vad du kom fram till."
    ) % {
        "who": figures["who"],
        "at": figures["at"],
        "reason": str(REASON[Reason(figures["reason"])]).lower(),
    }
