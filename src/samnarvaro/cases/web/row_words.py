"""Why there is a row of work, and where it is done; never why the pupil is away."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.cases.domain.watching import Kind
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.queries import Figures

LABEL: dict[Kind, str | Promise] = {
    Kind.ROUND: gettext_lazy("Fråga från huvudmannen"),
    Kind.DECISION_LATE: gettext_lazy("Beslut i utredning dröjer"),
    Kind.FOLLOW_UP: gettext_lazy("Utredning att följa upp"),
    Kind.CASE_LOOK: gettext_lazy("Ärende att följa upp"),
    Kind.CASE_REST: gettext_lazy("Ärende som har vilat klart"),
}
WAY: dict[Kind, tuple[str | Promise, str]] = {
    Kind.ROUND: (gettext_lazy("Svara i registret"), "cases:register"),
    Kind.DECISION_LATE: (gettext_lazy("Till utredningen"), "cases:investigation"),
    Kind.FOLLOW_UP: (gettext_lazy("Följ upp"), "cases:investigation"),
    Kind.CASE_LOOK: (gettext_lazy("Till ärendet"), "cases:case"),
    Kind.CASE_REST: (gettext_lazy("Till ärendet"), "cases:case"),
}
_TELLS = frozenset({DataClass.EXISTENCE})


def register() -> None:
    for kind in Kind:
        worklist.register_words(kind, _sentence_of(kind), label=LABEL[kind], tells=_TELLS)
        worklist.register_way(kind, _way_of(kind), clears_for=LEADS)


def sentence(kind: Kind, figures: Figures) -> str:
    """Say what has come or is late, with its days."""
    said = {
        Kind.ROUND: _("Huvudmannen frågar i vecka %(week)s hur utredningarna av frånvaro står. Svara senast %(until)s."),
        Kind.DECISION_LATE: _("Utredningen anmäldes %(since)s och är inte beslutad. Beslut skulle tas senast %(last)s."),
        Kind.FOLLOW_UP: _("Utredningens åtgärder skulle följas upp %(day)s."),
        Kind.CASE_LOOK: _("Ärendet skulle följas upp %(day)s."),
        Kind.CASE_REST: _("Ärendet har vilat till %(day)s. Ta upp det igen, låt det vila mer eller avsluta det."),
    }[kind]  # fmt: skip
    return said % {name: _told(each) for name, each in figures.items()}


def _told(each: Any) -> str:
    """A day in words, anything else as it is."""
    return date_format(date.fromisoformat(each), "j F Y") if isinstance(each, str) else str(each)


def _sentence_of(kind: Kind) -> Callable[[Figures], str]:
    return lambda figures: sentence(kind, figures)


def _way_of(kind: Kind) -> Callable[[Figures, UUID], tuple[str, str]]:
    label, name = WAY[kind]

    def way(_figures: Mapping[str, Any], about: UUID) -> tuple[str, str]:
        return str(label), reverse(name, args=[] if kind is Kind.ROUND else [about])

    return way
