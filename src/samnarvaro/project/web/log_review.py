"""For who reviews the log: each unit's month, its readings to look at, and what was found.

The reviewer follows no pupil and reads nothing but the log: who looked, when, at which page, at what
kind of data. The pupil is named so that one can ask; of a protected pupil only that it is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import Error
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.reviewing import LONGEST_WORDS, Verdict
from samnarvaro.audit.queries import reviewing as log
from samnarvaro.audit.queries.reviewing import Line, Standing
from samnarvaro.audit.services import reviewing
from samnarvaro.base import dates, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people import queries as people
from samnarvaro.people.queries.naming import names_of_pupils
from samnarvaro.project import log_review_words as texts
from samnarvaro.project import log_words


class FindingForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Vad kom du fram till?"),
        widget=forms.RadioSelect,
        choices=[(each.value, label) for each, label in texts.VERDICTS.items()],
    )
    words = forms.CharField(
        label=gettext_lazy("Anteckning"),
        help_text=gettext_lazy(
            "Behövs när något ska frågas eller lämnas vidare. Skriv inget om eleven."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading to look at, as it stands on the page."""

    line: Line
    key: str
    viewer: str
    role: str
    when: str
    pupils: str
    kinds: str
    way: str
    ground: str
    reasons: list[str]
    findings: list[tuple[str, str, str, str]]  # verdict, words, who, when
    form: FindingForm | None


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """The units and months of the reviewer's zone: how much is to be looked at, and how much is done."""
    try:
        found = log.standings(by=request.scope)
    except log.NotToBeReviewed:
        raise Http404 from None
    return show(
        request, "project/log_reviews.html", {"reviews": [(each, _month(each)) for each in found]}
    )


def _month(of: Standing) -> str:
    return dates.month(of.month)


@require_safe
def review(request: StaffRequest, public: UUID) -> HttpResponse:
    """One unit's month: every reading to look at, why, and what has been found."""
    return _page(request, public)


def _page(
    request: StaffRequest, public: UUID, faulty: tuple[UUID, FindingForm] | None = None
) -> HttpResponse:
    try:
        of = log.review(public, by=request.scope)
        lines = log.lines(of, by=request.scope)
    except log.NotToBeReviewed:
        raise Http404 from None
    pupils = _pupils(lines)
    shown = _shown(request, lines, pupils, faulty)
    context = {
        "review": of,
        "month": dates.month(of.month),
        "left": [each for each in shown if not each.line.findings],
        "done": [each for each in shown if each.line.findings],
    }
    response = render(request, "project/log_review.html", context, status=422 if faulty else 200)
    try:
        audit.record_reading(
            by=request.scope,
            at=request.now,
            pupils=pupils,
            classes=[K.NAME, K.READ_LOG],
            action="list",
            what="log_review",
            channel="web",
            ground=f"review:{of.pk}",
        )
    except Error:
        return render(request, "503.html", status=503)  # what cannot be logged is not shown
    return response


def _pupils(lines: Iterable[Line]) -> set[str]:
    """The pupils (public ids) that the lines are about; of lists and searches none is named."""
    of_one = {
        each.reading.pupils[0] for each in lines if each.reading and len(each.reading.pupils) == 1
    }
    return of_one | {told["pupil"] for each in lines for told in each.reasons if told["pupil"]}


def _shown(
    request: StaffRequest,
    lines: list[Line],
    pupils: set[str],
    faulty: tuple[UUID, FindingForm] | None,
) -> list[Shown]:
    names = names_of_pupils(pupils, by=request.scope)
    viewers = {each.viewer for each in lines} | {f.by for each in lines for f in each.findings}
    people_names = people.names_of_viewers(viewers)
    return [_one(each, names, people_names, faulty) for each in lines]


def _one(
    line: Line,
    pupils: dict[str, str],
    people_names: dict[str, str],
    faulty: tuple[UUID, FindingForm] | None,
) -> Shown:
    row = line.reading
    if faulty is not None and faulty[0] == line.public:
        form = faulty[1]
    else:
        form = FindingForm(prefix=str(line.public)[:8])
    return Shown(
        line=line,
        key=str(line.public),
        viewer=people_names.get(line.viewer, ""),
        role=log_words.role(row.role) if row else "",
        when=dates.moment(row.at) if row else "",
        pupils=_whom(line, pupils),
        kinds=log_words.kinds(map(K, row.classes)) if row else "",
        way=log_words.action(row.action) if row and row.is_allowed else "",
        ground=log_words.ground(row.ground) if row else "",
        reasons=[texts.why(told) for told in line.reasons],
        findings=[
            (
                str(texts.VERDICTS[f.verdict]),
                f.words,
                people_names.get(f.by, ""),
                dates.moment(f.at),
            )
            for f in line.findings
        ],
        form=None if line.is_own else form,
    )


def _whom(line: Line, pupils: dict[str, str]) -> str:
    """Name the pupil; of one that is protected only say that it is."""
    about = _pupils([line])
    if not about:
        count = len(line.reading.pupils) if line.reading else 0
        return _("%(n)s elever") % {"n": count} if count else "–"
    return ", ".join(
        sorted(pupils.get(each, "") or _("en elev med skyddade uppgifter") for each in about)
    )


@require_POST
def finding(request: StaffRequest, public: UUID) -> HttpResponse:
    """Write what the reviewer came to about one reading."""
    form = FindingForm(request.POST, prefix=str(public)[:8])
    of = log.review_of_line(public)
    if of is None:
        raise Http404
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            reviewing.find(
                public, Verdict(given["verdict"]), given["words"], by=request.scope, at=request.now
            )
        except log.NotToBeReviewed:
            raise Http404 from None
        except reviewing.FindingRefused as refused:
            for reason in refused.reasons:
                form.add_error("words", str(texts.REFUSED[reason]))
        else:
            toasts.say(request, _("Granskningen är sparad."))
            return redirect(reverse("log_review", args=[of]))
    return _page(request, of, (public, form))
