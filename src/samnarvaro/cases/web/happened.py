"""What was done in a pupil's investigations, for its time line; what was written stands in them."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.timelines import START, Happening, Kind
from samnarvaro.cases.queries import course
from samnarvaro.cases.queries.course import Did, Done
from samnarvaro.cases.web import words
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

_OF = frozenset({DataClass.EXISTENCE, DataClass.MAPPING})
DID: dict[Did, str | Promise] = {
    Did.JUDGED: _("Bedömning: %(how)s"),
    Did.CONSULTED: _("Samråd: %(how)s"),
    Did.DECIDED: _("Utredningen är beslutad"),
    Did.FOLLOWED_UP: _("Uppföljning av utredningen: %(how)s"),
    Did.CLOSED: _("Utredningen är avslutad"),
}
HOW = words.JUDGEMENT | words.CONSULTED | words.OUTCOME


def happened(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """Each step of the investigations, for those who investigate."""
    url = reverse("cases:investigation", args=[pupil.public])
    return [_told(each, url) for each in course.of_pupil(pupil.pk, by=by)]


def _told(done: Done, url: str) -> Happening:
    how = str(HOW[done.how]).lower() if done.how else ""
    return Happening(
        kind=Kind.STEP, day=done.day, at=done.at or START, by=done.by_name, icon="list",
        title=str(DID[done.did]) % {"how": how}, url=url, classes=_OF,
    )  # fmt: skip
