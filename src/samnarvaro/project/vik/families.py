"""What families in Vik have let the agencies tell each other: given, waiting, denied, run out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from samnarvaro.consents.domain.agreement import Maturity, MustSayYes, Said, Way
from samnarvaro.consents.domain.relations import Kind, last_day_possible
from samnarvaro.consents.queries import handed_over, wording
from samnarvaro.consents.services import agreements, arrivals, handing_over, relations
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people.queries import parties
from samnarvaro.project.vik import cast
from samnarvaro.project.vik.history import as_who_works
from samnarvaro.project.vik.settle import Maker, Person

SOCIAL, HEALTH, MEDICAL = "social:9999", "health:99", "student_health:9999"


@dataclass(frozen=True, slots=True)
class Question:
    """One family asked: by whom, days ago, to which zone, about what, for how many days."""

    pupil: str
    asked_by: str
    ago: int
    to: str
    days: int
    purpose: str
    classes: Sequence[K] = (K.NAME, K.ATTENDANCE)
    answered: bool = True
    child: str = ""  # what the child said, in its own words
    handed_by: str = ""  # the head who hands it out, and to whom
    handed_to: str = ""


QUESTIONS: Final = (
    Question(
        cast.SAGA, "mira", 35, SOCIAL, 56, "Att mornarna hemma och i skolan hänger ihop",
        child="Det är okej. Sonja är snäll.", handed_by="hanna", handed_to="sonja",
    ),
    Question(
        cast.SAGA, "karin", 28, HEALTH, 182, "Att behandlingen och skoldagen går i samma takt",
        (K.NAME, K.ATTENDANCE, K.CAUSE), child="Ja, men inget om kompisar.",
        handed_by="olle", handed_to="bo",
    ),
    Question(cast.NOOR, "mira", 12, SOCIAL, 182, "Att hitta ett sätt att vara med på idrotten"),
    Question(cast.LEO, "karin", 90, SOCIAL, 60, "Att familjen får stöd på morgnarna",
             handed_by="hanna", handed_to="sonja"),
    Question(cast.ELLIOT, "karin", 4, HEALTH, 182, "Att hålla fast vid det som har hjälpt",
             answered=False),
    Question(cast.ALVA, "nils", 6, SOCIAL, 182, "Att måndagarna ska bli lättare"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Vik:
    maker: Maker
    staff: Mapping[str, Person]

    def scope(self, username: str, on: date) -> Scope:
        return as_who_works(self.staff[username].account, on)

    def at(self, day: date) -> datetime:
        return self.maker.at - timedelta(days=(self.maker.today - day).days)


def ask_families(maker: Maker, staff: Mapping[str, Person], pupils: Mapping[str, int]) -> None:
    """Ask each family on its day, write down what was said, and hand children out."""
    vik = _Vik(maker, staff)
    for question in QUESTIONS:
        if question.pupil in pupils and question.asked_by in staff:
            _ask(vik, question, pupils[question.pupil])
    _give_case(vik, pupils)
    _give_medical_case(vik, pupils)
    _hand_over(vik, pupils)
    agreements.expire(by=maker.by, at=maker.at)


def _ask(vik: _Vik, question: Question, pupil: int) -> None:
    day = vik.maker.today - timedelta(days=question.ago)
    by = vik.scope(question.asked_by, day)
    last = day + timedelta(days=question.days - 1)
    proposal = wording.propose(
        from_zone=by.zone, to_zone=question.to, classes=question.classes,
        purpose=question.purpose, first=day, last=last,
    )  # fmt: skip
    asked = agreements.ask(
        pupil=UUID(parties.public_of(pupil)),
        terms=agreements.Terms(
            to_zone=question.to, classes=question.classes, purpose=question.purpose,
            wording=proposal.text, text_version=proposal.version,
            must=MustSayYes.ALL_GUARDIANS, valid_from=day, valid_to=last,
        ),
        by=by, at=vik.at(day),
    )  # fmt: skip
    if question.answered:
        for told in _answers(question, pupil, day):
            agreements.answer(consent=asked.public, told=told, by=by, at=vik.at(day))
    if question.handed_to:
        arrivals.receive(
            consent=asked.public,
            staff=vik.staff[question.handed_to].staff,
            last_day=last_day_possible(day),
            by=vik.scope(question.handed_by, day),
            at=vik.at(day),
        )


def _answers(question: Question, pupil: int, on: date) -> Iterator[agreements.Told]:
    agrees = {f"{told.given_name} {told.family_name}": told.agrees for told in cast.GUARDIANS}
    for guardian in parties.guardians_of(pupil, on=on).values():
        said = Said.YES if agrees[guardian.name] else Said.NO
        yield agreements.Told(guardian=guardian.public, said=said, way=Way.PAPER)
    if question.child:
        yield agreements.Told(
            guardian=None, said=Said.YES, way=Way.PAPER,
            maturity=Maturity.CAN, maturity_words=question.child,
        )  # fmt: skip


def _give_case(vik: _Vik, pupils: Mapping[str, int]) -> None:
    """Let the principal give Karin a case about Saga, so that she may know why she is away."""
    day = vik.maker.today - timedelta(days=21)
    by = vik.scope("ragnar", day)
    relations.grant(
        pupil=pupils[cast.SAGA], staff=vik.staff["karin"].staff, kind=Kind.STUDENT_HEALTH_CASE,
        zone=by.zone, last_day=last_day_possible(day), by=by, at=vik.at(day),
    )  # fmt: skip


def _give_medical_case(vik: _Vik, pupils: Mapping[str, int]) -> None:
    """Let the school's medical branch, which has no head in Vik, have Saga as its matter too."""
    relations.grant(
        pupil=pupils[cast.SAGA], staff=vik.staff["eva"].staff, kind=Kind.MEDICAL_CASE,
        zone=MEDICAL, last_day=last_day_possible(vik.maker.today), by=vik.maker.by, at=vik.maker.at,
    )  # fmt: skip


def _hand_over(vik: _Vik, pupils: Mapping[str, int]) -> None:
    """Let Karin hand Saga's attendance over to child psychiatry, as the family has said."""
    day = vik.maker.today - timedelta(days=14)
    by = vik.scope("karin", day)
    offered = handed_over.offered(pupils[cast.SAGA], by=by)
    handing_over.give(
        pupil=UUID(parties.public_of(pupils[cast.SAGA])), to_zone=HEALTH,
        keys=[item.key for item in offered if item.data_class is K.ATTENDANCE][:1],
        by=by, at=vik.at(day),
    )  # fmt: skip
