"""Investigations whose every word is a canary, of the children that the principals follow."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samnarvaro.cases.domain.investigation import (
    Consulted,
    Judgement,
    Outcome,
    Part,
    Perspective,
    Support,
)
from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.domain.steps import SHAPES, Referrer
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.models import Case, Concern, Investigation
from samnarvaro.cases.services import cases, concerns, drafting, investigating, judging, sides
from samnarvaro.cases.services.investigating import Round, Talk
from samnarvaro.people.models import Staff

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
        for consulted in Consulted:
            talk = Talk(consulted=consulted, held_on=DAY, was_held=True, text=words[0])
            investigating.consult(public, talk=talk, on=DAY, **common)
        investigating.see_it(
            public, kind=Perspective.SOCIAL, text=words[1], whose=words[2], **common
        )
        investigating.plan(public, what=words[3], responsible="Mira", **common)
        version = Investigation.objects.get(public=public).version
        # What was written over stays readable, and what is begun is its author's.
        investigating.analyse(
            public, text=seeder.token(child, "K5"), version=version, on=DAY, **common
        )
        version += 1
        investigating.analyse(public, text=words[4], version=version, on=DAY, **common)
        draft = seeder.token(child, "K5", author=who, is_draft=True)
        drafting.keep(public, Part.CONSULT, draft, **common)
        investigating.check_support(
            public, support=Support.NOT_MET, words=words[5], version=version + 1, on=DAY, **common
        )

    _team(seeder, ours, theirs)


def _decide(public: UUID, words: Sequence[str], **common: Any) -> None:
    """Decide, follow up with something new, and let the words of a closing stand there too."""
    later = DAY + timedelta(days=30)
    version = Investigation.objects.get(public=public).version
    investigating.decide(public, text=words[0], look_on=later, version=version, on=DAY, **common)
    told = Round(
        outcome=Outcome.WORSE, text=words[1], look_on=later, new_measure=words[2],
        responsible=words[3],
    )  # fmt: skip
    investigating.follow_up(public, told=told, version=version + 1, on=DAY, **common)
    Investigation.objects.filter(public=public).update(closed_words=words[4], closed_on=DAY)


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
        for fact in (fact for fact, shape in SHAPES.items() if shape.words):
            choice = next(iter(SHAPES[fact].choices), "")
            told = Told(fact=fact, choice=choice, words=seeder.token(child, "K5"), day=DAY)
            cases.tell(case, told, **common)
        for kind in (Kind.MEETING, Kind.COORDINATED_PLAN):
            side = sides.begin(case, kind=kind, words=seeder.token(child, "K5"), **common)
        sides.end(side, case=case, outcome=words[1], **common)
        _concern(seeder, child, **common)
        until = DAY + timedelta(days=30)
        cases.pause(case, words=words[2], until=until, **common)
    # A question about nobody: its words are no child's.
    sides.ask(
        question="Ett barn kommer inte iväg.", ages=Ages.OLDER, pupil=None,
        by=seeder.scope("principal"), at=NOW, on=DAY,
    )  # fmt: skip


def _concern(seeder: "Seeder", child: str, **common: Any) -> None:
    """A report of concern has no words: of it the name of who made it is told, and that is a canary.

    Who made it works nowhere any more, so the name stands nowhere else.
    """
    made = concerns.write_down(
        seeder.pupils[child].public, made_on=DAY, asked_for_feedback=True, **common
    )
    author = Staff.objects.create(given_name="Test", family_name=seeder.token(child, "K14"))
    Concern.objects.filter(public=made).update(author=author)
