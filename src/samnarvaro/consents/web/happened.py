"""What a family has agreed to and taken back, for the time line of one pupil."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import clock
from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.consents.domain.agreement import State
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.consents.queries import agreed
from samnarvaro.consents.queries.agreed import Agreed
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation

_OF = frozenset({DataClass.CONSENT})
ASKED = gettext_lazy("Frågan om att dela med %(whom)s ställdes")
GIVEN = gettext_lazy("Ja till att dela med %(whom)s")
ENDED: dict[State, str | Promise] = {
    State.WITHDRAWN: gettext_lazy("Samtycket till %(whom)s togs tillbaka"),
    State.EXPIRED: gettext_lazy("Samtycket till %(whom)s gick ut"),
}


def happened(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """When each was asked for, given and ended, for who reads consents at the school."""
    if not in_school(by.zone):
        return []
    names = organisation.agency_names()
    return [
        each
        for one in agreed.of_pupil(pupil.pk, by=by)
        if one.from_zone == by.zone
        for each in _of_one(one, names)
    ]


def _of_one(one: Agreed, names: Mapping[str, str]) -> Iterator[Happening]:
    told = {"whom": names.get(one.to_zone, one.to_zone)}
    url = reverse("consents:one", args=[one.public])
    moments: list[tuple[datetime, str | Promise, str]] = [(one.asked_at, ASKED, one.asked_by)]
    if one.given_at:
        moments.append((one.given_at, GIVEN, ""))
    if one.ended_at and one.state in ENDED:
        moments.append((one.ended_at, ENDED[one.state], ""))
    for at, title, by in moments:
        yield Happening(
            kind=Kind.CONSENT, day=clock.day_of(at), at=at, title=str(title) % told, by=by,
            text=_("Gäller: %(purpose)s") % {"purpose": one.purpose} if title is ASKED else "",
            icon="people", url=url, classes=_OF,
        )  # fmt: skip
