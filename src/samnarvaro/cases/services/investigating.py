"""What is written into an investigation, part by part: by whom, and when in its course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain import watching
from samnarvaro.cases.domain.investigation import (
    Consulted,
    Fault,
    Outcome,
    Part,
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
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.queries.investigations import NoSuchInvestigation
from samnarvaro.cases.services import drafting, holding
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A consultation as it is told, or why there was none."""

    consulted: Consulted | None
    held_on: date | None
    was_held: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A follow-up as it is told: how it went, what new is done and by whom, when next."""

    outcome: Outcome | None
    text: str
    look_on: date | None
    new_measure: str = ""
    responsible: str = ""


class Writing:
    """One write into an investigation: locked, its reasons gathered, logged when it is done."""

    def __init__(
        self, investigation: UUID, part: Part, *, by: Scope, at: datetime, version: int | None
    ) -> None:
        rows = Investigation.objects.visible_in(by).select_related("pupil", "investigator")
        row = rows.select_for_update(of=("self",)).filter(public=investigation).first()
        if row is None:
            raise NoSuchInvestigation
        self.row, self.part, self.by, self.at = row, part, by, at
        self.faults: list[Fault] = domain.against(part, State(row.state), by.role)
        if version is not None and version != row.version:
            self.faults.append(Fault.CHANGED)

    def stop_if(self, faults: Iterable[Fault]) -> None:
        """Raise Refused with these reasons and those of the order."""
        self.faults += faults
        if self.faults:
            raise Refused(self.faults)

    @property
    def number(self) -> int:
        """The round that goes on: the first is the decision's."""
        return FollowUp.objects.filter(investigation=self.row).count() + 1

    def done(self, **changed: object) -> None:
        """Save what has changed, count the write and log it."""
        for name, value in changed.items():
            setattr(self.row, name, value)
        self.row.version += 1
        self.row.save(update_fields=["version", *changed])
        drafting.forget(self.row, self.part, by=self.by)
        audit.record(
            f"investigation.{self.part}",
            by=self.by,
            at=self.at,
            pupil=str(self.row.pupil.public),
            target=f"investigation:{self.row.public}",
            detail={"version": self.row.version},
        )

    def enter(self, **changed: object) -> None:
        """Let the register say how far it has come."""
        RegisterEntry.objects.filter(investigation=self.row).update(**changed)


@transaction.atomic
def consult(investigation: UUID, *, talk: Talk, by: Scope, at: datetime, on: date) -> None:
    """Write down a consultation, or why it could not be held. Raises NoSuchInvestigation, Refused."""
    writing = Writing(investigation, Part.CONSULT, by=by, at=at, version=None)
    writing.stop_if(
        [
            *([] if talk.consulted else [Fault.KIND]),
            *domain.in_past(talk.held_on, on),
            *domain.in_words(talk.text, Fault.TEXT),
        ]
    )
    assert talk.consulted is not None
    assert talk.held_on is not None
    Consultation.objects.create(
        investigation=writing.row, consulted=talk.consulted, held_on=talk.held_on,
        was_held=talk.was_held, text=talk.text.strip(), written_by_id=by.person, written_at=at,
    )  # fmt: skip
    writing.done()


@transaction.atomic
def see_it(
    investigation: UUID, *, kind: Perspective | None, text: str, whose: str, by: Scope, at: datetime
) -> None:
    """Write down how a profession sees it; the medical branch writes its own elsewhere.

    Raises NoSuchInvestigation, Refused.
    """
    writing = Writing(investigation, Part.PERSPECTIVE, by=by, at=at, version=None)
    writing.stop_if(
        [
            *([] if kind else [Fault.KIND]),
            *([Fault.MEDICAL_ELSEWHERE] if kind is Perspective.MEDICAL else []),
            *domain.in_words(text, Fault.TEXT),
            *domain.in_words(whose, Fault.WHO),
        ]
    )
    assert kind is not None
    PerspectiveText.objects.create(
        investigation=writing.row, kind=kind, text=text.strip(), whose=whose.strip(),
        written_by_id=by.person, written_at=at,
    )  # fmt: skip
    writing.done()


@transaction.atomic
def analyse(
    investigation: UUID, *, text: str, version: int, by: Scope, at: datetime, on: date
) -> None:
    """Write the analysis: what explains the absence, and what can be tried. Raises as the others."""
    writing = Writing(investigation, Part.ANALYSE, by=by, at=at, version=version)
    writing.stop_if(domain.in_words(text, Fault.TEXT))
    row = writing.row
    drafting.keep_earlier(
        row, Part.ANALYSE, row.analysis, written_by=row.analysed_by_id, written_on=row.analysed_on,
        at=at,
    )  # fmt: skip
    writing.done(analysis=text.strip(), analysed_by_id=by.person, analysed_on=on)


@transaction.atomic
def check_support(
    investigation: UUID, *, support: Support | None, words: str, version: int, by: Scope,
    at: datetime, on: date,
) -> None:  # fmt: skip
    """Say whether special support is investigated too, and why. Raises as the others."""
    writing = Writing(investigation, Part.SUPPORT, by=by, at=at, version=version)
    writing.stop_if([*([] if support else [Fault.KIND]), *domain.in_words(words, Fault.WHY)])
    row = writing.row
    drafting.keep_earlier(
        row, Part.SUPPORT, row.support_words, choice=row.support, written_on=row.support_on, at=at
    )
    writing.done(support=support, support_words=words.strip(), support_on=on)


@transaction.atomic
def plan(investigation: UUID, *, what: str, responsible: str, by: Scope, at: datetime) -> None:
    """Write down a measure and who is responsible for it, in the round that goes on."""
    writing = Writing(investigation, Part.MEASURE, by=by, at=at, version=None)
    too_long = len(what) > domain.LONGEST_LINE
    writing.stop_if(
        [
            *domain.in_words(what, Fault.TEXT),
            *([Fault.TOO_LONG] if too_long else []),
            *domain.in_words(responsible, Fault.WHO),
        ]
    )
    Measure.objects.create(
        investigation=writing.row, number=writing.number, what=what.strip(),
        responsible=responsible.strip(), written_by_id=by.person, written_at=at,
    )  # fmt: skip
    writing.done()


@transaction.atomic
def decide(
    investigation: UUID, *, text: str, look_on: date | None, version: int, by: Scope, at: datetime,
    on: date,
) -> None:  # fmt: skip
    """Let the principal decide, with everything the law asks for in place. Raises as the others."""
    writing = Writing(investigation, Part.DECIDE, by=by, at=at, version=version)
    whole = queries.whole(investigation, pupil=writing.row.pupil_id, by=by)
    writing.stop_if(
        [
            *domain.missing_for_decision(whole.written),
            *domain.in_words(text, Fault.TEXT),
            *domain.in_look_on(look_on, on),
        ]
    )
    holding.clear([watching.of_decision(writing.row.pk)], holding.DECIDED, by=by, at=at, on=on)
    writing.enter(state=State.DECIDED, look_on=look_on)
    writing.done(
        state=State.DECIDED, decision=text.strip(), decided_by_id=by.person, decided_on=on,
        look_on=look_on,
    )  # fmt: skip


@transaction.atomic
def follow_up(
    investigation: UUID, *, told: Round, version: int, by: Scope, at: datetime, on: date
) -> None:
    """Write down how it went. What was not enough is followed by something new, in the same act."""
    writing = Writing(investigation, Part.FOLLOW_UP, by=by, at=at, version=version)
    writing.stop_if(_faults_in(told, on))
    assert told.outcome is not None
    assert told.look_on is not None
    number, new = writing.number, told.new_measure.strip()
    FollowUp.objects.create(
        investigation=writing.row, number=number, held_on=on, outcome=told.outcome,
        text=told.text.strip(), look_on=told.look_on, written_by_id=by.person, written_at=at,
    )  # fmt: skip
    if new:
        Measure.objects.create(
            investigation=writing.row, number=number + 1, what=new,
            responsible=told.responsible.strip(), written_by_id=by.person, written_at=at,
        )  # fmt: skip
    _clear_day(writing, holding.FOLLOWED_UP, on)
    writing.enter(look_on=told.look_on)
    writing.done(look_on=told.look_on)


def _clear_day(writing: Writing, words: str | Promise, on: date) -> None:
    """The day of following up that the investigation waited for needs no row any more."""
    row = writing.row
    subject = watching.of_day(watching.Kind.FOLLOW_UP, row.pk, row.look_on)
    holding.clear([subject], words, by=writing.by, at=writing.at, on=on)


def _faults_in(told: Round, on: date) -> list[Fault]:
    has_new = bool(told.new_measure.strip())
    return [
        *domain.faults_in_round(
            told.outcome, told.text, new_measures=int(has_new), look_on=told.look_on, on=on
        ),
        *(domain.in_words(told.responsible, Fault.WHO) if has_new else []),
        *([Fault.TOO_LONG] if len(told.new_measure) > domain.LONGEST_LINE else []),
    ]


@transaction.atomic
def close(
    investigation: UUID, *, text: str, version: int, by: Scope, at: datetime, on: date
) -> None:
    """Close an investigation whose measures have been enough. Raises as the others."""
    writing = Writing(investigation, Part.CLOSE, by=by, at=at, version=version)
    whole = queries.whole(investigation, pupil=writing.row.pupil_id, by=by)
    writing.stop_if(
        [*domain.missing_for_closing(whole.written), *domain.in_words(text, Fault.TEXT)]
    )
    _clear_day(writing, holding.CLOSED, on)
    writing.enter(state=State.CLOSED, closed_on=on, look_on=None)
    writing.done(state=State.CLOSED, closed_on=on, closed_words=text.strip(), look_on=None)
