"""What the house keeps for somebody on the way carries no child past a withdrawal.

A round keeps ids, a saved way to look its choices, a draft what its writer wrote; each is asked anew.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.models import Relation
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Duty
from samnarvaro.project import rounds
from samnarvaro.project.signin import drafts
from samnarvaro.worklist.models import SavedView
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, later, scope
from tests.rooms.consents.test_taken_back import CANARIES, canary_town
from tests.rooms.staircase.browsing import signed_in


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:  # noqa: ARG001  # tables
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return canary_town()


def take_back(town: Town, consent: object) -> None:
    agreements.withdraw(
        consent=consent,  # type: ignore[arg-type]  # a public id
        way=Way.PHONE, by=scope(town.mira), at=later(1),
    )  # fmt: skip


def leaks(client: Client, *urls: str) -> dict[str, list[str]]:
    found = {}
    for url in urls:
        text = client.get(url, follow=True).content.decode()
        if told := [canary for canary in CANARIES if canary in text]:
            found[url] = told
    return found


def test_a_round_of_a_school_is_no_round_under_another_hat(town: Town) -> None:
    """One person, two jobs: what was begun at school shows nothing in social services."""
    Duty.objects.create(
        staff=town.sonja, unit=town.strand, role=Role.PRINCIPAL, first_day=WEDNESDAY
    )
    consent = town.agree()
    client = signed_in(town.sonja)
    client.post("/uppdrag/", {"hat": "school:9999/principal"})
    begun = client.post("/genomgang/", {"title": "Två", "pupil": [str(town.saga.public)]})
    round_url = begun["Location"]
    assert leaks(client, round_url)  # a control: at school it shows the pupil

    client.post("/uppdrag/", {"hat": "social:9999/school_social_worker"})
    take_back(town, consent)

    (key,) = client.session[rounds._KEPT]
    assert leaks(client, round_url, f"/genomgang/{key}/", f"/genomgang/{key}/klar/") == {}
    assert client.post("/genomgang/", {"pupil": [str(town.saga.public)]}).status_code == 404


def test_what_a_session_keeps_is_ids_and_no_name(town: Town) -> None:
    client = signed_in(town.mira)
    client.post("/genomgang/", {"title": "Min lista", "pupil": [str(town.saga.public)]})

    kept = str(dict(client.session.items()))

    assert str(town.saga.public) in kept
    assert not [canary for canary in CANARIES if canary in kept]


def test_a_pupil_out_of_sight_is_passed_by_in_a_round_begun_before(town: Town) -> None:
    client = signed_in(town.mira)
    pupils = [str(town.saga.public), str(town.noor.public)]
    url = client.post("/genomgang/", {"title": "Båda", "pupil": pupils})["Location"]
    Duty.objects.filter(staff=town.mira).update(group=town.class_8a)

    (key,) = client.session[rounds._KEPT]
    assert leaks(client, url, f"/genomgang/{key}/", f"/genomgang/{key}/klar/") == {}


def test_a_saved_way_to_look_opens_nothing_for_a_receiver(town: Town) -> None:
    consent = town.agree()
    view = SavedView.objects.create(
        viewer=scope(town.sonja).viewer, role=Role.SCHOOL_SOCIAL_WORKER, name="Min",
        choices={"group": "Ankdammen"}, is_default=True,
    )  # fmt: skip
    client = signed_in(town.sonja)
    urls = ("/arbete/", f"/arbete/?view={view.public}", "/arbete/?group=Ankdammen", "/")
    for _when in ("before", "after"):
        assert leaks(client, *urls) == {}
        take_back(town, consent)


def test_a_draft_brings_back_what_its_writer_wrote_and_nothing_else(town: Town) -> None:
    consent = town.agree()
    client = signed_in(town.sonja)
    tie = Relation.objects.get(staff=town.sonja)
    client.get(f"/barn/{tie.public}/")
    session = client.session
    session[drafts.DRAFT] = {
        "account": town.sonja.account_id,
        "path": f"/barn/{tie.public}/kallas/",
        "fields": [["known_as", "Den som ringde i måndags"]],
        "had_files": False,
        "until": (NOON + timedelta(hours=1)).isoformat(),
    }
    session.save()
    take_back(town, consent)

    page = client.get("/utkast/").content.decode()
    assert "Den som ringde i måndags" in page
    assert leaks(client, "/utkast/") == {}
    sent = client.post("/utkast/", {"known_as": "Den som ringde i måndags", "draft": "send"})
    assert sent.status_code == 307
    after = client.post(sent["Location"], {"known_as": "Den som ringde i måndags"}, follow=True)
    assert not [canary for canary in CANARIES if canary in after.content.decode()]


def test_a_round_that_is_not_there_says_nothing(town: Town) -> None:
    assert signed_in(town.mira).get(f"/genomgang/{uuid4()}/").status_code == 404
