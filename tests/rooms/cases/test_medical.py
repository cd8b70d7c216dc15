"""The medical perspective stays the medical branch's until it hands it over, and opens nothing."""

from uuid import UUID

import pytest

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.cases.domain.investigation import Fault
from samnarvaro.cases.models import PerspectiveText
from samnarvaro.cases.services import medical
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.consents.queries import own
from samnarvaro.consents.services import relations
from tests.rooms.cases.town import NOON, SECRET, CaseTown, client_of, scope, words

TEXT = "sover fyra timmar"


def hand_over(
    town: CaseTown, who: str = "eva", *, text: str = TEXT, ground: str = "25:13a"
) -> None:
    tie = town.ties["eva"].public
    medical.hand_over(tie, text=text, ground=ground, by=scope(getattr(town, who)), at=NOON)


def page(town: CaseTown) -> str:
    return f"/utredningar/medicinskt/{town.ties['eva'].public}/"


def test_it_is_handed_to_the_investigation_as_one_item_on_a_ground(town: CaseTown) -> None:
    public = town.judge()

    hand_over(town)

    (view,) = town.whole(public).views
    assert (view.text, view.whose, view.ground) == (TEXT, "Eva Rask", "25:13a")
    written = Writing.objects.get(act="investigation.medical_handed_over")
    assert (written.pupil, written.detail) == (str(town.saga.public), {"ground": "25:13a"})
    assert TEXT not in str(vars(written))


def test_without_words_or_ground_nothing_is_handed(town: CaseTown) -> None:
    town.judge()
    with pytest.raises(Refused) as refused:
        hand_over(town, text=" ", ground="10:27")
    assert refused.value.faults == [Fault.TEXT, Fault.NO_GROUND]
    assert not PerspectiveText.objects.exists()


@pytest.mark.parametrize("who", ["karin", "ragnar", "sonja"])
def test_nobody_else_writes_it(town: CaseTown, who: str) -> None:
    town.judge()
    with pytest.raises(own.NoSuchTie):
        hand_over(town, who)


def test_where_nothing_is_investigated_there_is_nothing_to_hand_it_to(town: CaseTown) -> None:
    with pytest.raises(own.NoSuchTie):
        hand_over(town)
    assert client_of(town.eva).get(page(town)).status_code == 404


def test_a_tie_that_has_ended_hands_over_nothing(town: CaseTown) -> None:
    town.judge()
    by = scope(town.eva)
    relations.end(relation=town.ties["eva"].public, by=by, at=NOON)
    with pytest.raises(own.NoSuchTie):
        hand_over(town)


def test_the_nurse_reads_her_own_words_and_nothing_of_the_schools(town: CaseTown) -> None:
    town.judge()
    client = client_of(town.eva)
    child = words(client.get(f"/barn/{town.ties['eva'].public}/"))
    assert "Skolan utreder frånvaron" in child
    assert SECRET not in child

    sent = {"text": TEXT, "ground": "consent"}
    answer = client.post(page(town), sent)

    assert answer.status_code == 302
    shown = words(client.get(page(town)))
    assert TEXT in shown
    assert SECRET not in shown
    assert Reading.objects.order_by("-pk")[0].classes == ["K0", "K7"]
    assert client.post(page(town), {"text": ""}).status_code == 422


def test_a_colleague_does_not_read_what_another_nurse_gave(town: CaseTown) -> None:
    town.judge()
    hand_over(town)
    from samnarvaro.consents.domain.relations import Kind
    from samnarvaro.kernel.access import Role
    from tests.rooms.cases.town import MEDICAL

    other = town.staff("dora", "Dora Lund", Role.DOCTOR, town.emi)
    tie: UUID = town.tie(other, town.saga, kind=Kind.MEDICAL_CASE, zone=MEDICAL).public
    assert medical.asked(tie, by=scope(other)).given == []


def test_a_form_sent_with_nothing_in_it_is_answered_with_what_is_missing(town: CaseTown) -> None:
    town.judge()
    answer = client_of(town.eva).post(page(town), {})
    assert answer.status_code == 422
    assert not PerspectiveText.objects.exists()
