"""Whose list a row stands on, in which part of it, with which words; and the same cost for many."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.kernel.access import Holder
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people.models import Enrolment, Pupil, Staff
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, State, When
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries import words
from tests.rooms.worklist.school import (
    FIRST_DAY,
    FRIDAY,
    MONDAY,
    NOON,
    WEDNESDAY,
    School,
    new,
    raised,
    scope,
    system,
)


def mine(staff: Staff, on: date = WEDNESDAY) -> queries.Mine:
    return queries.mine(by=scope(staff, on), on=on)


def names(rows: tuple[queries.Row, ...]) -> list[str]:
    return [row.name for row in rows]


def act(item: Item, by: Staff, kind: Act, on: date, **given: Any) -> None:
    facts = {"text": "samtal med Saga"} | given
    services.act(item.public, kind, by=scope(by, on), at=NOON, on=on, **facts)


def test_a_row_tells_who_why_and_when(school: School) -> None:
    item = raised(school.saga)

    row = queries.get(item.public, by=scope(school.mira), on=FRIDAY)

    assert (row.name, row.group, row.unit) == ("Saga Lind", "8B", school.strand.pk)
    assert (row.pupil, row.pupil_public) == (school.saga.pk, school.saga.public)
    assert (row.holder, row.level, row.kind) == (Holder.MENTOR, 1, "example.level1")
    assert (row.raised_on, row.due_on, row.when) == (WEDNESDAY, date(2026, 10, 28), When.LATER)
    assert (row.state, row.last, row.acts) == (State.OPEN, None, ())
    assert row.figures["rule"] == "month-over-10"
    assert row.why == "Borta 10,9\xa0% av lektionstiden: 9\xa0h\xa050\xa0min av 90\xa0h."


def test_the_room_that_raised_a_row_says_why(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_words", dict(words._words))
    queries.register_words(
        "example.level1",
        lambda figures: f"regel {figures['rule']}",
        lambda figures: queries.Explanation(rule=figures["rule"], window="30 dagar"),
    )
    first, second = raised(school.saga), raised(school.saga, level=2)

    by_id = {row.public: row for row in queries.of_pupil(school.saga.pk, by=system(), on=FRIDAY)}

    assert by_id[first.public].why == "regel month-over-10"
    assert by_id[first.public].explanation == queries.Explanation("month-over-10", "30 dagar")
    assert by_id[second.public].why.startswith("Borta 10,9")
    assert by_id[second.public].explanation is None


def test_a_row_without_figures_still_says_something(school: School) -> None:
    raised(school.saga, figures={})

    assert mine(school.mira).later[0].why == "Något har hänt som du behöver ta ställning till."


def test_the_list_is_parted_and_the_overdue_come_first(school: School) -> None:
    for name, family, days in [
        ("Disa", "Ö", 0), ("Cleo", "Z", 0), ("Bo", "A", -3), ("Ada", "B", 2), ("Eli", "C", 5),
    ]:  # fmt: skip
        pupil = school.pupil(name, family, school.class_8b)
        raised(pupil, due_on=WEDNESDAY + timedelta(days=days))

    found = mine(school.mira)

    assert names(found.due_today) == ["Bo A", "Cleo Z", "Disa Ö"]
    assert names(found.this_week) == ["Ada B"]
    assert names(found.later) == ["Eli C"]
    assert names(found.waiting) == []


def test_a_row_put_off_waits_and_comes_back_on_its_day(school: School) -> None:
    item = raised(school.saga)
    act(item, school.mira, Act.WAIT, FRIDAY, text="efter lovet", wait_until=MONDAY)

    before, on_the_day, after = (
        mine(school.mira, MONDAY + timedelta(days=days)) for days in (-1, 0, 1)
    )

    assert (names(before.waiting), before.waiting[0].state) == (["Saga Lind"], State.WAITING)
    assert before.due_today == ()
    assert on_the_day.waiting == ()
    row = on_the_day.due_today[0]
    assert (row.state, row.due_on, after.due_today[0].when) == (State.OPEN, MONDAY, When.TODAY)
    assert row.last is not None
    assert (row.last.act, row.last.text) == (Act.WAIT, "efter lovet")


def test_a_cleared_row_is_gone_from_the_list_and_can_be_looked_up(school: School) -> None:
    item = raised(school.saga)
    act(item, school.mira, Act.DONE, FRIDAY)

    row = queries.get(item.public, by=scope(school.mira, FRIDAY), on=FRIDAY)

    assert mine(school.mira, FRIDAY).rows == ()
    assert (row.is_cleared, row.when) == (True, None)
    assert row.last is not None
    assert (row.last.by_name, row.last.is_mine_to_undo) == ("Mira Ek", True)
    next_day = queries.get(item.public, by=scope(school.mira, MONDAY), on=MONDAY)
    assert next_day.last is not None
    assert not next_day.last.is_mine_to_undo


@pytest.mark.parametrize(
    ("who", "levels"),
    [
        ("mira", [1]), ("nils", []), ("ragnar", [2]), ("diana", [2]), ("petra", []),
        ("karin", []), ("agda", []), ("sonja", []),
    ],
)  # fmt: skip
def test_who_holds_which_rows_about_saga(school: School, who: str, levels: list[int]) -> None:
    items = [raised(school.saga, 1), raised(school.saga, 2)]
    staff: Staff = getattr(school, who)

    assert [row.level for row in mine(staff).rows] == levels
    for item in items:
        if item.level in levels:
            assert queries.get(item.public, by=scope(staff), on=WEDNESDAY).level == item.level
        else:
            with pytest.raises(queries.NoSuchItem):
                queries.get(item.public, by=scope(staff), on=WEDNESDAY)
    with pytest.raises(queries.NoSuchItem):
        queries.get(uuid4(), by=scope(staff), on=WEDNESDAY)


@pytest.mark.parametrize(
    ("who", "sees", "reads_words"),
    [
        ("mira", True, True), ("ragnar", True, True), ("karin", True, False),
        ("nils", False, False), ("petra", False, False), ("agda", False, False),
        ("sonja", False, False),
    ],
)  # fmt: skip
def test_who_sees_what_was_done_about_saga_and_who_reads_the_words(
    school: School, who: str, sees: bool, reads_words: bool
) -> None:
    act(raised(school.saga), school.mira, Act.DONE, FRIDAY, text="Saga är sjuk")

    found = queries.of_pupil(school.saga.pk, by=scope(getattr(school, who)), on=FRIDAY)

    assert len(found) == sees
    for row in found:
        assert row.last is not None
        assert row.last.text == row.acts[0].text == ("Saga är sjuk" if reads_words else None)
        assert row.last.by_name == "Mira Ek"


def test_a_pupils_rows_come_newest_first_with_all_that_was_done(school: School) -> None:
    old = raised(school.saga, subject="old", raised_on=date(2026, 9, 1))
    item = raised(school.saga)
    act(item, school.mira, Act.WAIT, WEDNESDAY, text="efter lovet", wait_until=FRIDAY)
    act(item, school.mira, Act.DONE, FRIDAY)
    services.undo(item.public, by=scope(school.mira, FRIDAY), at=NOON, on=FRIDAY)
    act(item, school.mira, Act.NOT_NEEDED, FRIDAY, text="fel registrerat")

    newest, oldest = queries.of_pupil(school.saga.pk, by=scope(school.mira), on=FRIDAY)

    assert (newest.public, oldest.public) == (item.public, old.public)
    assert [(each.number, each.act, each.is_undone) for each in newest.acts] == [
        (1, Act.WAIT, False),
        (2, Act.DONE, True),
        (4, Act.NOT_NEEDED, False),
    ]
    assert oldest.acts == ()


def test_a_protected_pupil_stands_under_its_alias_on_its_handlers_lists_alone(
    school: School,
) -> None:
    school.protect(school.saga, school.ragnar, school.mira)
    raised(school.saga, 1)
    raised(school.saga, 2)
    calendars = Calendars()

    for hidden_from in (school.diana, school.karin, school.petra):
        by = scope(hidden_from)
        assert queries.mine(by=by, on=WEDNESDAY).rows == ()
        assert queries.of_pupil(school.saga.pk, by=by, on=WEDNESDAY) == []
        assert queries.nobody_has_acted(by.units, by=by, on=WEDNESDAY, calendars=calendars) == []
        assert queries.counts(by=by, on=WEDNESDAY) == queries.Counts(0, 0, 0, 0, 0)

    for handler in (school.ragnar, school.mira):
        rows = mine(handler).rows
        assert {(row.name, row.group) for row in rows} == {("T", "")}
        assert len(rows) == 2  # each holds both: the others need not be handlers


def unanswered(by: Staff, on: date) -> list[tuple[str, int, int]]:
    key = scope(by, on)
    found = queries.nobody_has_acted(
        [school_unit for school_unit in key.units], by=key, on=on, calendars=Calendars()
    )
    return [(each.row.name, each.row.level, each.school_days) for each in found]


def test_flagged_but_nobody_has_acted_lists_the_longest_waiting_first(school: School) -> None:
    saga, noor = raised(school.saga), raised(school.noor)
    raised(school.saga, 2, raised_on=FRIDAY)
    raised(school.robin)
    services.mark_recovered([noor.subject], on=FRIDAY, by=system(), at=NOON)

    # The autumn break of Vik is not in this calendar: 21 October to 2 November is 8 school days.
    assert unanswered(school.ragnar, MONDAY) == [
        ("Noor Haddad", 1, 8),
        ("Saga Lind", 1, 8),
        ("Saga Lind", 2, 6),
    ]
    assert unanswered(school.petra, WEDNESDAY) == [("Robin Åberg", 1, 0)]

    act(saga, school.mira, Act.WAIT, FRIDAY, text="efter lovet", wait_until=MONDAY)
    assert ("Saga Lind", 1, 8) not in unanswered(school.ragnar, MONDAY)


def test_an_act_that_was_undone_is_no_act(school: School) -> None:
    item = raised(school.saga)
    act(item, school.mira, Act.DONE, FRIDAY)
    services.undo(item.public, by=scope(school.mira, FRIDAY), at=NOON, on=FRIDAY)

    assert unanswered(school.ragnar, FRIDAY) == [("Saga Lind", 1, 2)]


def test_without_units_there_is_nothing_unanswered(school: School) -> None:
    raised(school.saga)

    assert (
        queries.nobody_has_acted([], by=system(), on=MONDAY, calendars=Calendars())
        == queries.nobody_has_acted([school.ek.pk], by=system(), on=MONDAY, calendars=Calendars())
        == []
    )


def test_rows_are_counted_as_they_are_listed(school: School) -> None:
    raised(school.saga, due_on=WEDNESDAY)
    act(raised(school.noor), school.mira, Act.WAIT, WEDNESDAY, wait_until=FRIDAY)
    for days in (1, 2, 9):
        raised(school.pupil("Ny", str(days), school.class_8b), due_on=WEDNESDAY + timedelta(days))
    act(raised(school.saga, subject="old"), school.mira, Act.DONE, WEDNESDAY)

    found = queries.counts(by=scope(school.mira), on=WEDNESDAY)

    assert found == queries.Counts(due_today=1, this_week=2, later=1, waiting=1, nobody_has_acted=4)


def many(school: School, rows: int) -> None:
    """Give Saga and as many others as needed a row for the mentor and one for the principal."""
    pupils = Pupil.objects.bulk_create(
        Pupil(authority=school.authority, pupil_id=f"many-{Pupil.objects.count()}-{number}")
        for number in range(rows)
    )
    Enrolment.objects.bulk_create(
        Enrolment(pupil=p, unit=school.strand, group=school.class_8b, first_day=FIRST_DAY)
        for p in pupils
    )
    services.raise_items(
        [new(pupil, level) for pupil in pupils for level in (1, 2)], by=system(), at=NOON
    )
    services.raise_items(
        [new(school.saga, subject=f"{number}-{Pupil.objects.count()}") for number in range(rows)],
        by=system(),
        at=NOON,
    )


def statements(school: School) -> list[int]:
    mira, ragnar, calendars = scope(school.mira), scope(school.ragnar), Calendars()
    reads: list[Any] = [
        lambda: queries.mine(by=mira, on=FRIDAY).rows,
        lambda: queries.of_pupil(school.saga.pk, by=mira, on=FRIDAY),
        lambda: queries.nobody_has_acted(ragnar.units, by=ragnar, on=FRIDAY, calendars=calendars),
        lambda: queries.counts(by=ragnar, on=FRIDAY),
    ]
    made = []
    for read in reads:
        with CaptureQueriesContext(connection) as captured:
            assert read()
        made.append(len(captured))
    return made


def test_many_rows_take_as_many_statements_as_few(school: School) -> None:
    many(school, 10)
    few = statements(school)

    many(school, 200)

    assert statements(school) == few == [2, 3, 2, 2]
