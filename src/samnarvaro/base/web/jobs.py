"""Job runs on the web: what has been run, how it went, and what comes next."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samnarvaro.base import jobs, pages, presence, sections, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.web import job_texts as texts


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """The jobs and their latest runs; no pupil is told of."""
    found = jobs.runs(request.GET.get("page"), by=request.scope)
    sign = presence.sign()
    context = {
        "planned": [texts.ShownPlan(plan) for plan in jobs.plan(by=request.scope, now=request.now)],
        "rows": [texts.ShownRun(run) for run in found],
        "page": found,
        "parts": sections.collect("running", scope=request.scope),
        "worker": sign,
        "worker_is_fresh": sign.is_fresh(request.now),
    }
    return pages.show(request, "base/jobs/list.html", context)


@require_POST
def run(request: StaffRequest, key: str) -> HttpResponse:
    """Ask for a job out of turn."""
    try:
        job = jobs.run_now(key, by=request.scope, at=request.now)
    except jobs.NoSuchJob:
        raise Http404 from None
    words = _("%(job)s: körs så snart bakgrundsarbetaren är ledig.") % {"job": job.label}
    toasts.say(request, words)
    return redirect("jobs:list")
