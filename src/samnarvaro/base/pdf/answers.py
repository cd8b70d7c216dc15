"""Handing a sheet out: what it rests on is asked for once more when it has been printed.

Printing takes a while, in which a family may take its consent back. So the finished sheet is held,
the consents with it, and what it tells must still be so; only then it is written down and leaves.
"""

from collections.abc import Callable, Collection
from http import HTTPStatus

import structlog
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base import clock, locks
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Tells, let_out
from samnarvaro.base.pdf import Sheet
from samnarvaro.base.pdf.printing import NotPrinted, printed

log = structlog.get_logger(__name__)


def hand_out(
    request: StaffRequest,
    sheet: Sheet,
    *,
    name: str,
    tells: Tells,
    still: Callable[[], bool],
    holding: Collection[int] = (),
) -> HttpResponse:
    """Print a sheet and send it as a file. Raises Http404 when what it tells is so no longer.

    `still` is asked in the transaction that logs the sheet, with the consents (ids) in `holding` held.
    """
    try:
        data = printed(sheet)
    except NotPrinted as error:
        log.error("pdf.not_printed", why=str(error))
        return render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.today}.pdf"'
    with transaction.atomic():
        locks.share(locks.CONSENTS, holding)
        if not still():
            raise Http404
        return let_out(request, response, tells)


def foot(request: StaffRequest, *, named: bool = True) -> str:
    """When a sheet was printed, and by whom unless that tells where the pupil is."""
    told = {
        "at": date_format(request.now.astimezone(clock.SWEDEN), "j F Y H.i"),
        "who": getattr(request, "viewer_name", ""),
    }
    if not named:
        return _("Utskrivet %(at)s ur Samnärvaro") % told
    return _("Utskrivet %(at)s av %(who)s ur Samnärvaro") % told
