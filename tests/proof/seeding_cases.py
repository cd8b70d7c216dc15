"""Investigations whose every word is a canary, of the children that the principals follow."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from samnarvaro.cases.domain.investigation import Consulted, Judgement, Perspective, Support
from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.domain.steps import Fact, Referrer
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.models import Case, Investigation
from samnarvaro.cases.services import cases, investigating, judging, sides
from samnarvaro.cases.services.investigating import Talk

if TYPE_CHECKING:
    from tests.proof.seeding import Seeder

DAY = date(2026, 11, 18)


def investigate(seeder: "Seeder", ours: Sequence[str], theirs: Sequence[str]) -> None:
    """Judge each child's absence, and write a part of each kind."""
    from tests.proof.seeding import NOW

    Investigation.objects.filter(pupil=seeder.pupils["own"]).update(why=seeder.token("own", "K5"))
    for child in (*ours, *theirs):
        who = "there_principal" if child in theirs else "principal"
        common: dict[str, Any] = {"by": seeder.scope(who), "at": NOW}
        if child == "own":  # the house's own is judged already
            public = Investigation.objects.get(pupil=seeder.pupils["own"]).public
        else:
            public = judging.judge(
                seeder.pupils[child].public, judgement=Judgement.LONG, why=seeder.token(child, "K5"),
                on=DAY, **common,
            )  # fmt: skip
        words = [seeder.token(child, "K5") for _each in range(6)]
        talk = Talk(consulted=Consulted.PUPIL, held_on=DAY, was_held=True, text=words[0])
        investigating.consult(public, talk=talk, on=DAY, **common)
        investigating.see_it(
            public, kind=Perspective.SOCIAL, text=words[1], whose=words[2], **common
        )
        investigating.plan(public, what=words[3], responsible="Mira", **common)
        version = Investigation.objects.get(public=public).version
        investigating.analyse(public, text=words[4], version=version, on=DAY, **common)
        investigating.check_support(
            public, support=Support.NOT_MET, words=words[5], version=version + 1, on=DAY, **common
        )

    _team(seeder, ours, theirs)


def _team(seeder: "Seeder", ours: Sequence[str], theirs: Sequence[str]) -> None:
    """A case of each child, with a fact, a pause and a track beside it; and a question of nobody."""
    from tests.proof.seeding import NOW

    Case.objects.filter(pupil=seeder.pupils["own"]).update(need=seeder.token("own", "K5"))
    for child in (*ours, *theirs):
        who = "there_principal" if child in theirs else "principal"
        common: dict[str, Any] = {"by": seeder.scope(who), "at": NOW, "on": DAY}
        words = [seeder.token(child, "K5") for _each in range(3)]
        if child == "own":
            case = Case.objects.get(pupil=seeder.pupils["own"]).public
        else:
            case = cases.open_case(
                seeder.pupils[child].public, need=seeder.token(child, "K5"),
                referrer=Referrer.SCHOOL, **common,
            )  # fmt: skip
        told = Told(fact=Fact.TRIGGER, choice="complex", words=words[0])
        cases.tell(case, told, **common)
        sides.begin(case, kind=Kind.MEETING, words=words[1], **common)
        until = DAY + timedelta(days=30)
        cases.pause(case, words=words[2], until=until, **common)
    sides.ask(
        question="Ett barn kommer inte iväg.", ages=Ages.OLDER, pupil=None,
        by=seeder.scope("principal"), at=NOW, on=DAY,
    )  # fmt: skip
