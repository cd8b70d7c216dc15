"""A professional sets the status; the marks suggest, with their figures; the line shows how it moved."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.mapping.domain.status import Fault, Occasion, Status, Told
from samnarvaro.mapping.models import AttendanceStatus
from samnarvaro.mapping.queries import statuses as queries
from samnarvaro.mapping.services import statuses as services
from samnarvaro.mapping.services.mappings import NotYours
from samnarvaro.people import queries as people
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.mapped import as_staff, locked
from tests.rooms.worklist.test_pages import signed_in, words


def marked(town: Town, absent: int, late: int = 0) -> None:
    """Ten school days of 300 minutes up to Wednesday, with so many missed and so often late in all."""
    days = [WEDNESDAY - timedelta(days=n) for n in range(13, -1, -1)]
    for number, day in enumerate([day for day in days if day.weekday() < 5], start=1):
        DayTotal.objects.create(
            day=day, pupil=town.saga, scheduled=300 * number, excused=absent * number // 10,
            unexcused=0, unreported=0, late=late * number // 10, days=number, run=0,
            unit=town.strand,
        )  # fmt: skip


def set_it(
    town: Town, status: Status | None = Status.PERIODS, who: str = "mira",
    on: date = WEDNESDAY, words: str = "",
) -> UUID:  # fmt: skip
    told = Told(status=status, occasion=Occasion.FOLLOW_UP, set_on=on, words=words)
    return services.set_status(
        town.saga.public, told, by=scope(as_staff(town, who)), at=NOON, on=WEDNESDAY
    )


def test_it_is_set_with_what_the_marks_suggested_and_the_log_has_no_words(town: Town) -> None:
    marked(town, absent=0, late=10)

    set_it(town, Status.WITH_STRESS, words="ont i magen varje morgon")

    (found,) = queries.of_pupil(town.saga.pk, by=scope(town.ragnar))
    assert (found.status, found.suggested, found.author) == (
        Status.WITH_STRESS, Status.LATE, "Mira Ek",
    )  # fmt: skip
    row = Writing.objects.get(act="attendance_status.set")
    assert row.pupil == str(town.saga.public)
    assert "magen" not in str(vars(row))


def test_of_two_for_one_day_the_later_holds_and_both_are_kept(town: Town) -> None:
    set_it(town, Status.LATE)
    set_it(town, Status.PERIODS)
    set_it(town, Status.POSITIVE, on=WEDNESDAY - timedelta(days=20))

    by = scope(town.mira)
    found = [each.status for each in queries.of_pupil(town.saga.pk, by=by)]
    assert found == [Status.POSITIVE, Status.LATE, Status.PERIODS]
    holds = queries.holding(town.saga.pk, by=by)
    assert holds
    assert holds.status is Status.PERIODS


def test_what_is_missing_is_told_and_nothing_is_set(town: Town) -> None:
    with pytest.raises(services.CannotSet) as refused:
        set_it(town, None, on=WEDNESDAY + timedelta(days=1))

    assert refused.value.faults == [Fault.STATUS, Fault.DAY_LATER]
    assert not AttendanceStatus.objects.exists()


@pytest.mark.parametrize("who", ["ragnar", "agda", "nils", "sonja", "petra"])
def test_only_who_maps_with_the_pupil_sets_it(town: Town, who: str) -> None:
    with pytest.raises((NotYours, people.NoSuchPupil)):
        set_it(town, who=who)
    assert not AttendanceStatus.objects.exists()


def test_for_a_stranger_there_is_no_status(town: Town) -> None:
    set_it(town)
    for who in ("nils", "petra", "sonja", "agda"):
        assert queries.of_pupil(town.saga.pk, by=scope(as_staff(town, who))) == []
        page = signed_in(as_staff(town, who)).get(f"/elev/{town.saga.public}/narvarostatus/")
        assert page.status_code == 404


def test_the_page_says_what_the_marks_suggest_by_which_figures(town: Town) -> None:
    client, address = signed_in(town.mira), f"/elev/{town.saga.public}/narvarostatus/"
    assert "det behövs 10 skoldagar med lektioner" in words(client.get(address))

    marked(town, absent=300)

    page = words(client.get(address))
    assert "Markeringarna talar för 5. Borta i perioder eller från enstaka lektioner." in page
    assert "10,0 % av lektionstiden på 30 dagar (från 10 procent)" in page.replace("\xa0", " ")
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K3", "K5"]


def test_it_is_set_on_the_page_and_the_line_shows_how_it_moved(town: Town) -> None:
    client, address = signed_in(town.mira), f"/elev/{town.saga.public}/narvarostatus/"
    refused = client.post(address, {"status": "5", "set_on": "2026-10-01"})
    assert refused.status_code == 422
    assert "Välj vid vilket tillfälle." in words(refused)

    sent = {"status": "5", "occasion": "intake", "set_on": "2026-10-01", "words": "onsdagar"}
    assert client.post(address, sent).status_code == 302
    sent |= {"status": "4", "occasion": "follow_up", "set_on": "2026-10-21"}
    client.post(address, sent)

    page = words(client.get(address))
    assert "Från status 5 den 1 oktober till 4 den 21 oktober" in page
    assert "4. Kommer sent på morgnarna och är sedan kvar" in page
    assert 'class="picture status wide"' in page
    pupil = words(client.get(f"/elev/{town.saga.public}/"))
    assert "Närvarostatus 4. Kommer sent på morgnarna och är sedan kvar, satt 21 oktober" in pupil


def test_a_principal_reads_it_and_has_no_form(town: Town) -> None:
    set_it(town)
    client, address = signed_in(town.ragnar), f"/elev/{town.saga.public}/narvarostatus/"

    assert 'name="occasion"' not in words(client.get(address))
    assert client.post(address, {"status": "5"}).status_code == 404


def test_the_number_of_questions_is_the_same_however_often_it_was_set(town: Town) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.of_pupil(town.saga.pk, by=scope(town.mira))
        return len(asked)

    set_it(town)
    ask()
    few = ask()
    for _ in range(5):
        set_it(town)
    assert ask() == few


def test_two_mappings_show_which_causes_came_and_which_went(town: Town) -> None:
    client, address = signed_in(town.mira), f"/elev/{town.saga.public}/kartlaggning/"
    locked(town)
    assert "Väven av orsaker över tid" not in words(client.get(address))

    new = client.post(address, {"depth": "simple"}).headers["Location"]
    sent = {
        "act": "lock", "child_words": "Bättre nu.", "held_on": "2026-10-21", "methods": ["talk"],
        "triggers": ["worry"], "factor-kind": "stressful_place", "factor-source": "guardian",
        "factor-strength": "1", "factor-words": "äter i hemkunskapen",
    }  # fmt: skip
    client.post(new, sent)

    page = words(client.get(address))
    assert "Väven av orsaker över tid" in page
    assert (
        "Nu spelar in: 2. Nya sedan förra gången: 1. Nämns inte längre: 1." in page
    )  # worry came, the missing adaptation is not spoken of
