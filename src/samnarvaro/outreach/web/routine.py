"""How the school authority calls: who, and the words of the guide. For the school administrator."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import labels, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.kernel.access import Holder
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.guide import LONGEST_WORDS, STEPS
from samnarvaro.outreach.domain.needs import CALLERS, Routine, Stage
from samnarvaro.outreach.queries import routine as queries
from samnarvaro.outreach.web import guide_texts

STAGE = {
    Stage.YOUNGER: _("Yngre elever: vårdnadshavare rings"),
    Stage.OLDER: _("Äldre elever: eleven rings"),
}
SAVED = _("Rutinen är sparad. Den gäller från nästa samtal.")


class RoutineForm(forms.Form):
    """Who calls for a stage, and the words of each step; an empty step has the shipped words."""

    caller = forms.ChoiceField(
        label=_("Vem ringer?"),
        choices=[(holder.value, labels.HOLDER[holder]) for holder in CALLERS],
    )

    def __init__(self, data: Any, *, of: Routine, own: dict[Any, str]) -> None:
        super().__init__(data, prefix=of.stage.value, initial={"caller": of.caller.value})
        self.stage = of.stage
        self.label = STAGE[of.stage]
        self.years = ", ".join(of.grades)
        for step in STEPS[of.stage]:
            self.fields[step.value] = forms.CharField(
                label=str(guide_texts.HEADING[step]),
                help_text=str(guide_texts.SAID[of.stage, step]),
                required=False,
                max_length=LONGEST_WORDS,
                initial=own.get(step, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )


@require_http_methods(["GET", "HEAD", "POST"])
def routine(request: StaffRequest) -> HttpResponse:
    """Show both stages, or save one of them."""
    sent = request.POST.get("stage", "")
    built = [
        RoutineForm(
            request.POST if sent == each.stage else None,
            of=each,
            own=queries.own_words(each.stage),
        )
        for each in queries.routines()
    ]
    chosen = next((form for form in built if form.is_bound), None)
    if request.method == "POST" and chosen is None:
        raise Http404
    if chosen is not None and chosen.is_valid():
        words = {step: chosen.cleaned_data[step.value] for step in STEPS[chosen.stage]}
        caller = Holder(chosen.cleaned_data["caller"])
        services.set_routine(
            chosen.stage, caller=caller, words=words, by=request.scope, at=request.now
        )
        toasts.say(request, str(SAVED))
        return redirect("outreach:routine")
    return show(
        request,
        "outreach/routine.html",
        {"forms": built},
        status=422 if chosen is not None else 200,
    )
