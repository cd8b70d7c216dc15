"""How Strandskolan asks its oldest pupils how school is: in September, again when two sittings for lunch
had been tried, and now.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

from samnarvaro.base import wall
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.survey import ANSWERS, Answer, Item, Question, Standing, Wanted
from samnarvaro.mapping.queries import surveys as queries
from samnarvaro.mapping.services import survey_answers, surveys
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.queries.members import roll
from samnarvaro.project.vik import history
from samnarvaro.project.vik.cast import STRANDSKOLAN
from samnarvaro.project.vik.settle import Person

ASKER: Final = "karin"
GRADES: Final = frozenset({"7", "8", "9"})
QUESTIONS: Final = (
    *(Question(item) for item in Item),
    Question(words="Räcker tiden till att äta lunch?"),
)
# Title, days from today to its first and last day, and how well lunch is liked of a hundred.
TIMES: Final = (
    ("Hur har du det i skolan? Höststart", -74, -63, 35),
    ("Hur har du det i skolan? Efter höstlovet", -22, -12, 70),
    ("Hur har du det i skolan? Inför vintern", -2, 12, 70),
)
LUNCH: Final = frozenset({Item.LUNCH, None})
WELL: Final = 74  # of a hundred, what is not lunch
SAYS: Final = 80  # of a hundred with a slip
FEW: Final = 3  # in the last class: too few to be shown


class Class(NamedTuple):
    group: int
    public: UUID
    pupils: int


def ask_pupils(
    staff: Mapping[str, Person], units: Mapping[str, int], today: date, *, now: datetime
) -> None:
    """Let each survey be made, opened, answered and closed on its days."""
    if ASKER not in staff:
        return
    school = next(each for each in organisation.schools() if each.pk == units[STRANDSKOLAN])
    for title, first, last, lunch in TIMES:
        opens, closes = today + timedelta(days=first), today + timedelta(days=last)
        by = history.as_who_works(staff[ASKER].account, opens)
        year = school_year_of(opens)
        classes = [
            Class(each.pk, each.public, pupils)
            for each in organisation.groups(of_unit=school.pk, school_year=year)
            if each.grade in GRADES and (pupils := len(roll(school.pk, by=by, group=each.pk)))
        ]
        if classes:
            wanted = Wanted(
                title=title, opens_on=opens, closes_on=closes, questions=QUESTIONS,
                groups=frozenset(each.group for each in classes),
            )  # fmt: skip
            _ask(school.public, wanted, classes, lunch, by, history.moment(opens, 9, now))


def _ask(
    school: UUID, wanted: Wanted, classes: list[Class], lunch: int, by: Scope, at: datetime
) -> None:
    on = by.day
    made = surveys.draft_survey(school, wanted, by=by, at=at, on=on)
    surveys.open_survey(made, by=by, at=at, on=on)
    for each in classes:
        codes = surveys.print_slips(
            made, group=each.public, wanted=each.pupils, by=by, at=at, on=on
        )
        chance = Random(f"survey {wanted.title} {each.pupils} {each is classes[-1]}")
        if each is classes[-1]:
            codes = codes[:FEW]
        for code in codes:
            if chance.randrange(100) < SAYS or each is classes[-1]:
                survey_answers.answer(code, [_said(q, lunch, chance) for q in QUESTIONS], on=on)


def _said(asked: Question, lunch: int, chance: Random) -> Answer:
    """What somebody answers: well or not, and now and then nothing."""
    if chance.randrange(100) < 6:
        return Answer.UNSAID
    well = lunch if asked.item in LUNCH else WELL
    good = chance.randrange(100) < well
    first, second = ANSWERS[:2] if good else ANSWERS[2:4]
    return first if chance.randrange(100) < (45 if good else 70) else second


def fresh_slip(asker: int, today: date, *, now: datetime) -> str | None:
    """Return a code that opens the survey of today, for who tries the demo; the class's others are void.

    `asker` is the account of who makes the survey. Without one that is open there is no code.
    """
    with wall.system("demo"):
        by = history.as_who_works(asker, today)
        for line in queries.lines(by=by, on=today):
            if line.standing is Standing.OPEN:
                whole = queries.get(line.public, unit=line.unit_public, by=by, on=today)
                (code,) = surveys.print_slips(
                    line.public, group=whole.classes[0].public, wanted=1, by=by, at=now, on=today
                )
                return code
    return None
