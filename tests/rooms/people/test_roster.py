"""A roster comes to an empty house, and comes again."""

from datetime import date

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.base import events
from samnarvaro.base.models import Delivery
from samnarvaro.organisation.models import Group, Unit
from samnarvaro.people import services
from samnarvaro.people.events import RosterTakenIn
from samnarvaro.people.models import Enrolment, ExternalId, Pupil
from tests.rooms.people.delivered import (
    AUGUST,
    BERGSKOLAN,
    EKSKOLAN,
    NOVEMBER,
    OCTOBER,
    STRANDSKOLAN,
    Deliverer,
    everything_held,
    numbers,
    pupil,
    row,
    stays,
)

WHOLE = row(
    "vik-saga",
    "Saga Lind",
    personal_identity_number="20130407-2398",
    birth_date="2013-04-07",
    legal_sex="m",
    home_municipality="9999",
    protected_identity="0",
    external_ids="edlevo:123 skolid:s-9",
    school_name="Strandskolan",
)


def test_everything_a_row_says_is_held(deliver: Deliverer) -> None:
    report = deliver([WHOLE])

    assert numbers(report) == {"rows": 1, "new": 1}
    saga = pupil("vik-saga")
    assert (saga.given_name, saga.family_name, saga.sort_key) == ("Saga", "Lind", "lind saga")
    assert (saga.identity_number, saga.birth_date) == ("201304072398", date(2013, 4, 7))
    assert (saga.legal_sex, saga.home_municipality, saga.protection) == ("M", "9999", 0)
    assert stays("vik-saga") == [(STRANDSKOLAN, "8B", OCTOBER, None)]
    assert set(ExternalId.objects.values_list("system", "value")) == {
        ("edlevo", "123"),
        ("skolid", "s-9"),
    }
    assert Unit.objects.get().name == "Strandskolan"
    group = Group.objects.get()
    assert (group.name, group.grade, group.school_year) == ("8B", "8", "2026/2027")


def test_birth_date_and_sex_are_read_off_the_identity_number(deliver: Deliverer) -> None:
    deliver([row("a", personal_identity_number="201002042388")])

    assert (pupil("a").birth_date, pupil("a").legal_sex) == (date(2010, 2, 4), "F")


def test_a_school_without_a_name_is_called_by_its_code_until_it_gets_one(
    deliver: Deliverer,
) -> None:
    deliver([row("a")])
    assert Unit.objects.get().name == STRANDSKOLAN

    deliver([row("a", school_name="Strandskolan")])
    deliver([row("a")])
    assert Unit.objects.get().name == "Strandskolan"


def test_pupils_without_class_or_grade_are_taken_in(deliver: Deliverer) -> None:
    report = deliver([row("a", class_name=""), row("b", grade="0", class_name="FA")])

    assert numbers(report) == {"rows": 2, "new": 2}
    assert stays("a") == [(STRANDSKOLAN, "", OCTOBER, None)]
    assert Group.objects.get().grade == "F"


def test_a_class_of_several_grades_has_the_commonest(deliver: Deliverer) -> None:
    deliver([row(f"p{n}", class_name="1-2", grade=grade) for n, grade in enumerate("122")])

    assert Group.objects.get().grade == "2"


def test_a_pupil_may_go_to_two_schools(deliver: Deliverer) -> None:
    report = deliver([row("a"), row("a", school_unit_code=EKSKOLAN)])

    assert numbers(report) == {"rows": 2, "new": 2}
    assert stays("a") == [
        (EKSKOLAN, "8B", OCTOBER, None),
        (STRANDSKOLAN, "8B", OCTOBER, None),
    ]


def test_the_same_roster_three_times_changes_nothing(deliver: Deliverer) -> None:
    rows = [WHOLE, row("b"), row("c", school_unit_code=EKSKOLAN, class_name="")]
    deliver(rows)
    before = everything_held()

    for day in (OCTOBER, OCTOBER, NOVEMBER):
        report = deliver(rows, as_of=day)

        assert numbers(report) == {"rows": 3, "same": 3}
        assert everything_held() == before


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"given_name": "Saga-Li"}, "given_name", "Saga-Li"),
        ({"family_name": "Ås"}, "sort_key", "{s saga"),
        ({"home_municipality": "9998"}, "home_municipality", "9998"),
        ({"personal_identity_number": "201304072398 "}, "identity_number", "201304072398"),
        ({"birth_date": "2013-04-08"}, "birth_date", date(2013, 4, 8)),
        ({"legal_sex": "kvinna"}, "legal_sex", "F"),
    ],
)
def test_what_a_roster_says_anew_is_held_from_then_on(
    deliver: Deliverer, changed: dict[str, str], field: str, value: object
) -> None:
    deliver([WHOLE])

    report = deliver([WHOLE | changed], as_of=NOVEMBER)

    assert getattr(pupil("vik-saga"), field) == value
    is_changed = "personal_identity_number" not in changed
    assert numbers(report) == {"rows": 1, "changed" if is_changed else "same": 1}
    assert stays("vik-saga") == [(STRANDSKOLAN, "8B", OCTOBER, None)]


def test_a_column_that_is_missing_or_empty_takes_nothing_away(deliver: Deliverer) -> None:
    deliver([WHOLE])
    before = everything_held()

    deliver([row("vik-saga", "Saga Lind")], as_of=NOVEMBER)
    deliver([row("vik-saga", "Saga Lind", birth_date="", legal_sex="")], as_of=NOVEMBER)

    assert everything_held() == before
    assert ExternalId.objects.count() == 2


def test_two_pupils_whose_numbers_were_mixed_up_can_be_set_right(deliver: Deliverer) -> None:
    one, other = "201304072398", "201002042388"
    column = "personal_identity_number"
    deliver([row("a") | {column: one}, row("b") | {column: other}])

    report = deliver([row("a") | {column: other}, row("b") | {column: one}])

    assert numbers(report) == {"rows": 2, "changed": 2}
    assert (pupil("a").identity_number, pupil("b").identity_number) == (other, one)


def test_a_new_pupil_may_get_the_number_that_another_gives_up(deliver: Deliverer) -> None:
    one, other = "201304072398", "201002042388"
    column = "personal_identity_number"
    deliver([row("a") | {column: one}])

    report = deliver([row("b") | {column: one}, row("a") | {column: other}])

    assert numbers(report) == {"rows": 2, "new": 1, "changed": 1}
    assert (pupil("a").identity_number, pupil("b").identity_number) == (other, one)


def test_the_same_row_twice_is_a_duplicate(deliver: Deliverer) -> None:
    report = deliver([row("a"), row("a"), row("b")])

    assert numbers(report) == {"rows": 3, "new": 2, "duplicate": 1}
    assert report.warnings == []


def test_of_two_rows_that_differ_the_later_holds_and_it_is_said(deliver: Deliverer) -> None:
    report = deliver([row("a", class_name="8A"), row("b"), row("a", class_name="8B")])

    assert numbers(report) == {"rows": 3, "new": 2, "duplicate": 1}
    assert [(w.code, w.line, w.detail) for w in report.warnings] == [("row_replaced", 2, "4")]
    assert stays("a") == [(STRANDSKOLAN, "8B", OCTOBER, None)]


def test_a_pupil_with_two_names_at_two_schools_has_the_later_and_it_is_said(
    deliver: Deliverer,
) -> None:
    report = deliver([row("a", "Saga Lind"), row("a", "Saga Ek", school_unit_code=BERGSKOLAN)])

    assert numbers(report) == {"rows": 2, "new": 2}
    assert [(w.code, w.line) for w in report.warnings] == [("person_differs", 2)]
    assert pupil("a").family_name == "Ek"


def test_a_roster_gives_names_to_pupils_whom_marks_told_of(deliver: Deliverer) -> None:
    deliver([row("z")], as_of=AUGUST)
    unit = Unit.objects.get().pk
    services.create_nameless_pupils({"a": 999})
    services.enrol_newcomers([(999, unit, AUGUST)])

    report = deliver([row("z"), row("a", "Saga Lind")])

    assert numbers(report) == {"rows": 2, "changed": 1, "same": 1}
    assert pupil("a").name == "Saga Lind"
    assert stays("a") == [
        (STRANDSKOLAN, "", AUGUST, date(2026, 10, 11)),
        (STRANDSKOLAN, "8B", OCTOBER, None),
    ]


def test_a_preview_tells_the_same_and_writes_nothing(deliver: Deliverer) -> None:
    deliver([row("a"), row("b")])
    before = everything_held(), Delivery.objects.count(), Writing.objects.count()

    report = deliver([row("a", class_name="8A"), row("c")], as_of=NOVEMBER, dry_run=True)

    assert numbers(report) == {"rows": 2, "new": 1, "changed": 1, "removed": 1}
    assert (everything_held(), Delivery.objects.count(), Writing.objects.count()) == before


def test_the_delivery_is_kept_and_the_act_is_logged(deliver: Deliverer) -> None:
    deliver([row("a"), row("b", birth_date="1 maj")])

    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.state, delivery.rows) == ("roster", "written", 2)
    assert delivery.options["as_of"] == "2026-10-12"
    assert delivery.report["errors"] == [[3, "birth_date", "1 maj", "not_a_date"]]
    entry = Writing.objects.get(act="roster.taken_in")
    assert (entry.viewer, entry.target) == ("system:test", f"delivery:{delivery.public}")
    assert entry.detail["new"] == 1


@pytest.mark.django_db(transaction=True)
def test_the_rooms_above_are_told_when_it_is_written(
    deliver: Deliverer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[RosterTakenIn] = []
    monkeypatch.setitem(events._after, RosterTakenIn, [heard.append])

    deliver([row("a")])

    assert [(event.units, event.day) for event in heard] == [
        (frozenset({Unit.objects.get().pk}), OCTOBER)
    ]


def test_a_file_without_rows_ends_nobody(deliver: Deliverer) -> None:
    deliver([row("a")])

    report = deliver([], as_of=NOVEMBER)

    assert numbers(report) == {}
    assert [warning.code for warning in report.warnings] == ["no_rows"]
    assert stays("a") == [(STRANDSKOLAN, "8B", OCTOBER, None)]
    assert Pupil.objects.count() == 1


def test_the_school_type_is_told_by_code_or_name_and_a_file_without_it_takes_nothing_away(
    deliver: Deliverer,
) -> None:
    def types() -> list[tuple[str, date]]:
        held = Enrolment.objects.filter(pupil__pupil_id="vik-saga").order_by("first_day")
        return list(held.values_list("school_type", "first_day"))

    deliver([row("vik-saga", "Saga Lind")], as_of=OCTOBER)
    assert types() == [("", OCTOBER)]
    deliver([row("vik-saga", "Saga Lind", school_type="Anpassad grundskola")], as_of=NOVEMBER)
    assert types() == [("GRS", OCTOBER)]  # to be told it is no move
    deliver([row("vik-saga", "Saga Lind")], as_of=NOVEMBER)
    assert types() == [("GRS", OCTOBER)]
    for told in ("grs", "Grundsärskola", "ANPASSAD  GRUNDSKOLA"):
        deliver([row("vik-saga", "Saga Lind", school_type=told)], as_of=NOVEMBER)
        assert types() == [("GRS", OCTOBER)]
    report = deliver([row("vik-saga", "Saga Lind", school_type="VUX")], as_of=NOVEMBER)
    assert [(fault.column, fault.code) for fault in report.errors] == [
        ("school_type", "school_type_unknown")
    ]
