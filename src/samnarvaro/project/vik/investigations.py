"""What principals in Vik have judged of pupils' absence, and how far the investigations have come.

Leo's is decided and followed up, Saga's goes on, Noor's was not needed, and Alva's has been left lying
longer than it should.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from samnarvaro.cases.domain.investigation import (
    Consulted,
    Judgement,
    Outcome,
    Part,
    Perspective,
    Support,
)
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.services import appointing, drafting, investigating, judging
from samnarvaro.cases.services.investigating import Round, Talk
from samnarvaro.kernel.access import Scope
from samnarvaro.people.queries import at_work, parties
from samnarvaro.project.vik import cast
from samnarvaro.project.vik.history import as_who_works
from samnarvaro.project.vik.settle import Maker, Person


@dataclass(frozen=True, slots=True)
class Judged:
    """Whose absence was judged by whom, so many days ago, and why."""

    pupil: str
    by: str
    ago: int
    judgement: Judgement
    why: str


JUDGED: Final = (
    Judged(cast.LEO, "ragnar", 56, Judgement.BOTH,
           "Leo har varit borta mer än han har varit här sedan terminen började, mest med anmälan hemifrån."),
    Judged(cast.SAGA, "ragnar", 20, Judgement.REPEATED,
           "Saga missar fler och fler morgnar. Hon kommer, men senare för varje vecka."),
    Judged(cast.NOOR, "ragnar", 16, Judgement.NOT_NEEDED,
           "Frånvaron gäller ett ämne, orsaken är känd och en anpassning prövas sedan två veckor."),
    Judged(cast.ALVA, "ulla", 75, Judgement.REPEATED, "Varannan måndag borta under hela hösten."),
)  # fmt: skip
TALKS: Final = {
    cast.LEO: (
        (Consulted.STUDENT_HEALTH, 52, "Teamet gick igenom höstens dagar. Leo orkar förmiddagar när någon möter honom."),
        (Consulted.PUPIL, 50, "Leo säger att det är lättast när han vet vem som står vid dörren."),
        (Consulted.GUARDIAN, 50, "Annika och Peter beskriver att kvällarna har blivit långa. De vill ha hjälp med en rutin."),
    ),
    cast.SAGA: (
        (Consulted.PUPIL, 12, "Saga berättar att matsalen är värst. Hon vill att Mira vet, men inte hela klassen."),
        (Consulted.GUARDIAN, 9, "Lena och Johan ser att magen gör ont på söndagar. De kommer gärna på möte tillsammans."),
    ),
}  # fmt: skip
BEGUN: Final = "Matsalen och söndagskvällarna återkommer i det Saga, Lena och Johan säger. Det som drar till skolan är"
VIEWS: Final = (
    (Perspective.PEDAGOGICAL, "sten", "Sten Alm, specialpedagog",
     "Leo har luckor i matematik sedan årskurs 7. Han hänger med när han får börja med ett färdigt exempel."),
    (Perspective.SOCIAL, "karin", "Karin Sjö, kurator",
     "Två vänner flyttade i våras. Leo har en vuxen han litar på: Karin. På rasterna är han ensam."),
)  # fmt: skip


class _Vik:
    """As whom and when, on a day so many days ago."""

    def __init__(self, maker: Maker, staff: Mapping[str, Person]) -> None:
        self.maker, self.staff = maker, staff

    def by(self, username: str, ago: int) -> tuple[Scope, datetime, date]:
        day = self.maker.today - timedelta(days=ago)
        scope = as_who_works(self.staff[username].account, day)
        return scope, self.maker.at - timedelta(days=ago), day


def investigate(maker: Maker, staff: Mapping[str, Person], pupils: Mapping[str, int]) -> None:
    """Judge and investigate as the stories say."""
    vik, opened = _Vik(maker, staff), dict[str, UUID]()
    for each in JUDGED:
        if each.pupil in pupils and each.by in staff:
            by, at, on = vik.by(each.by, each.ago)
            opened[each.pupil] = judging.judge(
                UUID(parties.public_of(pupils[each.pupil])), judgement=each.judgement, why=each.why,
                by=by, at=at, on=on,
            )  # fmt: skip
    for pupil, public in opened.items():
        if pupil in TALKS:
            _consult(vik, pupil, public)
    if cast.LEO in opened:
        _finish(vik, opened[cast.LEO], pupils[cast.LEO])


def _consult(vik: _Vik, pupil: str, public: UUID) -> None:
    """The principal appoints Karin, who consults."""
    by, at, on = vik.by("ragnar", TALKS[pupil][0][1] + 1)
    appointing.appoint(public, person=_karin(vik, on), by=by, at=at, on=on)
    for consulted, ago, text in TALKS[pupil]:
        by, at, on = vik.by("karin", ago)
        talk = Talk(consulted=consulted, held_on=on, was_held=True, text=text)
        investigating.consult(public, talk=talk, by=by, at=at, on=on)
    if pupil == cast.SAGA:
        by, at, _on = vik.by("karin", 2)
        drafting.keep(public, Part.ANALYSE, BEGUN, by=by, at=at)


def _karin(vik: _Vik, on: date) -> UUID | None:
    there = at_work.in_zone("school:9999", on=on)
    return next((each.public for each in there if each.pk == vik.staff["karin"].staff), None)


def _finish(vik: _Vik, public: UUID, pupil: int) -> None:
    """Leo's investigation is analysed, decided on and followed up once."""
    by, at, on = vik.by("ragnar", 46)
    for kind, _who, whose, text in VIEWS:
        investigating.see_it(public, kind=kind, text=text, whose=whose, by=by, at=at)
    investigating.analyse(
        public,
        text="Frånvaron hänger ihop med morgnarna, matematiken och att vännerna har flyttat. Det som drar"
        " till skolan är Karin, tekniken och att någon väntar vid dörren. Pröva kortare dagar med fast möte.",
        version=_version(public, pupil, by), by=by, at=at, on=on,
    )  # fmt: skip
    investigating.check_support(
        public, support=Support.TOGETHER, words="Det finns skäl att tro att målen i matematik inte nås.",
        version=_version(public, pupil, by), by=by, at=at, on=on,
    )  # fmt: skip
    for what, who in (
        ("Möts vid dörren varje morgon", "Karin Sjö"),
        ("Matematik i liten grupp med färdiga exempel", "Sten Alm"),
    ):
        investigating.plan(public, what=what, responsible=who, by=by, at=at)
    investigating.decide(
        public, text="Vi prövar det i sex veckor och ser varje fredag hur veckan har gått.",
        look_on=on + timedelta(days=35), version=_version(public, pupil, by), by=by, at=at, on=on,
    )  # fmt: skip
    by, at, on = vik.by("ragnar", 11)
    told = Round(
        outcome=Outcome.AS_BEFORE,
        text="Förmiddagarna fungerar bättre, eftermiddagarna är som förut. Leo säger att han blir trött av ljudet.",
        new_measure="Eftermiddagarna i det lilla rummet", responsible="Sten Alm",
        look_on=on + timedelta(days=28),
    )  # fmt: skip
    investigating.follow_up(
        public, told=told, version=_version(public, pupil, by), by=by, at=at, on=on
    )


def _version(public: UUID, pupil: int, by: Scope) -> int:
    return queries.whole(public, pupil=pupil, by=by).seen.version
