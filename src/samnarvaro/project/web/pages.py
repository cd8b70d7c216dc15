"""Pages that mix rooms: my day, a pupil, the schools. Put together from the rooms' sections."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST, require_safe

from samnarvaro.base import labels, sections, sessions
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.consents import services as consents
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.project.middleware import HAT

NAME = frozenset({DataClass.NAME})


def together(parts: list[sections.Section], *, pupils: frozenset[int] = frozenset()) -> Disclosure:
    """Of whom all the sections of a page tell, and what."""
    everybody = pupils.union(*(part.pupils for part in parts))
    classes = NAME.union(*(part.classes for part in parts))
    return Disclosure(everybody, classes, "list" if len(everybody) > 1 else "view")


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Min dag: what is the viewer's to do, and nothing else."""
    parts = sections.collect("my_day", scope=request.scope, today=request.today, now=request.now)
    return show(
        request,
        "project/home.html",
        {"sections": parts, "week": request.today.isocalendar().week},
        tells=together(parts),
    )


@require_safe
def pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """One pupil: what is next and whose, why, and what has happened."""
    try:
        found = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    parts = sections.collect(
        "pupil",
        scope=request.scope,
        pupil=found,
        today=request.today,
        now=request.now,
        query=request.GET,
        once=Once(),
    )
    places = people.placements([found.pk], by=request.scope).get(found.pk, [])
    return show(
        request,
        "project/pupil.html",
        {"pupil": found, "place_text": places_in_words(places), "sections": parts},
        tells=together(parts, pupils=frozenset({found.pk})),
    )


def places_in_words(places: list[people.Placement]) -> str:
    """School and class of each place, for the line above the name."""
    names = {unit.pk: unit.name for unit in organisation.units([place.unit for place in places])}
    return " · ".join(
        ", ".join(filter(None, [names.get(place.unit, ""), place.group])) for place in places
    )


@require_GET
def my_schools(request: StaffRequest) -> HttpResponse:
    """The viewer's school, or the list to choose from for who has several."""
    schools = organisation.units(request.scope.units)
    if len(schools) == 1:
        return redirect("staircase:school", schools[0].public)
    return show(request, "project/schools.html", {"schools": schools})


@require_POST
def wear_hat(request: StaffRequest) -> HttpResponse:
    """Change to another of the jobs one has. One hat at a time."""
    wanted = request.POST.get("hat", "")
    owned = consents.hats(request.user.pk or 0, on=request.today)
    if wanted in {hat.key for hat in owned}:
        request.session[HAT] = wanted
        sessions.change_key(request.session, at=request.now)
    return redirect("home")


def hats_of(request: StaffRequest) -> list[dict[str, object]]:
    """The jobs to choose from, for the frame; none for who has but one."""
    owned: list[consents.Hat] = request.hats  # type: ignore[attr-defined]  # beside the scope
    if len(owned) < 2:
        return []
    worn = (request.scope.zone, request.scope.role)
    return [
        {
            "key": hat.key,
            "label": f"{labels.ROLE[hat.role]}, {labels.of_zone(hat.zone)}",
            "current": (hat.zone, hat.role) == worn,
        }
        for hat in owned
    ]
