"""What the pupils of Strandskolan's years 7 to 9 reach, as was told at the term's knowledge check."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from random import Random
from typing import Final
from uuid import UUID

from samnarvaro.mapping.domain.knowledge import (
    CORE,
    LAST_YEAR,
    Eligibility,
    Subject,
    Told,
    in_order,
    term_of,
)
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries.places import NotTheViewers, school_class
from samnarvaro.mapping.services import knowledge
from samnarvaro.mapping.services.mappings import NotYours
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person

AGO: Final = 12  # school days since the check
YEARS: Final = ("7", "8", "9")
SHARE: Final = 0.22  # of the pupils without a story who have some subject to see to
ART, SPORTS, MATHEMATICS, ENGLISH, CHEMISTRY = (
    Subject.ART, Subject.SPORTS, Subject.MATHEMATICS, Subject.ENGLISH, Subject.CHEMISTRY,
)  # fmt: skip
OFTEN: Final = (
    MATHEMATICS, MATHEMATICS, MATHEMATICS, ENGLISH, ENGLISH, Subject.SWEDISH, CHEMISTRY,
    Subject.PHYSICS, Subject.HISTORY, Subject.MODERN_LANGUAGES, SPORTS,
)  # fmt: skip
# Saga has missed two tests and the afternoons; Noor is away from one subject alone; Leo from all.
STORIES: Final[Mapping[str, Told]] = {
    cast.SAGA: Told(at_risk=(ENGLISH, MATHEMATICS)),
    cast.NOOR: Told(at_risk=(SPORTS,)),
    cast.LEO: Told(
        at_risk=(ART, SPORTS), not_reached=(ENGLISH, MATHEMATICS, CHEMISTRY),
        eligibility=Eligibility.NOT_YET,
    ),
}  # fmt: skip
AWAY: Final = 1  # of 8B one is not told of: it was away from the check
MISSED: Final = 0.35  # of the subjects named, not reached already
VOCATIONAL: Final = 0.2  # of those in year 9


def tell(
    staff: Mapping[str, Person], pupils: Mapping[str, int], today: date, *, now: datetime
) -> None:
    """Let the mentor of 8B tell of its pupils, and the principal of the other classes."""
    if not {"mira", "ragnar"} <= staff.keys():
        return
    day = history.school_days_up_to(today)[-1 - AGO]
    unit = next(each for each in organisation.schools() if each.code == cast.STRANDSKOLAN)
    told = {pupils[key]: says for key, says in STORIES.items() if key in pupils}
    for group in organisation.groups(of_unit=unit.pk, school_year=school_year_of(day)):
        if group.grade in YEARS:
            who = staff["mira" if group.name == "8B" else "ragnar"]
            # On a day of the school year before, the class may be somebody else's.
            with suppress(NotTheViewers, NotYours):
                _tell(group.public, told, who, day, now)


def _tell(group: UUID, told: Mapping[int, Told], who: Person, day: date, now: datetime) -> None:
    by = history.as_who_works(who.account, day)
    of = school_class(group, by=by)
    pupils = [each.pupil for each in queries.of_class(of, term_of(day), by=by)]
    rows = [
        knowledge.Row(pupil.public, told.get(pupil.pk) or _drawn(f"{of.name} {place}", of.grade))
        for place, pupil in enumerate(pupils)
        if pupil.pk in told or of.name != "8B" or place != AWAY
    ]
    at = history.moment(day, 16, now)
    knowledge.tell_class(group, rows, day=day, by=by, at=at, on=day)


def _drawn(which: str, grade: str) -> Told:
    """What one of the pupils without a story reaches: the same each time Vik is loaded."""
    chance = Random(f"reached {which}")
    some = chance.sample(OFTEN, chance.randint(1, 3)) if chance.random() < SHARE else []
    missed = [subject for subject in some if chance.random() < MISSED]
    at_risk, not_reached = in_order(set(some) - set(missed)), in_order(missed)
    eligible = None
    if grade == LAST_YEAR:
        eligible = Eligibility.NOT_YET if CORE & set(missed) else _path(chance)
    return Told(at_risk=at_risk, not_reached=not_reached, eligibility=eligible)


def _path(chance: Random) -> Eligibility:
    return Eligibility.VOCATIONAL if chance.random() < VOCATIONAL else Eligibility.HIGHER
