"""The pages of outreach: numbers before the call, drafts that are kept, and who sees what."""

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.attendance.models import Announcement
from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Holder
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.contacts import Cause, Outcome, Promise
from samnarvaro.outreach.domain.needs import Stage
from samnarvaro.outreach.models import Contact
from samnarvaro.people.models import Pupil
from tests.rooms.outreach.school import (
    AT,
    EK,
    FIRST_CALL,
    FRIDAY,
    INFORM,
    CallingSchool,
    day,
    record,
    rows,
    settle,
    system,
)
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words

REACHED = {"outcome": "reached", "kind": "phone", "announce": "no"}


@pytest.fixture
def calls(school: CallingSchool, monkeypatch: pytest.MonkeyPatch) -> CallingSchool:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    school.take_in(
        day(school.robin, "uu", code=EK), day(school.saga, "uu"), day(school.tindra, "u"),
        day(school.noor, "pu"),
    )  # fmt: skip
    settle()
    return school


def page_of(pupil: Pupil, rest: str = "samtal/") -> str:
    return f"/elev/{pupil.public}/{rest}"


def test_min_dag_leads_to_the_call_and_the_call_says_whom_and_how_first(
    calls: CallingSchool,
) -> None:
    elin = signed_in(calls.elin)
    home = elin.get("/").content.decode()
    assert f"{page_of(calls.robin)}?dag=2026-11-20" in home
    assert "Ring vårdnadshavare: första dagen borta, inte anmäld sedan 08.10. Åk 4." in home

    answer = elin.get(f"{page_of(calls.robin)}?dag=2026-11-20")
    page = words(answer)

    order = [
        "Ring vårdnadshavare", "Maria Åberg", "070-174 06 07", "Omar Åberg", "Talar arabiska",
        "Behöver tolk", "Saknad utan anmälan fredag 20 november: 08.10 MA, 09.10 SV.",
        "”Hej, det är Elin Dahl från Ekskolan.", "”Vi saknade Robin i dag", "Hur gick det?",
    ]  # fmt: skip
    assert [page.index(each) for each in order] == sorted(page.index(each) for each in order)
    assert 'href="tel:0701740607"' in answer.content.decode()
    logged = Reading.objects.order_by("-pk").first()
    assert logged is not None
    assert logged.pupils == [str(calls.robin.public)]
    assert "K2" in logged.classes


def test_an_older_pupil_is_called_on_its_own_number(calls: CallingSchool) -> None:
    page = words(signed_in(calls.mira).get(page_of(calls.saga)))

    assert "Ring eleven" in page
    assert page.index("070-174 06 16") < page.index("Så kan samtalet gå")
    assert "”Hej Saga, det är Mira Ek på Strandskolan.”" in page
    assert "Vet hur man får tag på det" in page


def test_saving_a_reached_call_clears_the_row_and_leads_home(calls: CallingSchool) -> None:
    answer = signed_in(calls.elin).post(
        page_of(calls.robin),
        REACHED | {"whom": str(calls.maria.public), "cause": "illness", "face": "3",
                   "promise": "call_again", "promise_on": "2026-11-23"},
    )  # fmt: skip

    assert (answer.status_code, answer["Location"]) == (302, "/")
    contact = Contact.objects.get()
    assert (contact.guardian, contact.cause, contact.face) == (calls.maria, "illness", 3)
    assert rows()[FIRST_CALL, "Robin"].text == "Omtankessamtal med vårdnadshavare (telefon)."
    assert "Du lovade fredag 20 november: ringa igen." in words(signed_in(calls.elin).get("/"))


def test_an_attempt_stays_on_the_page_with_what_to_try_next(calls: CallingSchool) -> None:
    elin = signed_in(calls.elin)
    sent = REACHED | {"whom": str(calls.maria.public), "outcome": "not_reached"}

    page = words(elin.post(page_of(calls.robin), sent, follow=True))

    assert "1 försök utan att nå någon. Prova ett av de andra numren." in page
    assert rows()[FIRST_CALL, "Robin"].state == "open"


@pytest.mark.parametrize(
    ("sent", "told", "field"),
    [
        ({"outcome": ""}, "Välj hur det gick.", "outcome"),
        ({"whom": ""}, "Välj vem du ringde.", "whom"),
        ({"kind": "message"}, "Välj skälet till ett annat sätt.", "way_reason"),
        ({"promise": "other"}, "Skriv vad du lovade.", "promise_words"),
        ({"back_on": "2026-11-19"}, "Dagen har redan varit.", "back_on"),
        ({"announce": "other", "first_day": ""}, "Välj en dag.", "first_day"),
        ({"announce": "other", "first_day": "2026-11-20", "begins": "10:00", "ends": "09:00"},
         "Sluttiden måste vara efter starttiden.", "ends"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_the_draft_is_kept(
    calls: CallingSchool, sent: dict[str, str], told: str, field: str
) -> None:
    draft = REACHED | {"whom": "guardian", "text": "Sa att det är tungt just nu."} | sent

    answer = signed_in(calls.elin).post(page_of(calls.robin), draft)

    assert answer.status_code == 422
    page = answer.content.decode()
    error = page[page.index(f'id="id_{field}_error"') :][:400]
    assert told in error
    assert "Sa att det är tungt just nu.</textarea>" in page
    assert not Contact.objects.exists()
    assert not Announcement.objects.exists()


def test_what_was_announced_in_the_call_is_taken_down(calls: CallingSchool) -> None:
    signed_in(calls.elin).post(
        page_of(calls.robin), REACHED | {"whom": "guardian", "announce": "today"}
    )

    page = _cells(words(signed_in(calls.elin).get(f"/elev/{calls.robin.public}/")))
    assert "Anmäld av: Vårdnadshavare. Elin Dahl" in page
    assert "Telefon med vårdnadshavare Nådd" in page


def test_the_number_that_was_asked_for_is_there_next_time(calls: CallingSchool) -> None:
    mira = signed_in(calls.mira)
    mira.post(page_of(calls.saga), REACHED | {"whom": "pupil", "telephone": "070-174 06 99"})

    assert "070-174 06 99" in words(mira.get(page_of(calls.saga)))


def test_a_reason_is_asked_for_where_the_call_is_not_made(calls: CallingSchool) -> None:
    mira, skip = signed_in(calls.mira), page_of(calls.noor, "samtal/behovs-inte/?dag=2026-11-20")
    assert "Välj ett skäl." in words(mira.post(skip, {}))
    assert "Skriv vilka skälen är." in words(mira.post(skip, {"reason": "special"}))
    assert rows()[INFORM, "Noor"].state == "open"

    mira.post(skip, {"reason": "wrongly_marked"})

    assert rows()[INFORM, "Noor"].text == "Fel registrerat"


def test_a_protected_pupils_call_shows_no_number_and_is_there_for_handlers_alone(
    calls: CallingSchool,
) -> None:
    page = words(signed_in(calls.karin).get(page_of(calls.tindra)))
    assert "Inga telefonnummer sparas." in page
    assert "tel:" not in page
    assert "Elevens telefonnummer" not in page

    nothing = "/elev/12345678-1234-4234-8234-123456789012/"
    for rest in ("samtal/", "kontakter/", "kontakter/ny/"):
        hidden = signed_in(calls.nils).get(page_of(calls.tindra, rest))
        assert hidden.status_code == 404
        assert same(hidden, signed_in(calls.nils).get(f"{nothing}{rest}"))


def test_a_counsellor_reads_a_number_for_a_call_that_is_due_and_its_own(
    school: CallingSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    karin = signed_in(school.karin)
    assert karin.get(page_of(school.saga))["Location"] == "/"
    services.set_routine(Stage.OLDER, caller=Holder.COUNSELLOR, words={}, by=system(), at=AT)
    school.take_in(day(school.saga, "u"))
    settle()

    assert "070-174 06 16" in words(karin.get(page_of(school.saga)))
    assert "070-174 06 16" not in words(karin.get(f"/elev/{school.saga.public}/"))


def test_the_log_is_read_searched_and_corrected(calls: CallingSchool) -> None:
    record(calls.elin, calls.robin, None, text="Vill ha fler raster", cause=Cause.SCHOOL)
    record(calls.elin, calls.robin, None, text="Allt är bra")
    elin, log = signed_in(calls.elin), page_of(calls.robin, "kontakter/")

    assert "Något i skolan är svårt" in words(elin.get(log))
    part = elin.get(log, {"q": "raster"}, headers=HTMX)
    assert "Vill ha fler raster" in words(part)
    assert "Allt är bra" not in words(part)
    assert "<html" not in part.content.decode()
    assert "Ingen kontakt med de orden" in words(elin.get(log, {"q": "zebra"}))
    public = Contact.objects.get(text="Allt är bra").public
    form = f"{log}ratta/?kontakt={public}"
    assert "Allt är bra</textarea>" in elin.get(form).content.decode()
    elin.post(form, {"kind": "phone", "whom": "guardian", "outcome": "reached", "text": "Bättre"})
    page = words(elin.get(log))
    assert "Bättre" in page
    assert "”Allt är bra”" in page  # what it said before
    petra = signed_in(calls.petra)
    assert petra.get(form)["Location"] == log  # somebody else's


def test_a_contact_is_added_by_hand(calls: CallingSchool) -> None:
    elin, log = signed_in(calls.elin), page_of(calls.robin, "kontakter/")
    sent = {"kind": "home_visit", "whom": "pupil", "outcome": "reached", "made_on": "2026-11-18"}

    assert "Välj hur det gick." in words(elin.post(f"{log}ny/", sent | {"outcome": ""}))
    page = _cells(words(elin.post(f"{log}ny/", sent, follow=True)))

    assert "Onsdag 18 november 2026 · Hembesök med eleven" in page


def test_student_health_sees_that_a_contact_was_made_and_no_cause(calls: CallingSchool) -> None:
    record(
        calls.mira, calls.saga, None, text="hemlighet", cause=Cause.FAMILY, mood="ledsen",
        promise=Promise.OTHER, promise_words="löfte", promise_on=FRIDAY, outcome=Outcome.REACHED,
    )  # fmt: skip
    karin = signed_in(calls.karin)

    for rest in ("", "kontakter/"):
        page = words(karin.get(page_of(calls.saga, rest)))
        assert "Telefon med vårdnadshavare" in page
        assert "men inte vad som sades" in page
        for secret in ("hemlighet", "Något hemma", "ledsen", "löfte"):
            assert secret not in page
    assert karin.get(page_of(calls.saga, "kontakter/ny/")).status_code == 404


def test_the_principal_sees_how_many_homes_know(calls: CallingSchool) -> None:
    record(calls.mira, calls.saga, guardian_informed=True)
    diana = signed_in(calls.diana)

    home = _cells(words(diana.get("/")))
    assert "Informerade hem i dag: 1 av 2" in home
    assert "Saknas: Noor Haddad (8B)" in home
    page = _cells(words(diana.get(f"/skola/{calls.strand.public}/informerade/")))
    assert "Informerade i dag: 1 av 2" in page
    assert "Saga Lind 8B Informerad Mira Ek, klockan 10.30 Mentor" in page
    assert diana.get(f"/skola/{calls.ek.public}/informerade/").status_code == 404
    assert (
        signed_in(calls.mira).get(f"/skola/{calls.strand.public}/informerade/").status_code == 404
    )


def _cells(page: str) -> str:
    """The page without its tags."""
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page).split())


def test_the_school_writes_its_own_words_in_the_guide(calls: CallingSchool) -> None:
    agda = signed_in(calls.agda)
    assert "Vem ringer?" in words(agda.get("/samtal/rutin/"))
    sent = {"stage": "younger", "younger-caller": "mentor", "younger-who": "Hej! {jag} här."}

    agda.post("/samtal/rutin/", sent)

    assert "”Hej! Elin Dahl här.”" in words(signed_in(calls.elin).get(page_of(calls.robin)))
    assert agda.post("/samtal/rutin/", sent | {"younger-caller": "doctor"}).status_code == 422
    assert signed_in(calls.elin).get("/samtal/rutin/").status_code == 404


@pytest.mark.parametrize("rest", ["", "kontakter/", "samtal/"])
def test_a_page_asks_the_same_number_of_questions_for_one_contact_and_for_many(
    calls: CallingSchool, rest: str
) -> None:
    elin, page = signed_in(calls.elin), page_of(calls.robin, rest)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert elin.get(page).status_code == 200
        return len(asked)

    record(calls.elin, calls.robin, None, guardian=calls.maria.pk)
    questions()
    one = questions()
    for _ in range(6):
        record(calls.elin, calls.robin, None, guardian=calls.omar.pk)
    assert questions() == one


def test_the_call_speaks_english_too(calls: CallingSchool) -> None:
    elin = signed_in(calls.elin)
    elin.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = words(elin.get(page_of(calls.robin)))

    assert "Call a guardian" in page
    assert "Speaks Arabic" in page
