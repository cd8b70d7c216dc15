"""Meeting mode: the pupils of any list, one by one, with what is to be done and done there."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samnarvaro.base import recaps, sections, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.people import queries as people
from samnarvaro.project import rounds
from samnarvaro.project.rounds import Round
from samnarvaro.project.web.pages import NAME, together
from samnarvaro.project.web.pupil import facts_about, where
from samnarvaro.project.web.shown_rounds import recap_of


@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Begin with the pupils of the list that the viewer came from: the rows that it showed."""
    sent = list(rounds.parsed(request.POST.getlist("pupil")))[: rounds.MOST_PUPILS]
    here = people.unprotected_among(list(dict.fromkeys(sent)), by=request.scope)
    back = _back(request)
    if not here:
        toasts.say(request, _("Det finns ingen elev att gå igenom i listan."), tone="attention")
        return redirect(back)
    new = rounds.begin(
        request.session,
        title=request.POST.get("title", "").strip() or _("Genomgång"),
        back=back,
        pupils=[pupil.public for pupil in here],
        at=request.now,
    )
    return redirect("round_pupil", new.key, here[0].public)


def _back(request: StaffRequest) -> str:
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if ours else "/"


def _round(request: StaffRequest, key: UUID) -> Round:
    try:
        return rounds.get(request.session, key)
    except rounds.NoSuchRound:
        raise Http404 from None


@require_safe
def pupil(request: StaffRequest, key: UUID, public: UUID) -> HttpResponse:
    """One pupil of the round: name, what is next and whose, why, what has been done.

    One who has gone out of the viewer's sight is passed by.
    """
    going = _round(request, key)
    if public not in going.pupils:
        raise Http404
    order = people.open_among(going.pupils, by=request.scope)
    if public not in order:
        after = rounds.next_after(public, going, order)
        return redirect("round_pupil", key, after) if after else redirect("round_end", key)
    found, facts = facts_about(request, public)
    rounds.see(request.session, going, public)
    parts = sections.collect("meeting", **facts, back=request.path)
    context = {
        "round": going,
        "pupil": found,
        "place": rounds.place_of(public, order),
        "place_text": where(facts),
        "order": order,
        "sections": parts,
    }
    return show(
        request,
        "project/round_pupil.html",
        context,
        part="project/_round_part.html",
        tells=together(parts, pupils=frozenset({found.pk})),
    )


@require_safe
def overview(request: StaffRequest, key: UUID) -> HttpResponse:
    """The list of the round by name: who has been looked at, and the way to each."""
    going = _round(request, key)
    here = people.unprotected_among(going.pupils, by=request.scope)
    left = next((each for each in here if each.public not in going.seen), None)
    return show(
        request,
        "project/round.html",
        {"round": going, "pupils": here, "left": left},
        tells=Disclosure([each.pk for each in here], NAME, "list"),
    )


@require_safe
def end(request: StaffRequest, key: UUID) -> HttpResponse:
    """What came of the round: whom it went through, and what the viewer did on the way."""
    going = _round(request, key)
    here = people.unprotected_among(going.pupils, by=request.scope)
    lines = recaps.lines(
        [each.pk for each in here], by=request.scope, since=going.began_at, on=request.today
    )
    classes = NAME.union(*(line.classes for line in lines))
    return show(
        request,
        "project/round_end.html",
        {"round": going, "recap": recap_of(here, lines, going.seen)},
        tells=Disclosure([each.pk for each in here], classes, "list"),
    )
