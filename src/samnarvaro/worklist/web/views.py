"""One row of work: look at it, clear it by an act with words, take one's own act back."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.web import shown, texts
from samnarvaro.worklist.web.forms import KINDS, MEETING, OWN_LIST, ActForm


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show a row of the viewer's own, with the form of one act (`?act=`) or none; or do the act."""
    row = _own(request, public)
    if request.method != "POST":
        kind = kind_of(request) if request.GET.get("act") else None
        form = ActForm(kind, public, request.today, takes_focus=True) if kind else None
        return _answer(request, row, form)

    form = ActForm(kind_of(request), public, request.today, request.POST)
    if form.is_valid():
        try:
            number = services.act_on_one(
                public, form.intent, by=request.scope, at=request.now, on=request.today
            )
        except services.CannotAct as refused:
            form.refuse(refused.missing)
        except services.NoSuchItem:
            raise Http404 from None
        else:
            return _after_act(request, public, form.kind, number)
    return _answer(request, _own(request, public), form)


@require_POST
def undo(request: StaffRequest, public: UUID) -> HttpResponse:
    """Take back the act that stands; the row is what it was before it."""
    try:
        services.undo(
            public,
            number=_number(request),
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except services.NoSuchItem:
        raise Http404 from None
    except services.CannotAct as refused:
        reasons = [texts.missing(reason) for reason in refused.missing]
        return _answer(request, _own(request, public), reasons=reasons)
    toasts.say(request, str(texts.TOAST[Act.UNDO]))
    return _done(request, public)


def _own(request: StaffRequest, public: UUID) -> queries.Row:
    try:
        return queries.get(public, by=request.scope, on=request.today)
    except queries.NoSuchItem:
        raise Http404 from None


def kind_of(request: StaffRequest) -> Act:
    """Return which act is meant. The page offers no other than these."""
    sent = _sent(request).get("act", "")
    if sent not in KINDS:
        raise Http404
    return Act(sent)


def _sent(request: StaffRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _number(request: StaffRequest) -> int | None:
    sent = request.POST.get("number") or request.GET.get("number", "")
    return int(sent) if sent.isdecimal() else None


def back_of(request: StaffRequest) -> str:
    """Return the page of ours that the viewer came from, or its day."""
    back = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if ours else "/"


def _after_act(request: StaffRequest, public: UUID, kind: Act, number: int) -> HttpResponse:
    query = urlencode({"number": number, "next": back_of(request)})
    undo_url = f"{reverse('worklist:undo', args=[public])}?{query}"
    toasts.say(request, str(texts.TOAST[kind]), undo_url=undo_url)
    return _done(request, public)


def _done(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the row anew where a part is swapped; otherwise go back to where the viewer was."""
    if pages.is_part(request):
        return _answer(request, _own(request, public))
    return HttpResponseRedirect(back_of(request))


def _answer(
    request: StaffRequest,
    row: queries.Row,
    form: ActForm | None = None,
    reasons: list[str] | None = None,
) -> HttpResponse:
    sent = _sent(request)
    presented = shown.show(
        row,
        request.today,
        back=back_of(request),
        kinds=MEETING if "meeting" in sent else OWN_LIST,
        form=form,
        reasons=reasons or (),
        tick=shown.Tick() if "tick" in sent else None,
    )
    is_refused = bool(reasons) or (form is not None and form.is_bound)
    return pages.show(
        request,
        "worklist/item.html",
        {"shown": presented, "rows": [presented], "name": row.name, "back": presented.back},
        part="worklist/_row.html",
        status=422 if is_refused else 200,
        tells=shown.told_by(row),
    )
