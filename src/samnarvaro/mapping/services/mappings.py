"""A mapping is begun, written in, and locked; what is locked is corrected by a new one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import factors, mappings
from samnarvaro.mapping.domain.factors import Source
from samnarvaro.mapping.domain.mappings import Depth, Told
from samnarvaro.mapping.models import Factor, Mapping
from samnarvaro.mapping.queries.mappings import (
    NoSuchMapping,
    may_make,
    readable_pupil,
    told_of,
)


class NotYours(Exception):
    """The viewer makes no such mappings."""


class _Refused(Exception):
    """Carries every reason at once."""

    def __init__(self, faults: list[mappings.Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class CannotSave(_Refused):
    """The draft stays as it was."""


class CannotLock(_Refused):
    """The mapping is not done yet."""


class CannotAdd(Exception):
    """The factor is not put in. Carries every reason at once."""

    def __init__(self, faults: list[factors.Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class CorrectedAlready(Exception):
    """Another has begun to correct the mapping, or has done so."""


@transaction.atomic
def begin(pupil: UUID, *, depth: Depth, by: Scope, at: datetime, on: date) -> UUID:
    """Begin a mapping with a pupil (public id), or go on with the own draft of that depth.

    Raises people's NoSuchPupil, NotYours.
    """
    if depth not in may_make(by=by):
        raise NotYours
    found = readable_pupil(pupil, by=by)
    own = Mapping.objects.visible_in(by).filter(
        pupil=found.pk, depth=depth, final_at=None, author=by.person, corrects=None
    )
    if draft := own.first():
        return draft.public
    mapping = Mapping.objects.create(
        pupil_id=found.pk, depth=depth, author_id=by.person, begun_on=on, changed_at=at
    )
    _log("begun", mapping, by, at)
    return mapping.public


@transaction.atomic
def save(mapping: UUID, told: Told, *, by: Scope, at: datetime, on: date) -> None:
    """Write what is known so far into an own draft. Raises NoSuchMapping, CannotSave."""
    row = _own_draft(mapping, by)
    if found := mappings.faults_of_draft(told, begun_on=row.begun_on, on=on):
        raise CannotSave(found)
    row.held_on = told.held_on
    row.methods = [each.value for each in told.methods]
    row.child_words = told.child_words.strip()
    row.not_heard_why = told.not_heard_why.strip()
    row.functions = [each.value for each in told.functions]
    row.triggers = [each.value for each in told.triggers]
    row.changed_at = at
    row.save()
    _log("saved", row, by, at)


@transaction.atomic
def add_factor(mapping: UUID, told: factors.Told, *, by: Scope, at: datetime) -> UUID:
    """Put one thing that somebody says into an own draft. Raises NoSuchMapping, CannotAdd."""
    row = _own_draft(mapping, by)
    found = factors.faults(told, held=Factor.objects.filter(mapping=row).count())
    direction = factors.direction_of(told.kind, told.direction) if told.kind else None
    if found or not (told.kind and told.source and told.strength and direction):
        raise CannotAdd(found)
    factor = Factor.objects.create(
        mapping=row,
        kind=told.kind,
        source=told.source,
        strength=told.strength,
        direction=direction,
        words=told.words.strip(),
    )
    _touch(row, at)
    _log("factor_added", row, by, at)
    return factor.public


@transaction.atomic
def remove_factor(mapping: UUID, factor: UUID, *, by: Scope, at: datetime) -> None:
    """Take a factor out of an own draft. Raises NoSuchMapping."""
    row = _own_draft(mapping, by)
    gone, _ = Factor.objects.filter(mapping=row, public=factor).delete()
    if gone:
        _touch(row, at)
        _log("factor_removed", row, by, at)


@transaction.atomic
def lock(mapping: UUID, *, by: Scope, at: datetime) -> None:
    """Lock an own draft: from then on others read it, and nobody changes it.

    Raises NoSuchMapping, CannotLock.
    """
    row = _own_draft(mapping, by)
    said = Factor.objects.filter(mapping=row).values_list("source", flat=True)
    sources = {Source(source) for source in said}
    if found := mappings.faults_at_lock(told_of(row), sources=sources):
        raise CannotLock(found)
    row.final_at = row.changed_at = at
    row.save(update_fields=["final_at", "changed_at"])
    _log("locked", row, by, at)


@transaction.atomic
def correct(mapping: UUID, *, by: Scope, at: datetime) -> UUID:
    """Begin a new version of a locked mapping, with all that stands in it; return its public id.

    The former holds until the new one is locked. Raises NoSuchMapping, NotYours, CorrectedAlready.
    """
    seen = Mapping.objects.visible_in(by).filter(public=mapping, final_at__isnull=False)
    old = seen.select_for_update(of=("self",)).first()
    if old is None:
        raise NoSuchMapping
    if Depth(old.depth) not in may_make(by=by):
        raise NotYours
    if Mapping.objects.filter(corrects=old).exists():
        raise CorrectedAlready
    new = Mapping.objects.create(
        pupil_id=old.pupil_id, depth=old.depth, author_id=by.person, begun_on=old.begun_on,
        changed_at=at, corrects=old, held_on=old.held_on, methods=old.methods,
        child_words=old.child_words, not_heard_why=old.not_heard_why, functions=old.functions,
        triggers=old.triggers,
    )  # fmt: skip
    for factor in Factor.objects.filter(mapping=old).order_by("pk"):
        Factor.objects.create(
            mapping=new, kind=factor.kind, source=factor.source, direction=factor.direction,
            strength=factor.strength, words=factor.words,
        )  # fmt: skip
    _log("corrected", new, by, at)
    return new.public


@transaction.atomic
def discard(mapping: UUID, *, by: Scope, at: datetime) -> None:
    """Throw an own draft away, with all that is in it. Raises NoSuchMapping."""
    row = _own_draft(mapping, by)
    _log("discarded", row, by, at)
    row.delete()


def _own_draft(public: UUID, by: Scope) -> Mapping:
    """Take an own draft for writing. Raises NoSuchMapping for a locked one and everybody else's."""
    own = Mapping.objects.visible_in(by).filter(public=public, author=by.staff, final_at=None)
    row = own.select_related("pupil").select_for_update(of=("self",)).first()
    if row is None or Depth(row.depth) not in may_make(by=by):
        raise NoSuchMapping
    return row


def _touch(row: Mapping, at: datetime) -> None:
    row.changed_at = at
    row.save(update_fields=["changed_at"])


def _log(what: str, row: Mapping, by: Scope, at: datetime) -> None:
    audit.record(
        f"mapping.{what}",
        by=by,
        at=at,
        pupil=str(row.pupil.public),
        target=f"mapping:{row.public}",
    )
