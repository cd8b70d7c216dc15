"""What the pupils of a class reach, told in one form; and a school's counts, which tell of nobody."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.knowledge import Subject, term_of
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries import places
from samnarvaro.mapping.services import knowledge as services
from samnarvaro.mapping.services.mappings import NotYours
from samnarvaro.mapping.web import knowledge_shown as shown
from samnarvaro.mapping.web import knowledge_texts as texts
from samnarvaro.mapping.web.knowledge_form import KnowledgeForm

TELLS = frozenset({DataClass.NAME, DataClass.MAPPING})


@require_http_methods(["GET", "HEAD", "POST"])
def of_class(request: StaffRequest, public: UUID) -> HttpResponse:
    """The form of a class; posted to, all that is told is written, or nothing."""
    try:
        of = places.school_class(public, by=request.scope)
    except places.NotTheViewers:
        raise Http404 from None
    if not queries.may_tell(of, by=request.scope):
        raise Http404
    term = term_of(request.today)
    pupils = queries.of_class(of, term, by=request.scope)
    sent = request.POST if request.method == "POST" else None
    form = KnowledgeForm(pupils, of.grade, request.today, sent)
    if request.method == "POST" and _is_told(request, public, form):
        return redirect("staircase:class", public)
    return show(
        request,
        "mapping/class_knowledge.html",
        {
            "of": of,
            "term": texts.term(term),
            "form": form,
            "subjects": [(subject.value, texts.SUBJECT[subject]) for subject in Subject],
        },
        status=422 if form.errors else 200,
        tells=Disclosure([each.pupil.pk for each in pupils], TELLS, "list"),
    )


def _is_told(request: StaffRequest, public: UUID, form: KnowledgeForm) -> bool:
    if not form.is_valid():
        return False
    rows = form.told()
    if form.errors:
        return False
    day = form.cleaned_data.get("day")
    try:
        changed = services.tell_class(
            public, rows, day=day, by=request.scope, at=request.now, on=request.today
        )
    except services.CannotTell as refused:
        form.refuse(refused)
        return False
    except (places.NotTheViewers, NotYours):
        raise Http404 from None
    said = ngettext(
        "Kunskapsläget är sparat för %(n)s elev.", "Kunskapsläget är sparat för %(n)s elever.",
        changed,
    )  # fmt: skip
    toasts.say(request, said % {"n": changed})
    return True


@require_safe
def of_school(request: StaffRequest, public: UUID) -> HttpResponse:
    """A school's counts of this term and the one before."""
    try:
        of = places.school(public, by=request.scope)
    except places.NotTheViewers:
        raise Http404 from None
    term = term_of(request.today)
    found = [
        shown.counts(each, queries.of_school(of, each, by=request.scope))
        for each in (term, term.before)
    ]
    return show(request, "mapping/school_knowledge.html", {"school": of, "terms": found})
