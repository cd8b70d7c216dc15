"""From the principal's judgement to the closed investigation: what is written, refused, logged, kept."""

from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.cases.domain.investigation import (
    Consulted,
    Fault,
    Judgement,
    Outcome,
    Perspective,
    State,
)
from samnarvaro.cases.models import (
    Consultation,
    Investigation,
    Measure,
    PerspectiveText,
    RegisterEntry,
)
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.queries.investigations import NoSuchInvestigation
from samnarvaro.cases.services import appointing, investigating, judging
from samnarvaro.cases.services.investigating import Round, Talk
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.consents.models import Relation
from samnarvaro.people import queries as people
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.cases.town import NOON, SECRET, WEDNESDAY, CaseTown, scope

LATER = WEDNESDAY + timedelta(days=42)
BETTER = Round(outcome=Outcome.BETTER, text="kommer oftare", look_on=LATER)


def test_a_judgement_opens_it_and_reports_it_at_once(town: CaseTown) -> None:
    public = town.judge()

    whole = town.whole(public)
    assert (whole.seen.state, whole.why, whole.judged_by) == (State.OPEN, SECRET, "Ragnar Holm")
    assert whole.reported_at == NOON
    assert {row.act for row in Writing.objects.filter(act__contains="reported")} == {
        "register.reported"
    }
    assert SECRET not in str([vars(row) for row in Writing.objects.all()])


def test_where_none_is_needed_the_reason_stands_and_nothing_is_reported(town: CaseTown) -> None:
    public = town.judge(judgement=Judgement.NOT_NEEDED, why="bruten fot, gipset tas bort fredag")

    assert town.whole(public).seen.state is State.NOT_NEEDED
    assert not RegisterEntry.objects.exists()
    town.judge()  # another judgement may follow


def test_upper_secondary_school_has_no_register(town: CaseTown) -> None:
    Enrolment.objects.filter(pupil=town.saga).update(school_type="GY")

    assert town.whole(town.judge()).reported_at is None


@pytest.mark.parametrize("who", ["mira", "karin", "agda", "tove", "vera"])
def test_nobody_but_the_principal_judges(town: CaseTown, who: str) -> None:
    with pytest.raises(Refused, match="not_yours"):
        town.judge(who=who)
    assert not Investigation.objects.exists()


def test_a_strangers_pupil_does_not_exist(town: CaseTown) -> None:
    with pytest.raises(people.NoSuchPupil):
        town.judge(who="petra")
    with pytest.raises(people.NoSuchPupil):
        town.judge(who="sonja")


def test_a_second_one_is_not_opened_beside_the_first(town: CaseTown) -> None:
    town.judge()
    with pytest.raises(Refused) as refused:
        town.judge(judgement=None, why="")
    assert refused.value.faults == [Fault.ALREADY_OPEN, Fault.JUDGEMENT, Fault.WHY]
    assert Investigation.objects.count() == 1


@pytest.mark.parametrize("who", ["karin", "ragnar", "diana"])
def test_those_who_investigate_read_it(town: CaseTown, who: str) -> None:
    public = town.judge()
    assert town.whole(public, who).why == SECRET


@pytest.mark.parametrize("who", ["mira", "pia", "tove", "agda", "sonja", "eva", "vera", "petra"])
def test_nobody_else_does(town: CaseTown, who: str) -> None:
    """A psychologist without a case sees nothing; nor does the nurse, the mentor, the authority."""
    public = town.judge()
    with pytest.raises(NoSuchInvestigation):
        town.whole(public, who)


def test_no_consent_opens_it_to_another_agency(town: CaseTown) -> None:
    from samnarvaro.kernel.privacy import DataClass as K

    town.tie(town.sonja, town.saga)
    town.agree(classes=(K.NAME, K.ATTENDANCE, K.MAPPING, K.PLAN))
    with pytest.raises(NoSuchInvestigation):
        town.whole(town.judge(), "sonja")


def test_the_one_appointed_gets_a_case_and_reads(town: CaseTown) -> None:
    public = town.judge()

    appointing.appoint(public, person=town.pia.public, by=scope(town.ragnar), at=NOON, on=WEDNESDAY)

    assert town.whole(public, "pia").seen.investigator == "Pia Psykolog"
    relation = Relation.objects.get(staff=town.pia)
    assert relation.last_day.isoformat() == "2027-06-30"


def test_one_who_has_a_case_already_is_appointed_all_the_same(town: CaseTown) -> None:
    public = town.judge()
    appointing.appoint(
        public, person=town.karin.public, by=scope(town.ragnar), at=NOON, on=WEDNESDAY
    )
    assert town.whole(public).seen.investigator == "Karin Sjö"


@pytest.mark.parametrize("chosen", ["mira", "sonja", "eva"])
def test_who_cannot_read_it_is_not_appointed(town: CaseTown, chosen: str) -> None:
    public = town.judge()
    with pytest.raises(Refused, match="who"):
        appointing.appoint(
            public, person=getattr(town, chosen).public, by=scope(town.ragnar), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip
    assert town.whole(public).seen.investigator == ""


def test_it_is_decided_when_all_is_there_and_the_register_knows(town: CaseTown) -> None:
    public = town.judge()
    with pytest.raises(Refused) as refused:
        town.decide(public)
    assert len(refused.value.faults) == 6
    town.fill(public)

    town.decide(public)

    whole = town.whole(public)
    assert (whole.seen.state, whole.decided_by) == (State.DECIDED, "Ragnar Holm")
    entry = RegisterEntry.objects.get()
    assert (entry.state, entry.look_on) == ("decided", LATER)


def test_a_consultation_that_could_not_be_held_counts_with_its_reason(town: CaseTown) -> None:
    public = town.judge()
    talk = Talk(consulted=Consulted.PUPIL, held_on=WEDNESDAY, was_held=False, text="ville inte")
    investigating.consult(public, talk=talk, by=scope(town.karin), at=NOON, on=WEDNESDAY)

    assert Consulted.PUPIL in town.whole(public).written.consulted


def test_a_refused_part_tells_all_and_writes_nothing(town: CaseTown) -> None:
    public = town.judge()
    by = scope(town.karin)
    ahead = WEDNESDAY + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        investigating.consult(
            public, talk=Talk(consulted=None, held_on=ahead, was_held=True, text=""), by=by,
            at=NOON, on=WEDNESDAY,
        )  # fmt: skip
    assert refused.value.faults == [Fault.KIND, Fault.DAY_AHEAD, Fault.TEXT]
    with pytest.raises(Refused, match="medical_elsewhere"):
        investigating.see_it(
            public, kind=Perspective.MEDICAL, text="enligt mig", whose="Karin", by=by, at=NOON
        )
    with pytest.raises(Refused, match="who"):
        investigating.plan(public, what="pröva", responsible="", by=by, at=NOON)
    for kind in (Consultation, PerspectiveText, Measure):
        assert not kind.objects.exists()


def test_the_latest_of_a_perspective_holds(town: CaseTown) -> None:
    public = town.judge()
    for text in ("först", "sedan"):
        investigating.see_it(
            public, kind=Perspective.SOCIAL, text=text, whose="Karin Sjö, kurator",
            by=scope(town.karin), at=NOON,
        )  # fmt: skip
    (view,) = town.whole(public).views
    assert view.text == "sedan"
    assert PerspectiveText.objects.count() == 2


def test_who_writes_while_somebody_else_did_is_told_so(town: CaseTown) -> None:
    public = town.judge()
    seen = town.version(public)
    town.analyse(public, "den första")

    with pytest.raises(Refused) as refused:
        investigating.analyse(
            public, text="den andra", version=seen, by=scope(town.karin), at=NOON, on=WEDNESDAY
        )

    assert refused.value.faults == [Fault.CHANGED]
    assert town.whole(public).analysis == "den första"


def test_measures_that_were_not_enough_lead_to_new_ones_until_it_is_better(town: CaseTown) -> None:
    public = town.judge()
    town.fill(public)
    town.decide(public)
    worse: dict[str, Any] = {"outcome": Outcome.WORSE, "text": "fler dagar borta", "look_on": LATER}
    with pytest.raises(Refused, match="no_new_measure"):
        town.follow_up(public, Round(**worse))
    town.follow_up(public, Round(**worse, new_measure="halva dagar", responsible="Sten"))
    close: dict[str, Any] = {"text": "det håller", "by": scope(town.ragnar), "at": NOON}
    with pytest.raises(Refused, match="outcome"):
        investigating.close(public, version=town.version(public), on=WEDNESDAY, **close)

    town.follow_up(public, BETTER)
    investigating.close(public, version=town.version(public), on=WEDNESDAY, **close)

    whole = town.whole(public)
    assert [each.number for each in whole.rounds] == [1, 2]
    assert [(each.number, each.what) for each in whole.todos] == [
        (1, "möts vid grinden"), (2, "halva dagar"),
    ]  # fmt: skip
    assert whole.seen.state is State.CLOSED
    assert RegisterEntry.objects.get().state == "closed"
    with pytest.raises(Refused, match="not_now"):
        town.follow_up(public, BETTER)


def test_another_home_municipality_is_to_be_told(town: CaseTown) -> None:
    Pupil.objects.filter(pk=town.saga.pk).update(home_municipality="0180")
    public = town.judge()
    assert town.whole(public).must_tell_home

    appointing.tell_home(public, told_on=WEDNESDAY, by=scope(town.ragnar), at=NOON, on=WEDNESDAY)

    assert town.whole(public).home_told_on == WEDNESDAY


def test_the_own_municipality_is_not(town: CaseTown) -> None:
    Pupil.objects.filter(pk=town.saga.pk).update(home_municipality="9999")
    public = town.judge()
    with pytest.raises(Refused, match="not_anothers"):
        appointing.tell_home(
            public, told_on=WEDNESDAY, by=scope(town.ragnar), at=NOON, on=WEDNESDAY
        )


def test_a_protected_pupils_exists_for_a_handler_who_leads_the_school(town: CaseTown) -> None:
    town.protect(town.saga, town.ragnar)

    assert town.whole(town.judge()).seen.state is State.OPEN
    assert queries.of_pupil(town.saga.pk, by=scope(town.diana)) == []
    with pytest.raises(people.NoSuchPupil):
        judging.judge(
            town.saga.public, judgement=Judgement.LONG, why="lång", by=scope(town.diana), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip


def test_a_pupil_who_has_left_is_not_the_principals_any_more(town: CaseTown) -> None:
    public = town.judge()
    Enrolment.objects.filter(pupil=town.saga).update(last_day=WEDNESDAY - timedelta(days=1))

    with pytest.raises(NoSuchInvestigation):
        town.whole(public)


def test_a_pupil_who_moves_within_the_authority_takes_it_along(town: CaseTown) -> None:
    public = town.judge()
    Enrolment.objects.filter(pupil=town.saga).update(last_day=WEDNESDAY - timedelta(days=1))
    Enrolment.objects.create(
        pupil=town.saga, unit=town.ek, group=town.class_4a, grade="4", first_day=WEDNESDAY
    )

    assert town.whole(public, "petra").why == SECRET
    with pytest.raises(NoSuchInvestigation):
        town.whole(public)
