"""The extract given out by who reviews the log of a zone: to a family that asks there.

The reviewer follows no pupil and looks in no list: it writes whom the extract is about as the family
says it. Of a pupil with protected personal data only a named handler gives it.
"""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.people.queries import naming, parties
from samnarvaro.project.web.by_name import NOBODY, ByNameForm
from samnarvaro.project.web.log_extract import Of, give, of


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: StaffRequest) -> HttpResponse:
    """Ask whom the extract is about; nobody near is offered."""
    form = ByNameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        pupil = form.pupil(on=request.today)
        if pupil is not None and naming.publics_of_zone([pupil], by=request.scope):
            public = parties.public_of(pupil)
            return HttpResponseRedirect(reverse("log_extract_zone", args=[public]))
        form.add_error(None, str(NOBODY))
    return show(
        request, "project/log_extract_find.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
def extract(request: StaffRequest, public: UUID) -> HttpResponse:
    """The extract of one pupil of the zone, as who leads the school gives it."""

    def look() -> Of | None:
        pupil = naming.of_zone(public, by=request.scope)
        if pupil is None:
            return None
        found = parties.guardians_of(pupil.pk, on=request.today).values()
        return of(pupil, [(each.public, each.name) for each in found], is_protected=False)

    return give(request, look, back=reverse("log_reviews"))
