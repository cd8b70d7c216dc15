"""A case from the need to its end and back: opened once, moved by the table, read by whom it is for."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.cases.domain.steps import Fact, Fault, Referrer, Step
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.models import Case, CaseFact, CaseMove
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries.cases import NoSuchCase
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.consents.domain.agreement import Said, Way
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.mapping.models import Mapping
from samnarvaro.people import queries as people
from samnarvaro.people.models import Enrolment
from tests.house import mapped
from tests.rooms.cases import way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, scope
from tests.rooms.cases.way import NEED

SHARED = (K.NAME, K.ATTENDANCE, K.MAPPING)


def common(town: CaseTown, who: str = "ragnar") -> dict[str, Any]:
    return {"by": scope(getattr(town, who)), "at": NOON, "on": WEDNESDAY}


def opened(town: CaseTown, who: str = "ragnar") -> UUID:
    return way.open_case(town.saga.public, **common(town, who))


def whole(town: CaseTown, case: UUID, who: str = "ragnar") -> queries.Whole:
    return queries.whole(case, by=scope(getattr(town, who)))


@pytest.mark.parametrize("who", ["mira", "karin", "ragnar"])
def test_a_case_is_opened_by_who_sees_the_need(town: CaseTown, who: str) -> None:
    case = opened(town, who)

    found = whole(town, case)
    assert (found.seen.step, found.need, found.seen.opened_on) == (Step.NOTICED, NEED, WEDNESDAY)
    written = Writing.objects.get(act="case.opened")
    assert NEED not in str(vars(written))


@pytest.mark.parametrize("who", ["tove", "agda", "pia", "vera", "petra", "sonja", "eva"])
def test_nobody_else_opens_one(town: CaseTown, who: str) -> None:
    with pytest.raises((people.NoSuchPupil, Refused)):
        opened(town, who)
    assert not Case.objects.exists()


def test_one_that_is_open_already_is_asked_about_first(town: CaseTown) -> None:
    opened(town, "mira")
    with pytest.raises(Refused) as refused:
        services.open_case(town.saga.public, need="", referrer=None, **common(town))
    assert refused.value.faults == [Fault.ALREADY_OPEN, Fault.NEED, Fault.REFERRER]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["mira", "pia", "tove", "agda", "vera", "petra", "sonja", "eva"])
def test_it_is_read_by_who_works_with_it_alone(town: CaseTown, who: str) -> None:
    case = opened(town)
    with pytest.raises(NoSuchCase):
        whole(town, case, who)
    assert whole(town, case, "karin").need == NEED


def test_the_mentor_knows_that_it_is_there_and_others_do_not(town: CaseTown) -> None:
    opened(town)
    knowing = {
        who
        for who in ("mira", "karin", "ragnar", "pia", "tove", "agda", "sonja", "eva", "petra")
        if queries.known_of(town.saga.pk, by=scope(getattr(town, who)))
    }
    assert knowing == {"mira", "karin", "ragnar"}


def test_social_services_see_it_from_the_familys_yes_on_and_no_longer(town: CaseTown) -> None:
    case = opened(town)
    town.tie(town.sonja, town.saga)
    with pytest.raises(NoSuchCase):
        whole(town, case, "sonja")
    consent = town.agree(classes=SHARED)
    assert whole(town, case, "sonja").need == NEED
    with pytest.raises(NoSuchCase):  # of the same zone, without a matter with her
        whole(town, case, "samir")

    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=NOON)

    with pytest.raises(NoSuchCase):
        whole(town, case, "sonja")


def test_a_yes_to_attendance_alone_does_not_show_the_case(town: CaseTown) -> None:
    case = opened(town)
    town.tie(town.sonja, town.saga)
    town.agree()
    with pytest.raises(NoSuchCase):
        whole(town, case, "sonja")


def test_another_agency_writes_nothing_into_it(town: CaseTown) -> None:
    case = opened(town)
    town.tie(town.sonja, town.saga)
    town.agree(classes=SHARED)
    with pytest.raises(Refused, match="not_yours"):
        way.tell(case, Fact.TRIGGER, **common(town, "sonja"))
    with pytest.raises(services.CannotMove, match="not_yours"):
        way.move(case, Step.INTAKE, **common(town, "sonja"))


def test_a_move_that_lacks_tells_all_and_changes_nothing(town: CaseTown) -> None:
    case = opened(town)
    with pytest.raises(services.CannotMove) as refused:
        way.move(case, Step.INTAKE, **common(town, "karin"))
    assert refused.value.wrong == [Fault.NOT_YOURS]
    assert refused.value.missing == [Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM]
    assert Case.objects.get().step == Step.NOTICED


@pytest.mark.parametrize(
    ("answers", "shares"),
    [((), None), ((Said.YES,), None), ((Said.YES, Said.NO), False), ((Said.YES, Said.YES), True)],
)
def test_the_answer_to_sharing_is_that_of_the_consents(
    town: CaseTown, answers: tuple[Said, ...], shares: bool | None
) -> None:
    case = opened(town)
    consent = town.ask(classes=SHARED)
    for guardian, said in zip((town.mother, town.father), answers, strict=False):
        town.say(consent, guardian, said)

    assert whole(town, case).shares is shares


def test_the_two_yes_are_each_asked_for_alone(town: CaseTown) -> None:
    case = opened(town)
    way.tell(case, Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM, **common(town))
    way.move(case, Step.INTAKE, **common(town))
    way.tell(case, Fact.DECISION, Fact.INVITATION, Fact.MAPPING, **common(town))
    with pytest.raises(services.CannotMove) as refused:
        way.move(case, Step.PLANNING, **common(town))
    assert refused.value.missing == [Fact.YES_SUPPORT, Fact.SHARING]

    consent = town.ask(classes=SHARED)
    town.say(consent, town.mother, Said.NO)
    no = Told(fact=Fact.YES_SUPPORT, choice="no", day=WEDNESDAY)
    services.tell(case, no, **common(town))
    with pytest.raises(services.CannotMove) as refused:
        way.move(case, Step.PLANNING, **common(town))
    assert (refused.value.wrong, refused.value.missing) == ([Fault.SAID_NO], [])

    way.tell(case, Fact.YES_SUPPORT, **common(town))
    way.move(case, Step.PLANNING, **common(town))  # with the school's own, nothing shared
    assert whole(town, case).shares is False


def test_the_whole_way_and_back(town: CaseTown) -> None:
    case = opened(town)
    town.agree(classes=SHARED)
    way.to_follow_up(case, **common(town))
    worse = Told(fact=Fact.EVALUATION, choice="worse", words="fler dagar borta")
    services.tell(case, worse, **common(town, "karin"))
    way.move(case, Step.PLANNING, **common(town, "karin"))
    way.move(case, Step.CARRYING_OUT, **common(town, "karin"))
    way.move(case, Step.FOLLOW_UP, **common(town, "karin"))
    with pytest.raises(services.CannotMove, match="evaluation"):  # the old one is of another round
        way.move(case, Step.MAINTENANCE, **common(town, "karin"))
    way.tell(case, Fact.EVALUATION, Fact.KEEPING, **common(town, "karin"))
    way.move(case, Step.MAINTENANCE, **common(town, "karin"))

    way.close(case, **common(town))

    found = whole(town, case)
    assert found.seen.step is Step.CLOSURE
    assert [each.number for each in found.moves] == list(range(1, len(found.moves) + 1))
    assert CaseFact.objects.filter(fact="evaluation").count() == 2
    with pytest.raises(Refused, match="is_closed"):
        way.tell(case, Fact.GOAL, **common(town))


def test_at_the_familys_wish_it_is_closed_from_any_step_and_opened_anew(town: CaseTown) -> None:
    case = opened(town)
    way.tell(case, Fact.WISH, **common(town, "karin"))
    way.close(case, **common(town))

    way.move(case, Step.INTAKE, **common(town))

    found = whole(town, case)
    assert (found.seen.step, found.seen.round) == (Step.INTAKE, 2)
    assert found.latest == {}  # what was told before does not count again
    assert Fact.WISH in {told.fact for told in found.facts}  # and still stands there


def test_a_closed_one_is_not_opened_beside_a_newer_one(town: CaseTown) -> None:
    case = opened(town)
    way.close(case, **common(town))
    opened(town)

    with pytest.raises(services.CannotMove) as refused:
        way.move(case, Step.INTAKE, **common(town))
    assert refused.value.wrong == [Fault.ALREADY_OPEN]


def test_two_who_move_it_at_once_do_not_move_it_twice(town: CaseTown) -> None:
    case = opened(town)
    way.tell(case, Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM, **common(town))
    seen = whole(town, case).seen.version
    services.move(case, Step.INTAKE, version=seen, **common(town, "diana"))

    with pytest.raises(services.CannotMove) as refused:
        services.move(case, Step.INTAKE, version=seen, **common(town))

    assert Fault.CHANGED in refused.value.wrong
    assert CaseMove.objects.filter(kind="moved").count() == 1


def test_a_case_rests_with_a_reason_and_is_taken_up_again(town: CaseTown) -> None:
    case = opened(town)
    by = common(town, "karin")
    with pytest.raises(Refused) as refused:
        services.pause(case, words="", until=WEDNESDAY, **by)
    assert refused.value.faults == [Fault.WORDS, Fault.DAY_NOT_AHEAD]
    until = WEDNESDAY + timedelta(days=20)
    services.pause(case, words="familjen är bortrest", until=until, **by)
    with pytest.raises(Refused, match="paused"):
        way.tell(case, Fact.TRIGGER, **by)
    services.resume(case, **by)
    with pytest.raises(Refused, match="not_paused"):
        services.resume(case, **by)
    way.tell(case, Fact.TRIGGER, **by)
    assert [each.kind for each in whole(town, case).moves] == ["opened", "paused", "resumed"]


def test_a_pupil_who_moves_takes_the_case_along_and_comes_back_with_it(town: CaseTown) -> None:
    case = opened(town)
    stays = Enrolment.objects.filter(pupil=town.saga)
    stays.update(last_day=WEDNESDAY - timedelta(days=1))
    with pytest.raises(NoSuchCase):
        whole(town, case)
    Enrolment.objects.create(
        pupil=town.saga, unit=town.ek, group=town.class_4a, grade="4", first_day=WEDNESDAY
    )
    assert whole(town, case, "petra").need == NEED
    with pytest.raises(Refused, match="already_open"):
        services.open_case(
            town.saga.public, need=NEED, referrer=Referrer.SCHOOL, **common(town, "petra")
        )
    Enrolment.objects.filter(unit=town.ek).delete()
    stays.update(last_day=None)
    assert whole(town, case).need == NEED


def test_the_board_shows_open_cases_by_step_and_no_protected_pupil(town: CaseTown) -> None:
    opened(town)
    way.open_case(town.noor.public, **common(town))
    town.protect(town.noor, town.ragnar)

    found = queries.board(by=scope(town.ragnar))

    assert [line.name for line in found[Step.NOTICED]] == ["Saga Lind"]
    assert [
        line for step, lines in found.items() if step is not Step.NOTICED for line in lines
    ] == []
    assert queries.board(by=scope(town.petra))[Step.NOTICED] == []


@pytest.mark.parametrize("is_final", [False, True])
def test_a_finished_mapping_of_the_pupil_is_one_and_a_draft_is_none(
    town: CaseTown, *, is_final: bool
) -> None:
    case = opened(town)
    mapped(town.saga, town.ragnar, WEDNESDAY)
    Mapping.objects.update(final_at=NOON if is_final else None)

    assert (Fact.MAPPING in whole(town, case).known.facts) is is_final
