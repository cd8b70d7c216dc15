"""A school chooses what it does, alters it, tells how it went, and takes back what was a slip."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import locks
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people import queries as people
from samnarvaro.people.queries import at_work
from samnarvaro.people.queries.members import roll
from samnarvaro.staircase.domain import school_measures as domain
from samnarvaro.staircase.domain.school_measures import CHOOSERS, OWNERS, Fault, Outcome, Wanted
from samnarvaro.staircase.domain.tiers import Item, Tier
from samnarvaro.staircase.models import SchoolMeasure
from samnarvaro.staircase.queries.school_measures import NoSuchMeasure


class NotTheChoosers(Exception):
    """The viewer does not choose what this school does, or there is no such school."""


class CannotDo(Exception):
    """Nothing is changed; carries every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = tuple(faults)


@transaction.atomic
def choose_measure(unit: UUID, wanted: Wanted, *, by: Scope, at: datetime, on: date) -> UUID:
    """Let a school (public id) do something; pressed twice it is the same one.

    Raises NotTheChoosers and CannotDo.
    """
    here = _unit(unit, by)
    locks.hold(locks.SCHOOL_MEASURES, [here])
    wanted = _trimmed(wanted)
    faults = [*_faults(here, wanted, None, by, on), *_in_group(here, wanted, on)]
    if not faults and (pressed := _pressed_before(here, wanted, by, on)):
        return pressed
    if not faults and _runs(here, wanted):
        faults = [Fault.RUNS_ALREADY]
    if faults or wanted.owner is None or wanted.first_day is None or wanted.last_day is None:
        raise CannotDo(faults)
    row = SchoolMeasure.objects.create(
        unit_id=here,
        group_id=wanted.group,
        tier=wanted.tier.value,
        item=wanted.item.value if wanted.item else "",
        what=wanted.what,
        aim=wanted.aim,
        owner_id=wanted.owner,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        chosen_on=on,
        chosen_by=by.viewer,
        chosen_by_name=people.name_of_viewer(by=by),
    )
    _log("chosen", row, by, at, group=row.group_id, tier=row.tier, item=row.item)
    return row.public


@transaction.atomic
def alter_measure(public: UUID, wanted: Wanted, *, by: Scope, at: datetime, on: date) -> None:
    """Change the words, the owner or the days of a measure that is not told of yet; what it came
    from, and for whom it is, stays. Raises NoSuchMeasure, NotTheChoosers and CannotDo.
    """
    row = _lock_to_change(public, by)
    known = Wanted(
        tier=Tier(row.tier),
        item=Item(row.item) if row.item else None,
        what=row.what,
        aim=row.aim,
        owner=row.owner_id,
        group=row.group_id,
        first_day=row.first_day,
        last_day=row.last_day,
    )
    wanted = _trimmed(replace(wanted, tier=known.tier, item=known.item, group=known.group))
    faults = [Fault.CLOSED_ALREADY] if row.outcome else _faults(row.unit_id, wanted, known, by, on)
    if faults or wanted.owner is None or wanted.first_day is None or wanted.last_day is None:
        raise CannotDo(faults)
    if wanted == known:
        return
    row.what, row.aim, row.owner_id = wanted.what, wanted.aim, wanted.owner
    row.first_day, row.last_day = wanted.first_day, wanted.last_day
    row.save(update_fields=["what", "aim", "owner", "first_day", "last_day"])
    days = {"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()}
    _log("altered", row, by, at, owner=row.owner_id, **days)


@transaction.atomic
def close_measure(
    public: UUID, *, outcome: Outcome | None, how: str, by: Scope, at: datetime, on: date
) -> None:
    """Tell that a measure is done or ended, and how it went: its choosers, and who sees to it.

    Raises NoSuchMeasure, NotTheChoosers and CannotDo.
    """
    row, how = _lock(public, by), how.strip()
    if not _changes(row.unit_id, by) and row.owner_id != by.staff:
        raise NotTheChoosers
    faults = domain.faults_at_end(outcome, how, is_closed=bool(row.outcome))
    if not faults and _names_a_pupil([how], row.unit_id, by):
        faults = [Fault.HOW_NAMES_A_PUPIL]
    if faults or outcome is None:
        raise CannotDo(faults)
    row.outcome, row.how, row.closed_on = outcome.value, how, on
    row.closed_by_name = people.name_of_viewer(by=by)
    row.save(update_fields=["outcome", "how", "closed_on", "closed_by_name"])
    _log("closed", row, by, at, outcome=row.outcome)


@transaction.atomic
def reopen_measure(public: UUID, *, by: Scope, at: datetime) -> None:
    """Take back that a measure was done or ended. Raises as `close_measure`."""
    row = _lock(public, by)
    if not _changes(row.unit_id, by) and row.owner_id != by.staff:
        raise NotTheChoosers
    if not row.outcome:
        raise CannotDo([Fault.NOT_CLOSED])
    row.outcome, row.how, row.closed_on, row.closed_by_name = "", "", None, ""
    row.save(update_fields=["outcome", "how", "closed_on", "closed_by_name"])
    _log("reopened", row, by, at)


@transaction.atomic
def take_back_measure(public: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Take back a choice that was a slip. The row stays, and is shown to nobody.

    Raises NoSuchMeasure, NotTheChoosers and CannotDo.
    """
    row = _lock_to_change(public, by)
    faults = domain.faults_at_taking_back(
        first_day=row.first_day, chosen_on=row.chosen_on, is_closed=bool(row.outcome), on=on
    )
    if faults:
        raise CannotDo(faults)
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    _log("taken_back", row, by, at)


def _changes(unit: int, by: Scope) -> bool:
    return by.role in CHOOSERS and unit in by.units


def _unit(public: UUID, by: Scope) -> int:
    try:
        unit = organisation.unit(public).pk
    except organisation.NoSuchUnit:
        raise NotTheChoosers from None
    if not _changes(unit, by):
        raise NotTheChoosers
    return unit


def _lock(public: UUID, by: Scope) -> SchoolMeasure:
    row = SchoolMeasure.objects.visible_in(by).select_for_update().filter(public=public).first()
    if row is None:
        raise NoSuchMeasure
    return row


def _lock_to_change(public: UUID, by: Scope) -> SchoolMeasure:
    row = _lock(public, by)
    if not _changes(row.unit_id, by):
        raise NotTheChoosers
    return row


def _trimmed(wanted: Wanted) -> Wanted:
    return replace(wanted, what=" ".join(wanted.what.split()), aim=" ".join(wanted.aim.split()))


def _faults(unit: int, wanted: Wanted, known: Wanted | None, by: Scope, on: date) -> list[Fault]:
    faults = domain.faults_of(wanted, on=on, known=known)
    if wanted.owner is not None and wanted.owner not in _possible_owners(unit, on):
        faults.append(Fault.OWNER)
    if _names_a_pupil([wanted.what, wanted.aim], unit, by):
        faults.append(Fault.NAMES_A_PUPIL)
    return faults


def _possible_owners(unit: int, on: date) -> set[int]:
    return {each.pk for each in at_work.at_units([unit], on=on) if each.roles & OWNERS}


def _names_a_pupil(texts: Iterable[str], unit: int, by: Scope) -> bool:
    """Tell whether a text has the whole name of a pupil of the school whom the writer sees."""
    names = [pupil.name for pupil in roll(unit, by=by)]
    return any(domain.names_one_of(text, names) for text in texts)


def _in_group(unit: int, wanted: Wanted, on: date) -> list[Fault]:
    if wanted.group is None:
        return []
    ours = {each.pk for each in organisation.groups(of_unit=unit, school_year=school_year_of(on))}
    return [] if wanted.group in ours else [Fault.GROUP]


def _pressed_before(unit: int, wanted: Wanted, by: Scope, on: date) -> UUID | None:
    """Return the one that the viewer chose today with just this told, if it still is so."""
    if wanted.first_day is None or wanted.last_day is None:
        return None
    return (
        SchoolMeasure.objects.filter(
            unit=unit,
            group=wanted.group,
            tier=wanted.tier.value,
            item=wanted.item.value if wanted.item else "",
            what=wanted.what,
            aim=wanted.aim,
            owner=wanted.owner,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            outcome="",
            taken_back_at=None,
            chosen_on=on,
            chosen_by=by.viewer,
        )
        .values_list("public", flat=True)
        .first()
    )


def _runs(unit: int, wanted: Wanted) -> bool:
    """Tell whether the same is done for the same in some of the same days."""
    same = SchoolMeasure.objects.filter(
        unit=unit,
        group=wanted.group,
        outcome="",
        taken_back_at=None,
        first_day__lte=wanted.last_day,
        last_day__gte=wanted.first_day,
    )
    item = wanted.item.value if wanted.item else ""
    return any(
        what.casefold() == wanted.what.casefold()
        or (item and (tier, came_from) == (wanted.tier.value, item))
        for tier, came_from, what in same.values_list("tier", "item", "what")
    )


def _log(
    what: str, row: SchoolMeasure, by: Scope, at: datetime, **detail: str | int | None
) -> None:
    audit.record(
        f"school_measure.{what}",
        by=by,
        at=at,
        target=f"school_measure:{row.public}",
        detail={"unit": row.unit_id, **detail},
    )
