"""The relation maps of Vik: 8B twice, where Noor got an adult and one pupil has none yet; in 8A a round
goes on, and Tove has not answered.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.mapping.domain.relations import Contact
from samnarvaro.mapping.queries import relations as queries
from samnarvaro.mapping.queries.classes import NoSuchClass
from samnarvaro.mapping.services import relations as services
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.queries import at_work
from samnarvaro.people.queries.members import AtUnit
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person

FIRST, SECOND, GOES_ON = 40, 6, 3  # school days ago
ADULTS: Final = ("mira", "tove", "karin", "ragnar")
OTHERS: Final = ("Skolvärd", "Måltidspersonal")
USUAL: Final = (
    Contact.NONE,
    Contact.NAME,
    Contact.NAME,
    Contact.TALKS,
    Contact.TALKS,
    Contact.TRUST,
)
WITHOUT: Final = 4  # the how-manyth in the class's list has nobody yet


@dataclass(frozen=True, slots=True)
class _Round:
    """A round of a class as it is made: how far the story has come, and when it happens."""

    group: UUID
    unit: int
    on: date
    at: datetime
    is_second: bool = False


def map_classes(staff: Mapping[str, Person], today: date, *, now: datetime) -> None:
    """Let the rounds of Strandskolan be made, each on its day, where the class was there by then."""
    days = history.school_days_up_to(today)
    school = organisation.unit_by_code(cast.STRANDSKOLAN)
    groups = organisation.groups(of_unit=school.pk, school_year=school_year_of(today))
    named = {group.name: group.public for group in groups}
    if not set(ADULTS) <= set(staff):
        return
    for ago in (FIRST, SECOND):
        day = days[-1 - ago]
        with suppress(NoSuchClass):
            if "8B" in named:
                told = _Round(
                    named["8B"], school.pk, day, history.moment(day, 15, now), ago == SECOND
                )
                _closed(staff, told)
    if "8A" in named:
        day = days[-1 - GOES_ON]
        with suppress(NoSuchClass):
            _begin(
                staff, _Round(named["8A"], school.pk, day, history.moment(day, 15, now)), "ragnar"
            )


def _begin(staff: Mapping[str, Person], told: _Round, who: str) -> None:
    here = {each.pk: each.public for each in at_work.at_units([told.unit], on=told.on)}
    services.begin(
        told.group,
        staff=[here[staff[each].staff] for each in ADULTS if staff[each].staff in here],
        others=OTHERS,
        by=history.as_who_works(staff[who].account, told.on),
        at=told.at,
        on=told.on,
    )


def _closed(staff: Mapping[str, Person], told: _Round) -> None:
    """All answer but the principal; Mira asks those without account. Then she closes it."""
    _begin(staff, told, "mira")
    mira = history.as_who_works(staff["mira"].account, told.on)
    for who in ("mira", "tove", "karin"):
        _fill(told, history.as_who_works(staff[who].account, told.on), who, is_own=True)
    _fill(told, mira, "others", is_own=False)
    services.close(told.group, by=mira, at=told.at, on=told.on)
    if told.is_second:
        _act(told, mira)


def _fill(told: _Round, by: Scope, who: str, *, is_own: bool) -> None:
    of = queries.class_of(told.group, by=by)
    pupils = queries.pupils_of(of, by=by)
    open_now = next(each for each in queries.rounds(of, by=by) if each.closed_on is None)
    for adult in open_now.adults:
        if adult.is_own == is_own and (is_own or not adult.is_at_work):
            said = {
                pupil.public: _contact(told, who, number, pupil)
                for number, pupil in enumerate(pupils)
            }
            services.fill(of.public, adult.public, said, by=by, at=told.at, on=told.on)


def _contact(told: _Round, who: str, number: int, pupil: AtUnit) -> Contact:
    if pupil.name == "Saga Lind":
        return Contact.TRUST if who in {"mira", "karin"} else Contact.NAME
    usual = Random(f"{who} {number}").choice(USUAL)
    if pupil.name == "Noor Haddad":
        return Contact.TRUST if told.is_second and who == "tove" else min(usual, Contact.TALKS)
    if number == WITHOUT:
        return min(usual, Contact.NAME)
    return Contact.TRUST if who == "mira" and number % 3 else usual


def _act(told: _Round, by: Scope) -> None:
    """Noor says in a talk that there is an adult; of the first who lacks one Karin is asked."""
    of = queries.class_of(told.group, by=by)
    pupils = queries.pupils_of(of, by=by)
    noor = next((each for each in pupils if each.name == "Noor Haddad"), None)
    if noor:
        services.say(of.public, noor.public, has_adult=True, by=by, at=told.at, on=told.on)
    if len(pupils) > WITHOUT:
        services.give(
            of.public, pupils[WITHOUT].public, holder=Holder.COUNSELLOR,
            due_on=told.on + timedelta(days=14), by=by, at=told.at, on=told.on,
        )  # fmt: skip
