"""What is handed over, as PDF: before it goes, by who gave it, and by who received it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.items import Item
from samnarvaro.base.pages import Disclosure
from samnarvaro.base.pdf import answers
from samnarvaro.consents.queries import children
from samnarvaro.consents.queries import handed_over as queries
from samnarvaro.consents.web import sheets, texts
from samnarvaro.consents.web.received import consents_of
from samnarvaro.kernel.privacy import DataClass

LOG_ONLY = frozenset({DataClass.CONSENT})


@dataclass(frozen=True, slots=True)
class About:
    """What the viewer calls the child on paper, and what that tells of it."""

    title: str
    classes: frozenset[DataClass]


def of_tie(request: StaffRequest, tie: UUID) -> About:
    """The child of one of the viewer's own ties. Raises Http404."""
    try:
        child = children.one(tie, by=request.scope)
    except children.NoSuchChild:
        raise Http404 from None
    return About(texts.child(child.name, child.known_as, child.code), child.classes)


@require_safe
def received(request: StaffRequest, tie: UUID) -> HttpResponse:
    """What has been handed over about a child that one works with, while it may be seen."""
    about = of_tie(request, tie)
    pupil = children.one(tie, by=request.scope).pupil
    found = queries.received(pupil, by=request.scope)
    if not found:
        raise Http404
    return answers.hand_out(
        request,
        sheets.received(found, about=about.title, foot=answers.foot(request)),
        name="mottaget",
        tells=Disclosure(
            [pupil],
            about.classes | {item.data_class for item in found},
            "pdf",
            consents_of(found),
        ),
        still=lambda: queries.received(pupil, by=request.scope) == found,
        holding=consents_of(found),
    )


def given(request: StaffRequest, child: queries.Child, about: About) -> HttpResponse:
    """What the viewer itself has handed over, word for word."""
    found = queries.given(child.pk, by=request.scope)
    if not found:
        raise Http404
    return answers.hand_out(
        request,
        sheets.given(found, about=about.title, foot=answers.foot(request)),
        name="overlamnat",
        tells=Disclosure(
            [child.pk],
            LOG_ONLY | about.classes | {item.data_class for item in found},
            "pdf",
        ),
        still=lambda: queries.given(child.pk, by=request.scope) == found,
    )


def preview(
    request: StaffRequest,
    child: queries.Child,
    chosen: Sequence[Item],
    *,
    to_zone: str,
    by_consent: bool,
) -> HttpResponse:
    """Exactly what the receiver will see; by consent only while one flows to it."""
    consents = queries.live(child.pk, to_zone, by=request.scope) if by_consent else frozenset()
    keys = {item.key for item in chosen}

    def still() -> bool:
        offered = queries.offered(child.pk, by=request.scope)
        return [item for item in offered if item.key in keys] == list(chosen)

    return answers.hand_out(
        request,
        sheets.preview(
            chosen, to=texts.agency(to_zone, texts.agencies()), foot=answers.foot(request)
        ),
        name="forhandsvisning",
        tells=Disclosure(
            [child.pk], LOG_ONLY | {item.data_class for item in chosen}, "pdf", consents
        ),
        still=still,
        holding=consents,
    )
