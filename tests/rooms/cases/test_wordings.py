"""Long texts are kept while they are written, for their author alone; what is written over stays readable."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Writing
from samnarvaro.cases.domain.investigation import (
    DRAFTED,
    LONGEST_TEXT,
    Fault,
    Part,
    Perspective,
    Support,
)
from samnarvaro.cases.models import EarlierWording, PartDraft
from samnarvaro.cases.queries import wordings
from samnarvaro.cases.queries.investigations import NoSuchInvestigation
from samnarvaro.cases.services import drafting, investigating
from samnarvaro.cases.services.refusing import Refused
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words

BEGUN = "hon säger att matsalen"
HTMX: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


def keep(
    town: CaseTown, public: UUID, text: str = BEGUN, who: str = "ragnar", part: Part = Part.ANALYSE
) -> bool:
    return drafting.keep(public, part, text, by=scope(getattr(town, who)), at=NOON)


def url(town: CaseTown) -> str:
    return f"/elev/{town.saga.public}/utredning/"


def drafts(town: CaseTown, public: UUID, who: str = "ragnar") -> dict[Part, str]:
    found = wordings.drafts(town.whole(public, who), by=scope(getattr(town, who)))
    return {part: draft.text for part, draft in found.items()}


def test_a_draft_is_its_authors_alone_and_gone_when_the_part_is_written(town: CaseTown) -> None:
    public = town.judge()
    assert keep(town, public)
    assert keep(town, public, f"{BEGUN} är högljudd")

    assert drafts(town, public) == {Part.ANALYSE: f"{BEGUN} är högljudd"}
    assert drafts(town, public, "karin") == {}
    assert drafts(town, public, "diana") == {}
    town.analyse(public)
    assert drafts(town, public) == {}


def test_two_who_write_the_same_part_have_each_their_own(town: CaseTown) -> None:
    public = town.judge()
    keep(town, public)
    keep(town, public, "kurator skriver", "karin")
    assert drafts(town, public) == {Part.ANALYSE: BEGUN}
    assert drafts(town, public, "karin") == {Part.ANALYSE: "kurator skriver"}


def test_that_one_was_begun_is_logged_once_and_never_its_words(town: CaseTown) -> None:
    public = town.judge()
    keep(town, public)
    keep(town, public, "mer")
    (written,) = Writing.objects.filter(act="investigation.draft_begun")
    assert written.detail == {"part": "analyse"}
    assert BEGUN not in str(vars(written))


def test_without_words_there_is_none_any_more(town: CaseTown) -> None:
    public = town.judge()
    keep(town, public)
    assert keep(town, public, "  ") is False
    assert not PartDraft.objects.exists()


@pytest.mark.parametrize("who", ["mira", "pia", "eva", "petra", "vera", "sonja"])
def test_who_does_not_write_the_part_keeps_none(town: CaseTown, who: str) -> None:
    public = town.judge()
    with pytest.raises(NoSuchInvestigation):
        keep(town, public, who=who)
    assert not PartDraft.objects.exists()


def test_what_is_not_written_now_or_is_no_long_text_is_not_kept(town: CaseTown) -> None:
    public = town.judge()
    for part in (Part.FOLLOW_UP, Part.CLOSE, Part.MEASURE, Part.APPOINT):
        with pytest.raises(NoSuchInvestigation):
            keep(town, public, part=part)
    with pytest.raises(NoSuchInvestigation):
        keep(town, public, who="karin", part=Part.DECIDE)
    assert Part.MEASURE not in DRAFTED


@pytest.mark.parametrize(("length", "kept"), [(LONGEST_TEXT, True), (LONGEST_TEXT + 1, False)])
def test_a_text_that_is_too_long_is_not_kept(town: CaseTown, length: int, kept: bool) -> None:
    public = town.judge()
    if kept:
        assert keep(town, public, "x" * length)
        return
    with pytest.raises(Refused) as refused:
        keep(town, public, "x" * length)
    assert refused.value.faults == [Fault.TOO_LONG]


def test_it_is_kept_from_the_page_and_stands_in_the_form_again(town: CaseTown) -> None:
    town.judge()
    client, sent = client_of(town.ragnar), {"part": "analyse", "text": BEGUN, "draft": "1"}

    kept = client.post(url(town), sent)
    assert kept.status_code == 302
    page = words(client.get(url(town)))
    assert f">{BEGUN}</textarea>" in page.replace("> ", ">")
    assert "Ditt utkast från 21 oktober 2026" in page
    assert BEGUN not in words(client_of(town.karin).get(url(town)))

    said = client.post(url(town), sent, **HTMX)
    assert "Utkastet är sparat." in words(said)
    assert "<html" not in words(said)
    too_long = sent | {"text": "x" * (LONGEST_TEXT + 1)}
    assert "inte sparat" in words(client.post(url(town), too_long, **HTMX))
    assert client.post(url(town), too_long).status_code == 422
    gone = client.post(url(town), sent | {"text": ""}, **HTMX)
    assert "inget utkast" in words(gone)
    assert client.post(url(town), sent | {"part": "measure"}).status_code == 404


def test_what_was_written_over_is_read_by_those_who_read_the_investigation(town: CaseTown) -> None:
    public = town.judge()
    town.analyse(public, "först trodde vi")
    town.analyse(public, "nu vet vi")
    for support, why in ((Support.NOT_MET, "når målen"), (Support.OPENED, "når dem inte")):
        investigating.check_support(
            public, support=support, words=why, version=town.version(public),
            by=scope(town.ragnar), at=NOON, on=WEDNESDAY,
        )  # fmt: skip
    for text in ("två vänner", "en vän"):
        investigating.see_it(
            public, kind=Perspective.SOCIAL, text=text, whose="Karin, kurator",
            by=scope(town.karin), at=NOON,
        )  # fmt: skip

    found = [(each.of, each.choice, each.text) for each in wordings.earlier(town.whole(public))]
    assert found == [
        (Part.SUPPORT, Support.NOT_MET, "når målen"), (Part.ANALYSE, None, "först trodde vi"),
        (Perspective.SOCIAL, None, "två vänner"),
    ]  # fmt: skip
    page = words(client_of(town.karin).get(url(town)))
    for said in ("Tidigare lydelser", "först trodde vi", "når målen", "två vänner"):
        assert said in page, said
    document = words(client_of(town.karin).get(f"{url(town)}dokument/"))
    assert "nu vet vi" in document
    assert "först trodde vi" not in document


def test_a_refused_write_keeps_no_earlier_wording_and_no_draft_is_lost(town: CaseTown) -> None:
    public = town.judge()
    town.analyse(public, "först trodde vi")
    keep(town, public)
    with pytest.raises(Refused):
        investigating.analyse(
            public, text="", version=town.version(public), by=scope(town.ragnar), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip
    assert not EarlierWording.objects.exists()
    assert drafts(town, public) == {Part.ANALYSE: BEGUN}


def test_the_page_asks_the_same_number_of_questions_however_often_it_was_rewritten(
    town: CaseTown,
) -> None:
    public = town.judge()
    town.analyse(public)
    town.analyse(public)
    keep(town, public)
    client: Any = client_of(town.ragnar)

    def ask() -> int:
        client.get(url(town))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(town))
        return len(asked)

    few = ask()
    for number in range(3):
        town.analyse(public, f"lydelse {number}")
    keep(town, public)
    keep(town, public, part=Part.CONSULT)
    assert ask() == few
