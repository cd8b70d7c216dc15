"""A class's mentor, or the school's principal, tells what the pupils reach: all rows, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import locks
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import knowledge as domain
from samnarvaro.mapping.domain.knowledge import DayFault, Fault, Term, Told
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries.knowledge import InClass
from samnarvaro.mapping.queries.places import NotTheViewers, SchoolClass, school_class
from samnarvaro.mapping.services.mappings import NotYours

ALL = (1,)


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one pupil (public id), and what held when it was written (public id)."""

    pupil: UUID
    told: Told | None
    held: UUID | None = None


@dataclass(slots=True)
class CannotTell(Exception):
    """Nothing is written: what is wrong with the day, and with each pupil's row."""

    day: DayFault | None = None
    rows: dict[UUID, list[Fault]] = field(default_factory=dict)


@transaction.atomic
def tell_class(
    group: UUID, rows: Sequence[Row], *, day: date | None, by: Scope, at: datetime, on: date
) -> int:
    """Tell of the pupils of a class (public id) what was seen at a check; return how many changed.

    A row that says what holds already changes nothing. What held before is kept beside what replaces
    it. Raises NotTheViewers, NotYours, CannotTell.
    """
    of = school_class(group, by=by)
    if not queries.may_tell(of, by=by):
        raise NotYours
    locks.hold(locks.KNOWLEDGE, ALL)
    wrong = domain.day_fault(day, on=on)
    if day is None or wrong:
        raise CannotTell(wrong)
    term = domain.term_of(day)
    here = {each.pupil.public: each for each in queries.of_class(of, term, by=by)}
    if not {row.pupil for row in rows} <= here.keys():
        raise NotTheViewers
    faults = {row.pupil: found for row in rows if (found := _faults(row, here[row.pupil], of, day))}
    if faults:
        raise CannotTell(rows=faults)
    changed = {row.pupil: row.told for row in rows if row.told and _says_more(row, here[row.pupil])}
    _write({here[public]: told for public, told in changed.items()}, term, day, by, at)
    return len(changed)


def _says_more(row: Row, now: InClass) -> bool:
    return now.result is None or now.result.told != row.told


def _faults(row: Row, now: InClass, of: SchoolClass, day: date) -> list[Fault]:
    holds = now.result
    if row.told is None:
        return [Fault.NOTHING_SAID] if holds and row.held else []
    if not _says_more(row, now):
        return []
    found = domain.faults(row.told, grade=of.grade)
    if (holds.public if holds else None) != row.held:
        return [*found, Fault.CHANGED_MEANWHILE]
    if holds and holds.day > day:
        return [*found, Fault.NEWER_KNOWN]
    return found


def _write(told: Mapping[InClass, Told], term: Term, day: date, by: Scope, at: datetime) -> None:
    held = [now.result.public for now in told if now.result]
    KnowledgeResult.objects.visible_in(by).filter(public__in=held).update(replaced_at=at)
    made = [
        KnowledgeResult(
            pupil_id=now.pupil.pk, term=term.code, day=day, at_risk=[each.value for each in says.at_risk],
            not_reached=[each.value for each in says.not_reached], eligibility=says.eligibility or "", told_at=at,
            author_id=by.person,
        )
        for now, says in told.items()
    ]  # fmt: skip
    KnowledgeResult.objects.bulk_create(made)
    for now, row in zip(told, made, strict=True):
        audit.record(
            "knowledge.told", by=by, at=at, pupil=str(now.pupil.public),
            target=f"knowledge:{row.public}",
        )  # fmt: skip
