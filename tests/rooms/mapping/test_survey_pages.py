"""Pages of well-being surveys: a pupil answers without being anybody, and the school reads sums."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock
from samnarvaro.base.models import SignIn
from samnarvaro.kernel.access import Role
from samnarvaro.mapping.models import Survey, SurveySlip, SurveySum
from samnarvaro.mapping.services import surveys
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.surveyed import (
    AFTER,
    ALWAYS,
    NEVER,
    answer_all,
    answered,
    drafted,
    fill,
    opened,
    slips,
)
from tests.rooms.worklist.test_pages import signed_in, unmasked

pytestmark = pytest.mark.django_db
ENKAT = "/enkat/"
SAID = {"q0": "always", "q1": "unsaid", "send": "1"}


@pytest.fixture
def school(town: Town) -> Town:
    fill(town, town.class_8a, 10)
    fill(town, town.class_8b, 8)
    cache.clear()
    return town


def page(town: Town, survey: UUID) -> str:
    return reverse("surveys:one", args=[town.strand.public, survey])


class TestAnswering:
    def test_a_code_opens_the_questions_and_the_answers_are_counted(self, school: Town) -> None:
        survey = opened(school)
        (code,) = slips(school, survey, school.class_8a, 1)
        client = Client()

        asked = client.post(ENKAT, {"code": code.lower()})
        assert "Trivsel i höst" in unmasked(asked)
        assert "Känner du dig trygg på rasterna?" in unmasked(asked)
        assert "Är skolgården rolig?" in unmasked(asked)
        sent = client.post(ENKAT, {"code": code, **SAID})

        assert (sent.status_code, sent["Location"]) == (302, "/enkat/tack/")
        assert "ditt svar är sparat" in unmasked(client.get(sent["Location"]))
        row = SurveySum.objects.get(of__group=school.class_8a)
        assert (row.answers, row.counts) == (1, [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]])

    def test_a_question_that_was_missed_is_told_and_the_rest_is_kept(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)

        answer = Client().post(ENKAT, {"code": code, "q0": "often", "send": "1"})

        told = answer.content.decode()
        assert answer.status_code == 200
        assert "1 fråga saknar svar" in told
        assert 'href="#q1"' in told
        assert 'value="often" checked' in told
        assert SurveySlip.objects.count() == 1

    def test_what_is_no_answer_is_told(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)

        Client().post(ENKAT, {"code": code, **SAID, "q0": "maybe"})
        Client().post(ENKAT, {"code": code, "send": "1"})

        assert SurveySlip.objects.count() == 1

    def test_a_wrong_a_used_and_a_closed_code_are_answered_alike(self, school: Town) -> None:
        survey = opened(school)
        used, closed = slips(school, survey, school.class_8a, 2)
        answer_all([used], ALWAYS, NEVER)
        surveys.close_survey(survey, by=scope(school.karin), at=NOON, on=WEDNESDAY)

        told = {
            (answer.status_code, unmasked(answer).replace(f'value="{code}"', ""))
            for code in ("BCDF-GHJK", used, closed, "åäö" * 40)
            for sent in ({}, SAID)
            for answer in [Client().post(ENKAT, {"code": code, **sent})]
        }

        assert len(told) == 1
        assert told.pop()[0] == 422

    def test_nothing_is_left_behind_but_the_token_of_the_form(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        before = Writing.objects.count(), SignIn.objects.count()
        client = Client()
        client.get(ENKAT)
        client.post(ENKAT, {"code": code})
        client.post(ENKAT, {"code": code, **SAID})
        client.get("/enkat/tack/")

        assert set(client.cookies) == {settings.CSRF_COOKIE_NAME}
        assert (Writing.objects.count(), SignIn.objects.count()) == before
        assert not Reading.objects.exists()

    def test_its_moment_stands_in_no_log(
        self, school: Town, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        capsys.readouterr()

        Client().post(ENKAT, {"code": code})
        Client().post(ENKAT, {"code": code, "send": "1"})
        Client().post(ENKAT, {"code": code, **SAID})

        assert "".join(capsys.readouterr()) == ""

    def test_who_is_signed_in_on_the_same_computer_is_not_shown_nor_written_down(
        self, school: Town
    ) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        client = signed_in(school.ragnar)
        before = Writing.objects.count()

        for answer in (client.get(ENKAT), client.post(ENKAT, {"code": code, **SAID})):
            assert "Ragnar" not in answer.content.decode()

        assert Writing.objects.count() == before
        assert SurveySum.objects.get(of__group=school.class_8a).answers == 1

    def test_who_guesses_is_stopped_for_a_while_also_with_a_right_code(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        client = Client()

        told = [client.post(ENKAT, {"code": f"BCDF\0{n}"}).status_code for n in range(61)]

        assert told == [422] * 60 + [429]
        assert client.post(ENKAT).status_code == 429
        assert client.post(ENKAT, {"code": code}).status_code == 429
        cache.clear()
        assert client.post(ENKAT, {"code": code}).status_code == 200

    def test_right_codes_are_not_counted(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        client = Client()

        told = {client.post(ENKAT, {"code": code}).status_code for _ in range(61)}

        assert told == {200}

    def test_it_is_read_in_another_language(self, school: Town) -> None:
        (code,) = slips(school, opened(school), school.class_8a, 1)
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        told = unmasked(client.post(ENKAT, {"code": code}))

        assert "Do you feel safe during breaks?" in told
        assert "Är skolgården rolig?" in told, "what the school wrote itself stands as it is"


class TestMaking:
    def test_a_survey_is_begun_with_our_questions_to_all_classes(self, school: Town) -> None:
        client = signed_in(school.karin)

        made = client.post("/trivsel/", {"unit": school.strand.public}, follow=True)

        told = unmasked(made)
        assert "Spara och öppna enkäten" in told
        assert "Det finns ingen ruta för fri text" in told
        assert made.content.decode().count("checked") == 12 + 2
        assert Survey.objects.get().is_draft

    def test_it_is_changed_opened_and_closed(self, school: Town) -> None:
        client, survey = signed_in(school.karin), drafted(school)
        sent = {
            "do": "alter", "title": "Hur är rasterna?", "opens_on": WEDNESDAY.isoformat(),
            "closes_on": WEDNESDAY.isoformat(), "items": ["safe_breaks"],
            "own": "Är skolgården rolig?\n\n Räcker bollarna? ",
            "groups": [str(school.class_8a.public)],
        }  # fmt: skip
        assert client.post(page(school, survey), sent).status_code == 302
        assert "Räcker bollarna?" in unmasked(client.get(page(school, survey)))

        told = unmasked(client.post(page(school, survey), sent | {"open": "1"}, follow=True))
        assert "<strong>8A</strong>: 0 av 0 lappar är använda" in told
        assert "8B" not in told
        assert "Räcker bollarna?" in told
        told = unmasked(client.post(page(school, survey), sent, follow=True))
        assert "Enkäten är redan öppnad" in told
        told = unmasked(client.post(page(school, survey), {"do": "close"}, follow=True))
        assert "För få svar för att visas" in told

    def test_an_empty_form_is_answered_with_every_reason(self, school: Town) -> None:
        client, survey = signed_in(school.karin), drafted(school)

        answer = client.post(page(school, survey), {"do": "alter", "own": "Är maten god?"})

        told = unmasked(answer)
        assert answer.status_code == 422
        for reason in (
            "Skriv vad enkäten heter.", "Välj vilken dag enkäten öppnar.",
            "Välj vilken dag som är den sista.", "Välj minst en av skolans klasser.",
        ):  # fmt: skip
            assert reason in told
        assert "Är maten god?" in told

    def test_a_draft_is_thrown_away(self, school: Town) -> None:
        told = signed_in(school.karin).post(page(school, drafted(school)), {"do": "discard"})

        assert told["Location"] == "/trivsel/"
        assert not Survey.objects.exists()

    def test_what_nobody_asked_for_changes_nothing(self, school: Town) -> None:
        client, survey = signed_in(school.karin), drafted(school)

        assert client.post(page(school, survey), {"do": "burn"}).status_code == 200
        assert client.post(page(school, survey)).status_code == 200
        assert client.post("/trivsel/", {"unit": "x"}).status_code == 404
        assert client.post("/trivsel/", {"unit": school.ek.public}).status_code == 404
        assert Survey.objects.get().is_draft

    def test_slips_are_shown_once_with_a_square_to_read(self, school: Town) -> None:
        client, survey = signed_in(school.karin), opened(school)
        way = f"{page(school, survey)}lappar/"

        shown = client.post(way, {"group": school.class_8a.public, "many": "3"})

        html = unescape(shown.content.decode())
        assert html.count('<span class="survey-code">') == html.count('class="qr"') == 3
        assert shown["Cache-Control"] == "no-store"
        assert client.get(way).status_code == 405
        assert "<strong>8A</strong>: 0 av 3 lappar är använda" in unmasked(
            client.get(page(school, survey))
        )

    @pytest.mark.parametrize("many", ["", "0", "x", "-1", "13", "9999", "²"])
    def test_as_many_as_cannot_be_are_refused(self, school: Town, many: str) -> None:
        client, survey = signed_in(school.karin), opened(school)

        sent = {"group": school.class_8a.public, "many": many}
        answer = client.post(f"{page(school, survey)}lappar/", sent)

        assert answer["Location"] == page(school, survey)
        assert not SurveySlip.objects.exists()

    @pytest.mark.parametrize("who", ["mira", "petra", "agda", "sonja", "tove"])
    def test_others_make_open_close_and_print_nothing(self, school: Town, who: str) -> None:
        client, draft = signed_in(getattr(school, who)), drafted(school)
        survey = opened(school)
        sent = {"group": school.class_8a.public, "many": "1"}

        assert client.post("/trivsel/", {"unit": school.strand.public}).status_code == 404
        assert client.get(page(school, draft)).status_code == 404
        for do in ("alter", "close", "discard"):
            assert client.post(page(school, survey), {"do": do}).status_code == 404
        assert client.post(f"{page(school, survey)}lappar/", sent).status_code == 404
        assert Survey.objects.filter(closed_on=None).count() == 2
        assert not SurveySlip.objects.exists()


class TestReading:
    @pytest.fixture
    def survey(self, school: Town, monkeypatch: pytest.MonkeyPatch) -> UUID:
        earlier = WEDNESDAY - timedelta(days=40)
        answered(school, in_8a=5, in_8b=0, first=earlier)
        made = answered(school, in_8a=6, in_8b=5)
        monkeypatch.setattr(clock, "today", lambda: AFTER)
        return made

    def test_a_principal_reads_the_school_years_and_classes(
        self, school: Town, survey: UUID
    ) -> None:
        client = signed_in(school.ragnar)

        told = unmasked(client.get(page(school, survey)))
        assert "Hela skolan: 11 svar" in told
        assert "Känner du dig trygg på rasterna? 11 av 11 svarar alltid eller ofta." in told
        assert "Är skolgården rolig? 0 av 11 svarar alltid eller ofta." in told
        assert "bredvid" in told, "the last one's figures"
        one = unmasked(client.get(f"{page(school, survey)}?grupp={school.class_8b.public}"))
        assert "8B: 5 svar" in one
        assert "Alla svarade lika." in one

    def test_a_mentor_reads_its_class_and_the_school(self, school: Town, survey: UUID) -> None:
        client = signed_in(school.mira)

        told = unmasked(client.get(page(school, survey)))
        other = unmasked(client.get(f"{page(school, survey)}?grupp={school.class_8a.public}"))

        assert "8B" in told
        assert "8A" not in told + other
        assert "Årskurs 8" not in told
        assert "Hela skolan: 11 svar" in other
        assert "Ny enkät" not in unmasked(client.get("/trivsel/"))

    def test_the_authority_reads_no_class(self, school: Town, survey: UUID) -> None:
        client = signed_in(school.staff("vera", "Vera Hult", Role.AUTHORITY_OFFICER, school.strand))

        told = unmasked(client.get(page(school, survey)))

        assert "Årskurs 8" in told
        assert "8A" not in told
        assert "8B" not in told

    def test_the_file_says_what_the_page_says(self, school: Town, survey: UUID) -> None:
        told = signed_in(school.mira).get(f"{page(school, survey)}csv/").content.decode()

        rows = [line.split(";") for line in told.lstrip("\ufeff").splitlines()]
        assert rows[0] == [
            "Vilka", "Fråga", "Alltid", "Ofta", "Sällan", "Aldrig", "Vill inte svara", "Alla svar",
        ]  # fmt: skip
        assert rows[1][0] == "Hela skolan"
        assert rows[1][2:] == ["6", "5", "0", "0", "0", "11"]
        assert {row[0] for row in rows[1:]} == {"Hela skolan", "8B"}

    def test_of_an_open_one_the_file_is_empty(
        self, school: Town, survey: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)

        told = signed_in(school.ragnar).get(f"{page(school, survey)}csv/").content.decode()

        assert len(told.splitlines()) == 1

    def test_a_stranger_and_nothing_are_answered_alike(self, school: Town, survey: UUID) -> None:
        client = signed_in(school.petra)
        foreign, nothing = page(school, survey), page(school, UUID(int=5))

        for way in ("", "csv/"):
            told = [client.get(f"{address}{way}") for address in (foreign, nothing)]
            assert [answer.status_code for answer in told] == [404, 404]
            assert unmasked(told[0]) == unmasked(told[1])
        assert "Hur har" not in unmasked(client.get("/trivsel/"))
