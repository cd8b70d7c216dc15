"""What the family is told of who has looked: all of it, in plain words, but for what law keeps."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samnarvaro.audit import queries as log
from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.extract import KEPT_FROM, Reader, told
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import bulk, wall
from samnarvaro.base.pdf import Sheet, answers
from samnarvaro.base.pdf.printing import NotPrinted, printed
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people.models import Duty, Guardian, Guardianship, Pupil
from tests import papers
from tests.rooms.staircase.browsing import signed_in
from tests.rooms.staircase.browsing import words as as_page
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system

MORNING = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)


@pytest.fixture
def vik(tmp_path: Any, db: None, today: None) -> SchoolWithMarks:  # noqa: ARG001  # tables, day
    return SchoolWithMarks(tmp_path)


@pytest.fixture
def lena(vik: SchoolWithMarks) -> Guardian:
    guardian = Guardian.objects.create(given_name="Lena", family_name="Lind")
    Guardianship.objects.create(pupil=vik.saga, guardian=guardian, first_day=FRIDAY)
    return guardian


def words(answer: Any) -> str:
    """The page as it is read: without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", as_page(answer)).split())


def show(pupil: Pupil, by: Scope, *classes: K, at: datetime = MORNING, **more: Any) -> None:
    given = {"action": "view", "what": "pupil", "channel": "web"} | more
    audit.record_reading(by=by, at=at, pupils=[str(pupil.public)], classes=classes, **given)


def page(vik: SchoolWithMarks, reader: str, form: str = "") -> Any:
    return signed_in(vik.ragnar).get(
        f"/elev/{vik.saga.public}/logg/", {"for": reader} | ({"form": form} if form else {})
    )


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("kept", list(K))
def test_what_law_keeps_is_left_out_and_the_rest_of_the_reading_stays(
    reader: Reader, kept: K
) -> None:
    is_kept = kept in KEPT_FROM[reader] | {K.INTERNAL, K.STAFF}

    assert told([kept, K.ATTENDANCE], reader) == {K.ATTENDANCE} | (set() if is_kept else {kept})
    assert bool(told([kept], reader)) is not is_kept


def test_the_childs_own_words_are_its_own_and_reports_of_concern_are_told_to_nobody() -> None:
    assert {
        Reader.PUPIL: {K.CONCERN},
        Reader.GUARDIAN: {K.CHILD_WORDS, K.CONCERN},
    } == KEPT_FROM


def test_the_extract_says_who_when_what_and_why(vik: SchoolWithMarks, lena: Guardian) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME, K.ATTENDANCE)
    show(vik.saga, scope(vik.sonja, FRIDAY), K.ATTENDANCE, ground="consent:7", action="list")

    text = words(page(vik, str(lena.public)))

    assert "Uppgifter om eleven har visats 2 gånger" in text
    assert "2026 08:05 Mira Ek Mentor Strandskolan" in text
    assert "namn, klass och skola, närvaro och frånvaro visat sin tjänst" in text
    assert "Sonja Frisk" not in text, "of another authority's people the name is not told"
    assert "Skolsocionom Förebyggande enheten närvaro och frånvaro i en lista samtycke" in text


def test_the_unit_is_the_one_of_that_time(vik: SchoolWithMarks) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME)
    Duty.objects.filter(staff=vik.mira).update(last_day=FRIDAY)
    Duty.objects.create(
        staff=vik.mira,
        unit=vik.ek,
        group=vik.class_4a,
        role=Role.MENTOR,
        first_day=FRIDAY + timedelta(days=1),
    )

    assert "Mentor Strandskolan" in words(page(vik, "elev"))


def test_a_guardian_does_not_learn_that_the_child_has_said_something(
    vik: SchoolWithMarks, lena: Guardian
) -> None:
    karin = scope(vik.karin, FRIDAY)
    show(vik.saga, karin, K.CHILD_WORDS)
    show(vik.saga, karin, K.CONCERN)
    show(vik.saga, karin, K.NAME, K.CHILD_WORDS)

    to_guardian, to_pupil = words(page(vik, str(lena.public))), words(page(vik, "elev"))

    assert "visats 1 gång " in to_guardian
    assert "elevens egna ord" not in to_guardian
    assert "visats 3 gånger" in to_pupil  # two of the three, and the principal's own look at this
    for text in (to_guardian, to_pupil):
        assert "orosanmälan" not in text


def test_a_closed_door_showed_nothing_and_is_not_told(vik: SchoolWithMarks) -> None:
    signed_in(vik.petra).get(f"/elev/{vik.saga.public}/")

    assert "visats 0 gånger" in words(page(vik, "elev"))


def test_the_extract_is_the_same_as_counted_from_the_raw_log(vik: SchoolWithMarks) -> None:
    """By another way: every row of the table read as it lies, and the sums done here."""
    people = [scope(person, FRIDAY) for person in (vik.mira, vik.karin, vik.sonja, vik.ragnar)]
    kinds = list(K)
    for number in range(120):
        some = {kinds[number % len(kinds)], kinds[number * 7 % len(kinds)]}
        pupils = [vik.saga, vik.noor, vik.robin][number % 3 :]
        audit.record_reading(
            by=people[number % 4],
            at=MORNING + timedelta(minutes=number),
            pupils=[str(each.public) for each in pupils],
            classes=some,
            action="view",
            what="page",
            channel="web",
            outcome="denied" if number % 10 == 9 else "allowed",
        )
    for pupil in (vik.saga, vik.noor, vik.robin):
        for reader, hidden in (("pupil", {"K14"}), ("guardian", {"K11", "K14"})):
            counted = []
            for at, viewer, pupils_of, classes, outcome in Reading.objects.values_list(
                "at", "viewer", "pupils", "classes", "outcome"
            ):
                left = {each for each in classes if each not in hidden | {"-", "staff"}}
                if str(pupil.public) in pupils_of and outcome == "allowed" and left:
                    counted.append((at, viewer, sorted(left)))
            shown = log.shown_of(str(pupil.public), Reader(reader))

            assert [(s.at, s.viewer, sorted(s.classes)) for s in shown] == sorted(
                counted, key=lambda row: row[0], reverse=True
            )
            assert counted


def test_the_file_and_the_paper_hold_all_lines(vik: SchoolWithMarks) -> None:
    for number in range(205):
        show(vik.saga, scope(vik.mira, FRIDAY), K.NAME, at=MORNING + timedelta(minutes=number))

    file = page(vik, "elev", "csv")
    rows = file.content.decode("utf-8-sig").splitlines()

    assert rows[0] == "Dag;Klockan;Namn;Roll;Enhet;Vad;Hur;Skäl"
    assert rows[-1] == (
        '2026-11-20;08:05;Mira Ek;Mentor;Strandskolan;"namn, klass och skola";visat;sin tjänst'
        if '"' in rows[-1]
        else "2026-11-20;08:05;Mira Ek;Mentor;Strandskolan;namn, klass och skola;visat;sin tjänst"
    )
    assert len(rows) == 206
    assert words(page(vik, "elev", "allt")).count("Mira Ek Mentor") == 205
    assert words(page(vik, "elev")).count("Mira Ek Mentor") < 205


def test_that_it_was_given_and_to_whom_is_logged(vik: SchoolWithMarks, lena: Guardian) -> None:
    page(vik, str(lena.public), "csv")

    row = Writing.objects.get(act="log.extract_given")
    assert (row.pupil, row.target) == (str(vik.saga.public), f"guardian:{lena.public}")
    assert row.detail == {"form": "csv", "lines": 0}
    reading = Reading.objects.order_by("-pk")[0]
    assert (reading.action, reading.classes) == ("export", ["K1", "K13", "K2"])


def test_before_it_is_said_for_whom_nothing_of_the_log_is_shown(
    vik: SchoolWithMarks, lena: Guardian
) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME)

    text = words(signed_in(vik.ragnar).get(f"/elev/{vik.saga.public}/logg/"))

    assert "Lena Lind (vårdnadshavare)" in text
    assert "Mira Ek" not in text
    assert not Writing.objects.filter(act="log.extract_given").exists()
    assert lena.given_name in text


def test_of_a_protected_pupil_neither_names_nor_units_are_told(vik: SchoolWithMarks) -> None:
    show(vik.tindra, scope(vik.nils, FRIDAY), K.NAME, K.ATTENDANCE)

    answer = signed_in(vik.ragnar).get(f"/elev/{vik.tindra.public}/logg/", {"for": "elev"})

    table = words(answer).partition("När")[2].partition("Vem är utdraget till?")[0]
    assert "Mentor namn, klass och skola, närvaro och frånvaro" in table
    for told_of in ("Nils Lund", "Strandskolan"):
        assert told_of not in table


@pytest.mark.parametrize("reader", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_somebody_who_is_no_guardian_of_the_pupil_is_no_reader(
    vik: SchoolWithMarks, reader: str
) -> None:
    assert page(vik, reader).status_code == 404


def test_only_who_leads_the_school_finds_it(vik: SchoolWithMarks) -> None:
    url = f"/elev/{vik.saga.public}/logg/"

    assert url in signed_in(vik.ragnar).get(f"/elev/{vik.saga.public}/").content.decode()
    assert url not in signed_in(vik.mira).get(f"/elev/{vik.saga.public}/").content.decode()
    for person in (vik.mira, vik.karin, vik.petra, vik.sonja):
        assert signed_in(person).get(url).status_code == 404


def test_the_questions_do_not_grow_with_the_lines(
    vik: SchoolWithMarks, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        person = [vik.mira, vik.karin, vik.sonja][number % 3]
        show(vik.saga, scope(person, FRIDAY), K.NAME, at=MORNING + timedelta(minutes=number))
    client = signed_in(vik.ragnar)

    with django_assert_max_num_queries(25):
        client.get(f"/elev/{vik.saga.public}/logg/", {"for": "elev"})


@pytest.mark.skipif("not __import__('samnarvaro.base.bulk').base.bulk.on_postgres()")
def test_postgres_finds_a_pupils_readings_by_index(db: None) -> None:  # noqa: ARG001
    with_index = bulk.fetch("SELECT indexdef FROM pg_indexes WHERE indexname = 'reading_by_pupils'")

    assert "gin (pupils jsonb_path_ops)" in json.dumps(with_index)


def test_a_reading_of_the_system_is_told_as_the_systems(vik: SchoolWithMarks) -> None:
    show(vik.saga, system(FRIDAY), K.NAME, action="export")

    assert "Systemet – namn, klass och skola som fil systemets eget arbete" in words(
        page(vik, "elev")
    )


def test_the_paper_for_the_family_holds_every_line_and_is_logged_as_pdf(
    vik: SchoolWithMarks, lena: Guardian
) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME, K.ATTENDANCE)
    show(vik.saga, scope(vik.sonja, FRIDAY), K.ATTENDANCE, ground="consent:7", action="list")
    show(vik.saga, scope(vik.karin, FRIDAY), K.CHILD_WORDS)

    answer = page(vik, str(lena.public), "pdf")
    text = papers.words(answer.content)

    assert "loggutdrag-2026-11-20.pdf" in answer["Content-Disposition"]
    for said in (
        "Saga Lind Vem som har sett uppgifter", "Utdraget är till : Lena Lind", "Antal gånger : 2",
        "Mentor: 1 gång", "Mira Ek Mentor Strandskolan", "av Ragnar",
    ):  # fmt: skip
        assert said in text, said
    assert "egna ord" not in text
    assert "Sonja Frisk" not in text
    row = Writing.objects.get(act="log.extract_given")
    assert row.detail == {"form": "pdf", "lines": 2}
    reading = Reading.objects.order_by("-pk")[0]
    assert (reading.action, reading.classes) == ("pdf", ["K1", "K13", "K2"])


def test_the_paper_about_a_protected_pupil_tells_neither_names_nor_units(
    vik: SchoolWithMarks,
) -> None:
    show(vik.tindra, scope(vik.nils, FRIDAY), K.NAME, K.ATTENDANCE)

    answer = signed_in(vik.ragnar).get(
        f"/elev/{vik.tindra.public}/logg/", {"for": "elev", "form": "pdf"}
    )

    everything = papers.everything(answer.content)
    assert "Mentor" in papers.text(answer.content)
    for told_of in ("Nils Lund", "Strandskolan", "Ragnar", "Tindra"):
        assert told_of not in everything
    assert "Tindra" not in str(answer.headers)


def test_a_pupil_that_becomes_protected_while_the_paper_is_printed_is_not_told_of(
    vik: SchoolWithMarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME)

    def slow(sheet: Sheet) -> bytes:
        with wall.system("meanwhile"):
            vik.protect(vik.saga, vik.ragnar, alias="Ek Vera")  # he stays one of the few who see it
        return printed(sheet)

    monkeypatch.setattr(answers, "printed", slow)

    assert page(vik, "elev", "pdf").status_code == 404
    assert not Reading.objects.filter(action="pdf", outcome="allowed").exists()


def test_one_who_is_no_guardian_any_more_when_the_paper_is_ready_gets_none(
    vik: SchoolWithMarks, lena: Guardian, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(sheet: Sheet) -> bytes:
        with wall.system("meanwhile"):
            Guardianship.objects.filter(guardian=lena).delete()
        return printed(sheet)

    monkeypatch.setattr(answers, "printed", slow)

    assert page(vik, str(lena.public), "pdf").status_code == 404


def test_a_paper_that_could_not_be_printed_is_not_written_down_as_given(
    vik: SchoolWithMarks, lena: Guardian, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_sheet: Sheet) -> bytes:
        raise NotPrinted("all presses are busy")

    monkeypatch.setattr(answers, "printed", broken)

    assert page(vik, str(lena.public), "pdf").status_code == 503
    assert not Writing.objects.filter(act="log.extract_given").exists()
