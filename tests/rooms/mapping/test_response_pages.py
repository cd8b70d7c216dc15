"""The pages of an instrument about a pupil: nothing written is lost, and last time stands beside."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.mapping.domain.instrument import Audience
from samnarvaro.mapping.domain.instrument_reading import PICTURES
from samnarvaro.mapping.models import Response
from samnarvaro.mapping.web import instrument_pictures, instrument_texts
from tests.rooms.consents.agreed import WEDNESDAY, Town
from tests.rooms.mapping.filled import (
    ANSWERS,
    HOME,
    OLDER_DEEP,
    WORDS,
    begin,
    instrument,
    locked,
    said,
    save,
)
from tests.rooms.mapping.mapped import as_staff
from tests.rooms.worklist.test_pages import signed_in


def list_of(town: Town) -> str:
    return f"/elev/{town.saga.public}/formular/"


def page_of(response: UUID) -> str:
    return f"/elev/formular/{response}/"


def sent(page: Any, **given: Any) -> dict[str, str]:
    """What the page would send: what it says of itself, and the answers, by their questions."""
    form = page.context["form"]
    by_link = {item.link: name for name, item in form.questions.items()}
    told = {"shown": form.shown, "step": str(page.context["place"].number)}
    return told | {by_link.get(link, link): value for link, value in given.items()}


def answer(client: Any, response: UUID, act: str, url: str = "", **given: Any) -> Any:
    page = client.get(url or page_of(response))
    return client.post(page_of(response), sent(page, act=act, **given))


GIVEN = {link: str(value) for link, value in ANSWERS.items()}
ABOUT = {"method": "self_rating", "held_on": "2026-10-21", "who": "Saga själv"}


def test_a_mentor_fills_one_in_with_the_pupil_from_the_list_to_the_result(town: Town) -> None:
    client = signed_in(town.mira)
    begun = client.post(list_of(town), {"instrument": instrument()})
    response = Response.objects.get().public
    assert begun.headers["Location"] == page_of(response)

    assert answer(client, response, "lock", **GIVEN, **ABOUT).status_code == 302

    page = said(client.get(page_of(response)))
    assert "Ännu en plats där det blir fel" in page
    assert "Saga själv. Självskattning. Av Mira" in page
    assert WORDS in page
    # ibland 2 + ofta 3 = 5, of 0 to 6; of the other scale one of two was answered.
    assert "Någon att vara med, och en vuxen som lyssnar 5 0–6 2 av 2 frågor" in page
    assert "Ingen siffra: för få svar (minst 2)" in page
    assert "ingen diagnos" in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K5"]
    assert "Min skola och jag (äldre elev, enkel), 21 oktober 2026" in said(
        client.get(list_of(town))
    )


def test_last_times_answers_stand_beside_the_new_and_in_the_result(town: Town) -> None:
    locked(town, held_on=WEDNESDAY - timedelta(days=30))
    client = signed_in(town.mira)
    response = begin(town)

    assert "Förra gången, 21 september: Ibland" in said(client.get(page_of(response)))
    answer(
        client, response, "lock", **{"2.1": "1", "2.2": "ofta", "2.3": "ofta"}, **ABOUT
    )  # fmt: skip

    page = said(client.get(page_of(response)))
    assert "Förra gången, 21 september 2026: Ibland" in page
    assert "6 0–6 2 av 2 frågor 5 (0–6)" in page


def test_what_is_missing_is_told_at_once_and_all_that_was_written_is_kept(town: Town) -> None:
    client, response = signed_in(town.mira), begin(town)

    refused = answer(client, response, "lock", **{"4.2": WORDS}, held_on="2026-10-21", who="")

    assert refused.status_code == 422
    page = said(refused)
    assert page.count("Svara på frågan, eller välj ”vet inte” om det finns.") >= 2
    assert "Välj hur svaren kom till." in page
    assert WORDS in page
    assert Response.objects.get().answers == {"4.2": WORDS}


def test_what_is_wrong_stands_beside_its_question_and_the_rest_is_saved(town: Town) -> None:
    client, response = signed_in(town.mira), begin(town)

    refused = answer(
        client, response, "save", **{"2.2": "ofta", "4.2": "x" * 2001},
        **ABOUT | {"held_on": "2026-10-22"},
    )  # fmt: skip

    assert refused.status_code == 422
    assert "Texten är för lång: högst 2000 tecken." in said(refused)
    assert "Dagen har inte varit än." in said(refused)
    row = Response.objects.get()
    assert (row.answers, row.held_on, row.method) == ({"2.2": "ofta"}, WEDNESDAY, "self_rating")
    assert client.post(page_of(response), {}).status_code in (302, 422)
    assert Response.objects.get().answers == {"2.2": "ofta"}


def test_a_long_one_is_filled_in_page_by_page_and_gone_on_with(town: Town) -> None:
    client, response = signed_in(town.karin), begin(town, "karin", OLDER_DEEP)
    assert "Sida 1 av 6" in said(client.get(page_of(response)))

    on = answer(client, response, "next", **{"1.1": "ofta"})
    assert on.headers["Location"] == f"{page_of(response)}?steg=2"
    assert "Sida 2 av 6" in said(client.get(page_of(response)))
    back = answer(client, response, "back", **{"2.3": "ibland"})
    assert back.headers["Location"] == f"{page_of(response)}?steg=1"
    assert Response.objects.get().answers == {"1.1": "ofta", "2.3": "ibland"}
    assert "Sida 3 av 6" in said(client.get(page_of(response)))

    refused = answer(client, response, "lock", f"{page_of(response)}?steg=6", **ABOUT)
    assert refused.status_code == 422
    assert "Sida 2 : Vad är skolan mest för dig just nu?" in said(refused)
    assert "Sida 3 : En vuxen i skolan lyssnar på mig." in said(refused)
    for odd in ("0", "99", "x", "²", "-1"):
        assert client.get(f"{page_of(response)}?steg={odd}").status_code == 200


def test_an_answer_that_brings_a_question_is_followed_by_it_without_scripts(town: Town) -> None:
    client, response = signed_in(town.mira), begin(town, name=HOME)
    more = "Vad skulle göra det möjligt, eller lättare?"
    assert more not in said(client.get(page_of(response)))

    given = {"1.1": "helt", "1.2": "inte"}
    stays = answer(client, response, "lock", **given, **ABOUT)

    assert stays.headers["Location"] == f"{page_of(response)}?steg=1"
    page = client.get(page_of(response))
    assert "De gav fler frågor" in said(page)
    assert more in said(page)
    done = answer(client, response, "lock", **given, **{"1.3": "En buss till."}, **ABOUT)
    assert done.headers["Location"] == page_of(response)
    assert "En buss till." in said(client.get(page_of(response)))


def test_a_draft_saves_itself_and_puts_in_the_question_that_an_answer_brings(town: Town) -> None:
    client, response = signed_in(town.mira), begin(town, name=HOME)
    page = client.get(page_of(response))
    told = sent(page, act="autosave", **{"1.2": "inte"})

    part = client.post(page_of(response), told, headers={"HX-Request": "true"})

    assert part.status_code == 200
    assert "Sparat 14:00." in said(part)
    assert "Vad skulle göra det möjligt, eller lättare?" in said(part)
    assert b"<html" not in part.content
    assert Response.objects.get().answers == {"1.2": "inte"}

    readings = Reading.objects.count()
    again = client.post(
        page_of(response), told | {"shown": part.context["form"].shown}, headers={"HX-Request": "true"}
    )  # fmt: skip
    assert "Vad skulle göra det möjligt" not in said(again)
    assert Reading.objects.count() == readings


def test_a_locked_one_is_corrected_in_a_new_version_and_a_draft_is_thrown_away(town: Town) -> None:
    old, client = locked(town), signed_in(town.mira)

    new = client.post(page_of(old), {"act": "correct"}).headers["Location"]
    assert new != page_of(old)
    assert "Öppna den" in said(client.get(page_of(old)))
    again = client.post(page_of(old), {"act": "correct"}, follow=True)
    assert "Någon har redan börjat rätta det här formuläret." in said(again)

    gone = client.post(new, {"act": "discard"})
    assert gone.headers["Location"] == list_of(town)
    assert Response.objects.get().public == old
    assert client.post(page_of(old), {"act": "save"}).status_code == 404


@pytest.mark.parametrize("who", ["nils", "petra", "karin", "agda", "sonja"])
def test_a_stranger_gets_the_same_as_for_nothing(town: Town, who: str) -> None:
    response = locked(town, pupil=town.noor)
    client = signed_in(as_staff(town, who))

    for url in (
        f"/elev/{town.noor.public}/formular/", page_of(response), page_of(uuid4()),
    ):  # fmt: skip
        assert client.get(url).status_code == 404
        assert client.post(url, {"instrument": instrument()}).status_code == 404


def test_who_makes_none_begins_none_and_nobody_begins_an_unknown_one(town: Town) -> None:
    url = list_of(town)
    assert signed_in(town.ragnar).post(url, {"instrument": instrument()}).status_code == 404
    assert "Fyll i" not in said(signed_in(town.ragnar).get(url))
    mira = signed_in(town.mira)
    for unknown in (instrument(OLDER_DEEP), uuid4(), "x", ""):
        assert mira.post(url, {"instrument": unknown}).status_code == 404
    assert not Response.objects.exists()


def test_a_draft_of_somebody_elses_is_not_there(town: Town) -> None:
    response = begin(town)
    save(town, response)
    karin = signed_in(town.karin)
    assert karin.get(page_of(response)).status_code == 404
    assert karin.post(page_of(response), {"act": "lock"}).status_code == 404


def test_the_mapping_leads_to_the_instruments_and_back(town: Town) -> None:
    client = signed_in(town.mira)
    assert list_of(town) in client.get(f"/elev/{town.saga.public}/kartlaggning/").content.decode()
    assert f"/elev/{town.saga.public}/kartlaggning/" in client.get(list_of(town)).content.decode()


def test_every_picture_that_can_be_named_is_drawn_and_has_words_beside_it(town: Town) -> None:
    assert instrument_pictures.known() == PICTURES
    assert set(instrument_texts.AUDIENCE) == set(Audience)
    response = begin(town, name="samnarvaro-elev-yngre-enkel")
    page = signed_in(town.mira).get(page_of(response)).content.decode()
    assert page.count('class="question-picture"') == 9 * 5
    assert "<span>Sådär</span>" in page


def test_a_correction_that_is_not_the_viewers_to_make_is_not_offered(town: Town) -> None:
    old = locked(town)
    assert "Rätta i en ny version" not in said(signed_in(town.ragnar).get(page_of(old)))
    assert "Rätta i en ny version" in said(signed_in(town.mira).get(page_of(old)))
