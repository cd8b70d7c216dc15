"""The jobs that come back by themselves, and what asks for one out of turn."""

from datetime import time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samnarvaro.attendance.events import MarksChanged
from samnarvaro.base import clock, jobs
from samnarvaro.base.jobs import Job
from samnarvaro.consents import services as consents
from samnarvaro.outreach import services as outreach
from samnarvaro.project import tasks
from samnarvaro.staircase import queries as staircase

MONDAY, SUNDAY = 0, 6


def waits(task: Any) -> bool:
    """Tell whether the worker already has such a task before it, not begun."""
    before_it = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return bool(before_it.filter(task_path=task.module_path).exists())


def start_nightly() -> None:
    """Ask for the day's staircase once, however many ask."""
    if not waits(tasks.run_nightly):
        tasks.run_nightly.enqueue()


def start_check() -> None:
    if not waits(tasks.check_totals):
        tasks.check_totals.enqueue()


def start_tidying() -> None:
    if not waits(tasks.tidy):
        tasks.tidy.enqueue()


def start_digest() -> None:
    if not waits(tasks.run_digest):
        tasks.run_digest.enqueue()


def start_checkpoint() -> None:
    if not waits(tasks.run_checkpoint):
        tasks.run_checkpoint.enqueue()


def start_log_review() -> None:
    if not waits(tasks.run_log_review):
        tasks.run_log_review.enqueue()


def marks_changed(event: MarksChanged) -> None:
    """See today's absence today: calls that are due at once, and the staircase once more.

    What is lost here the nightly job does again.
    """
    start_nightly()
    today = clock.today()
    if today in event.days:
        by = consents.system_scope(purpose="outreach", on=today)
        outreach.settle(today, on=today, by=by, at=clock.now())


NIGHTLY = Job(
    key=staircase.NIGHTLY,
    label=_("Trappan"),
    does=_("Ser vilka elever som når ett steg, och lägger rader hos dem som ska agera."),
    at=time(4),
    start=start_nightly,
    figures=(
        ("reached", _("når ett steg")),
        ("opened", _("nya")),
        ("escalated", _("har gått upp")),
        ("ended", _("har gått över")),
        ("open", _("pågår")),
        ("raised", _("rader att göra")),
    ),
)
CHECK = Job(
    key=tasks.TOTALS,
    label=_("Summornas kontroll"),
    does=_("Räknar om alla summor ur markeringarna och jämför. Stämmer något inte gäller de nya."),
    at=time(5),
    weekday=SUNDAY,
    start=start_check,
    figures=(("differing", _("elever stämde inte")),),
)
TIDYING = Job(
    key=tasks.TIDY,
    label=_("Städning"),
    does=_("Kastar filer som ingen har svarat ja eller nej till på tre dagar."),
    at=time(3, 30),
    start=start_tidying,
    figures=(("forgotten", _("leveranser stoppade")), ("files", _("filer kastade"))),
)
CHECKPOINT = Job(
    key=tasks.CHECKPOINT,
    label=_("Loggens kontrollpunkt"),
    does=_(
        "Förseglar loggen och lägger en kontrollpunkt utanför databasen, som avslöjar ändringar."
    ),
    at=time(5, 45),
    start=start_checkpoint,
    figures=(("seal_no", _("förseglade rader i allt")), ("mailed", _("brev skickade"))),
)
LOG_REVIEW = Job(
    key=tasks.LOG_REVIEW,
    label=_("Loggens granskning"),
    does=_("Lägger fram läsningar att fråga om, och lottar månadens stickprov för varje enhet."),
    at=time(5, 50),
    start=start_log_review,
    figures=(("asked", _("läsningar att fråga om")), ("drawn", _("lottade"))),
)


DIGEST = Job(
    key=tasks.DIGEST,
    label=_("Veckobrevet"),
    does=_("Lägger ett brev utan uppgifter till var och en som har något att titta på."),
    at=time(6, 30),
    weekday=MONDAY,
    start=start_digest,
    figures=(("put", _("brev lagda att skickas")),),
)


def register() -> None:
    for job in (NIGHTLY, CHECK, TIDYING, CHECKPOINT, LOG_REVIEW):
        jobs.register(job)
    if settings.DIGEST:
        jobs.register(DIGEST)
