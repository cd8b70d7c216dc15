"""Where and when a rule set holds, and what stops it from being chosen or changed so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.organisation.domain.school_types import SchoolType

# Preschool class, compulsory school, and the tenth year of the adapted compulsory school.
GRADES = ("F", *(str(year) for year in range(1, 11)))


class Missing(StrEnum):
    """What stops a rule set from being chosen or changed."""

    DAY_NOT_AHEAD = "day_not_ahead"  # what has begun cannot be taken back
    DAY_BEFORE_ANOTHER = "day_before_another"  # a later version has been made already
    ENDS_IN_THE_PAST = "ends_in_the_past"
    ENDED_ALREADY = "ended_already"
    HAS_BEGUN = "has_begun"
    TAKEN_BACK = "taken_back"
    IS_CHOSEN = "is_chosen"  # the only version of what is to hold
    SHIPPED = "shipped"  # is copied, never changed
    NAME = "name"
    GRADE_UNKNOWN = "grade_unknown"
    TYPE_UNKNOWN = "type_unknown"
    CHOSEN_SO_ALREADY = "chosen_so_already"


@dataclass(frozen=True, slots=True)
class Place:
    """Some units (ids), school years and school types; where none is named, all of them."""

    units: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()

    @property
    def is_everywhere(self) -> bool:
        return not self.units and not self.grades and not self.types

    def is_at(self, unit: int) -> bool:
        """Tell whether any pupil of a unit is meant."""
        return not self.units or unit in self.units

    def covers(self, unit: int, grade: str, school_type: str) -> bool:
        """Tell whether a pupil of that unit, school year and school type is meant."""
        return (
            self.is_at(unit)
            and (not self.grades or grade in self.grades)
            and (not self.types or school_type in self.types)
        )


def covers(places: Collection[Place], stays: Collection[tuple[int, str, str]]) -> bool:
    """Tell whether a pupil who goes to these units (ids), school years and school types, is meant.

    Who goes nowhere, as far as is known, is meant only where everybody is.
    """
    if any(place.is_everywhere for place in places):
        return True
    return any(place.covers(*stay) for place in places for stay in stays)


def missing_for_days(first_day: date, *, today: date) -> list[Missing]:
    """A choice, and a version, begins tomorrow at the earliest: until then it can be taken back."""
    return [] if first_day > today else [Missing.DAY_NOT_AHEAD]


def missing_for_grades(grades: Collection[str]) -> list[Missing]:
    return [] if set(grades) <= set(GRADES) else [Missing.GRADE_UNKNOWN]


def missing_for_types(types: Collection[str]) -> list[Missing]:
    return [] if set(types) <= set(SchoolType) else [Missing.TYPE_UNKNOWN]


def missing_for_end(
    last_day: date, *, first_day: date, ends: date | None, today: date
) -> list[Missing]:
    """A choice can end today at the earliest, and not before it has begun; once it has ended, never."""
    if ends is not None and ends < today:
        return [Missing.ENDED_ALREADY]
    return [] if last_day >= max(today, first_day) else [Missing.ENDS_IN_THE_PAST]


def missing_for_taking_back(first_day: date, *, is_taken_back: bool, today: date) -> list[Missing]:
    """What has begun to hold stands: others have relied on it."""
    if is_taken_back:
        return [Missing.TAKEN_BACK]
    return [Missing.HAS_BEGUN] if first_day <= today else []
