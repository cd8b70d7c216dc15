"""A case is opened, told of, moved, paused: each write locked, weighed by the table, numbered, logged."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import steps, telling
from samnarvaro.cases.domain.steps import Fact, Fault, Referrer, Step
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.domain.watching import Kind, of_day
from samnarvaro.cases.models import Case, CaseFact, CaseMove
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries import readers
from samnarvaro.cases.queries.cases import NoSuchCase
from samnarvaro.cases.services import holding, watching
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Scope
from samnarvaro.people.queries import parties


class CannotMove(Refused):
    """Carries what is wrong and what is missing, all of it."""

    def __init__(self, faults: Sequence[Fault], missing: Sequence[Fact]) -> None:
        super().__init__([*faults, *missing])
        self.wrong, self.missing = faults, missing


@transaction.atomic
def open_case(
    pupil: UUID, *, need: str, referrer: Referrer | None, by: Scope, at: datetime, on: date
) -> UUID:
    """Open a case by the need that somebody sees. Raises people's NoSuchPupil, Refused.

    Asked first is whether one is open already.
    """
    found = readers.known(pupil, by=by)
    need = need.strip()
    is_open = queries.known_of(found.pk, by=by) is not None
    faults = telling.faults_in_opening(need, referrer, role=by.role, is_open=is_open)
    if faults or referrer is None:
        raise Refused(faults)
    try:
        with transaction.atomic():
            row = Case.objects.create(
                pupil_id=found.pk, unit_id=found.unit, step=Step.NOTICED, since=on, need=need,
                referrer=referrer, opened_on=on, opened_by_id=by.person,
            )  # fmt: skip
    except IntegrityError:
        raise Refused([Fault.ALREADY_OPEN]) from None
    _number(row, "opened", to=Step.NOTICED, by=by, at=at, on=on)
    _log("opened", row, by, at)
    return row.public


@transaction.atomic
def tell(case: UUID, told: Told, *, by: Scope, at: datetime, on: date) -> None:
    """Write a fact into a case; the latest of each holds. Raises NoSuchCase, Refused."""
    row = _locked(case, by)
    faults = telling.faults(
        told, step=Step(row.step), role=by.role, is_paused=row.paused_until is not None,
        age=parties.age_of(row.pupil_id, on=on), on=on,
    )  # fmt: skip
    if faults:
        raise Refused(faults)
    if told.fact in (Fact.EVALUATION, Fact.LOOK_ON):
        _clear(row, holding.TOLD, by, at, on)
    CaseFact.objects.create(
        case=row, fact=told.fact, round=row.round, after_move=_moves(row), choice=told.choice,
        words=told.words.strip(), day=told.day, at=at, on=on, by_id=by.person,
    )  # fmt: skip
    _save(row)
    _log("told", row, by, at, fact=told.fact)


@transaction.atomic
def move(
    case: UUID, to: Step, *, version: int, words: str = "", by: Scope, at: datetime, on: date
) -> None:
    """Move a case, if the table lets it and nothing is missing. Raises NoSuchCase, CannotMove.

    `version` is what the mover saw: who comes second is told that the case has changed.
    """
    row = _locked(case, by)
    whole = queries.whole(case, by=by)
    refusal = steps.against(whole.known, to, role=by.role)
    changed = [Fault.CHANGED] if version != row.version else []
    if refusal or changed:
        raise CannotMove([*changed, *refusal.faults], refusal.missing)
    if to is Step.CLOSURE:
        _clear(row, holding.CLOSED, by, at, on)
    at_step = Step(row.step)
    reopens = at_step is Step.CLOSURE
    if reopens:
        row.round += 1
    kind = "reopened" if reopens else "moved"
    _number(row, kind, at_step=at_step, to=to, words=words, by=by, at=at, on=on)
    row.step, row.since, row.paused_until = to, on, None
    try:
        with transaction.atomic():
            _save(row, "step", "since", "round", "paused_until")
    except IntegrityError:
        # An older case cannot be opened anew beside one that has been opened since.
        raise CannotMove([Fault.ALREADY_OPEN], []) from None
    _log(kind, row, by, at, step=to)


@transaction.atomic
def pause(case: UUID, *, words: str, until: date | None, by: Scope, at: datetime, on: date) -> None:
    """Let a case rest until a day, with why. Raises NoSuchCase, Refused."""
    row = _locked(case, by)
    faults = telling.faults_in_pause(
        words, until, step=Step(row.step), role=by.role, is_paused=row.paused_until is not None,
        on=on,
    )  # fmt: skip
    if faults:
        raise Refused(faults)
    step = Step(row.step)
    _number(row, "paused", at_step=step, to=step, words=words, by=by, at=at, on=on)
    row.paused_until = until
    _save(row, "paused_until")
    _log("paused", row, by, at)


@transaction.atomic
def resume(case: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Take a case up again. Raises NoSuchCase, Refused."""
    row = _locked(case, by)
    faults = telling.faults_in_resuming(role=by.role, is_paused=row.paused_until is not None)
    if faults:
        raise Refused(faults)
    _clear(row, holding.TOLD, by, at, on)
    step = Step(row.step)
    _number(row, "resumed", at_step=step, to=step, by=by, at=at, on=on)
    row.paused_until = None
    _save(row, "paused_until")
    _log("resumed", row, by, at)


def _clear(row: Case, words: str | Promise, by: Scope, at: datetime, on: date) -> None:
    """What the case waited for needs no row any more: the agreed day, and the end of its rest."""
    days = {
        Kind.CASE_LOOK: watching.days_waited_for([row])[row.pk],
        Kind.CASE_REST: row.paused_until,
    }
    subjects = [of_day(kind, row.pk, day) for kind, day in days.items() if day is not None]
    if subjects:
        holding.clear(subjects, words, by=by, at=at, on=on)


def _locked(case: UUID, by: Scope) -> Case:
    rows = Case.objects.visible_in(by).select_related("pupil")
    row = rows.select_for_update(of=("self",)).filter(public=case).first()
    if row is None:
        raise NoSuchCase
    return row


def _moves(row: Case) -> int:
    return CaseMove.objects.filter(case=row).count()


def _number(  # noqa: PLR0913  # a move is told by all of these
    row: Case, kind: str, *, to: Step, by: Scope, at: datetime, on: date,
    at_step: Step | None = None, words: str = "",
) -> None:  # fmt: skip
    CaseMove.objects.create(
        case=row, number=_moves(row) + 1, kind=kind, from_step=at_step or "", to_step=to,
        words=words.strip(), on=on, at=at, by_id=by.person,
    )  # fmt: skip


def _save(row: Case, *changed: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *changed])


def _log(act: str, row: Case, by: Scope, at: datetime, **detail: str) -> None:
    audit.record(
        f"case.{act}", by=by, at=at, pupil=str(row.pupil.public), target=f"case:{row.public}",
        detail={**detail, "version": row.version},
    )  # fmt: skip
