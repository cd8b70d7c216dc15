"""The words of job runs."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base.jobs import Planned, Run

STATE = {
    "running": gettext_lazy("Pågår"),
    "done": gettext_lazy("Klar"),
    "failed": gettext_lazy("Misslyckades"),
}
TONE = {"running": "info", "done": "good", "failed": "fault"}
Text = str | Promise


def in_words(took: timedelta) -> str:
    """How long it took, no more exact than it is worth."""
    seconds = took.total_seconds()
    if seconds < 10:
        return _("%(n)s s") % {"n": f"{seconds:.1f}".replace(".", ",")}
    if seconds < 120:
        return _("%(n)s s") % {"n": round(seconds)}
    return _("%(n)s min") % {"n": round(seconds / 60)}


@dataclass(frozen=True, slots=True)
class ShownRun:
    run: Run

    @property
    def label(self) -> Text:
        return self.run.job.label if self.run.job else self.run.row.job

    @property
    def state(self) -> Text:
        return STATE[self.run.row.state]

    @property
    def tone(self) -> str:
        return TONE[self.run.row.state]

    @property
    def took(self) -> str:
        return in_words(self.run.took) if self.run.took is not None else "–"

    @property
    def did(self) -> str:
        """What it came to, in figures; nothing is not counted up."""
        found = [f"{value} {label}" for label, value in self.run.figures if value]
        is_idle = self.run.row.state == "done" and not found
        return _("inget att göra") if is_idle else ", ".join(found)


@dataclass(frozen=True, slots=True)
class ShownPlan:
    plan: Planned

    @property
    def last(self) -> ShownRun | None:
        return ShownRun(self.plan.last) if self.plan.last else None
