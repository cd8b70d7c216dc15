"""What has been mapped in Vik: Saga, her mother and the school see it differently, and she moves on."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from samnarvaro.mapping.domain import factors
from samnarvaro.mapping.domain.factors import Direction, Kind, Source
from samnarvaro.mapping.domain.mappings import Depth, Function, Method, Told, Trigger
from samnarvaro.mapping.domain.status import Occasion, Status
from samnarvaro.mapping.domain.status import Told as StatusTold
from samnarvaro.mapping.services import mappings, statuses
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person

CHILD, GUARDIAN, SCHOOL, OTHER = Source.CHILD, Source.GUARDIAN, Source.SCHOOL, Source.OTHER
TOWARD, NEITHER = Direction.TOWARD, Direction.NEITHER
Said = tuple[Kind, Source, int, str]


@dataclass(frozen=True, slots=True)
class Story:
    """A mapping: by whom, with whom, school days ago, and what was said."""

    who: str
    pupil: str
    ago: int
    told: Told
    said: Sequence[Said]
    depth: Depth = Depth.SIMPLE
    own: Mapping[str, Direction] = field(default_factory=dict)  # own factors' ways, by their words
    is_locked: bool = True


FIRST = Story(
    "mira", cast.SAGA, 30,
    Told(
        methods=(Method.TALK,),
        child_words="Det är mest onsdagar. Jag vill komma, men det blir fel i magen på morgonen.",
        triggers=(Trigger.WORRY,),
    ),
    (
        (Kind.BELONGING, CHILD, 2, "Noor väntar på mig vid skåpen."),
        (Kind.STRESSFUL_PLACE, CHILD, 2, "Det ekar i matsalen."),
        (Kind.ROUTINES, GUARDIAN, 1, "Vi försöker gå upp samtidigt, det går ibland."),
        (Kind.OTHER_FROM_SCHOOL, SCHOOL, 1, "Har missat två prov och vet inte när de tas igen."),
    ),
)  # fmt: skip
SECOND = Story(
    "mira", cast.SAGA, 6,
    Told(
        methods=(Method.TALK, Method.INTERVIEW, Method.OBSERVATION),
        child_words="Jag orkar inte matsalen. Om jag får äta med Noor i hemkunskapen kan jag vara kvar "
        "till slutet. Det är inte mamma det är fel på.",
        functions=(Function.AVOIDS_FEELINGS, Function.ESCAPES_SITUATIONS),
        triggers=(Trigger.ADAPTATION_MISSING, Trigger.WORRY, Trigger.CHANGE),
    ),
    (
        (Kind.STRESSFUL_PLACE, CHILD, 3, "Matsalen. Alla tittar när man letar plats."),
        (Kind.STRESSFUL_PLACE, SCHOOL, 1, "Går ofta ut ur matsalen efter fem minuter."),
        (Kind.ADAPTATION_MISSING, CHILD, 2, "Jag vet inte vad jag har missat."),
        (Kind.ADAPTATION_MISSING, GUARDIAN, 3, "Det som lovades i våras har inte kommit i gång."),
        (Kind.ADAPTATION_MISSING, SCHOOL, 1, "Får uppgifterna skriftligt i två ämnen av tretton."),
        (Kind.BELONGING, CHILD, 3, "Noor. Och att Tove säger hej."),
        (Kind.BELONGING, SCHOOL, 2, "Arbetar gärna i par med Noor."),
        (Kind.CLIMATE, GUARDIAN, 1, "Mira ringer även när det är bra."),
        (Kind.ROUTINES, GUARDIAN, 2, "Väckning, frukost och samma buss sedan tre veckor."),
        (Kind.ROUTINES, SCHOOL, 1, "Kommer tjugo minuter sent de flesta dagar."),
        (Kind.GOOD_IMAGE, CHILD, 1, "Bilden är kul, och hemkunskapen."),
        (Kind.TIME_MISSING, GUARDIAN, 2, "Jag börjar sex och kan inte vara hemma när hon ska gå."),
        (Kind.OWN, CHILD, 2, "Jag ritar när det blir för mycket, då lugnar det sig."),
        (Kind.OWN, SCHOOL, 2, "Orkar två lektioner i följd, sedan behövs en paus."),
    ),
    own={
        "Jag ritar när det blir för mycket, då lugnar det sig.": TOWARD,
        "Orkar två lektioner i följd, sedan behövs en paus.": NEITHER,
    },
)  # fmt: skip
DEEPER = Story(
    "karin", cast.SAGA, 3,
    Told(methods=(Method.TALK,), child_words="Det är skönt att någon frågar om lunchen."),
    ((Kind.STRESSFUL_PLACE, CHILD, 3, "Håller för öronen i kön."),),
    depth=Depth.DEEP, is_locked=False,
)  # fmt: skip
NOORS = Story(
    "mira", cast.NOOR, 11,
    Told(
        methods=(Method.TALK,),
        child_words="Jag vill vara med på idrotten om jag slipper omklädningsrummet.",
        functions=(Function.ESCAPES_SITUATIONS,), triggers=(Trigger.LEFT_OUT,),
    ),
    (
        (Kind.STRESSFUL_PLACE, CHILD, 3, "Omklädningsrummet. Någon filmade en gång."),
        (Kind.VIOLATED, CHILD, 2, "De skrattar när jag byter om."),
        (Kind.BELONGING, CHILD, 3, "Saga och jag äter ihop."),
        (Kind.CLIMATE, SCHOOL, 3, "Räcker upp handen på alla lektioner utom idrott."),
    ),
)  # fmt: skip
# Who set which status, school days ago, on what occasion and on what ground.
STATUSES: Final = (
    ("mira", cast.SAGA, 45, Status.WITH_STRESS, Occasion.OTHER, "Är på plats men har ont i magen varje morgon."),
    ("mira", cast.SAGA, 30, Status.LATE, Occasion.INTAKE, ""),
    ("karin", cast.SAGA, 12, Status.PERIODS, Occasion.FOLLOW_UP, "Onsdagar och eftermiddagar efter lunch."),
    ("mira", cast.SAGA, 2, Status.LATE, Occasion.FOLLOW_UP, "Saga säger själv att det är lättare när hon får äta i hemkunskapen."),
    ("mira", cast.NOOR, 11, Status.PERIODS, Occasion.INTAKE, "Bara idrotten."),
)  # fmt: skip
CASE: Final = timedelta(days=20)
STORIES: Final = (FIRST, SECOND, DEEPER, NOORS)


def map_with(
    staff: Mapping[str, Person], pupils: Mapping[str, int], today: date, *, now: datetime
) -> None:
    """Let each story be mapped and each status be set on its day, by who followed the pupil then."""
    days = history.school_days_up_to(today)
    for story in STORIES:
        if story.who in staff and story.pupil in pupils:
            day = _day(story.who, days[-1 - story.ago], today)
            with suppress(people.NoSuchPupil):
                _map(story, _public(pupils, story.pupil), staff[story.who], day, now)
    for who, pupil, ago, status, occasion, words in STATUSES:
        if who in staff and pupil in pupils:
            day = _day(who, days[-1 - ago], today)
            told = StatusTold(status=status, occasion=occasion, set_on=day, words=words)
            by, at = history.as_who_works(staff[who].account, day), history.moment(day, 15, now)
            with suppress(people.NoSuchPupil):
                statuses.set_status(_public(pupils, pupil), told, by=by, at=at, on=day)


def _day(who: str, day: date, today: date) -> date:
    """Student health has its case since three weeks; a long break may lie before that."""
    return max(day, today - CASE) if who == "karin" else day


def _public(pupils: Mapping[str, int], pupil: str) -> UUID:
    return UUID(parties.public_of(pupils[pupil]))


def _map(story: Story, pupil: UUID, who: Person, day: date, now: datetime) -> None:
    by, at = history.as_who_works(who.account, day), history.moment(day, 14, now)
    made = mappings.begin(pupil, depth=story.depth, by=by, at=at, on=day)
    told = Told(
        held_on=day, methods=story.told.methods, child_words=story.told.child_words,
        functions=story.told.functions, triggers=story.told.triggers,
    )  # fmt: skip
    mappings.save(made, told, by=by, at=at, on=day)
    for kind, source, strength, words in story.said:
        factor = factors.Told(
            kind=kind, source=source, strength=strength, words=words,
            direction=story.own.get(words),
        )  # fmt: skip
        mappings.add_factor(made, factor, by=by, at=at)
    if story.is_locked:
        mappings.lock(made, by=by, at=at)
