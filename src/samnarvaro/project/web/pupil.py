"""The page of one pupil, put together from the rooms' sections: at a glance, by parts, and whole."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.base import sections
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import show
from samnarvaro.base.sections import ShownPupil
from samnarvaro.consents import services as consents
from samnarvaro.people import queries as people
from samnarvaro.project.web.pages import together


def facts_about(request: StaffRequest, public: UUID) -> tuple[ShownPupil, dict[str, Any]]:
    """Return a pupil, and what the sections about it are asked with: its own key, and the day.

    That the pupil is seen is asked here and, as always, when the answer is handed out; the sections
    ask of it alone. Raises Http404 for one that does not exist for the viewer.
    """
    try:
        found, key = consents.key_to(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    return found, {
        "scope": key,
        "pupil": found,
        "today": request.today,
        "now": request.now,
        "query": request.GET,
        "once": Once(),
    }


def where(facts: dict[str, Any]) -> str:
    """School and class of each place, for the line above the name."""
    places = facts["once"](people.places_of, facts["pupil"].pk, by=facts["scope"])
    return " · ".join(", ".join(filter(None, [at.unit_name, at.group])) for at in places)


@require_safe
def pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """One pupil at a glance: what is next and whose, why, how the days have been; and its parts."""
    found, facts = facts_about(request, public)
    parts = sections.collect("pupil", **facts)
    return show(
        request,
        "project/pupil.html",
        {"pupil": found, "place_text": where(facts), "sections": parts},
        tells=together(parts, pupils=frozenset({found.pk})),
    )


@require_safe
def whole(request: StaffRequest, public: UUID) -> HttpResponse:
    """All of it on one page, with every table open: to print."""
    found, facts = facts_about(request, public)
    parts = sections.collect("pupil", **facts, whole=True, opened=True)
    return show(
        request,
        "project/pupil_whole.html",
        {"pupil": found, "place_text": where(facts), "sections": parts},
        tells=together(parts, pupils=frozenset({found.pk})),
    )


@require_safe
def part(request: StaffRequest, public: UUID, key: str) -> HttpResponse:
    """One part of the page, in its place there or by itself."""
    found, facts = facts_about(request, public)
    shown = sections.part("pupil", key, **facts)
    if shown is None:
        raise Http404
    return show(
        request,
        "project/pupil_part.html",
        {"pupil": found, "shown": shown},
        part="project/_pupil_part.html",
        tells=together([shown], pupils=frozenset({found.pk})),
    )
