"""The cases of Vik's school social team: Saga's on its way to a plan, Elliot's closed and opened again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.domain.steps import Fact, Referrer, Step
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.services import sides, watching
from samnarvaro.consents import services as consents
from samnarvaro.consents.queries import own
from samnarvaro.notes import services as notes
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.project.vik import cast
from samnarvaro.project.vik.history import as_who_works
from samnarvaro.project.vik.settle import Maker, Person

Line = tuple[int, Fact, str, str, int]  # days ago, what, a choice, words, days until its day
SAGA: Final[tuple[Line, ...]] = (
    (18, Fact.TRIGGER, "several_parties", "Morgnarna hemma och skoldagen hänger ihop. Sonja, BUP och skolan behövs.", 0),
    (18, Fact.PROFESSIONS, "", "Kurator, skolsocionom och BUP:s behandlare.", 0),
    (18, Fact.FORM, "meeting", "", 0),
    (13, Fact.DECISION, "", "Teamet stöttar på morgnarna. Vi har talat igenom det med Sonja.", 0),
    (13, Fact.INVITATION, "", "Karin ringde Lena och Johan. Saga fick en egen inbjudan.", 3),
    (9, Fact.YES_SUPPORT, "guardians", "", 0),
)  # fmt: skip
ELLIOT: Final[tuple[Line, ...]] = (
    (158, Fact.REASON, "completed", "Elliot är tillbaka alla dagar sedan sex veckor.", 0),
    (158, Fact.AFTERWARDS, "", "Karin pratar med Elliot en gång i månaden.", 0),
    (158, Fact.STATUS, "2", "", 0),
)
QUESTION: Final = (
    "Ett barn i högstadiet vänder om på vägen till skolan. Hemma finns två syskon som också stannar hemma ibland."
    " Vad kan vi erbjuda familjen utan att de behöver ansöka om något?"
)
NOTE: Final = (
    "Saga och jag gick en runda i stället för att sitta. Vi ses igen på torsdag efter lunch."
)
ADVICE: Final = "Öppet familjestöd tar emot utan ansökan på tisdagar. Fråga om familjen vill att ni följer med första gången."


class _Vik:
    def __init__(self, maker: Maker, staff: Mapping[str, Person]) -> None:
        self.maker, self.staff = maker, staff

    def on(self, username: str, ago: int) -> dict[str, Any]:
        """As whom, when and on which day, so many days ago."""
        day = self.maker.today - timedelta(days=ago)
        by = as_who_works(self.staff[username].account, day)
        return {"by": by, "at": self.maker.at - timedelta(days=ago), "on": day}

    def tell(self, case: UUID, lines: tuple[Line, ...]) -> None:
        for ago, fact, choice, words, until in lines:
            day = self.maker.today - timedelta(days=ago - until)
            told = Told(fact=fact, choice=choice, words=words, day=day)
            services.tell(case, told, **self.on("ragnar", ago))

    def move(self, case: UUID, to: Step, ago: int) -> None:
        common = self.on("ragnar", ago)
        version = queries.whole(case, by=common["by"]).seen.version
        services.move(case, to, version=version, **common)


def open_cases(maker: Maker, staff: Mapping[str, Person], pupils: Mapping[str, int]) -> None:
    """Open, tell and move as the stories say; and one question that names nobody."""
    vik = _Vik(maker, staff)
    if {"ragnar", "mira", "karin"} <= set(staff) and cast.SAGA in pupils:
        _saga(vik, UUID(parties.public_of(pupils[cast.SAGA])))
    if "ragnar" in staff and cast.ELLIOT in pupils:
        _elliot(vik, UUID(parties.public_of(pupils[cast.ELLIOT])))
    stub = sides.ask(question=QUESTION, ages=Ages.OLDER, pupil=None, **vik.on("karin", 15))
    sides.advise(stub, advice=ADVICE, **vik.on("sonja", 12))
    night = consents.system_scope(purpose="nightly", on=maker.today)
    watching.raise_rows(on=maker.today, by=night, at=maker.at)


def _saga(vik: _Vik, pupil: UUID) -> None:
    """In step 2; what is missing is the mapping."""
    case = services.open_case(
        pupil, need="Någon som möter Saga på morgonen, och en lugn plats att äta.",
        referrer=Referrer.SCHOOL, **vik.on("mira", 19),
    )  # fmt: skip
    vik.tell(case, SAGA[:3])
    vik.move(case, Step.INTAKE, 16)
    vik.tell(case, SAGA[3:])
    _note(vik, pupil)
    sides.begin(
        case, kind=Kind.MEETING, words="Familjen, Mira, Karin och Sonja.", **vik.on("ragnar", 10)
    )


def _note(vik: _Vik, pupil: UUID) -> None:
    """Karin's own note: on the time line it is there, and she alone reads it."""
    common = vik.on("karin", 11)
    found = people.get(pupil, by=common["by"])
    tie = own.case_with(found.pk, by=common["by"])
    if tie is not None:
        notes.write(tie=tie.public, text=NOTE, by=common["by"], at=common["at"])


def _elliot(vik: _Vik, pupil: UUID) -> None:
    """Closed in the spring, opened again when the mornings became heavy."""
    case = services.open_case(
        pupil, need="En vuxen att ringa när det tar emot.", referrer=Referrer.GUARDIAN,
        **vik.on("ragnar", 160),
    )  # fmt: skip
    vik.tell(case, ELLIOT)
    vik.move(case, Step.CLOSURE, 158)
    vik.move(case, Step.INTAKE, 5)
