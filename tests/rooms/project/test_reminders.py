"""A consent that runs out comes up a month and a week before, for who asked for it."""

from datetime import date, datetime, timedelta

import pytest

from samnarvaro.audit import queries as log
from samnarvaro.audit.domain.extract import Reader
from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.models import Consent
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.models import Pupil
from samnarvaro.project import reminders, tasks
from samnarvaro.worklist.models import Item
from tests.rooms.consents.agreed import NOON, WEDNESDAY, YES, Town, a_proposal, later, scope
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.worklist.school import raised as raised_row
from tests.rooms.worklist.school import system

DAY = timedelta(days=1)


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:  # noqa: ARG001  # tables
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return Town()


def remind(on: date) -> int:
    return reminders.remind(on=on, by=system(on), at=NOON)


def raised() -> list[tuple[str, str]]:
    rows = Item.objects.filter(kind=reminders.ENDING).order_by("pk")
    return [(row.subject.split(":")[-1], row.acts) for row in rows]


@pytest.mark.parametrize(
    ("left", "told"), [(31, []), (30, ["30"]), (8, ["30"]), (7, ["7"]), (0, ["7"]), (-1, [])]
)
def test_it_comes_up_a_month_and_a_week_before_and_not_before(
    town: Town, left: int, told: list[str]
) -> None:
    town.agree(days=60)
    last = WEDNESDAY + 59 * DAY

    remind(last - left * DAY)

    assert [days for days, _acts in raised()] == told


def test_once_for_each_however_often_the_night_is_run(town: Town) -> None:
    town.agree(days=60)
    last = WEDNESDAY + 59 * DAY

    counts = [remind(last - left * DAY) for left in range(40, -1, -1)]

    assert sum(counts) == 2
    assert raised() == [("30", "mentor"), ("7", "mentor")]


def test_it_is_the_row_of_who_asked(town: Town) -> None:
    for who in (town.karin, town.ragnar):
        asked = agreements.ask(
            pupil=town.saga.public, terms=a_proposal(days=20), by=scope(who), at=NOON
        )
        for guardian in (town.mother, town.father):
            town.say(asked.public, guardian, YES, by=who)

    remind(WEDNESDAY)

    assert {acts for _days, acts in raised()} == {"counsellor", "principal"}


def test_the_row_says_to_whom_until_when_and_leads_to_asking_anew(town: Town) -> None:
    consent = town.agree(days=20)
    remind(WEDNESDAY)

    page = signed_in(town.mira).get("/")

    assert "Samtycket till social:9999 går ut 9 november 2026. Vill familjen fortsätta?" in words(
        page
    )
    assert f"/elev/{town.saga.public}/samtycken/fraga/?fornya={consent}" in page.content.decode()


def test_what_is_taken_back_says_so_at_once(town: Town) -> None:
    consent = town.agree(days=20)
    remind(WEDNESDAY)

    agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(town.mira), at=later(1))

    assert Item.objects.get(kind=reminders.ENDING).recovered_on == WEDNESDAY


def test_what_has_been_replaced_asks_for_nothing_more(town: Town) -> None:
    old = town.agree(days=20)
    remind(WEDNESDAY)
    new = agreements.ask(
        pupil=town.saga.public, terms=a_proposal(days=180), by=scope(town.mira), at=NOON,
        replaces=old,
    )  # fmt: skip
    assert Item.objects.get(kind=reminders.ENDING).recovered_on is None  # only asked for as yet
    for who in (town.mother, town.father):
        town.say(new.public, who, YES)

    assert Item.objects.get(kind=reminders.ENDING).recovered_on == WEDNESDAY
    assert remind(WEDNESDAY + 14 * DAY) == 0


def test_what_was_never_given_and_a_protected_childs_does_not_come_up(town: Town) -> None:
    town.ask(days=20)
    assert remind(WEDNESDAY) == 0
    town.agree(days=20)
    Pupil.objects.filter(pk=town.saga.pk).update(protection=1)
    assert remind(WEDNESDAY) == 0


def test_the_nightly_job_reminds_and_ends_what_has_run_out(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.agree(days=20)
    run_out = town.agree(days=1)
    tomorrow = WEDNESDAY + DAY
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(tomorrow, NOON.timetz()))

    for _ in range(2):
        tasks.run_nightly.func()

    assert Consent.objects.get(public=run_out).state == "expired"
    assert raised() == [("30", "mentor")]


def readings() -> list[tuple[str, list[str], int]]:
    return [(row.what, row.classes, row.count) for row in Reading.objects.order_by("pk")]


@pytest.mark.parametrize("url", ["/", "/arbete/", "/arbete/?order=name"])
def test_a_list_with_such_a_row_is_a_reading_of_that_childs_consents_and_of_no_others(
    town: Town, url: str
) -> None:
    town.agree(days=20)
    remind(WEDNESDAY)
    raised_row(town.noor)

    signed_in(town.mira).get(url)

    told = {tuple(classes): count for _what, classes, count in readings()}
    assert told == {("K1", "K12", "K3"): 1, ("K1", "K3"): 1}


def test_the_family_is_told_in_the_extract_that_its_consent_was_seen_in_a_list(town: Town) -> None:
    town.agree(days=20)
    remind(WEDNESDAY)
    signed_in(town.mira).get("/")

    (shown,) = log.shown_of(str(town.saga.public), Reader.GUARDIAN)

    assert shown.action in ("view", "list")
    assert DataClass.CONSENT in shown.classes
