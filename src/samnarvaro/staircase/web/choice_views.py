"""Choosing a rule set: from when, at which schools, for which school years; ending it, taking it back."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.staircase import services
from samnarvaro.staircase.domain.holding import GRADES, Missing, Place
from samnarvaro.staircase.queries import NoSuchRuleSet, shelf
from samnarvaro.staircase.services import choosing
from samnarvaro.staircase.web import rule_shown as shown
from samnarvaro.staircase.web import rule_texts as texts
from samnarvaro.staircase.web.rule_views import tried, volume

_FIELD = {
    Missing.DAY_NOT_AHEAD: "first_day",
    Missing.GRADE_UNKNOWN: "grades",
    Missing.TYPE_UNKNOWN: "types",
    Missing.ENDED_ALREADY: "instead_of",
    Missing.ENDS_IN_THE_PAST: "instead_of",
}


class ChoiceForm(forms.Form):
    """From when a rule set is to hold, where, for whom, and instead of what."""

    first_day = forms.DateField(
        label=gettext_lazy("Gäller från och med"),
        help_text=gettext_lazy("I morgon eller senare. Till dess går det att ångra."),
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Skolor"),
        help_text=gettext_lazy("Ingen vald betyder alla."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grades = forms.MultipleChoiceField(
        label=gettext_lazy("Årskurser"),
        help_text=gettext_lazy(
            "Ingen vald betyder alla. F är förskoleklass; 10 finns i anpassad grundskola."
        ),
        choices=[(grade, grade) for grade in GRADES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Skolformer"),
        help_text=gettext_lazy("Ingen vald betyder alla."),
        choices=[(each.value, texts.SCHOOL_TYPE[each]) for each in SchoolType],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    instead_of = forms.MultipleChoiceField(
        label=gettext_lazy("I stället för"),
        help_text=gettext_lazy("De du väljer slutar gälla dagen före."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, others: list[shown.ShownChoice], today: date, data: Any = None) -> None:
        tomorrow = shown.tomorrow(today)
        super().__init__(data, initial={"first_day": tomorrow})
        self.fields["first_day"].widget = forms.DateInput(
            attrs={"type": "date", "min": tomorrow.isoformat()}, format="%Y-%m-%d"
        )
        self._offer("units", [(str(unit.pk), unit.name) for unit in organisation.schools()])
        self._offer("instead_of", [(str(o.public), f"{o.name}: {o.where}") for o in others])
        if not others:
            del self.fields["instead_of"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # it is a choice

    @property
    def place(self) -> Place:
        return Place(
            frozenset(int(unit) for unit in self.cleaned_data["units"]),
            frozenset(self.cleaned_data["grades"]),
            frozenset(self.cleaned_data["types"]),
        )

    def wanted(self, key: str) -> choosing.Wanted:
        """Return what was asked for, for a form that is valid."""
        return choosing.Wanted(
            key=key,
            first_day=self.cleaned_data["first_day"],
            units=self.place.units,
            grades=self.place.grades,
            types=self.place.types,
            instead_of=frozenset(UUID(o) for o in self.cleaned_data.get("instead_of", [])),
        )

    def refuse(self, missing: list[Missing]) -> None:
        for reason in missing:
            self.add_error(_FIELD.get(reason), str(texts.MISSING[reason]))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: StaffRequest, key: str) -> HttpResponse:
    """Let a rule set hold; tried first, on the pupils of the viewer's schools."""
    found = volume(key)
    if not found.is_usable:
        raise Http404
    form = ChoiceForm(_others(request), request.today, request.POST or None)
    result, asked = None, False
    if form.is_valid():
        if request.POST.get("do", "try") == "save":
            try:
                wanted = form.wanted(key)
                choosing.choose(wanted, by=request.scope, at=request.now, on=request.today)
            except services.CannotChange as refused:
                form.refuse(refused.missing)
            except NoSuchRuleSet:
                form.add_error(
                    "first_day", _("Regelverket har ingen version som gäller den dagen.")
                )
            else:
                told = {"name": found.name, "day": date_format(wanted.first_day, "j F Y")}
                toasts.say(request, _("%(name)s gäller från och med %(day)s.") % told)
                return redirect("rules:shelf")
        else:
            asked, result = True, tried(request, found.latest.book, places=(form.place,))
    return show(
        request,
        "rules/choose.html",
        {
            "volume": found,
            "rules": shown.rules_of(found.latest.book),
            "form": form,
            "asked": asked,
            "tried": result,
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _others(request: StaffRequest) -> list[shown.ShownChoice]:
    """The choices that have no end yet, for the one that comes instead."""
    names = shown.names_of(shelf.volumes())
    schools = {school.pk: school.name for school in organisation.schools()}
    return [
        shown.choice(each, names, schools, request.today)
        for each in shelf.choices()
        if each.row.last_day is None and each.row.taken_back_at is None
    ]


@require_POST
def end(request: StaffRequest, public: UUID) -> HttpResponse:
    """Let a choice hold until the end of today."""
    try:
        choosing.end(
            public, last_day=request.today, by=request.scope, at=request.now, on=request.today
        )
    except choosing.NoSuchChoice:
        raise Http404 from None
    except services.CannotChange as refused:
        return _back(request, refused.missing)
    toasts.say(request, _("Regelverket gäller till och med i dag."))
    return redirect("rules:shelf")


@require_POST
def take_back(request: StaffRequest, public: UUID) -> HttpResponse:
    """Take a choice back before its first day."""
    try:
        choosing.take_back(public, by=request.scope, at=request.now, on=request.today)
    except choosing.NoSuchChoice:
        raise Http404 from None
    except services.CannotChange as refused:
        return _back(request, refused.missing)
    toasts.say(request, _("Valet är taget tillbaka. Det som gällde förut fortsätter."))
    return redirect("rules:shelf")


def _back(request: StaffRequest, missing: list[Missing]) -> HttpResponse:
    """Say why it was refused, on the page where the choice stands."""
    for reason in missing:
        toasts.say(request, str(texts.MISSING[reason]), tone="fault")
    return redirect("rules:shelf")
