"""Instruments that have been filled in in Vik: Saga twice, her mother, the school, and one begun."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from samnarvaro.mapping.domain.instrument import Answers
from samnarvaro.mapping.domain.instrument_answers import Told
from samnarvaro.mapping.domain.mappings import Method
from samnarvaro.mapping.queries import instruments
from samnarvaro.mapping.services import responses
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person

OLDER, HOME, SCHOOL = (
    "samnarvaro-elev-aldre-enkel", "samnarvaro-vardnadshavare-enkel", "samnarvaro-skola-enkel",
)  # fmt: skip
OLDER_DEEP = "samnarvaro-elev-aldre-fordjupad"
CASE: Final = timedelta(days=20)  # how long student health has had its case


@dataclass(frozen=True, slots=True)
class Story:
    """Who asked, school days ago, with which instrument, in which way and of whom, and the answers."""

    who: str
    ago: int
    name: str
    method: Method
    of: str
    answers: Answers
    is_locked: bool = True


STORIES: Final = (
    Story("mira", 29, OLDER, Method.SELF_RATING, "Saga själv", {
        "1.1": "sallan", "1.2": "ganska", "2.1": "3", "2.2": "ibland", "2.3": "sallan",
        "3.1": "ibland", "3.2": "aldrig", "3.3": "ofta", "4.1": "1",
        "4.2": "Att slippa matsalen.", "4.3": "Att jag vill, men det blir stopp.",
    }),
    Story("mira", 5, OLDER, Method.TALK, "Saga, i samtal med Mira", {
        "1.1": "ibland", "1.2": "helt", "2.1": "4", "2.2": "ofta", "2.3": "ofta",
        "3.1": "ibland", "3.2": "sallan", "3.3": "ofta", "4.1": "1",
        "4.2": "Att få äta med Noor i hemkunskapen varje dag.",
        "4.3": "Att det inte är mamma det är fel på.",
    }),
    Story("mira", 6, HOME, Method.INTERVIEW, "Lena, Sagas mamma", {
        "1.1": "ganska", "1.2": "lite", "1.3": "Att någon möter Saga vid bussen. Jag börjar sex.",
        "1.4": "ibland", "2.1": "4", "2.2": "ofta", "2.3": "ibland", "3.1": "sallan", "3.2": "ofta",
        "4.1": "Hon slipper matsalen, och hon får vila.",
        "4.2": "Att Mira ringer när det är bra. Se till att det som lovades i våras blir av.",
    }),
    Story("mira", 7, SCHOOL, Method.OBSERVATION, "De som undervisar i 8B", {
        "1.1": "ofta", "1.2": "Tove, i bild. Hon hälsar vid dörren.", "1.3": "4", "2.1": "ibland",
        "2.2": "sallan", "2.3": "ibland", "2.4": "ofta", "2.5": "Matsalen, efter fem minuter.",
        "3.1": "ibland", "3.2": "När hon arbetar i par med Noor, och två lektioner i följd.",
        "3.3": "Öppna hemkunskapssalen för lunch. Skriva upp det hon har missat.",
    }),
    Story("karin", 2, OLDER_DEEP, Method.TALK, "Saga", {
        "1.1": "ibland", "1.2": "ibland", "2.1": "4", "2.3": "ofta",
    }, is_locked=False),
)  # fmt: skip


def ask(
    staff: Mapping[str, Person], pupils: Mapping[str, int], today: date, *, now: datetime
) -> None:
    """Let each instrument be filled in about Saga on its day, by who followed her then."""
    if cast.SAGA not in pupils:
        return
    days = history.school_days_up_to(today)
    saga = UUID(parties.public_of(pupils[cast.SAGA]))
    published = {
        each.name: each.public for each in instruments.shelf() if each.is_published
    }  # fmt: skip
    for story in STORIES:
        if story.who in staff:
            with suppress(people.NoSuchPupil):
                day = days[-1 - story.ago]
                if story.who == "karin":
                    day = max(day, today - CASE)
                _ask(story, saga, published[story.name], staff[story.who], day, now)


def _ask(
    story: Story, pupil: UUID, instrument: UUID, who: Person, day: date, now: datetime
) -> None:
    by, at = history.as_who_works(who.account, day), history.moment(day, 14, now)
    made = responses.begin(pupil, instrument, by=by, at=at, on=day)
    told = Told(held_on=day, method=story.method, who=story.of, answers=story.answers)
    responses.save(made, told, about=tuple(story.answers), by=by, at=at, on=day)
    if story.is_locked:
        responses.lock(made, by=by, at=at)
