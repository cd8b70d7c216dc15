"""On paper: the card, what will be handed over and what was. The same as on the page, and no more."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading
from samnarvaro.base import clock, wall
from samnarvaro.base.pdf import Sheet, answers
from samnarvaro.base.pdf.printing import NotPrinted, printed
from samnarvaro.consents.domain.agreement import Said, Way
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import Consent, ConsentAnswer, HandOver
from samnarvaro.consents.queries import handed_over as queries
from samnarvaro.consents.services import agreements
from samnarvaro.consents.services import handing_over as services
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.notes import services as notes
from tests import papers
from tests.rooms.base.test_pdf import FORMULAS, MARKUP, SCRIPT
from tests.rooms.consents.agreed import NOON, SCHOOL, SOCIAL, WEDNESDAY, Town, later, scope
from tests.rooms.staircase.browsing import signed_in

SECRET = "\n".join(["CNR-oro-för-provet", *MARKUP, *SCRIPT, *FORMULAS])
WITH_NOTE = (K.NAME, K.ATTENDANCE, K.COUNSELLOR_NOTE)


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    families.ties = {
        "karin": families.tie(
            families.karin, families.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL
        ),
        "sonja": families.tie(families.sonja, families.saga),
    }
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=families.saga, scheduled=600, excused=60, unexcused=0, unreported=0,
        late=1, days=2, run=0, unit=families.strand,
    )  # fmt: skip
    notes.write(tie=families.ties["karin"].public, text=SECRET, by=scope(families.karin), at=NOON)
    return families


def key(town: Town, of: K) -> str:
    found = queries.offered(town.saga.pk, by=scope(town.karin))
    return next(item.key for item in found if item.data_class is of)


def hand_over(town: Town, *of: K) -> list[HandOver]:
    return services.give(
        pupil=town.saga.public, to_zone=SOCIAL, keys=[key(town, each) for each in of],
        by=scope(town.karin), at=NOON,
    )  # fmt: skip


def received_url(town: Town) -> str:
    return f"/barn/{town.ties['sonja'].public}/mottaget/"


def given_url(town: Town) -> str:
    return f"/elev/{town.saga.public}/lamna-over/"


def card_url(consent: UUID) -> str:
    return f"/samtycke/{consent}/kort/?form=pdf"


def words(answer: Any) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "Saga" not in str(answer.headers)
    return papers.words(answer.content)


def logged() -> tuple[str, list[str], str]:
    row = Reading.objects.order_by("-pk")[0]
    return row.action, row.classes, row.what


def preview(town: Town, *of: K, client: Client | None = None) -> Any:
    told = {"to_zone": SOCIAL, "items": [key(town, each) for each in of], "pdf": "1"}
    return (client or signed_in(town.karin)).post(given_url(town), told)


def while_printing(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen when the sheet has been put together and before it is ready."""

    def slow(sheet: Sheet) -> bytes:
        with wall.system("meanwhile"):  # somebody else's doing, not the reader's
            happens()
        return printed(sheet)

    monkeypatch.setattr(answers, "printed", slow)


def test_the_card_says_on_paper_what_was_agreed(town: Town) -> None:
    consent = town.agree()

    text = words(signed_in(town.mira).get(card_url(consent)))

    for said in (
        "Saga Lind Samtycke", "Så står det : Samtycke finns", "Till vad : Stöd hemma",
        "Frågan som ni fick Skolan får berätta om närvaron.", "Lena Lind sa ja", "Per Lind sa ja",
        "Ni kan ta tillbaka samtycket när som helst.", "Fråga gärna Mira Ek", "av Mira Ek ur Samnärvaro",
    ):  # fmt: skip
        assert said in text, said
    assert logged() == ("pdf", ["K1", "K12"], "consents:card")


def test_on_paper_nothing_that_a_family_or_a_colleague_writes_is_markup(town: Town) -> None:
    consent = town.agree()
    Consent.objects.filter(public=consent).update(
        wording=SECRET, purpose=MARKUP[0], conditions=MARKUP[1]
    )
    ConsentAnswer.objects.update(guardian_name=MARKUP[3])

    bare = words(signed_in(town.mira).get(card_url(consent))).replace(" ", "")

    for said in (*MARKUP, *SCRIPT, *FORMULAS):
        assert said.replace(" ", "") in bare


def test_the_receiver_sees_exactly_what_was_previewed(town: Town) -> None:
    town.agree(classes=WITH_NOTE)
    both = (K.ATTENDANCE, K.COUNSELLOR_NOTE)

    before = words(preview(town, *both))
    assert logged() == ("pdf", ["K12", "K3", "K6"], "handing:of_pupil")
    assert not HandOver.objects.exists()
    hand_over(town, *both)
    after = words(signed_in(town.sonja).get(received_url(town)))
    sent = words(signed_in(town.karin).get(given_url(town), {"form": "pdf"}))

    assert "CNR-oro-för-provet" in before
    for item in HandOver.objects.all():
        for line in item.lines:
            for part in line.splitlines():
                assert "".join(part.split()) in "".join(before.split())
        assert " ".join(item.title.split()) in after
    for text in (after, sent):
        assert "CNR-oro-för-provet" in text
        assert "av Karin Sjö" in text
    assert "Saga Lind Överlämnat till er" in after
    assert "Saga Lind Det du har lämnat över" in sent


def test_what_is_read_on_paper_is_logged_as_pdf_with_each_class(town: Town) -> None:
    town.agree(classes=WITH_NOTE)
    hand_over(town, K.ATTENDANCE, K.COUNSELLOR_NOTE)

    signed_in(town.sonja).get(received_url(town))
    row = Reading.objects.order_by("-pk")[0]
    assert logged() == ("pdf", ["K1", "K3", "K6"], "handing:received")
    assert row.ground.startswith("consent:")
    signed_in(town.karin).get(given_url(town), {"form": "pdf"})
    assert logged() == ("pdf", ["K1", "K12", "K3", "K6"], "handing:of_pupil")


def test_a_page_with_what_was_handed_over_says_so_in_the_log(town: Town) -> None:
    town.agree(classes=WITH_NOTE)
    hand_over(town, K.COUNSELLOR_NOTE)

    signed_in(town.karin).get(given_url(town))

    assert logged() == ("view", ["K12", "K6"], "handing:of_pupil")


def test_strangers_get_what_there_is_for_nothing(town: Town) -> None:
    consent = town.agree(classes=WITH_NOTE)
    hand_over(town, K.COUNSELLOR_NOTE)

    for who in ("petra", "nils", "samir", "bo", "sonja"):
        assert signed_in(getattr(town, who)).get(card_url(consent)).status_code == 404
        assert (
            signed_in(getattr(town, who)).get(given_url(town), {"form": "pdf"}).status_code == 404
        )
    for who in ("petra", "nils", "samir", "bo", "mira", "karin"):
        assert signed_in(getattr(town, who)).get(received_url(town)).status_code == 404


def test_where_nothing_was_handed_over_there_is_no_paper(town: Town) -> None:
    town.agree()

    assert signed_in(town.sonja).get(received_url(town)).status_code == 404
    assert signed_in(town.karin).get(given_url(town), {"form": "pdf"}).status_code == 404


def test_what_is_taken_back_before_is_on_no_paper(town: Town) -> None:
    consent = town.agree(classes=WITH_NOTE)
    hand_over(town, K.COUNSELLOR_NOTE)
    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1))

    assert signed_in(town.sonja).get(received_url(town)).status_code == 404
    assert "Så står det : Återtaget" in words(signed_in(town.mira).get(card_url(consent)))


@pytest.mark.parametrize("channel", ["received", "card", "preview"])
def test_what_is_taken_back_while_the_sheet_is_printed_stops_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    consent = town.agree(classes=WITH_NOTE)
    hand_over(town, K.ATTENDANCE)
    ask: dict[str, Callable[[], Any]] = {
        "received": lambda: signed_in(town.sonja).get(received_url(town)),
        "card": lambda: signed_in(town.mira).get(card_url(consent)),
        "preview": lambda: preview(town, K.ATTENDANCE),
    }
    assert ask[channel]().status_code == 200
    before = Reading.objects.filter(action="pdf", outcome="allowed").count()
    while_printing(
        monkeypatch,
        lambda: agreements.withdraw(
            consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1)
        ),
    )

    answer = ask[channel]()

    assert answer.status_code == 404
    assert b"%PDF" not in answer.content
    assert Reading.objects.filter(action="pdf", outcome="allowed").count() == before


def test_a_copy_that_is_taken_back_stops_the_sheet_though_another_of_its_kind_stays(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = town.agree(classes=WITH_NOTE)
    hand_over(town, K.ATTENDANCE)
    second = town.agree()
    agreements.withdraw(consent=second, way=Way.PHONE, by=scope(town.mira), at=later(1))
    third = town.agree()
    hand_over(town, K.ATTENDANCE)
    assert first != third
    while_printing(
        monkeypatch,
        lambda: agreements.withdraw(consent=first, way=Way.PHONE, by=scope(town.mira), at=later(2)),
    )

    assert signed_in(town.sonja).get(received_url(town)).status_code == 404


def test_an_answer_that_comes_while_the_card_is_printed_stops_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = town.ask()
    town.say(consent, town.mother, Said.YES)
    while_printing(monkeypatch, lambda: town.say(consent, town.father, Said.NO))

    assert signed_in(town.mira).get(card_url(consent)).status_code == 404


def test_a_pupil_that_becomes_protected_while_it_is_printed_is_on_no_paper(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = town.agree(classes=WITH_NOTE)
    hand_over(town, K.ATTENDANCE)
    while_printing(monkeypatch, lambda: town.protect(town.saga, town.ragnar, alias="Ek Vera"))
    assert signed_in(town.sonja).get(received_url(town)).status_code == 404
    assert signed_in(town.mira).get(card_url(consent)).status_code == 404


def test_when_no_paper_can_be_printed_nothing_leaves_and_nothing_is_logged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = town.agree()

    def broken(_sheet: Sheet) -> bytes:
        raise NotPrinted("it takes too long")

    monkeypatch.setattr(answers, "printed", broken)
    answer = signed_in(town.mira).get(card_url(consent))

    assert answer.status_code == 503
    assert not Reading.objects.filter(action="pdf").exists()


def test_what_cannot_be_logged_is_on_no_paper(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    def broken(**_: object) -> None:
        raise DatabaseError("the log cannot be written")

    consent = town.agree()
    client = signed_in(town.mira)
    monkeypatch.setattr("samnarvaro.audit.services.record_reading", broken)
    answer = client.get(card_url(consent))

    assert answer.status_code == 503
    assert b"%PDF" not in answer.content
