"""Strandskolan asks 8A and 8B how school is: a survey, its slips, and pupils enough to answer."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from samnarvaro.mapping.domain.survey import Answer, Item, Question, Wanted
from samnarvaro.mapping.services import survey_answers, surveys
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Staff
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope

ASKED = (Question(Item.SAFE_BREAKS), Question(words="Är skolgården rolig?"))
LAST_DAY = WEDNESDAY + timedelta(days=7)
AFTER = LAST_DAY + timedelta(days=1)
ALWAYS, OFTEN, SELDOM, NEVER, UNSAID = Answer


def wanted(town: Town, title: str = "Trivsel i höst", first: date = WEDNESDAY) -> Wanted:
    return Wanted(
        title=title, opens_on=first, closes_on=first + timedelta(days=7), questions=ASKED,
        groups=frozenset({town.class_8a.pk, town.class_8b.pk}),
    )  # fmt: skip


def fill(town: Town, group: Group, pupils: int) -> None:
    """Let as many pupils more go to a class."""
    names = ("Ada", "Bo", "Cia", "Dan", "Eli", "Fia", "Gun", "Hal", "Ida", "Jon")
    for number in range(pupils):
        town.pupil(names[number], f"Ny{group.name}", group)


def drafted(town: Town, who: Staff | None = None, first: date = WEDNESDAY) -> UUID:
    return surveys.draft_survey(
        town.strand.public, wanted(town, first=first), by=scope(who or town.karin, first), at=NOON,
        on=first,
    )  # fmt: skip


def opened(town: Town, first: date = WEDNESDAY) -> UUID:
    made = drafted(town, first=first)
    surveys.open_survey(made, by=scope(town.karin, first), at=NOON, on=first)
    return made


def slips(town: Town, survey: UUID, group: Group, many: int, on: date = WEDNESDAY) -> list[str]:
    return surveys.print_slips(
        survey, group=group.public, wanted=many, by=scope(town.karin, on), at=NOON, on=on
    )


def answer_all(codes: Sequence[str], *said: Answer, on: date = WEDNESDAY) -> None:
    for code in codes:
        survey_answers.answer(code, said, on=on)


def answered(town: Town, *, in_8a: int, in_8b: int, first: date = WEDNESDAY) -> UUID:
    """A survey that so many have answered: 8A always and never, 8B often and not willing to say."""
    survey = opened(town, first)
    for group, many, said in (
        (town.class_8a, in_8a, (ALWAYS, NEVER)),
        (town.class_8b, in_8b, (OFTEN, UNSAID)),
    ):
        if many:
            answer_all(slips(town, survey, group, many, first), *said, on=first)
    return survey
