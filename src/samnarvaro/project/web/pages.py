"""Pages that mix rooms: my day and the schools. Put together from the rooms' sections."""

from itertools import chain

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST, require_safe

from samnarvaro.base import labels, sections, sessions
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, one_by_one, show
from samnarvaro.consents import services as consents
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.project.middleware import HAT

NAME = frozenset({DataClass.NAME})


def together(
    parts: list[sections.Section], *, pupils: frozenset[int] = frozenset()
) -> list[Disclosure]:
    """Of whom all the sections of a page tell, and what of each."""
    everybody = pupils.union(*(part.pupils for part in parts))
    told = {
        pk: NAME.union(*(part.of_each.get(pk, part.classes) for part in parts if _is_of(part, pk)))
        for pk in everybody
    }
    return one_by_one(told, "list" if len(everybody) > 1 else "view")


def _is_of(part: sections.Section, pupil: int) -> bool:
    """Tell whether a section is of a pupil; one that names none is of those whom the page is about."""
    return not part.pupils or pupil in part.pupils


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Min dag: what is the viewer's to do, and nothing else."""
    parts = sections.collect("my_day", scope=request.scope, today=request.today, now=request.now)
    return show(
        request,
        "project/home.html",
        {
            "sections": parts,
            "week": request.today.isocalendar().week,
            "pupils": list(dict.fromkeys(chain(*(part.to_go_through for part in parts)))),
        },
        tells=together(parts),
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
