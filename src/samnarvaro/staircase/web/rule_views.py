"""The rule sets: all of them, one with its versions, a copy, a new version, and trying before saving."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.kernel.access import Role
from samnarvaro.organisation import queries as organisation
from samnarvaro.staircase import services
from samnarvaro.staircase.domain.reading import NotARuleSet, data_of, rule_set_of
from samnarvaro.staircase.domain.rules import RuleSet
from samnarvaro.staircase.queries import NoSuchRuleSet, shelf
from samnarvaro.staircase.queries.trial import trial
from samnarvaro.staircase.services import rulebook
from samnarvaro.staircase.web import rule_shown as shown
from samnarvaro.staircase.web import rule_texts as texts
from samnarvaro.staircase.web.rule_forms import RulesForm

MAKERS = frozenset({Role.SCHOOL_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR})


def volume(key: str) -> shelf.Volume:
    try:
        return shelf.volume(key)
    except NoSuchRuleSet:
        raise Http404 from None


@require_safe
def all_of_them(request: StaffRequest) -> HttpResponse:
    """What holds where, and which rule sets there are."""
    volumes, chosen = shelf.volumes(), shelf.choices()
    schools = {school.pk: school.name for school in organisation.schools()}
    names = shown.names_of(volumes)
    choices = [shown.choice(each, names, schools, request.today) for each in chosen]
    holding = [each.row.key for each in chosen if each.holds(request.today)]
    return show(
        request,
        "rules/shelf.html",
        {
            "may_change": request.scope.role in MAKERS,
            "choices": [each for each in choices if not each.is_over],
            "former": [each for each in reversed(choices) if each.is_over],
            "volumes": [shown.volume(each, holding) for each in volumes],
            "today": request.today,
        },
    )


@require_safe
def one(request: StaffRequest, key: str) -> HttpResponse:
    """One rule set: its rules in words, what they come to today if asked, and every version."""
    return answer(request, key)


def answer(request: StaffRequest, key: str, reasons: list[str] | None = None) -> HttpResponse:
    found = volume(key)
    latest = found.latest
    in_force = _in_force(found, request)
    asked = "prova" in request.GET
    return show(
        request,
        "rules/one.html",
        {
            "volume": found,
            "rules": shown.rules_of(latest.book),
            "leave": texts.leave(counts=latest.book.counts_leave),
            "versions": [shown.version(v, in_force, request.today) for v in found.versions],
            "may_change": request.scope.role in MAKERS,
            "reasons": reasons or [],
            "asked": asked,
            "tried": tried(request, found.latest.book) if asked else None,
        },
        status=422 if reasons else 200,
    )


def _in_force(found: shelf.Volume, request: StaffRequest) -> shelf.Version:
    begun = [
        version
        for version in found.versions
        if not version.is_taken_back and version.row.holds_from <= request.today
    ]
    return (begun or found.versions)[0]


def tried(request: StaffRequest, book: RuleSet, **where: Any) -> shown.Tried | None:
    """Count what rules would come to on the schools that the viewer follows; nobody is named."""
    found = trial(book, on=request.today, by=request.scope, **where)
    other = replace(book, counts_leave=not book.counts_leave)
    against = trial(other, on=request.today, by=request.scope, **where)
    return shown.tried(found, against, book) if found and against else None


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: StaffRequest, key: str) -> HttpResponse:
    """Make a rule set of one's own out of another."""
    return _write(request, volume(key), is_copy=True)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, key: str) -> HttpResponse:
    """Make the next version of a rule set of one's own."""
    found = volume(key)
    if found.is_shipped:
        raise Http404
    return _write(request, found, is_copy=False)


def _write(request: StaffRequest, of: shelf.Volume, *, is_copy: bool) -> HttpResponse:
    tomorrow = None if is_copy else shown.tomorrow(request.today)
    if request.method != "POST":
        book = of.latest.book
        name = _("%(name)s, egen") % {"name": book.name} if is_copy else book.name
        rules = [data_of(rule) for rule in (*book.rules, *book.bands)]
        form = RulesForm(rules, name=name, tomorrow=tomorrow, counts_leave=book.counts_leave)
        return _form(request, of, form, is_copy)
    form = RulesForm.sent(request.POST, tomorrow=tomorrow)
    wish = request.POST.get("do", "try")
    if wish == "add":
        return _form(request, of, form.with_one_more(), is_copy)
    if form.is_valid():
        try:
            if wish == "save":
                return _save(request, of, form, is_copy)
            book = rule_set_of(
                {
                    "key": of.key,
                    "version": 0,
                    "name": "-",
                    "rules": form.as_rules(),
                    "counts_leave": form.counts_leave,
                }
            )
            return _form(request, of, form, is_copy, tried(request, book))
        except services.CannotChange as refused:
            form.refuse(refused.missing)
        except NotARuleSet as refused:
            form.tell(refused.faults)
    return _form(request, of, form, is_copy)


def _save(request: StaffRequest, of: shelf.Volume, form: RulesForm, is_copy: bool) -> HttpResponse:
    draft = rulebook.Draft(
        name=form.cleaned_data["name"], rules=form.as_rules(), counts_leave=form.counts_leave
    )
    by, at, on = request.scope, request.now, request.today
    if is_copy:
        row = rulebook.copy(draft, by=by, at=at, on=on)
        toasts.say(request, _("Regelverket finns nu. Det gäller först när du väljer det."))
    else:
        holds_from = form.cleaned_data["holds_from"]
        row = rulebook.change(of.key, draft, holds_from=holds_from, by=by, at=at, on=on)
        told = {"version": row.version, "day": date_format(row.holds_from, "j F Y")}
        toasts.say(request, _("Version %(version)d gäller från och med %(day)s.") % told)
    return redirect("rules:one", row.key)


def _form(
    request: StaffRequest,
    of: shelf.Volume,
    form: RulesForm,
    is_copy: bool,
    result: shown.Tried | None = None,
) -> HttpResponse:
    is_tried = form.is_bound and form.is_valid() and request.POST.get("do", "try") == "try"
    return show(
        request,
        "rules/form.html",
        {"volume": of, "form": form, "is_copy": is_copy, "asked": is_tried, "tried": result},
        status=422 if form.is_bound and form.errors else 200,
    )


@require_POST
def take_back(request: StaffRequest, key: str, version: int) -> HttpResponse:
    """Take a version back before its first day."""
    try:
        rulebook.take_version_back(key, version, by=request.scope, at=request.now, on=request.today)
    except NoSuchRuleSet:
        raise Http404 from None
    except services.CannotChange as refused:
        return answer(request, key, [str(texts.MISSING[reason]) for reason in refused.missing])
    toasts.say(request, _("Version %(version)d är tagen tillbaka.") % {"version": version})
    return redirect("rules:one", key)
