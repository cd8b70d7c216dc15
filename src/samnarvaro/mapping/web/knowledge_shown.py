"""Counts of a school, and the rows of a class, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samnarvaro.base import figures
from samnarvaro.mapping.domain.knowledge import Term
from samnarvaro.mapping.queries.knowledge import InClass, SchoolCounts
from samnarvaro.mapping.web import knowledge_texts as texts


@dataclass(frozen=True, slots=True)
class Line:
    """A line of counts: of what, how many of how many."""

    label: str
    count: int
    of: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """A term's counts in words."""

    key: str
    title: str
    told: str
    has_told: bool
    years: list[Line]
    subjects: list[Line]
    has_few: bool
    eligible: list[Line]


def counts(term: Term, of: SchoolCounts) -> Counts:
    title = texts.term(term)
    return Counts(
        key=f"-{term.code}",
        title=title[:1].upper() + title[1:],
        told=_("Uppgift finns för %(told)s av %(pupils)s elever som står i en klass.")
        % {"told": figures.thousands(of.told), "pupils": figures.thousands(of.pupils)},
        has_told=bool(of.told),
        years=[
            Line(years(part.keys), part.counts[0], sum(part.counts)) for part in of.years
        ],
        subjects=[
            Line(_first_up(str(texts.SUBJECT[subject])), each.with_some, each.told)
            for subject, each in of.subjects
        ],
        has_few=of.has_few,
        eligible=[
            Line(_first_up(_(" eller ").join(str(texts.ELIGIBILITY[key]) for key in part.keys)), *part.counts)
            for part in of.eligible
        ],
    )  # fmt: skip


def years(grades: Sequence[str]) -> str:
    """Name some years together; one without a name is of classes whose year is not known."""
    named = [grade or _("okänd") for grade in grades]
    return _("Årskurs %(years)s") % {"years": ", ".join(named)}


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A pupil's row in the table of its class; `away` is its share of missed time, where it is known."""

    name: str
    url: str
    not_reached: str
    at_risk: str
    eligible: str
    away: Any
    is_told: bool


def row(of: InClass, listed: Any) -> ClassRow:
    told = of.result.told if of.result else None
    return ClassRow(
        name=of.pupil.name,
        url=listed.url,
        not_reached=texts.subjects(told.not_reached) if told else "",
        at_risk=texts.subjects(told.at_risk) if told else "",
        eligible=str(texts.ELIGIBILITY[told.eligibility]) if told and told.eligibility else "",
        away=listed.cells[0].share if listed.cells else None,
        is_told=told is not None,
    )
