"""By which rules the register asks and calls something late: what holds, and a new version from a day."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.cases.domain import rules as domain
from samnarvaro.cases.domain.investigation import Fault as PartFault
from samnarvaro.cases.domain.rules import FEWEST_DAYS, LAST_WEEK, MOST_DAYS, MOST_ROUNDS, Fault
from samnarvaro.cases.queries import rules as queries
from samnarvaro.cases.services import rules as services
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web.forms import PartForm, day, line

SAVED = _("De nya reglerna gäller från den dag du valde.")
LIMITS = {"last": LAST_WEEK, "most": MOST_ROUNDS, "fewest": FEWEST_DAYS, "longest": MOST_DAYS}
WORDS = {
    Fault.NOT_YOURS: _("Det här bestämmer någon i en annan roll."),
    Fault.WEEKS: _("Skriv minst en vecka, mellan 1 och %(last)s."),
    Fault.TOO_MANY_WEEKS: _("Högst %(most)s omgångar om året."),
    Fault.DAYS: _("Skriv ett antal dagar mellan %(fewest)s och %(longest)s."),
    Fault.FIRST_DAY: _("Välj från vilken dag."),
    Fault.FIRST_DAY_BEGUN: _("Välj en dag efter i dag. Regler som har börjat gälla ändras inte."),
    Fault.FIRST_DAY_TAKEN: _("Det finns redan nya regler från den dagen. Välj en annan."),
    PartFault.WHY: _("Skriv varför, och vem som har beslutat."),
    PartFault.TOO_LONG: _("Texten är för lång."),
}


class RulesForm(PartForm):
    WORDS: ClassVar = {fault: told % LIMITS for fault, told in WORDS.items()}
    FIELD: ClassVar = {
        Fault.WEEKS: "weeks", Fault.TOO_MANY_WEEKS: "weeks", Fault.DAYS: "decide_within",
        Fault.FIRST_DAY: "first_day", Fault.FIRST_DAY_BEGUN: "first_day",
        Fault.FIRST_DAY_TAKEN: "first_day", PartFault.WHY: "why", PartFault.TOO_LONG: "why",
    }  # fmt: skip
    weeks = line(
        _("I vilka veckor frågar huvudmannen?"), _("Veckonummer med komma emellan, till exempel 11, 41.")
    )  # fmt: skip
    decide_within = forms.IntegerField(
        label=_("Inom hur många dagar ska beslutet tas?"), required=False,
        help_text=_("Räknat från anmälan till registret. Lagen säger skyndsamt och nämner inget antal."),
    )  # fmt: skip
    first_day = day(_("Från vilken dag?"))
    why = line(_("Varför, och vem har beslutat?"))

    @property
    def told(self) -> tuple[list[int], int | None, date | None]:
        data = self.cleaned_data
        weeks = domain.weeks_in(self.said("weeks"))
        return weeks, data.get("decide_within"), data.get("first_day")


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: StaffRequest) -> HttpResponse:
    """Show every version, and let who runs the installation set a new one."""
    may_set = request.scope.role in services.SETTERS
    form: RulesForm | None = None
    if request.method == "POST":
        form = RulesForm(request.POST, today=request.today, name="rules")
        form.is_valid()
        try:
            services.set_rules(
                *form.told, why=form.said("why"), by=request.scope, at=request.now,
                on=request.today,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.faults)
        else:
            toasts.say(request, str(SAVED))
            return redirect("cases:rules")
    return pages.show(
        request,
        "cases/rules.html",
        _context(request) | {"form": (form or _blank(request)) if may_set else None},
        status=422 if form is not None else 200,
    )


def _context(request: StaffRequest) -> dict[str, Any]:
    versions = queries.versions()
    now = domain.rules_on(request.today, [each.rules for each in versions])
    lines = [
        (
            each,
            get_text_list(list(map(str, each.rules.weeks)), str(_("och"))),
            each.rules == now,
            each.made_at is None,
        )
        for each in reversed(versions)
    ]
    return {"lines": lines}


def _blank(request: StaffRequest) -> RulesForm:
    now = domain.rules_on(request.today, queries.rules())
    weeks = ", ".join(map(str, now.weeks))
    initial = {"weeks": weeks, "decide_within": now.decide_within}
    return RulesForm(today=request.today, name="rules", initial=initial)
