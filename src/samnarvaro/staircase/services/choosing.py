"""Which rule sets hold, where and from when: chosen ahead, ended, and taken back until the first day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import holding
from samnarvaro.staircase.domain.holding import Missing
from samnarvaro.staircase.models import Choice
from samnarvaro.staircase.queries import rule_set
from samnarvaro.staircase.services.rulebook import CannotChange

_ONE_DAY = timedelta(days=1)


class NoSuchChoice(Exception):
    """There is no such choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A rule set (key) to hold from a day, at some units (ids), for some school years and types; where
    none is named, at all and for all. The choices (public ids) in `instead_of` end the day before.
    """

    key: str
    first_day: date
    units: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    instead_of: frozenset[UUID] = frozenset()


@transaction.atomic
def choose(wanted: Wanted, *, by: Scope, at: datetime, on: date) -> Choice:
    """Let a rule set hold from a day that is yet to come. Raises NoSuchRuleSet, NoSuchChoice and
    CannotChange, with every reason at once.
    """
    rule_set(wanted.key, on=wanted.first_day)
    missing = [
        *holding.missing_for_days(wanted.first_day, today=on),
        *holding.missing_for_grades(wanted.grades),
        *holding.missing_for_types(wanted.types),
    ]
    if _is_chosen_so(wanted):
        missing.append(Missing.CHOSEN_SO_ALREADY)
    if missing:
        raise CannotChange(missing)
    choice = Choice.objects.create(
        key=wanted.key,
        first_day=wanted.first_day,
        units=sorted(wanted.units),
        grades=_in_order(wanted.grades),
        types=[each.value for each in SchoolType if each in wanted.types],
        chosen_by=by.viewer,
        chosen_by_name=people.name_of_viewer(by=by),
        chosen_at=at,
    )
    detail: dict[str, str | int | None] = {
        "key": wanted.key,
        "first_day": wanted.first_day.isoformat(),
        "units": len(wanted.units),
        "grades": ",".join(choice.grades),
        "types": ",".join(choice.types),
    }
    _record("rules.chosen", choice, by, at, detail)
    for public in sorted(wanted.instead_of):
        _end_for(choice, _lock(public), by, at)
    return choice


def _end_for(choice: Choice, former: Choice, by: Scope, at: datetime) -> None:
    """End a choice the day before another comes instead of it."""
    last_day = choice.first_day - _ONE_DAY
    if former.last_day is not None or former.taken_back_at is not None:
        raise CannotChange([Missing.ENDED_ALREADY])
    if former.first_day > last_day:
        raise CannotChange([Missing.ENDS_IN_THE_PAST])
    former.last_day, former.ended_for = last_day, choice
    former.save(update_fields=["last_day", "ended_for"])
    _record("rules.choice_ended", former, by, at, {"last_day": last_day.isoformat()})


def _in_order(grades: Collection[str]) -> list[str]:
    return [grade for grade in holding.GRADES if grade in grades]


def _is_chosen_so(wanted: Wanted) -> bool:
    """Tell whether the same holds already on that day, at the same places."""
    same = Choice.objects.filter(key=wanted.key, taken_back_at=None)
    return any(
        frozenset(choice.units) == wanted.units
        and frozenset(choice.grades) == wanted.grades
        and frozenset(choice.types) == wanted.types
        and (choice.last_day is None or choice.last_day >= wanted.first_day)
        for choice in same.exclude(public__in=wanted.instead_of)
    )


@transaction.atomic
def end(public: UUID, *, last_day: date, by: Scope, at: datetime, on: date) -> None:
    """Let a choice hold until a day, that day included. Raises NoSuchChoice and CannotChange."""
    choice = _lock(public)
    if choice.taken_back_at is not None:
        raise CannotChange([Missing.TAKEN_BACK])
    missing = holding.missing_for_end(
        last_day, first_day=choice.first_day, ends=choice.last_day, today=on
    )
    if missing:
        raise CannotChange(missing)
    choice.last_day = last_day
    choice.save(update_fields=["last_day"])
    _record("rules.choice_ended", choice, by, at, {"last_day": last_day.isoformat()})


@transaction.atomic
def take_back(public: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Take a choice back before its first day: what it came instead of goes on. It stays, to be
    looked up. Raises NoSuchChoice and CannotChange.
    """
    choice = _lock(public)
    missing = holding.missing_for_taking_back(
        choice.first_day, is_taken_back=choice.taken_back_at is not None, today=on
    )
    if missing:
        raise CannotChange(missing)
    choice.taken_back_at = at
    choice.save(update_fields=["taken_back_at"])
    Choice.objects.filter(ended_for=choice).update(last_day=None, ended_for=None)
    _record("rules.choice_taken_back", choice, by, at, {"key": choice.key})


def _lock(public: UUID) -> Choice:
    choice = Choice.objects.select_for_update().filter(public=public).first()
    if choice is None:
        raise NoSuchChoice
    return choice


def _record(
    act: str, choice: Choice, by: Scope, at: datetime, detail: dict[str, str | int | None]
) -> None:
    audit.record(act, by=by, at=at, target=f"choice:{choice.public}", detail=detail)
