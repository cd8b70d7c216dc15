"""The absence register: what goes on, what is late, and the rounds that the authority asks in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.domain import register as domain
from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.cases.domain.register import Late, Status
from samnarvaro.cases.domain.rules import round_on, rules_on
from samnarvaro.cases.queries import register as queries
from samnarvaro.cases.queries import rules as rule_queries
from samnarvaro.cases.services import register as services
from samnarvaro.cases.web import words
from samnarvaro.kernel.privacy import DataClass

TELLS = frozenset({DataClass.NAME, DataClass.EXISTENCE})
LATE = {
    Late.DECISION: _("Beslutet dröjer"),
    Late.FOLLOW_UP: _("Uppföljningen dröjer"),
    Late.ROUND: _("Skolan har inte svarat på frågan"),
    Late.HOME: _("Hemkommunen är inte underrättad"),
}
STATUS = {
    Status.GOES_ON: _("Utredningen pågår"),
    Status.MEASURES: _("Åtgärder görs och följs upp"),
    Status.BETTER: _("Närvaron är bättre, avslutas snart"),
    Status.STUCK: _("Det har kört fast, vi behöver hjälp"),
}
ANSWERED = _("Svaret är lämnat till huvudmannen.")


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Show the lines; who leads a school answers the round there."""
    if request.method == "POST":
        return _answer(request)
    lines = queries.lines(by=request.scope, on=request.today)
    versions = rule_queries.rules()
    key, now = round_on(request.today, versions), rules_on(request.today, versions)
    answers = request.scope.role in LEADS
    return pages.show(
        request,
        "cases/register.html",
        {
            "lines": [
                {
                    "line": each,
                    "state": words.STATE[each.state],
                    "late": [LATE[what] for what in each.late],
                    "answer": STATUS[Status(each.answer)] if each.answer else "",
                    "asks": answers and each.is_asked,
                }
                for each in lines
            ],
            "late": sum(1 for each in lines if each.late),
            "week": int(key.partition("-W")[2]),
            "until": domain.ends(key),
            "weeks": get_text_list(list(map(str, now.weeks)), str(_("och"))),
            "decide_within": now.decide_within,
            "statuses": STATUS,
            "answers": answers,
        },
        tells=Disclosure([each.pupil for each in lines], TELLS, "list"),
    )


def _answer(request: StaffRequest) -> HttpResponse:
    sent = request.POST.get("status", "")
    try:
        entry = UUID(request.POST.get("entry", ""))
        status = Status(sent)
    except ValueError:
        raise Http404 from None
    try:
        services.answer(entry, status=status, by=request.scope, at=request.now, on=request.today)
    except queries.NoSuchEntry:
        raise Http404 from None
    toasts.say(request, str(ANSWERED))
    return redirect("cases:register")
