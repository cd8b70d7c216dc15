"""Side tracks beside the steps, and the consultation from which nothing leads to a pupil."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.models import CaseSide, Stub
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries import stubs
from samnarvaro.cases.queries.cases import NoSuchCase
from samnarvaro.cases.services import sides
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.services.sides import Fault
from samnarvaro.people import queries as people
from tests.rooms.cases import way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words

QUESTION = "Ett barn kommer inte iväg på morgonen och båda föräldrarna jobbar natt."
ADVICE = "Bjud in till öppet familjestöd."
URL = "/arenden/konsultation/"


def common(town: CaseTown, who: str = "karin") -> dict[str, Any]:
    return {"by": scope(getattr(town, who)), "at": NOON, "on": WEDNESDAY}


def ask(town: CaseTown, who: str = "karin", question: str = QUESTION, **more: Any) -> UUID:
    facts: dict[str, Any] = {"ages": Ages.OLDER, "pupil": None}
    return sides.ask(question=question, **facts | more, **common(town, who))


def test_a_side_track_is_begun_in_any_step_and_ended_with_words(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    side = sides.begin(case, kind=Kind.COORDINATED_PLAN, words="med BUP", **common(town))
    with pytest.raises(Refused, match="words"):
        sides.end(side, case=case, outcome="", **common(town))

    sides.end(side, case=case, outcome="planen är skriven", **common(town))

    (shown,) = queries.whole(case, by=scope(town.ragnar)).sides
    assert (shown.kind, shown.ended_on) == (Kind.COORDINATED_PLAN, WEDNESDAY)
    with pytest.raises(Refused, match="ended_already"):
        sides.end(side, case=case, outcome="igen", **common(town))


def test_who_does_not_work_with_the_case_begins_none(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    for who in ("mira", "petra", "sonja", "pia"):
        with pytest.raises(NoSuchCase):
            sides.begin(case, kind=Kind.MEETING, words="möte", **common(town, who))
    with pytest.raises(Refused) as refused:
        sides.begin(case, kind=Kind.CONSULTATION, words="", **common(town))
    assert refused.value.faults == [Fault.KIND, Fault.WORDS]
    with pytest.raises(NoSuchCase):
        sides.end(uuid4(), case=case, outcome="slut", **common(town))
    assert not CaseSide.objects.exists()


def test_advice_is_asked_and_given_without_anybody_being_told_of_whom(town: CaseTown) -> None:
    stub = ask(town, "mira", pupil=town.saga.public)

    (asked,) = stubs.mine(by=scope(town.sonja))
    assert (asked.question, asked.asked_as, asked.may_advise) == (QUESTION, "mentor", True)
    sides.advise(stub, advice=ADVICE, **common(town, "sonja"))

    (shown,) = stubs.mine(by=scope(town.mira))
    assert shown.advice == ADVICE
    row = Stub.objects.get()
    assert str(town.saga.public) not in str(vars(row))
    assert {each.pupil for each in Writing.objects.filter(act__startswith="stub.")} == {""}


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (f"{QUESTION} Det är Saga.", Fault.TELLS_NAME),
        (f"{QUESTION} Lenas son.", Fault.TELLS_NAME),
        (f"{QUESTION} I 8B.", Fault.TELLS_NAME),
        (f"{QUESTION} 070-174 06 05", Fault.TELLS_NUMBER),
        (f"{QUESTION} a@example.org", Fault.TELLS_ADDRESS),
        ("", Fault.WORDS),
    ],
)
def test_a_text_that_tells_who_it_is_is_stopped(
    town: CaseTown, question: str, fault: Fault
) -> None:
    with pytest.raises(Refused) as refused:
        ask(town, question=question, pupil=town.saga.public)
    assert refused.value.faults == [fault]
    assert not Stub.objects.exists()


def test_only_who_asked_and_the_zone_that_was_asked_see_it(town: CaseTown) -> None:
    ask(town)
    seeing = {
        who
        for who in ("karin", "mira", "ragnar", "sonja", "samir", "bo", "eva", "petra")
        if stubs.mine(by=scope(getattr(town, who)))
    }
    assert seeing == {"karin", "sonja", "samir"}


def test_nobody_else_asks_or_advises(town: CaseTown) -> None:
    for who in ("tove", "agda", "sonja", "bo"):
        with pytest.raises(Refused, match="not_yours"):
            ask(town, who)
    with pytest.raises(people.NoSuchPupil):
        ask(town, "petra", pupil=town.saga.public)
    stub = ask(town)
    for who in ("karin", "bo"):
        with pytest.raises(stubs.NoSuchStub):
            sides.advise(stub, advice=ADVICE, **common(town, who))
    sides.advise(stub, advice=ADVICE, **common(town, "samir"))
    with pytest.raises(Refused, match="ended_already"):
        sides.advise(stub, advice="annat", **common(town, "sonja"))


def test_it_is_asked_and_answered_on_the_page(town: CaseTown) -> None:
    karin, sonja = client_of(town.karin), client_of(town.sonja)
    asked = {"ages": "older", "question": f"{QUESTION} Saga", "elev": str(town.saga.public)}
    assert "Saga Lind" in words(karin.get(f"{URL}?elev={town.saga.public}"))
    refused = karin.post(URL, asked)
    assert refused.status_code == 422
    assert "Ta bort det." in words(refused)
    karin.post(URL, asked | {"question": QUESTION})

    page = words(sonja.get(URL))
    assert QUESTION in page
    assert "Karin" not in page
    stub = str(Stub.objects.get().public)
    assert sonja.post(URL, {"stub": stub, "advice": ""}).status_code == 422
    sonja.post(URL, {"stub": stub, "advice": ADVICE})
    assert ADVICE in words(karin.get(URL))
    assert karin.post(URL, {"stub": "x", "advice": ADVICE}).status_code == 404
    assert client_of(town.petra).get(f"{URL}?elev={town.saga.public}").status_code == 404
