"""The pages of mappings: what was written is never lost, and what is shown is logged."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.mapping.domain.mappings import Depth
from samnarvaro.mapping.models import Mapping
from tests.rooms.consents.agreed import Town
from tests.rooms.mapping.mapped import as_staff, locked, written
from tests.rooms.worklist.test_pages import signed_in, words


def list_of(town: Town) -> str:
    return f"/elev/{town.saga.public}/kartlaggning/"


def page_of(mapping: UUID) -> str:
    return f"/elev/kartlaggning/{mapping}/"


DRAFT: dict[str, Any] = {
    "act": "save", "child_words": "Jag vill ha någon att gå in med.", "held_on": "2026-10-20",
    "methods": ["talk", "interview"], "functions": ["avoids_feelings"], "triggers": ["worry"],
}  # fmt: skip
FACTOR = {
    "factor-kind": "climate", "factor-source": "child", "factor-strength": "2",
    "factor-words": "Tove hälsar på mig",
}  # fmt: skip


def test_a_mentor_maps_with_the_pupil_from_the_first_word_to_the_picture(town: Town) -> None:
    client = signed_in(town.mira)
    begun = client.post(list_of(town), {"depth": "simple"})
    draft = begun.headers["Location"]

    assert client.post(draft, DRAFT | FACTOR | {"act": "add"}).status_code == 302
    page = words(client.get(draft))
    assert "Jag vill ha någon att gå in med." in page
    assert "Tove hälsar på mig" in page
    assert client.post(draft, DRAFT | {"act": "lock"}).status_code == 302

    page = words(client.get(list_of(town)))
    assert "”Jag vill ha någon att gå in med.”" in page
    assert "Hittills har en källa hörts: eleven själv" in page
    assert "Klimatet i skolan" in page
    assert "Samtal med eleven, Intervju" in page
    assert "Slipper känslor som är svåra" in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K5"]


def test_child_and_school_disagree_and_it_shows(town: Town) -> None:
    page = words(signed_in(town.ragnar).get(page_of(locked(town))))

    assert "Av 2: 1 sak sägs olika, 1 säger bara en källa" in page
    assert "Eleven själv: mycket" in page
    assert "”äter inte, det är för högt”" in page
    assert "Skolan: lite" in page
    assert "Säger inget om det: Vårdnadshavare." in page
    assert page.index("Eleven själv: mycket") < page.index("Skolan: lite")
    assert "Rätta i en ny version" not in page


def test_what_stops_it_stands_beside_its_field_and_all_that_was_written_is_kept(
    town: Town,
) -> None:
    client = signed_in(town.mira)
    draft = client.post(list_of(town), {"depth": "simple"}).headers["Location"]

    answer = client.post(draft, {"act": "lock", "child_words": "Jag vill."})
    assert answer.status_code == 422
    page = words(answer)
    assert "Välj vilken dag ni kartlade." in page
    assert "Kryssa i hur ni tog reda på det." in page
    assert "Skriv minst en sak som spelar in." in page
    assert Mapping.objects.get().child_words == "Jag vill."

    answer = client.post(draft, DRAFT | {"factor-words": "går hem efter lunch"})
    assert answer.status_code == 422
    assert "Välj vem som säger det." in words(answer)
    assert "går hem efter lunch" in words(answer)
    assert Mapping.objects.get().child_words == "Jag vill ha någon att gå in med."


def test_a_day_that_has_not_been_is_refused_with_the_words_kept(town: Town) -> None:
    client = signed_in(town.mira)
    draft = client.post(list_of(town), {"depth": "simple"}).headers["Location"]

    answer = client.post(draft, DRAFT | FACTOR | {"held_on": "2026-10-22"})

    assert answer.status_code == 422
    assert "Dagen har inte varit än." in words(answer)
    assert "Jag vill ha någon att gå in med." in words(answer)
    assert "Tove hälsar på mig" in words(answer)


def test_a_factor_is_removed_by_its_button_and_the_rest_is_saved(town: Town) -> None:
    mapping, client = written(town), signed_in(town.mira)
    row = client.get(page_of(mapping)).context["shown"].seen.said[0].public

    client.post(page_of(mapping), DRAFT | {"remove": row, "act": ""})

    page = words(client.get(page_of(mapping)))
    assert "äter inte, det är för högt" not in page
    assert "Jag vill ha någon att gå in med." in page
    assert client.post(page_of(mapping), {"remove": "x"}).status_code == 404


def test_violations_remind_of_the_duty_to_report_and_look_into_it(town: Town) -> None:
    client, mapping = signed_in(town.mira), written(town)
    sent = DRAFT | FACTOR | {"factor-kind": "violated", "act": "lock"}

    client.post(page_of(mapping), sent)

    assert "skollagen 6 kap. 10 §" in words(client.get(page_of(mapping)))


def test_a_locked_one_is_corrected_in_a_new_version_and_a_draft_is_thrown_away(
    town: Town,
) -> None:
    old, client = locked(town), signed_in(town.mira)

    new = client.post(page_of(old), {"act": "correct"}).headers["Location"]
    assert new != page_of(old)
    assert "Öppna den" in words(client.get(page_of(old)))
    again = client.post(page_of(old), {"act": "correct"}, follow=True)
    assert "Någon har redan börjat rätta den här kartläggningen." in words(again)

    gone = client.post(new, {"act": "discard"})
    assert gone.headers["Location"] == list_of(town)
    assert Mapping.objects.get().public == old


@pytest.mark.parametrize("who", ["nils", "petra", "karin_without", "agda", "sonja"])
def test_a_stranger_gets_the_same_as_for_nothing(town: Town, who: str) -> None:
    mapping = locked(town, pupil=town.noor)
    client = signed_in(as_staff(town, who.removesuffix("_without")))

    for url in (f"/elev/{town.noor.public}/kartlaggning/", page_of(mapping), page_of(uuid4())):
        assert client.get(url).status_code == 404
        assert client.post(url, {"depth": "simple", "act": "correct"}).status_code == 404


def test_who_makes_none_begins_none_and_nobody_begins_an_unknown_kind(town: Town) -> None:
    assert signed_in(town.ragnar).post(list_of(town), {"depth": "simple"}).status_code == 404
    assert signed_in(town.mira).post(list_of(town), {"depth": "deep"}).status_code == 404
    assert signed_in(town.mira).post(list_of(town), {"depth": "x"}).status_code == 404
    assert not Mapping.objects.exists()


def test_the_pupils_page_begins_with_what_the_child_says(town: Town) -> None:
    locked(town)
    locked(town, "karin", Depth.DEEP)
    page = words(signed_in(town.mira).get(f"/elev/{town.saga.public}/"))

    assert "Varför: kartläggning med eleven" in page
    assert "”Jag orkar inte matsalen.”" in page
    assert (
        "Enkel kartläggning 21 oktober 2026. Av 2: 1 sak sägs olika, 1 säger bara en källa." in page
    )


def test_a_pupils_page_tells_who_has_no_case_nothing_of_the_mapping(town: Town) -> None:
    locked(town, pupil=town.noor)

    page = words(signed_in(town.karin).get(f"/elev/{town.noor.public}/"))

    assert "kartläggning med eleven" not in page


def test_by_consent_another_agency_sees_the_picture_without_the_childs_own_words(
    town: Town,
) -> None:
    locked(town)
    page = f"/barn/{town.ties['sonja'].public}/"
    sonja = signed_in(town.sonja)
    assert "matsal" not in words(sonja.get(page))

    town.agree(classes={K.NAME, K.MAPPING})

    shown = words(sonja.get(page))
    assert "Av 2: 1 sak sägs olika, 1 säger bara en källa" in shown
    assert "sitter vid dörren" in shown
    assert "Jag orkar inte matsalen." not in shown
    assert "K5" in Reading.objects.order_by("-pk")[0].classes
