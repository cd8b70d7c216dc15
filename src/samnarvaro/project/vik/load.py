"""Loads the demo municipality Vik, all of it through services, in one transaction or not at all."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from samnarvaro.attendance import services as attendance
from samnarvaro.audit import services as audit
from samnarvaro.base.reports import Report
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.project import reminders
from samnarvaro.project.vik import (
    asked,
    calls,
    cast,
    conferred,
    families,
    filled_in,
    history,
    investigations,
    lately,
    leave,
    mapped,
    marks,
    reached,
    relation_maps,
    reviews,
    roster,
    rule_sets,
    settle,
    team_cases,
    together,
)
from samnarvaro.project.vik.history import Holder
from samnarvaro.project.vik.settle import Maker, Person
from samnarvaro.staircase import services as staircase

Progress = Callable[[float], None]

PROFILE: Final = "Vik"
# How much of the whole each part is, about.
SETTLED, TAKEN_IN, NIGHTS_RUN = 0.08, 0.65, 0.92


class FaultyDemo(Exception):
    """The demo's own files were not taken in whole; the demo and the imports disagree."""


class SomebodyElses(Exception):
    """The database holds a school authority already; the demo is not mixed into it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is in Vik now."""

    pupils: int
    marks: int


def is_loaded() -> bool:
    """Tell whether Vik is here. Raises SomebodyElses when another authority is."""
    authority = organisation.authority()
    if authority is not None and authority.code != cast.AUTHORITY_CODE:
        raise SomebodyElses
    return authority is not None


@transaction.atomic
def load(
    today: date,
    *,
    now: datetime,
    progress: Progress = lambda _share: None,
    classes: roster.Classes = None,
) -> Loaded:
    """Load Vik as it is on a day, or some classes of it, into an empty database.

    Raises SomebodyElses when it is not empty.
    """
    if organisation.authority() is not None:
        raise SomebodyElses
    maker = Maker(consents.system_scope(purpose="demo", on=today), now, today, classes)
    staircase.install_shipped()
    units = settle.organise(maker)
    with tempfile.TemporaryDirectory() as folder:
        _take_in_rosters(maker, Path(folder))
        staff = settle.employ(maker, units)
        pupils = _pupils()
        settle.add_guardians(maker, pupils)
        settle.name_handlers(maker, pupils, staff)
        rule_sets.choose(maker, units, staff[cast.LOOKS_AFTER_RULES].account)
        progress(SETTLED)
        taken_in = _take_in_marks(maker, Path(folder), _part(progress, SETTLED, TAKEN_IN))
    history.run_nights(today, now=now, progress=_part(progress, TAKEN_IN, NIGHTS_RUN))
    lately.hand_on(staff, today, now=now)
    history.act_on_rows(
        _holders(staff),
        today,
        stories={pupils[story.pupil_id]: story.pupil_id for story in cast.STORIES},
        now=now,
        progress=_part(progress, NIGHTS_RUN, 1),
    )
    lately.look_again(staff, pupils, today, now=now)
    together.choose(staff, units, today, now)
    leave.grant(maker, staff, history.school_days_up_to(today))
    families.ask_families(maker, staff, pupils)
    asked.ask_pupils(staff, units, today, now=now)
    mapped.map_with(staff, pupils, today, now=now)
    reached.tell(staff, pupils, today, now=now)
    filled_in.ask(staff, pupils, today, now=now)
    conferred.note(staff, today, now=now)
    relation_maps.map_classes(staff, today, now=now)
    investigations.investigate(maker, staff, pupils)
    team_cases.open_cases(maker, staff, pupils)
    reminders.remind(on=today, by=maker.by, at=now)
    calls.make_calls(maker, staff, pupils, history.school_days_up_to(today))
    reviews.look_and_review(maker, staff, pupils)
    audit.seal_history(
        at=now
    )  # made story by story, it is sealed in the order in which it happened
    return Loaded(len(pupils), taken_in)


def _part(progress: Progress, begins: float, ends: float) -> Progress:
    return lambda share: progress(begins + share * (ends - begins))


def _pupils() -> dict[str, int]:
    authority = organisation.authority()
    return people.ids_by_pupil_id(authority.pk) if authority else {}


def _holders(staff: dict[str, Person]) -> list[Holder]:
    """Those who have rows of work: mentors and principals."""
    return [
        Holder(person.account, person.role)
        for person in staff.values()
        if person.role in (Role.MENTOR, Role.PRINCIPAL)
    ]


def _take_in_rosters(maker: Maker, folder: Path) -> None:
    """One roster for each term, and one for the day when Melvin changed school."""
    whole, path = roster.roster(maker.today, maker.classes), folder / "klasslista.csv"
    for day in sorted({*(term.first for term in whole.terms), whole.moving_day}):
        roster.write(path, roster.rows_on(whole, day))
        options = people_services.RosterOptions(as_of=day, confirm_removals=True, profile=PROFILE)
        _whole(people_services.take_in_roster(path, options, by=maker.by, at=maker.at))


def _take_in_marks(maker: Maker, folder: Path, progress: Progress) -> int:
    """First the marks as they were told at the lessons, then what was corrected the day after."""
    path, options = folder / "markeringar.csv", attendance.Options(profile=PROFILE)
    count = marks.write(path, marks.marks(maker.today, maker.classes))
    progress(0.1)
    report = attendance.take_in(
        path, options, by=maker.by, at=maker.at, progress=_part(progress, 0.1, 0.97)
    )
    _whole(report)
    marks.write(path, marks.corrections(maker.today, maker.classes))
    _whole(attendance.take_in(path, options, by=maker.by, at=maker.at))
    return count


def _whole(report: Report) -> None:
    if report.faulty or report.duplicate:
        raise FaultyDemo(str(report.errors[:3]))
