"""A consent that runs out comes up for who asked for it, a month and a week before its last day.

It stands here, above the rooms: consents do not know of the work list. A row is raised once for
each, and marked when its ground is gone: what was taken back, replaced or has run out asks for
nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.agreement import WARNED_BEFORE
from samnarvaro.consents.events import ConsentEnded
from samnarvaro.consents.queries import agreements
from samnarvaro.consents.queries.agreements import Ending
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries import parties
from samnarvaro.worklist import queries as worklist_queries
from samnarvaro.worklist import services as worklist

ENDING = "consent.ending"
KIND = gettext_lazy("Samtycke som går ut")
WAY = gettext_lazy("Fråga på nytt")
# Whose row it is, by what who asked is today; a team member's is the team's.
_HOLDER = {
    Role.MENTOR: Holder.MENTOR,
    Role.PRINCIPAL: Holder.PRINCIPAL,
    Role.DEPUTY_PRINCIPAL: Holder.PRINCIPAL,
    Role.COUNSELLOR: Holder.COUNSELLOR,
    Role.PSYCHOLOGIST: Holder.STUDENT_HEALTH_TEAM,
    Role.SPECIAL_EDUCATOR: Holder.STUDENT_HEALTH_TEAM,
}


def register() -> None:
    worklist_queries.register_words(ENDING, why, label=KIND, tells=frozenset({DataClass.CONSENT}))
    worklist_queries.register_way(ENDING, way)


def remind(*, on: date, by: Scope, at: datetime) -> int:
    """Raise a row for each consent that has a month or a week left; return how many are new."""
    names = organisation.agency_names()
    ending = agreements.ending(max(WARNED_BEFORE), on=on)
    return worklist.raise_items(list(_rows(ending, names, on)), by=by, at=at)


def _rows(ending: list[Ending], names: Mapping[str, str], on: date) -> Iterator[worklist.NewItem]:
    for each in ending:
        left = (each.valid_to - on).days
        # Only the nearest: a consent of a week is not told of a month before.
        days = min(warned for warned in WARNED_BEFORE if left <= warned)
        yield worklist.NewItem(
            subject=_subject(each.pk, days),
            kind=ENDING,
            pupil=each.pupil,
            acts=_holder(each, on),
            level=0,
            figures={
                "to": names.get(each.to_zone, each.to_zone),
                "last": each.valid_to.isoformat(),
                "consent": str(each.public),
            },
            raised_on=on,
            due_on=min(on + timedelta(days=7), each.valid_to),
        )


def _holder(ending: Ending, on: date) -> Holder:
    """The role in which who asked works there today; the mentor's, when it is nobody's any more."""
    posts = parties.posts_of(ending.asked_by, on=on)
    held = [
        _HOLDER[post.role]
        for post in posts
        if post.role in _HOLDER and post.zone == ending.from_zone
    ]
    return min(held, default=Holder.MENTOR)


def _subject(consent: int, days: int) -> str:
    return f"consent:{consent}:{days}"


def ended(event: ConsentEnded) -> None:
    """What has ended needs no reminder: its rows say so, and are cleared with a word."""
    today = clock.today()
    by = consents.system_scope(purpose="consents", on=today)
    subjects = [_subject(event.consent, days) for days in WARNED_BEFORE]
    worklist.mark_recovered(subjects, on=today, by=by, at=clock.now())


def why(about: Mapping[str, Any]) -> str:
    """Say to whom and until when; why it was asked for stands on the consent's own page."""
    told = {
        "to": about["to"],
        "last": date_format(date.fromisoformat(str(about["last"])), "j F Y"),
    }
    return _("Samtycket till %(to)s går ut %(last)s. Vill familjen fortsätta?") % told


def way(about: Mapping[str, Any], pupil: UUID) -> tuple[str, str]:
    address = reverse("consents:ask", args=[pupil])
    return str(WAY), f"{address}?fornya={about['consent']}"
