"""Sets Vik up through the services: who runs what, when school is on, who works there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import services as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people import services as people
from samnarvaro.people.domain.duties import Post as Duty
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.project.vik import cast, schooldays, staff
from samnarvaro.project.vik.roster import Classes, SchoolClass
from samnarvaro.project.vik.schooldays import Term


@dataclass(frozen=True, slots=True)
class Maker:
    """As whom, when and on which day Vik is set up, and with which classes."""

    by: Scope
    at: datetime
    today: date
    classes: Classes = None

    @property
    def terms(self) -> tuple[Term, Term]:
        return schooldays.terms_up_to(self.today)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in Vik, in ids."""

    staff: int
    account: int
    role: Role


def organise(maker: Maker) -> dict[str, int]:
    """Make the authority, its agencies, units and calendar; return the units' ids by key."""
    authority = organisation.ensure_authority(code=cast.AUTHORITY_CODE, name=cast.AUTHORITY_NAME)
    agencies = {
        agency.key: organisation.ensure_agency(
            authority=authority, kind=agency.kind, name=agency.name, zone=agency.zone
        )
        for agency in cast.AGENCIES
    }
    units = {
        unit.key: organisation.ensure_unit(
            agency=agencies[unit.agency],
            name=unit.name,
            code=unit.key if unit.agency == cast.SCHOOL else None,
        )
        for unit in cast.UNITS
    }
    for term in _terms(maker):
        organisation.set_term(
            authority=authority, name=term.name, days=Window(term.first, term.last)
        )
        for span in [*schooldays.free_spans(term), schooldays.break_after(term)]:
            organisation.set_calendar_span(
                authority=authority,
                unit=units[span.unit] if span.unit else None,
                days=Window(span.first, span.last),
                is_school_day=False,
                label=span.label,
            )
    return {key: unit.pk for key, unit in units.items()}


def _terms(maker: Maker) -> list[Term]:
    """The two terms with marks, and the next ones, so that days ahead can be reckoned."""
    before, now = maker.terms
    return [before, now, *schooldays.terms_after(now, 2)]


def employ(maker: Maker, units: dict[str, int]) -> dict[str, Person]:
    """Make everybody who works in Vik, with an account and duties; return them by username."""
    employed = {}
    for member in staff.everybody(maker.classes):
        account = people.create_account(
            username=member.username, password=None, by=maker.by, at=maker.at
        )
        person = people.ensure_staff(
            given_name=member.given_name,
            family_name=member.family_name,
            account=account.pk,
            by=maker.by,
            at=maker.at,
        )
        for post in member.posts:
            for duty in _duties(maker, post, units[post.unit]):
                people.give_duty(duty, staff=person.pk, by=maker.by, at=maker.at)
        employed[member.username] = Person(person.pk, account.pk, member.posts[0].role)
    return employed


def _duties(maker: Maker, post: cast.Post, unit: int) -> Iterator[Duty]:
    """A mentor has a class of each school year; any other duty lasts until further notice."""
    before, now = maker.terms
    if not post.group:
        yield Duty(role=post.role, unit=unit, first_day=before.first)
        return
    place, first_day = SchoolClass(post.unit, post.group), before.first
    if before.school_year != now.school_year:
        led = staff.class_led_before(place)
        yield Duty(
            role=post.role,
            unit=unit,
            group=_group(led, unit, before.first),
            first_day=before.first,
            last_day=now.first - schooldays.ONE_DAY,
        )
        first_day = now.first
    last_day = _end_of_school_year(now)
    group = _group(place, unit, now.first)
    yield Duty(role=post.role, unit=unit, group=group, first_day=first_day, last_day=last_day)


def _end_of_school_year(term: Term) -> date:
    following = schooldays.autumn(term.school_year + 1)
    return following.first - schooldays.ONE_DAY


def _group(place: SchoolClass, unit: int, day: date) -> int:
    group = organisation.ensure_group(
        unit=unit, name=place.name, grade=place.grade, school_year=school_year_of(day)
    )
    return group.pk


def add_guardians(maker: Maker, pupils: dict[str, int]) -> None:
    first_day = maker.terms[0].first
    for told in cast.GUARDIANS:
        contact = Contact(told.given_name, told.family_name, telephone=told.telephone)
        guardian = people.ensure_guardian(contact, by=maker.by, at=maker.at)
        people.set_guardianship(
            pupil=pupils[told.pupil_id],
            guardian=guardian.pk,
            first_day=first_day,
            by=maker.by,
            at=maker.at,
        )


def name_handlers(maker: Maker, pupils: dict[str, int], staff_of: dict[str, Person]) -> None:
    """Let Tindra, whom the roster says is protected, exist for two by the alias agreed."""
    tindra = cast.story_pupil(cast.TINDRA)
    pupil = pupils[tindra.pupil_id]
    people.set_alias(pupil=pupil, alias=tindra.alias, by=maker.by, at=maker.at)
    one, other = (staff_of[username].staff for username in cast.DECIDED_BY)
    for username in cast.HANDLERS_OF_TINDRA:
        people.name_handler(
            pupil=pupil,
            staff=staff_of[username].staff,
            decided_by=(one, other),
            first_day=maker.terms[0].first,
            by=maker.by,
            at=maker.at,
        )
