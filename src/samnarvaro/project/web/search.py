"""The search: a page of its own, and what the finder over any page asks for."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.project import addresses
from samnarvaro.project.web.finding import find

NAME = frozenset({DataClass.NAME})


@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Find pupils, classes, pages and acts by words, among what is open to the viewer."""
    found = find(request.GET.get("q", ""), by=request.scope)
    return show(
        request,
        "project/search.html",
        {"found": found, "may_break": addresses.RULES["glass"].opens_to(request.scope.role)},
        part="project/_hits.html",
        tells=Disclosure([hit.pk for hit in found.pupils.hits], NAME, "search"),
    )
