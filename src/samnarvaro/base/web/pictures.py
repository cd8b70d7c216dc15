"""A picture on a page of its own, with its table open; or its table alone; or as a file."""

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base.charts.alone import alone
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, is_part, let_out, show
from samnarvaro.base.pictures import Picture, Table

TYPES = {"svg": "image/svg+xml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


def page(
    request: StaffRequest, shown: Picture, *, over: str, back: str, tells: Disclosure
) -> HttpResponse:
    """Show a picture by itself; `over` is what it is of, `back` the address it belongs to."""
    if is_part(request):
        return let_out(request, HttpResponse(shown.table.html(shown.table_id)), tells)
    context = {"shown": shown, "over": over, "back": back}
    return show(request, "base/picture.html", context, tells=tells)


def file(request: StaffRequest, shown: Picture, form: str, *, tells: Disclosure) -> HttpResponse:
    """Let a picture's facts out as a file: a drawing or a table. No name stands in its name."""
    if form not in TYPES:
        raise Http404
    body = shown.table.csv() if form == "csv" else _drawing(request, shown)
    if body is None:
        raise Http404
    return _attached(request, body, f"{shown.key}-{request.today}.{form}", form, tells)


def table_file(
    request: StaffRequest, table: Table, name: str, *, tells: Disclosure
) -> HttpResponse:
    """Let a table that has no picture out as a file. No name of anybody stands in its name."""
    return _attached(request, table.csv(), f"{name}-{request.today}.csv", "csv", tells)


def _attached(
    request: StaffRequest, body: str, name: str, form: str, tells: Disclosure
) -> HttpResponse:
    response = HttpResponse(body, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return let_out(request, response, Disclosure(tells.pupils, tells.classes, "export"))


def _drawing(request: StaffRequest, shown: Picture) -> str | None:
    drawing = shown.svg or shown.drawn_apart
    if drawing is None:
        return None
    told = {"day": date_format(request.today, "j F Y")}
    lines = [shown.source, shown.fresh, _("Hämtad %(day)s ur Samnärvaro") % told]
    return alone(drawing, title=shown.title, lines=[line for line in lines if line])
