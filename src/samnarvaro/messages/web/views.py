"""How messages go out: kinds, states and counts. Neither to whom nor of whom."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.messages import queries
from samnarvaro.messages.web import texts

SHOWN = timedelta(days=120)


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """The outbox, for the system administrator."""
    try:
        batches = queries.overview(since=request.now - SHOWN, by=request.scope)
        faults = queries.faults(by=request.scope)
    except queries.NotToBeSeen:
        raise Http404 from None
    context = {
        "batches": [texts.ShownBatch(batch) for batch in batches],
        "faults": [texts.ShownFault(fault) for fault in faults],
        "columns": [label for _state, label in texts.COLUMNS],
        "digest": settings.DIGEST,
        "mail": settings.HAS_MAIL,
    }
    return show(request, "messages/list.html", context)
