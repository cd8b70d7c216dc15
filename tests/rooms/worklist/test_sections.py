"""What the work list puts on the viewer's day and on a pupil's page."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from samnarvaro.base import sections
from samnarvaro.base.once import Once
from samnarvaro.people.models import Staff
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.web.sections import my_day, of_pupil
from tests.rooms.worklist.school import FRIDAY, MONDAY, NOON, School, raised, scope, system


def section_of(staff: Staff, on: date = FRIDAY) -> sections.Section:
    found = my_day(scope=scope(staff, on), today=on, now=NOON)
    assert found is not None
    return found


def drawn(section: sections.Section) -> str:
    return " ".join(
        render_to_string(section.template, dict(section.context), RequestFactory().get("/")).split()
    )


def test_my_day_lists_what_is_mine_with_why_and_when(school: School) -> None:
    overdue, waiting = raised(school.saga, due_on=date(2026, 10, 22)), raised(school.noor)
    services.act(
        waiting.public, Act.WAIT, text="möte bokat", wait_until=MONDAY, by=scope(school.mira),
        at=NOON, on=FRIDAY,
    )  # fmt: skip
    services.mark_recovered([overdue.subject], on=FRIDAY, by=system(), at=NOON)

    section = section_of(school.mira)
    page = drawn(section)

    assert section.pupils == {school.saga.pk, school.noor.pk}
    assert {str(each) for each in section.classes} == {"K1", "K3", "K4"}
    waits, over = page.index('id="work-waiting"'), page.index('id="work-recovered"')
    assert page.index('id="work-today"') < waits < page.index("Noor Haddad")
    assert page.index("Noor Haddad") < over < page.index("Saga Lind")
    assert "Borta 10,9" in page
    assert "skulle varit klart torsdag 22 oktober" in page
    assert "Gäller inte längre sedan i dag." in page
    assert "Raden står kvar tills du säger vad som gjordes." in page
    assert "väntar till måndag 2 november" in page
    assert "Sattes att vänta: Mira Ek, i dag. ”möte bokat”" in page


def test_an_empty_day_tells_what_would_fill_it(school: School) -> None:
    section = section_of(school.mira)

    assert (section.pupils, drawn(section).count('class="empty"')) == (frozenset(), 3)


def test_the_day_shows_the_first_rows_of_a_part_and_the_way_to_all(
    school: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        raised(school.pupil("Elev", f"{number:02}", school.class_8b), due_on=FRIDAY)
    ten = section_of(school.mira)
    assert "Visa alla" not in drawn(ten)
    raised(school.pupil("Elev", "99", school.class_8b), due_on=FRIDAY)

    eleven = section_of(school.mira)
    with django_assert_num_queries(0):
        page = drawn(eleven)

    assert page.count('class="work-row"') == 10
    assert '<span class="count">11</span>' in page
    assert '<a href="/arbete/?when=today">Visa alla 11: I dag eller tidigare</a>' in page
    assert "Elev 99" not in page
    assert eleven.pupils == ten.pupils  # of whom nothing is shown, nothing is told


def test_rows_that_have_gone_over_lead_to_the_whole_list(school: School) -> None:
    for number in range(11):
        row = raised(school.pupil("Elev", f"{number:02}", school.class_8b), subject=f"row:{number}")
        services.mark_recovered([row.subject], on=FRIDAY, by=system(), at=NOON)

    page = drawn(section_of(school.mira))

    assert '<a href="/arbete/?view=all">Alla 11 står i arbetslistan</a>' in page


def test_each_row_has_its_own_acts(school: School) -> None:
    rows = [raised(school.saga, subject="one"), raised(school.noor, subject="two")]

    page = drawn(section_of(school.mira))

    for row in rows:
        assert page.count(f'action="/arbete/{row.public}/" hx-get="/arbete/{row.public}/"') == 1
    assert page.count(' name="act" value="done"') == 3  # and one for all that are ticked
    assert '<ul class="work-list" hx-target="closest .work-row" hx-swap="outerHTML">' in page


def test_where_an_act_leads_back_to_stands_in_its_form_as_it_is_and_harmless(
    school: School,
) -> None:
    row = raised(school.saga)
    by = scope(school.mira, FRIDAY)
    back = '/arbete/?a=1&b="><b>'
    section = of_pupil(scope=by, pupil=school.saga, today=FRIDAY, once=Once(), back=back)
    assert section is not None

    page = drawn(section)

    value = "/arbete/?a=1&amp;b=&quot;&gt;&lt;b&gt;"
    assert page.count(f'name="next" value="{value}"') == 1
    assert str(row.public) in page


def test_who_holds_no_rows_has_no_such_part_of_the_day(school: School) -> None:
    raised(school.saga)

    assert my_day(scope=scope(school.sonja), today=FRIDAY, now=NOON) is None
    assert my_day(scope=None, today=FRIDAY, now=NOON) is None


def test_my_day_is_on_the_page_of_the_day(school: School) -> None:
    found = sections.collect("my_day", scope=scope(school.mira), today=FRIDAY, now=NOON)

    assert "worklist/_my_day.html" in [section.template for section in found]


def pupils_section(school: School, who: str) -> sections.Section:
    by = scope(getattr(school, who), FRIDAY)
    found = of_pupil(scope=by, pupil=school.saga, today=FRIDAY, once=Once(), query={})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("who", "acts", "reads_words"),
    [("mira", 4, True), ("ragnar", 0, True), ("karin", 0, False)],
)
def test_on_a_pupils_page_all_who_follow_it_see_whose_the_row_is_and_what_was_done(
    school: School, who: str, acts: int, reads_words: bool
) -> None:
    facts: dict[str, Any] = {"by": scope(school.mira, FRIDAY), "at": NOON, "on": FRIDAY}
    cleared, waiting = raised(school.saga, subject="old"), raised(school.saga)
    services.act(cleared.public, Act.DONE, text="samtal med Saga", **facts)
    services.act(waiting.public, Act.DONE, text="fel rad", **facts)
    services.undo(waiting.public, **facts)
    services.act(waiting.public, Act.WAIT, text="möte bokat", wait_until=MONDAY, **facts)

    section = pupils_section(school, who)
    page = drawn(section)

    assert section.pupils == {school.saga.pk}
    assert page.count(' name="act" value="') == acts
    assert ("Att göra för: Mentor." in page) is (who != "mira")
    assert page.index("Sattes att vänta: Mira Ek, i dag.") < page.index("1 tidigare rad")
    assert page.index("1 tidigare rad") < page.rindex("Klart: Mira Ek, i dag.")
    assert "(ångrat)" in page
    assert ("”möte bokat”" in page) is reads_words
    assert ("”samtal med Saga”" in page) is reads_words
    assert ("inte med vilka ord" in page) is not reads_words
    assert ("K4" in section.classes) is reads_words


def test_a_pupil_without_rows_tells_what_would_make_one(school: School) -> None:
    assert "Inget är att göra just nu" in drawn(pupils_section(school, "karin"))


@pytest.mark.parametrize("who", ["tove", "agda", "sonja"])
def test_who_does_not_follow_what_is_done_has_no_such_part_of_a_pupils_page(
    school: School, who: str
) -> None:
    by = scope(getattr(school, who), FRIDAY)

    assert of_pupil(scope=by, pupil=school.saga, today=FRIDAY, once=Once()) is None
