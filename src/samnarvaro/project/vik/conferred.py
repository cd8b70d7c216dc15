"""What those who work with 8B have seen of it and decided: one conference that is over, one to come."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from samnarvaro.mapping.domain.conferences import Decided, Kind, Told
from samnarvaro.mapping.queries.conferences import open_decisions
from samnarvaro.mapping.queries.places import NotTheViewers
from samnarvaro.mapping.services import conferences
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person

CLASS: Final = "8B"


@dataclass(frozen=True, slots=True)
class Story:
    """A note: by whom, school days ago, and what was decided until how many days later, done or not."""

    who: str
    ago: int
    kind: Kind
    present: str
    seen: str
    decided: tuple[tuple[str, str, int, bool], ...]


STORIES: Final = (
    Story(
        "mira", 28, Kind.CONFERENCE, "Mira Ek, Tove Lindgren, Karin Sjö (kurator), tre ämneslärare",
        "Gruppen är splittrad på rasterna, och flera går undan före lunch. Lektionerna efter lunch börjar "
        "oroligt. Det är lugnare i halvklass. Klassen frågar själv efter bestämda platser.",
        (
            ("Bestämda platser i alla ämnen, samma i hela arbetslaget", "Mira Ek", 10, True),
            ("En vuxen i korridoren utanför matsalen varje dag", "arbetslaget", 7, True),
            ("Se efter om två mattider går att ordna", "Ragnar Holm", 45, False),
        ),
    ),
    Story(
        "tove", 12, Kind.KNOWLEDGE_CHECK, "Tove Lindgren, Mira Ek, Sten Alm (specialpedagog)",
        "Matematiken har stannat av för en del av gruppen sedan gruppbytet i oktober. Instruktioner i skrift "
        "hjälper de flesta. Proven ligger tätt i november.",
        (
            ("Skriftliga instruktioner i alla ämnen", "alla lärare i klassen", 14, False),
            ("Flytta ett av proven till efter första advent", "Tove Lindgren", 5, True),
        ),
    ),
)  # fmt: skip


def note(staff: Mapping[str, Person], today: date, *, now: datetime) -> None:
    """Let each note be written and locked on its day, and what is done be told of a week later."""
    days = history.school_days_up_to(today)
    for story in STORIES:
        if story.who in staff:
            # On a day of the school year before, the class may be somebody else's.
            with suppress(NotTheViewers, StopIteration):
                _note(story, staff[story.who], days[-1 - story.ago], today, now)


def _note(story: Story, who: Person, day: date, today: date, now: datetime) -> None:
    by, at = history.as_who_works(who.account, day), history.moment(day, 15, now)
    group = _group(day)
    made = conferences.begin(group.public, kind=story.kind, by=by, at=at, on=day)
    told = Told(
        held_on=day, present=story.present, seen=story.seen,
        decided=tuple(
            Decided(what=what, who=doer, due_on=day + timedelta(days=after))
            for what, doer, after, _done in story.decided
        ),
    )  # fmt: skip
    conferences.save(made, told, group=group.public, locks=True, by=by, at=at, on=day)
    later = min(day + timedelta(days=7), today)
    by, at = history.as_who_works(who.account, later), history.moment(later, 15, now)
    done = {what for what, _doer, _after, is_done in story.decided if is_done}
    for each in open_decisions(group.pk, by=by):
        if each.decided.what in done:
            conferences.tick(each.public, group=group.public, by=by, at=at, on=later)


@dataclass(frozen=True, slots=True)
class _Group:
    pk: int
    public: UUID


def _group(day: date) -> _Group:
    unit = next(each for each in organisation.schools() if each.code == cast.STRANDSKOLAN)
    classes = organisation.groups(of_unit=unit.pk, school_year=school_year_of(day))
    return next(_Group(each.pk, each.public) for each in classes if each.name == CLASS)
