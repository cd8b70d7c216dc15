"""The form of a class at a knowledge check, what its page shows then, and a school's counts."""

from typing import Any

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.mapping.domain.knowledge import Eligibility, Told
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.people.models import Pupil
from tests.rooms.consents.agreed import Town
from tests.rooms.mapping.checked import EN, MA, held, risk, tell
from tests.rooms.mapping.mapped import as_staff
from tests.rooms.worklist.test_pages import signed_in, words


def form_of(town: Town) -> str:
    return f"/skola/klass/{town.class_8b.public}/kunskap/"


def page_of(town: Town) -> str:
    return f"/skola/klass/{town.class_8b.public}/"


def row(pupil: Pupil, **said: Any) -> dict[str, Any]:
    return {f"{part}-{pupil.public}": value for part, value in said.items()}


def test_a_class_is_told_of_in_one_form_and_its_page_shows_it(town: Town) -> None:
    client = signed_in(town.mira)
    assert "Inget kunskapsläge den här terminen" in words(client.get(page_of(town)))
    sent = {"day": "2026-10-21", **row(town.saga, risk="ma, engelska"), **row(town.noor, alla="on")}

    answer = client.post(form_of(town), sent)

    assert answer.headers["Location"] == page_of(town)
    page = words(client.get(page_of(town)))
    assert "Kunskapsläget är sparat för 2 elever." in page
    assert "Uppgift finns för 2 av 2 elever." in page
    assert "Elever i 8B, höstterminen 2026" in page
    assert "engelska, matematik" in page
    assert "har något ämne" not in page  # one of two: few
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K3", "K5"]
    again = words(client.get(form_of(town)))
    assert 'value="EN MA"' in again


def test_everything_wrong_stands_beside_its_row_and_nothing_is_written(town: Town) -> None:
    client = signed_in(town.mira)
    sent = {
        "day": "2026-10-22", **row(town.saga, risk="MA XX"), **row(town.noor, inte="EN", alla="on"),
    }  # fmt: skip

    answer = client.post(form_of(town), sent)

    assert answer.status_code == 422
    page = words(answer)
    assert "Saga Lind: Det här är inget ämne: XX." in page
    assert "Noor Haddad: Kryssa ur Når alla ämnen" in page
    assert 'value="MA XX"' in page
    assert not KnowledgeResult.objects.exists()
    late = client.post(form_of(town), {"day": "2026-10-22", **row(town.saga, risk="MA")})
    assert "Dagen har inte varit än." in words(late)


def test_an_empty_form_says_what_is_missing(town: Town) -> None:
    answer = signed_in(town.mira).post(form_of(town), {})

    assert answer.status_code == 422
    assert "Välj vilken dag kunskapskollen var." in words(answer)
    assert "(frivilligt)" not in words(answer)


def test_a_page_that_was_opened_before_another_wrote_is_not_written_over(town: Town) -> None:
    stale = {"day": "2026-10-21", **row(town.saga, risk="EN")}
    tell(town, [(town.saga, risk(MA))])

    answer = signed_in(town.ragnar).post(form_of(town), stale)

    assert "Någon annan har skrivit om eleven" in words(answer)
    fresh = stale | row(town.saga, stod=str(held(town, town.saga)))
    assert signed_in(town.ragnar).post(form_of(town), fresh).status_code == 302


def test_in_year_9_eligibility_is_asked_for(town: Town) -> None:
    assert "Behörig till" not in words(signed_in(town.mira).get(form_of(town)))
    year_9 = town._group(town.strand, "9A")
    pupil = town.pupil("Ella", "Ny", year_9)
    client, address = signed_in(town.ragnar), f"/skola/klass/{year_9.public}/kunskap/"

    sent = {"day": "2026-10-21", **row(pupil, inte="MA", behorig="higher")}
    assert "Utan svenska, engelska och matematik" in words(client.post(address, sent))
    sent |= row(pupil, behorig="not_yet")
    assert client.post(address, sent).status_code == 302

    assert KnowledgeResult.objects.get().eligibility == Eligibility.NOT_YET
    page = words(client.get(f"/skola/klass/{year_9.public}/"))
    assert "inget nationellt program än" in page


@pytest.mark.parametrize("who", ["karin", "nils", "petra", "tove", "agda", "sonja"])
def test_the_form_exists_for_mentor_and_principals_alone(town: Town, who: str) -> None:
    client = signed_in(as_staff(town, who))
    assert client.get(form_of(town)).status_code == 404
    sent = {"day": "2026-10-21", **row(town.saga, risk="MA")}
    assert client.post(form_of(town), sent).status_code == 404


def test_student_health_meets_its_own_pupils_on_the_page_and_no_counts(town: Town) -> None:
    tell(town, [(town.saga, risk(MA)), (town.noor, risk(EN))])

    page = words(signed_in(town.karin).get(page_of(town)))

    section = page.partition('id="knowledge"')[2].partition("</section>")[0]
    assert "Saga Lind" in section
    assert "Noor Haddad" not in section
    assert "Uppgift finns för" not in section


def test_a_pupils_page_says_it_in_one_line(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))])

    page = words(signed_in(town.mira).get(f"/elev/{town.saga.public}/"))

    assert "Kunskapsläget den 21 oktober 2026: riskerar att inte nå: matematik." in page


def test_a_schools_counts_tell_of_nobody(town: Town) -> None:
    client, address = signed_in(town.karin), f"/skola/{town.strand.public}/kunskap/"
    tell(town, [(town.saga, risk(MA))])
    assert "färre än fem elever" in words(client.get(address))
    for told in (risk(MA), Told()):
        pupils = [town.pupil(f"E{n}", "Ny", town.class_8b) for n in range(5)]
        tell(town, [(pupil, told) for pupil in pupils])

    page = words(client.get(address))

    assert "Uppgift finns för 11 av 12 elever" in page
    assert 'Årskurs 8</th><td class="num">6</td><td class="num">11</td>' in page
    assert "Matematik" in page
    assert "Vårterminen 2026" in page
    assert signed_in(town.petra).get(address).status_code == 404
    assert "Kunskapsläget i antal" in words(client.get(f"/skola/{town.strand.public}/"))


def test_the_term_before_is_shown_beside_its_pupil(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))])
    KnowledgeResult.objects.update(term="2026-spring", day="2026-06-01")

    page = words(signed_in(town.mira).get(form_of(town)))

    assert "Kunskapsläget den 1 juni 2026: riskerar att inte nå: matematik" in page
