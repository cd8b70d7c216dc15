"""Deliveries on the web: the list, a new one, one with its report, and what can be done with it."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import deliveries, pages, presence, safe_csv, toasts, uploads
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.web import delivery_texts as texts
from samnarvaro.base.web.delivery_forms import NewDelivery
from samnarvaro.base.web.delivery_shown import Page, by_whom, fault_rows

FAULTS_A_PAGE = 50


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """The latest deliveries."""
    found = deliveries.latest(request.GET.get("page"), by=request.scope)
    rows = [
        {
            "shown": shown,
            "by": by_whom(shown),
            "state": texts.STATE[shown.row.state],
            "tone": texts.TONE.get(shown.row.state, "info"),
        }
        for shown in found
    ]
    return pages.show(request, "base/deliveries/list.html", {"rows": rows, "page": found})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Send a file; it is looked at before anything is written."""
    if request.method != "POST":
        return _form(request, NewDelivery(today=request.today))
    form = NewDelivery(request.POST, request.FILES, today=request.today)
    if uploads.is_refused(request):
        form.errors.pop("file", None)
        form.add_error("file", _too_large())
    if form.is_valid():
        wanted = form.wanted()
        chunks = form.cleaned_data["file"].chunks()
        try:
            delivery = deliveries.receive(chunks, wanted, by=request.scope, at=request.now)
        except deliveries.TooLarge:
            form.add_error("file", _too_large())
        except Unusable as unusable:
            kind = deliveries.kind_of(wanted.kind)
            form.add_error("file", kind.unusable(unusable) if kind else "")
        else:
            return redirect("deliveries:one", delivery.public)
    return _form(request, form)


def _form(request: StaffRequest, form: NewDelivery) -> HttpResponse:
    context = {"form": form, "kinds": deliveries.kinds(), "most": settings.UPLOAD_MB}
    return pages.show(
        request, "base/deliveries/new.html", context, status=422 if form.is_bound else 200
    )


def _too_large() -> str:
    return _("Filen är större än %(most)d megabyte. Dela den i flera.") % {
        "most": settings.UPLOAD_MB
    }


@require_safe
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """One delivery: how far it has come, what it would do or has done, and each fault."""
    return _answer(request, public)


def _answer(request: StaffRequest, public: UUID, reasons: list[str] | None = None) -> HttpResponse:
    shown = _found(request, public)
    faults = Paginator(fault_rows(shown), FAULTS_A_PAGE).get_page(request.GET.get("page"))
    page = Page(shown, presence.sign().is_fresh(request.now))
    response = pages.show(
        request,
        "base/deliveries/one.html",
        {"page": page, "faults": faults, "reasons": reasons or []},
        part="base/deliveries/_one.html",
        status=422 if reasons else 200,
    )
    if page.has_report and (shown.faults or shown.warnings):
        deliveries.note_viewed(shown, by=request.scope, at=request.now)
    return response


def _found(request: StaffRequest, public: UUID) -> deliveries.Shown:
    try:
        return deliveries.get(public, by=request.scope)
    except deliveries.NoSuchDelivery:
        raise Http404 from None


@require_safe
def faults(request: StaffRequest, public: UUID) -> HttpResponse:
    """The faults as a file, to mend them by."""
    shown = _found(request, public)
    header = [str(column) for column in texts.COLUMNS]
    rows = [
        (row.line or "", row.column, row.value, row.reason, row.code) for row in fault_rows(shown)
    ]
    if shown.left_out:
        rows.append(("", "", "", _("… och %(n)d fel till.") % {"n": shown.left_out}, ""))
    response = HttpResponse(safe_csv.as_csv(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fel-{public}.csv"'
    deliveries.note_viewed(shown, by=request.scope, at=request.now, how="export")
    return pages.let_out(request, response, None)


@require_POST
def confirm(request: StaffRequest, public: UUID) -> HttpResponse:
    """Say yes to writing what was shown."""
    sent = request.POST.get("removals", "")
    removals = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    return _move(
        request,
        public,
        "confirm",
        lambda: deliveries.confirm(public, removals=removals, by=request.scope, at=request.now),
    )


@require_POST
def stop(request: StaffRequest, public: UUID) -> HttpResponse:
    """Throw it away unwritten."""
    return _move(
        request,
        public,
        "stop",
        lambda: deliveries.stop(public, by=request.scope, at=request.now),
    )


@require_POST
def again(request: StaffRequest, public: UUID) -> HttpResponse:
    """Read a file anew that the program failed with."""
    return _move(
        request,
        public,
        "again",
        lambda: deliveries.again(public, by=request.scope, at=request.now),
    )


def _move(request: StaffRequest, public: UUID, move: str, do: Callable[[], None]) -> HttpResponse:
    try:
        do()
    except deliveries.NoSuchDelivery:
        raise Http404 from None
    except deliveries.NotNow as gone_on:
        state = str(texts.STATE[gone_on.state]).lower()
        return _answer(request, public, [str(texts.GONE_ON) % {"state": state}])
    except deliveries.CannotConfirm as refused:
        return _answer(request, public, [str(texts.MISSING[reason]) for reason in refused.missing])
    toasts.say(request, str(texts.TOAST[move]))
    return redirect("deliveries:one", public)
