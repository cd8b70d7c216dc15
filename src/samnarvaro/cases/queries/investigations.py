"""Investigations as people read them: what was judged, what has been written, what it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import (
    Consulted,
    Judgement,
    Outcome,
    Perspective,
    State,
    Support,
)
from samnarvaro.cases.models import (
    Consultation,
    FollowUp,
    Investigation,
    Measure,
    PerspectiveText,
    RegisterEntry,
)
from samnarvaro.cases.models.investigation import InvestigationSet
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass as K

TELLS = frozenset({K.NAME, K.EXISTENCE, K.ATTENDANCE, K.MAPPING})


class NoSuchInvestigation(Exception):
    """There is none, or it is not the viewer's to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An investigation in brief."""

    pk: int
    public: UUID
    pupil: int
    state: State
    judgement: Judgement
    judged_on: date
    look_on: date | None
    closed_on: date | None
    investigator: str
    version: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A consultation, or why there was none."""

    consulted: Consulted
    held_on: date
    was_held: bool
    text: str
    by_name: str


@dataclass(frozen=True, slots=True)
class View:
    """How one profession sees it."""

    kind: Perspective
    text: str
    whose: str
    at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be done, by whom; of which round."""

    number: int
    what: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Round:
    number: int
    held_on: date
    outcome: Outcome
    text: str
    look_on: date
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All of an investigation. `rounds` are in their order, `views` the latest of each kind."""

    seen: Seen
    why: str
    judged_by: str
    days: int
    scheduled: int
    excused: int
    unexcused: int
    analysis: str
    analysed_by: str
    analysed_on: date | None
    support: Support | None
    support_words: str
    support_on: date | None
    decision: str
    decided_by: str
    decided_on: date | None
    closed_words: str
    reported_at: datetime | None
    must_tell_home: bool
    home_told_on: date | None
    talks: list[Talk]
    views: list[View]
    todos: list[Todo]
    rounds: list[Round]

    @property
    def written(self) -> domain.Written:
        """What it holds, for the domain to judge."""
        return domain.Written(
            state=self.seen.state,
            consulted=frozenset(talk.consulted for talk in self.talks),
            has_analysis=bool(self.analysis),
            support=self.support,
            measures=sum(1 for todo in self.todos if todo.number == len(self.rounds) + 1),
            last_outcome=self.rounds[-1].outcome if self.rounds else None,
        )

    @property
    def not_taken_in(self) -> list[Perspective]:
        return domain.not_taken_in(view.kind for view in self.views)


def of_pupil(pupil: int, *, by: Scope) -> list[Seen]:
    """Return the judgements and investigations about a pupil (id), the latest first."""
    rows = _of(pupil, by).select_related("investigator").order_by("-judged_on", "-pk")
    return [_seen(row) for row in rows]


def open_of(pupil: int, *, by: Scope) -> Seen | None:
    """Return the investigation of a pupil (id) that is going on, if there is one."""
    row = _of(pupil, by).going_on().select_related("investigator").first()
    return None if row is None else _seen(row)


def whole(public: UUID, *, pupil: int, by: Scope) -> Whole:
    """Return one investigation of a pupil (id) with all that belongs to it.

    Raises NoSuchInvestigation.
    """
    rows = _of(pupil, by).select_related("investigator", "judged_by", "analysed_by", "decided_by")
    row = rows.filter(public=public).first()
    if row is None:
        raise NoSuchInvestigation
    entry = RegisterEntry.objects.filter(investigation=row).first()
    return Whole(
        seen=_seen(row),
        why=row.why,
        judged_by=row.judged_by.name,
        days=row.days,
        scheduled=row.scheduled,
        excused=row.excused,
        unexcused=row.unexcused,
        analysis=row.analysis,
        analysed_by=row.analysed_by.name if row.analysed_by else "",
        analysed_on=row.analysed_on,
        support=Support(row.support) if row.support else None,
        support_words=row.support_words,
        support_on=row.support_on,
        decision=row.decision,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_on=row.decided_on,
        closed_words=row.closed_words,
        reported_at=entry.reported_at if entry else None,
        must_tell_home=bool(entry and entry.must_tell_home),
        home_told_on=entry.home_told_on if entry else None,
        talks=_talks(row),
        views=_views(row),
        todos=[
            Todo(each.number, each.what, each.responsible)
            for each in Measure.objects.filter(investigation=row).order_by("number", "pk")
        ],
        rounds=_rounds(row),
    )


def _of(pupil: int, by: Scope) -> InvestigationSet:
    return Investigation.objects.visible_in(by).filter(pupil=pupil)


def _seen(row: Investigation) -> Seen:
    return Seen(
        pk=row.pk,
        public=row.public,
        pupil=row.pupil_id,
        state=State(row.state),
        judgement=Judgement(row.judgement),
        judged_on=row.judged_on,
        look_on=row.look_on,
        closed_on=row.closed_on,
        investigator=row.investigator.name if row.investigator else "",
        version=row.version,
    )


def _talks(row: Investigation) -> list[Talk]:
    rows = Consultation.objects.filter(investigation=row).select_related("written_by")
    return [
        Talk(
            Consulted(each.consulted), each.held_on, each.was_held, each.text, each.written_by.name
        )
        for each in rows.order_by("held_on", "pk")
    ]


def _views(row: Investigation) -> list[View]:
    rows = PerspectiveText.objects.filter(investigation=row).order_by("pk")
    latest = {each.kind: each for each in rows}
    return [
        View(kind, each.text, each.whose, each.written_at, each.ground)
        for kind in Perspective
        if (each := latest.get(kind)) is not None
    ]


def _rounds(row: Investigation) -> list[Round]:
    rows: Iterable[FollowUp] = (
        FollowUp.objects.filter(investigation=row).select_related("written_by").order_by("number")
    )
    return [
        Round(
            each.number, each.held_on, Outcome(each.outcome), each.text, each.look_on,
            each.written_by.name,
        )
        for each in rows
    ]  # fmt: skip
