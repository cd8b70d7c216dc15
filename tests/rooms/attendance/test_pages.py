"""Attendance on a pupil's page: figures explained, days, patterns, and lessons with their history."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from samnarvaro.attendance.domain.lessons import Outcome
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.web import texts
from samnarvaro.audit.models import Reading
from samnarvaro.base import clock, dates
from samnarvaro.base.figures import share
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.organisation import services as organisation
from samnarvaro.people.models import Account, Pupil
from tests.rooms.staircase.browsing import HTMX, signed_in, words
from tests.rooms.staircase.school import AT, DAYS, FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_pages_figures import defined

MONDAY = date(2026, 11, 16)


@pytest.fixture
def school(
    tmp_path: Path,
    db: None,  # noqa: ARG001  # the rows need tables
    monkeypatch: pytest.MonkeyPatch,
) -> SchoolWithMarks:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    found = SchoolWithMarks(tmp_path)
    found.take_in_autumn()
    return found


def page_of(pupil: Pupil, rest: str = "") -> str:
    return f"/elev/{pupil.public}/{rest}"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def key_figure(page: str, label: str) -> str:
    """What stands in a key figure: from its label to the next one."""
    begin = page.index(f'<p class="key-label">{label}</p>')
    return page[begin : page.find('<div class="key-figure"', begin)]


@pytest.mark.parametrize("who", ["saga", "leo", "noor"])
def test_the_key_figures_are_those_of_the_definition(school: SchoolWithMarks, who: str) -> None:
    pupil: Pupil = getattr(school, who)

    page = words(signed_in(school.ragnar).get(page_of(pupil)))

    for length in (30, 60):
        figures = defined(pupil, trailing(FRIDAY, length))
        told = key_figure(page, f"Borta, {length} dagar")
        assert plain(share(figures.absent, figures.scheduled)) in told
    month = defined(pupil, trailing(FRIDAY, 30))
    assert f'<p class="key-value">{month.late_count}</p>' in key_figure(
        page, "Sena ankomster, 30 dagar"
    )
    everything = defined(pupil, Window(date(2026, 8, 1), FRIDAY))
    assert f'<p class="key-value">{texts.days(everything.absent_days_in_row)}</p>' in key_figure(
        page, "Hela dagar i rad borta nu"
    )


def test_a_figure_says_its_rule_window_denominator_and_freshness(school: SchoolWithMarks) -> None:
    told = key_figure(words(signed_in(school.mira).get(page_of(school.saga))), "Borta, 30 dagar")

    for line in (
        "Giltig och ogiltig frånvaro räknas lika.",
        "22 oktober–20 november (30 dagar)",
        "Rapporterade lektioner på skoldagar",
        "Alla lektioner är rapporterade.",
        "lektioner till och med fredag 20 november, inläst 20 november 19.30",
    ):
        assert line in told


def test_unreported_time_has_its_own_figure(school: SchoolWithMarks) -> None:
    school.take_in(school.day(school.noor, MONDAY, away=set(range(5)), kind="unreported"))
    month = defined(school.noor, trailing(FRIDAY, 30))

    page = words(signed_in(school.mira).get(page_of(school.noor)))

    unreported = plain(share(month.unreported, month.scheduled + month.unreported))
    assert month.unreported == 300
    assert unreported in key_figure(page, "Inte rapporterat, 30 dagar")
    assert f"{unreported} av lektionstiden (5 h) är inte rapporterad." in page
    assert "mån 16 nov: inte rapporterat" in page


def test_free_days_are_named_and_drawn(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.mira).get(page_of(school.saga)))

    assert "höstlov 26–30 oktober" in page
    assert "mån 26 okt: ledig dag" in page


def test_a_day_freed_afterwards_is_free_on_the_page_too(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    assert "mån 16 nov: borta" in words(client.get(page_of(school.saga)))

    organisation.set_calendar_span(
        authority=school.authority,
        unit=school.strand,
        days=Window(MONDAY, MONDAY),
        is_school_day=False,
        label="studiedag",
    )

    page = words(client.get(page_of(school.saga, "allt/")))
    assert "mån 16 nov: ledig dag" in page
    assert "Måndag 16 november: inga lektioner som räknas" in page


def test_what_is_missed_is_told_by_weekday_and_subject(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)

    saga = words(client.get(page_of(school.saga)))
    noor = words(client.get(page_of(school.noor)))
    patterns = words(client.get(page_of(school.noor, "del/monster/")))

    assert "Borta mest på måndagar: " in saga or "Borta mest på tisdagar: " in saga
    assert "Borta mest på torsdagar: 20 % av lektionstiden." in noor
    assert "Missar mest i IDH: 21 % av lektionstiden." in patterns


def test_a_lesson_shows_what_was_held_before_by_whom_and_when(school: SchoolWithMarks) -> None:
    school.take_in(school.day(school.saga, MONDAY, away={0, 1}, kind="excused"), profile="hand")
    account = Account.objects.get(username="agda")
    Delivery.objects.filter(profile="hand").update(by=str(account.public))

    page = words(signed_in(school.mira).get(page_of(school.saga, "lektioner/")))

    assert "borta 2 h av 5 h (2 lektioner ändrade)" in page
    assert page.count("ändrad 1 gång") == 2
    assert (
        "Ogiltig frånvaro, 60 av 60 min<br><small>skolans system (csv), 20 november 19.30" in page
    )
    assert "Giltig frånvaro, 60 av 60 min<br><small>Agda Nyberg, 20 november 19.30" in page


def test_lessons_are_looked_through_with_and_without_javascript(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)

    page = client.get(page_of(school.saga, "lektioner/?till=2026-10-02"))
    part = client.get(page_of(school.saga, "lektioner/?till=2026-10-02"), headers=HTMX)

    assert "<h1>Lektioner</h1>" in words(page)
    assert "Fredag 2 oktober" in words(page)
    assert "5 oktober" not in words(page)
    assert "<html" not in words(part)
    assert 'id="lessons"' in words(part)
    assert Reading.objects.filter(what="attendance:lessons").count() == 2


def test_all_lessons_are_there_ten_days_a_page(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)

    pages = [
        words(client.get(page_of(school.saga, f"lektioner/?page={number}")))
        for number in range(1, 7)
    ]

    assert [page.count("lesson-day") for page in pages] == [10, 10, 10, 10, 10, 5]
    assert "Måndag 31 augusti" in pages[-1]
    assert f"{len(DAYS)} dagar med lektioner." in pages[0]


@pytest.mark.parametrize(
    ("asked", "days", "lessons"),
    [
        ("visa=absent", 6, 12),  # two lessons each Monday and Tuesday since 5 October
        ("visa=unexcused&amne=MA", 6, 6),
        ("visa=excused", 0, 0),
        ("visa=late", 8, 8),
        ("amne=IDH", 10, 10),
        ("amne=nonsense&visa=nonsense", 10, 50),
    ],
)
def test_lessons_are_narrowed_by_subject_and_by_what_was_held(
    school: SchoolWithMarks, asked: str, days: int, lessons: int
) -> None:
    page = words(
        signed_in(school.mira).get(page_of(school.saga, f"lektioner/?till=2026-10-23&{asked}"))
    )

    assert (page.count("lesson-day"), page.count('<td class="nowrap">')) == (days, lessons)


@pytest.mark.parametrize("till", ["", "nonsense", "2030-01-01", "9999-99-99"])
def test_a_day_that_cannot_be_read_means_today(school: SchoolWithMarks, till: str) -> None:
    page = words(signed_in(school.mira).get(page_of(school.saga, f"lektioner/?till={till}")))

    assert "Fredag 20 november" in page


def test_before_the_first_lesson_the_page_says_so(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.mira).get(page_of(school.saga, "lektioner/?till=2026-01-01")))

    assert "Inga sådana lektioner" in page


def test_a_pupil_without_marks_has_no_sections_of_figures(school: SchoolWithMarks) -> None:
    new = school.pupil("Ny", "Elev", school.class_8b)

    page = words(signed_in(school.mira).get(page_of(new)))

    assert "key-figure" not in page
    assert "Lektion för lektion" not in page


def test_student_health_reads_minutes_and_no_word_of_blame(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.karin).get(page_of(school.leo)))

    assert "Borta, 30 dagar" in page
    for word in ("skolk", "hemmasittare", "skolvägr"):
        assert word not in page.casefold()


def test_every_outcome_has_its_words_and_its_tone() -> None:
    assert set(texts.OUTCOME) == set(texts.TONE) == set(texts.ICON) == set(Outcome)
    assert "fault" not in texts.TONE.values()


@pytest.mark.parametrize(
    ("by_weekday", "said"),
    [
        ({}, "Ingen frånvaro någon veckodag."),
        ({0: Absence(600, 0), 1: Absence(600, 0)}, "Ingen frånvaro någon veckodag."),
        ({0: Absence(600, 60), 1: Absence(600, 60)}, "Frånvaron är ganska jämnt fördelad över veckan."),
        (
            {0: Absence(600, 300), 1: Absence(600, 60)},
            "Borta mest på måndagar: 50 % av lektionstiden.",
        ),
    ],
)  # fmt: skip
def test_the_weekdays_title_is_a_true_sentence(by_weekday: dict[int, Absence], said: str) -> None:
    assert plain(texts.weekday_title(by_weekday)) == said


@pytest.mark.parametrize(
    ("sums", "changed", "said"),
    [
        (Absence(0, 0), 0, "inga lektioner som räknas"),
        (Absence(300, 0), 0, "på plats hela dagen"),
        (Absence(300, 300), 0, "borta hela dagen, 5 h"),
        (Absence(300, 60), 0, "borta 1 h av 5 h"),
        (Absence(300, 60), 1, "borta 1 h av 5 h (1 lektion ändrad)"),
    ],
)
def test_a_day_is_told_in_a_few_words(sums: Absence, changed: int, said: str) -> None:
    assert plain(texts.day_came_to(sums, changed)) == said


def test_moments_are_told_by_the_swedish_clock() -> None:
    assert dates.moment(datetime(2026, 11, 20, 18, 30, tzinfo=UTC)) == "20 november 19.30"
    assert dates.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 00.30"
    assert dates.span(date(2026, 11, 2), date(2026, 11, 20)) == "2–20 november"
    assert dates.span(date(2026, 12, 20), date(2027, 1, 8)) == "20 december 2026–8 januari 2027"
    assert dates.span(MONDAY, MONDAY) == "16 november"
