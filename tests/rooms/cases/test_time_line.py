"""The time line: what every room holds of the pupil, closed things as being there, old things folded."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import timelines
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.cases.domain.steps import Fact
from samnarvaro.cases.web import case_shown
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.relations import Kind as Tie
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.status import Occasion, Status, Told
from samnarvaro.mapping.services import statuses
from samnarvaro.notes import queries
from samnarvaro.notes import services as notes
from samnarvaro.outreach import services as outreach
from samnarvaro.outreach.domain.contacts import Outcome
from samnarvaro.outreach.domain.contacts import Told as Contact
from samnarvaro.outreach.domain.needs import Whom
from tests.rooms.cases import way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words
from tests.rooms.mapping.mapped import locked

HIDDEN = "sa att hon inte vill hem"


def common(town: CaseTown, who: str = "ragnar") -> dict[str, Any]:
    return {"by": scope(getattr(town, who)), "at": NOON, "on": WEDNESDAY}


def told(town: CaseTown, who: str = "ragnar") -> list[Happening]:
    return timelines.of_pupil(town.saga, by=scope(getattr(town, who)))


def kinds(town: CaseTown, who: str = "ragnar") -> set[Kind]:
    return {each.kind for each in told(town, who)}


def write_note(town: CaseTown, text: str = HIDDEN) -> None:
    notes.write(tie=town.ties["karin"].public, text=text, by=scope(town.karin), at=NOON)


def fill(town: CaseTown) -> None:
    """One thing of each kind."""
    town.judge()
    locked(town)
    status = Told(status=Status.PERIODS, occasion=Occasion.FOLLOW_UP, set_on=WEDNESDAY)
    statuses.set_status(town.saga.public, status, **common(town, "mira"))
    contact = Contact(
        made_on=WEDNESDAY, whom=Whom.GUARDIAN, outcome=Outcome.REACHED, text="mormor är sjuk"
    )
    outreach.record(contact, pupil=town.saga.public, **common(town, "mira"))
    town.agree(to_zone="social:9999")
    write_note(town)


def test_what_the_rooms_hold_stands_on_the_page_of_the_case(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    fill(town)

    assert kinds(town) == set(Kind)
    page = words(client_of(town.ragnar).get(f"/elev/{town.saga.public}/arende/"))
    for said in (
        "Bedömning: frånvaron är upprepad", "Enkel kartläggning 21 oktober 2026",
        "Eleven själv: Miljön i skolan stressar (mycket).", "5. Borta i perioder",
        "Ja till att dela med", "Telefon med", "En anteckning finns",
    ):  # fmt: skip
        assert said in page, said
    reading = Reading.objects.order_by("-pk")[0]
    assert {"K0", "K1", "K3", "K5", "K12"} <= set(reading.classes)


def test_of_a_contact_it_tells_that_it_was_made_and_not_what_was_said(town: CaseTown) -> None:
    fill(town)
    (contact,) = (each for each in told(town) if each.kind is Kind.CONTACT)
    assert (contact.text, contact.classes) == ("", frozenset({DataClass.ATTENDANCE}))


def test_a_note_of_another_is_there_and_not_read_and_its_author_opens_it(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    write_note(town)
    address = f"/elev/{town.saga.public}/arende/"

    page = words(client_of(town.ragnar).get(address))
    assert "En anteckning finns" in page
    assert "fråga Karin Sjö" in page
    assert HIDDEN not in page

    mine = client_of(town.karin)
    there = f"/anteckningar/{town.ties['karin'].public}/"
    assert f'href="{there}"' in words(mine.get(address))
    assert HIDDEN not in words(mine.get(address))
    assert HIDDEN in words(mine.get(there))
    assert Reading.objects.order_by("-pk")[0].classes == ["K6"]


def test_one_who_was_let_in_opens_it_and_a_corrected_one_is_one(town: CaseTown) -> None:
    town.ties["pia"] = town.tie(
        town.pia, town.saga, kind=Tie.STUDENT_HEALTH_CASE, zone="school:9999"
    )  # fmt: skip
    write_note(town)
    (closed,) = (each for each in told(town, "pia") if each.kind is Kind.NOTE)
    assert (closed.is_closed, closed.url) == (True, "")

    (note,) = (each.public for each in _notes(town))
    notes.name_reader(note=note, staff=town.pia.pk, by=scope(town.karin), at=NOON)
    notes.correct(note=note, text="det rätta", by=scope(town.karin), at=NOON)

    (opened,) = (each for each in told(town, "pia") if each.kind is Kind.NOTE)
    assert (opened.is_closed, opened.text) == (False, "")
    assert opened.url.startswith("/anteckningar/")


def _notes(town: CaseTown) -> list[queries.Written]:
    return queries.of_pupil(town.saga.pk, by=scope(town.karin))


@pytest.mark.parametrize("who", ["mira", "pia", "eva", "sonja", "petra", "vera"])
def test_who_does_not_work_with_the_pupil_is_not_told_that_notes_are_there(
    town: CaseTown, who: str
) -> None:
    write_note(town)
    assert Kind.NOTE not in kinds(town, who)


def test_notes_of_other_zones_are_not_known_at_school(town: CaseTown) -> None:
    tie = town.tie(town.sonja, town.saga)
    notes.write(tie=tie.public, text="hembesök", by=scope(town.sonja), at=NOON)
    notes.write(tie=town.ties["eva"].public, text="tog prov", by=scope(town.eva), at=NOON)
    for who in ("ragnar", "karin"):
        assert Kind.NOTE not in kinds(town, who)


def test_a_protected_pupils_notes_are_known_to_its_handlers_alone(town: CaseTown) -> None:
    write_note(town)
    town.protect(town.saga, town.diana)
    assert Kind.NOTE not in kinds(town)
    assert told(town) == []


def test_the_mentor_is_told_nothing_of_investigations(town: CaseTown) -> None:
    town.judge()
    assert Kind.STEP in kinds(town)
    assert Kind.STEP not in kinds(town, "mira")


def test_what_was_taken_back_stands_with_its_day(town: CaseTown) -> None:
    consent = town.agree(to_zone="social:9999")
    agreements.withdraw(consent=consent, way=Way.ORAL, by=scope(town.mira), at=NOON)
    titles = [each.title for each in told(town) if each.kind is Kind.CONSENT]
    assert any(title.endswith("togs tillbaka") for title in titles)


@pytest.mark.parametrize(
    ("today", "kept"),
    [
        (date(2026, 6, 30), date(2024, 7, 1)),
        (date(2026, 7, 1), date(2025, 7, 1)),
        (date(2026, 11, 28), date(2025, 7, 1)),
    ],
)
def test_this_school_year_and_the_one_before_are_kept_open(today: date, kept: date) -> None:
    assert case_shown.kept_open(today) == kept


def test_what_is_older_than_two_school_years_is_folded_away(town: CaseTown) -> None:
    early = date(2025, 6, 30)
    case = way.open_case(town.saga.public, by=scope(town.ragnar), at=_at(early), on=early)
    way.tell(case, Fact.TRIGGER, **common(town))
    page = words(client_of(town.ragnar).get(f"/elev/{town.saga.public}/arende/"))
    fold = page.index("Före 1 juli 2025 (1)")
    assert page.index("Varför det behövs samverkan") < fold < page.rindex("Ärendet öppnades")


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


def test_the_page_asks_the_same_number_of_questions_however_much_has_happened(
    town: CaseTown,
) -> None:
    way.open_case(town.saga.public, **common(town))
    fill(town)
    client = client_of(town.ragnar)

    def ask() -> int:
        client.get(f"/elev/{town.saga.public}/arende/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/elev/{town.saga.public}/arende/")
        return len(asked)

    few = ask()
    for _ in range(3):
        write_note(town)
        locked(town)
        town.agree(to_zone="health:99")
    assert ask() == few
