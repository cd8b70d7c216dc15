"""Demo mode's own page: choose whom to be. Its addresses exist only in demo mode."""

from itertools import groupby

from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import labels
from samnarvaro.base.pages import show
from samnarvaro.project.vik import asked, cast

STORIES = {
    "mira": _("Saga i 8B har börjat försvinna lite i taget."),
    "ragnar": _("Leo i 9A är borta mer än han är här. Vem har agerat?"),
    "elin": _("Robin i 4A är borta sin första dag."),
    "nils": _("Alva i 7C saknas ofta på måndagar."),
    "agda": _("Tar in elevlistor och lektionsmarkeringar."),
    "sonja": _("Läser det som Sagas familj har samtyckt till, och inget mer."),
    "hanna": _("Lämnar ärenden till sin personal, utan att se vilket barn det är."),
    "bo": _("Läser också varför Saga varit borta: familjen har sagt ja till det."),
    "olle": _("Lämnar ärenden till sin personal, utan att se vilket barn det är."),
    "eva": _("Elevhälsans medicinska gren är en egen zon."),
    "karin": _("Ser skolans frånvaro i minuter, utan orsak."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show the people of Vik; signing in as one is a press of a button."""
    if request.method != "POST":
        return show(request, "demo/choose.html", {"people": _people()})
    if "slip" in request.POST:
        return show(request, "demo/choose.html", {"people": _people(), "slip": _slip(request)})
    username = request.POST.get("username", "")
    if username not in {member.username for member in cast.STAFF}:
        raise Http404
    account = get_user_model().objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Http404
    request.session.flush()
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


def _slip(request: HttpRequest) -> str:
    """A code to try the survey of today with; the empty text when none is open."""
    asker = get_user_model().objects.filter(username=asked.ASKER).first()
    if asker is None:
        return ""
    today, now = request.today, request.now  # type: ignore[attr-defined]  # see base.http.StaffRequest
    return asked.fresh_slip(asker.pk, today, now=now) or ""


def _people() -> list[dict[str, object]]:
    """The cast, one group for each place of work."""
    names = {unit.key: unit.name for unit in cast.UNITS}
    members = [(names[member.posts[0].unit], member) for member in cast.STAFF]
    order = {name: number for number, name in enumerate(names.values())}
    members.sort(key=lambda pair: order[pair[0]])
    return [
        {"label": place, "people": [_person(member) for _, member in group]}
        for place, group in groupby(members, key=lambda pair: pair[0])
    ]


def _person(member: cast.StaffMember) -> dict[str, object]:
    post = member.posts[0]
    return {
        "username": member.username,
        "name": f"{member.given_name} {member.family_name}",
        "role_label": labels.ROLE[post.role],
        "unit": post.group,
        "story": STORIES.get(member.username, ""),
    }
