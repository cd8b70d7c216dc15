"""An instrument is filled in about a pupil and locked; what is locked is corrected by a new one."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.instrument import Instrument, Item, State
from samnarvaro.mapping.domain.instrument_answers import (
    Fault,
    Told,
    Wrong,
    faults_at_lock,
    faults_in_answers,
    faults_of_draft,
    kept,
    missing,
)
from samnarvaro.mapping.domain.instrument_reading import instrument_of
from samnarvaro.mapping.domain.mappings import Depth
from samnarvaro.mapping.models import InstrumentVersion, Response
from samnarvaro.mapping.queries.instruments import NoSuchInstrument
from samnarvaro.mapping.queries.mappings import may_make, readable_pupil
from samnarvaro.mapping.queries.responses import NoSuchResponse, told_of
from samnarvaro.mapping.services.mappings import CorrectedAlready, NotYours

__all__ = ["CannotLock", "CannotSave", "CorrectedAlready", "NoSuchInstrument", "NotYours"]


class CannotSave(Exception):
    """The draft stays as it was. Carries every reason at once."""

    def __init__(self, faults: Sequence[Fault], wrong: dict[str, Wrong]) -> None:
        super().__init__(", ".join([*faults, *wrong]))
        self.faults = list(faults)
        self.wrong = wrong


class CannotLock(Exception):
    """It is not done yet. Carries every reason, and every question that has to be answered."""

    def __init__(self, faults: Sequence[Fault], unanswered: Sequence[Item]) -> None:
        super().__init__(", ".join([*faults, *(item.link for item in unanswered)]))
        self.faults = list(faults)
        self.unanswered = list(unanswered)


@transaction.atomic
def begin(pupil: UUID, instrument: UUID, *, by: Scope, at: datetime, on: date) -> UUID:
    """Begin to fill in a published version about a pupil (public ids), or go on with the own draft of
    it. Raises people's NoSuchPupil, NoSuchInstrument, NotYours.
    """
    found = readable_pupil(pupil, by=by)
    version = InstrumentVersion.objects.filter(public=instrument, state=State.PUBLISHED).first()
    if version is None:
        raise NoSuchInstrument
    if Depth(version.depth) not in may_make(by=by):
        raise NotYours
    own = Response.objects.visible_in(by).filter(
        pupil=found.pk, instrument=version, final_at=None, author=by.person, corrects=None
    )
    if draft := own.first():
        return draft.public
    row = Response.objects.create(
        pupil_id=found.pk, instrument=version, author_id=by.person, begun_on=on, held_on=on,
        changed_at=at,
    )  # fmt: skip
    _log("begun", row, by, at)
    return row.public


@transaction.atomic
def save(
    response: UUID, told: Told, *, about: Collection[str], by: Scope, at: datetime, on: date
) -> None:
    """Write what is known so far into an own draft. `about` are the questions (link ids) that were
    on the page: their answers are as told now, those of all others as they were.

    Raises NoSuchResponse, and CannotSave with every reason at once.
    """
    row = _own_draft(response, by)
    faults = faults_of_draft(told, begun_on=row.begun_on, on=on)
    wrong = faults_in_answers(_instrument(row), told.answers)
    if faults or wrong:
        raise CannotSave(faults, wrong)
    others = {link: value for link, value in row.answers.items() if link not in about}
    new = Told(
        held_on=told.held_on, method=told.method, who=told.who.strip(),
        answers=others | dict(told.answers),
    )  # fmt: skip
    if new == told_of(row):
        return
    row.held_on, row.who, row.answers = new.held_on, new.who, new.answers
    row.method = new.method or ""
    row.changed_at = at
    row.save(update_fields=["held_on", "method", "who", "answers", "changed_at"])
    _log("saved", row, by, at)


@transaction.atomic
def lock(response: UUID, *, by: Scope, at: datetime) -> None:
    """Lock an own draft: from then on others read it, and nobody changes it. Answers to what is not
    asked are not kept. Raises NoSuchResponse, CannotLock.
    """
    row = _own_draft(response, by)
    instrument, told = _instrument(row), told_of(row)
    faults = faults_at_lock(instrument, told)
    unanswered = missing(instrument, told.answers)
    if faults or unanswered:
        raise CannotLock(faults, unanswered)
    row.answers = kept(instrument, told.answers)
    row.final_at = row.changed_at = at
    row.save(update_fields=["answers", "final_at", "changed_at"])
    _log("locked", row, by, at)


@transaction.atomic
def correct(response: UUID, *, by: Scope, at: datetime) -> UUID:
    """Begin a new version of a locked one, with all that stands in it; return its public id.

    The former holds until the new one is locked. Raises NoSuchResponse, NotYours, CorrectedAlready.
    """
    seen = Response.objects.visible_in(by).filter(public=response, final_at__isnull=False)
    old = seen.select_related("instrument").select_for_update(of=("self",)).first()
    if old is None:
        raise NoSuchResponse
    if Depth(old.instrument.depth) not in may_make(by=by):
        raise NotYours
    if Response.objects.filter(corrects=old).exists():
        raise CorrectedAlready
    new = Response.objects.create(
        pupil_id=old.pupil_id, instrument=old.instrument, author_id=by.person,
        begun_on=old.begun_on, changed_at=at, corrects=old, held_on=old.held_on, method=old.method,
        who=old.who, answers=old.answers,
    )  # fmt: skip
    _log("corrected", new, by, at)
    return new.public


@transaction.atomic
def discard(response: UUID, *, by: Scope, at: datetime) -> None:
    """Throw an own draft away, with all that is in it. Raises NoSuchResponse."""
    row = _own_draft(response, by)
    _log("discarded", row, by, at)
    row.delete()


def _own_draft(public: UUID, by: Scope) -> Response:
    """Take an own draft for writing. Raises NoSuchResponse for a locked one and everybody else's."""
    own = Response.objects.visible_in(by).filter(public=public, author=by.staff, final_at=None)
    row = own.select_related("pupil", "instrument").select_for_update(of=("self",)).first()
    if row is None or Depth(row.instrument.depth) not in may_make(by=by):
        raise NoSuchResponse
    return row


def _instrument(row: Response) -> Instrument:
    return instrument_of(row.instrument.content)


def _log(what: str, row: Response, by: Scope, at: datetime) -> None:
    """Say which instrument and in which way it was asked, never what was answered."""
    audit.record(
        f"response.{what}",
        by=by,
        at=at,
        pupil=str(row.pupil.public),
        target=f"response:{row.public}",
        detail={"instrument": row.instrument.name, "method": row.method},
    )
