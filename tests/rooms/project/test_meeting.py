"""Meeting mode: the pupils of a list one by one, and whom it shows at each step."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Enrolment, Pupil, Staff
from samnarvaro.project import rounds
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words
from tests.rooms.staircase.conftest import marked, school, today
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

__all__ = ["marked", "school", "today"]


def begun(client: Client, *pupils: Pupil, back: str = "/skolor/") -> str:
    """Begin a round; return the address of its first pupil."""
    sent = {"title": "8B", "back": back, "pupil": [str(pupil.public) for pupil in pupils]}
    answer = client.post("/genomgang/", sent)
    assert answer.status_code == 302
    return str(answer["Location"])


def ways(page: str) -> dict[str, str]:
    """Where the keys lead."""
    found = re.findall(r'href="([^"]+)"[^>]*data-round="(\w+)"', page)
    return {way: address for address, way in found}


def names(client: Client, address: str) -> list[str]:
    """Go through the round to its end by the next button alone; return whom it showed."""
    shown = []
    while "klar" not in address:
        answer = client.get(address, follow=True)
        found = re.search(r"<h1[^>]*>([^<]+)", answer.content.decode())
        assert found
        shown.append(found[1])
        address = ways(answer.content.decode())["after"]
    return shown


def test_a_round_shows_each_pupil_of_the_list_in_its_order(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    first = begun(client, school.noor, school.leo, school.saga)

    page = words(client.get(first))
    assert "Noor Haddad" in page
    assert "1 av 3" in page
    assert names(client, first) == ["Noor Haddad", "Leo Strand", "Saga Lind"]


def test_a_step_says_what_is_next_and_whose_why_and_the_figures(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    page = words(client.get(begun(client, school.saga)))

    assert "Att göra" in page
    assert 'name="act" value="done"' in page  # it is hers to act on
    assert "Regel: mer än 10 % frånvaro på 30 dagar." in page
    assert page.index("Saga Lind") < page.index("Att göra") < page.index("Varför")


@pytest.mark.parametrize("way", ["list", "class"])
def test_lists_of_pupils_offer_a_round_of_the_rows_that_they_show(
    school: SchoolWithMarks, way: str
) -> None:
    address = {
        "list": f"/skola/{school.strand.public}/ingen-har-agerat/",
        "class": f"/skola/klass/{school.class_8b.public}/",
    }[way]
    page = signed_in(school.ragnar).get(address).content.decode()
    sent = re.findall(r'name="pupil" value="([^"]+)"', page)
    shown = re.findall(r'<th scope="row"[^>]*><a href="/elev/([^/]+)/"', page)
    # One pupil may have two rows in a list, and a picture of the page may name it once more.
    assert list(dict.fromkeys(sent)) == list(dict.fromkeys(shown))
    assert f'name="back" value="{address}"' in page


def test_each_step_is_logged_as_one_pupil_and_only_when_it_is_shown(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.ragnar)
    before = Reading.objects.count()
    first = begun(client, school.noor, school.saga)
    assert Reading.objects.count() == before, "to begin shows nobody"

    answer = client.get(first, headers=HTMX)
    row = Reading.objects.order_by("-pk")[0]
    assert Reading.objects.count() == before + 1
    assert (row.pupils, row.action) == ([str(school.noor.public)], "view")
    assert "Saga" not in answer.content.decode(), "the next one is not sent before it is asked for"


def test_a_part_brings_its_title_and_a_page_has_one_title(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    first = begun(client, school.noor)
    part = client.get(first, headers=HTMX).content.decode()
    assert "<title>Noor Haddad – Samnärvaro</title>" in part
    assert "<html" not in part
    assert client.get(first).content.decode().count("<title>") == 1


def test_a_pupil_who_is_protected_meanwhile_is_passed_by_without_a_trace(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.ragnar)
    first = begun(client, school.noor, school.leo, school.saga)
    page = client.get(first).content.decode()
    to_leo = ways(page)["after"]
    Pupil.objects.filter(pk=school.leo.pk).update(protection=1, alias="L")

    answer = client.get(to_leo, follow=True)
    assert "Saga Lind" in words(answer)
    assert "2 av 2" in words(answer)
    round_of = first.rsplit("/", 2)[0] + "/"
    for address in (round_of, round_of + "klar/"):
        told = words(client.get(address))
        assert "Leo" not in told
        assert "Saga Lind" in told


def test_who_is_passed_by_at_the_end_leads_to_the_end(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    first = begun(client, school.noor, school.leo)
    to_leo = ways(client.get(first).content.decode())["after"]
    Enrolment.objects.filter(pupil=school.leo).update(last_day=datetime(2026, 11, 1).date())  # noqa: DTZ001  # a day

    assert client.get(to_leo)["Location"].endswith("/klar/")


def test_a_protected_pupil_is_in_no_round_not_even_a_handlers(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)  # a handler of Tindra
    assert names(client, begun(client, school.tindra, school.noor)) == ["Noor Haddad"]


def test_what_one_may_not_see_is_left_out_like_what_is_not_there(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)  # of 8B alone
    sent = {"pupil": [str(school.robin.public), str(uuid4()), "x", str(school.saga.public)]}
    first = client.post("/genomgang/", sent)["Location"]
    assert names(client, first) == ["Saga Lind"]

    for hidden in (school.robin.public, uuid4()):
        answer = client.post("/genomgang/", {"pupil": [str(hidden)], "back": "/skolor/"})
        assert answer["Location"] == "/skolor/"


def test_somebody_elses_round_and_a_pupil_outside_the_round_are_not_there(
    school: SchoolWithMarks,
) -> None:
    client, other = signed_in(school.ragnar), signed_in(school.karin)
    first = begun(client, school.noor)
    nothing = other.get(f"/genomgang/{uuid4()}/{school.noor.public}/")
    assert nothing.status_code == 404
    assert same(other.get(first), nothing)
    round_of = first.rsplit("/", 2)[0]
    assert client.get(f"{round_of}/{school.saga.public}/").status_code == 404
    assert client.get(f"{round_of}/{school.robin.public}/").status_code == 404


def test_the_list_tells_who_has_been_opened(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    first = begun(client, school.noor, school.saga)
    client.get(first)
    page = words(client.get(first.rsplit("/", 2)[0] + "/"))
    assert page.count("öppnad") == 1
    assert page.index("Noor Haddad") < page.index("öppnad") < page.index("Saga Lind")


def acted(staff: Staff, pupil: Pupil, text: str) -> None:
    item = Item.objects.get(pupil=pupil, acts="mentor")
    on = FRIDAY
    worklist.act(item.public, Act.DONE, text=text, by=scope(staff, on), at=AT, on=on)


def test_the_end_tells_what_the_viewer_did_and_nothing_else(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    first = begun(client, school.saga, school.noor)
    client.get(first)
    acted(school.mira, school.saga, "samtal på måndag")
    page = words(client.get(first.rsplit("/", 2)[0] + "/klar/"))
    assert "Du gick igenom 1 av 2 elever." in page
    assert "Klart: Mira Ek" in page
    assert "samtal på måndag" in page
    assert "Inte öppnade" in page
    row = Reading.objects.order_by("-pk")[0]
    assert (row.count, row.action) == (2, "list")
    assert "K4" in row.classes

    theirs = signed_in(school.ragnar)
    other = begun(theirs, school.saga)
    assert "samtal på måndag" not in words(theirs.get(other.rsplit("/", 2)[0] + "/klar/"))


def test_what_was_taken_back_is_not_told_at_the_end(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    first = begun(client, school.saga)
    acted(school.mira, school.saga, "fel rad")
    item = Item.objects.get(pupil=school.saga, acts="mentor")
    worklist.undo(item.public, by=scope(school.mira, FRIDAY), at=AT, on=FRIDAY)
    page = words(client.get(first.rsplit("/", 2)[0] + "/klar/"))
    assert "fel rad" not in page
    assert "Du skrev inget under genomgången" in page


def test_an_act_without_scripts_leads_back_to_the_same_pupil(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    first = begun(client, school.saga)
    page = client.get(first).content.decode()
    assert f'name="next" value="{first}"' in page


def test_a_step_asks_the_database_the_same_however_long_the_round_is(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.ragnar)
    more = [school.pupil(f"Elev{n}", "Extra", school.class_8b) for n in range(12)]
    counts = []
    for pupils in ([school.saga, school.noor], [school.saga, school.noor, *more]):
        first = begun(client, *pupils)
        client.get(first)
        with CaptureQueriesContext(connection) as seen:
            client.get(first, headers=HTMX)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_back_of_a_round_is_a_page_of_ours(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "skolor"):
        first = begun(client, school.noor, back=elsewhere)
        page = client.get(first.rsplit("/", 2)[0] + "/").content.decode()
        assert "elsewhere" not in page
        assert 'href="skolor"' not in page


def test_a_session_keeps_a_few_rounds_and_forgets_the_oldest() -> None:
    kept: dict[str, object] = {}
    pupils = [UUID(int=n) for n in (1, 2, 2)]
    made = [rounds.begin(kept, title=f"r{n}", back="/", pupils=pupils, at=AT).key for n in range(6)]
    with pytest.raises(rounds.NoSuchRound):
        rounds.get(kept, made[0])
    newest = rounds.get(kept, made[-1])
    assert (newest.title, newest.pupils) == ("r5", (UUID(int=1), UUID(int=2)))
    rounds.see(kept, newest, UUID(int=2))
    assert rounds.get(kept, made[-1]).seen == {UUID(int=2)}


@pytest.mark.parametrize(("here", "after"), [([3, 4], 3), ([4], 4), ([], None), ([1], None)])
def test_the_next_is_the_first_behind_who_is_there_now(here: list[int], after: int | None) -> None:
    of = rounds.begin({}, title="", back="/", pupils=map(_nth, (1, 2, 3, 4)), at=AT)
    found = rounds.next_after(_nth(2), of, [_nth(n) for n in here])
    assert found == (None if after is None else _nth(after))


def _nth(number: int) -> UUID:
    return UUID(int=number)


@pytest.mark.parametrize(
    ("who", "name"),
    [("mira", "worklist:list"), ("mira", "worklist:conference"), ("ragnar", "worklist:list")],
)
def test_a_work_list_and_the_agenda_of_a_meeting_offer_a_round(
    school: SchoolWithMarks, who: str, name: str
) -> None:
    client = signed_in(getattr(school, who))
    page = client.get(reverse(name)).content.decode()
    sent = re.findall(r'name="pupil" value="([^"]+)"', page)
    pupils = Pupil.objects.filter(public__in=sent)
    assert pupils
    shown = names(client, begun(client, *pupils))
    assert shown == [pupil.name for pupil in pupils if not pupil.protection]


def test_who_may_not_open_a_pupil_is_offered_no_round(school: SchoolWithMarks) -> None:
    assert b"/genomgang/" not in signed_in(school.agda).get(reverse("worklist:list")).content


def test_an_early_measure_is_begun_in_the_meeting_and_told_at_the_end(
    school: SchoolWithMarks,
) -> None:
    client = signed_in(school.mira)
    first = begun(client, school.saga)
    page = client.get(first).content.decode()
    assert "Påbörja insatsen" in page
    sent = {
        "what": "jag möter Saga vid grinden",
        "first_day": FRIDAY.isoformat(),
        "look_on": (FRIDAY + timedelta(days=7)).isoformat(),
        "next": first,
    }
    answer = client.post(f"/elev/{school.saga.public}/tidiga-insatser/", sent)
    assert answer["Location"] == first
    told = words(client.get(first.rsplit("/", 2)[0] + "/klar/"))
    assert "jag möter Saga vid grinden" in told

    theirs = signed_in(school.ragnar)
    other = begun(theirs, school.saga)
    assert "grinden" not in words(theirs.get(other.rsplit("/", 2)[0] + "/klar/"))
