"""Each thing that can be wrong in a roster, told by line, column and code."""

from typing import Any

import pytest

from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.models import Delivery
from samnarvaro.people.models import Pupil
from tests.rooms.people.delivered import (
    BERGSKOLAN,
    NOVEMBER,
    Deliverer,
    numbers,
    pupil,
    row,
    text_of,
)

NUMBER = "personal_identity_number"
HIDDEN = "•••"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("pupil_id", " ", "empty"),
        ("pupil_id", "x" * 65, "not_a_name"),
        ("pupil_id", "vik\x07saga", "not_a_name"),
        ("school_unit_code", "", "empty"),
        ("school_unit_code", "9" * 21, "not_a_name"),
        ("given_name", "x" * 81, "not_a_name"),
        ("given_name", "Sa\nga", "not_a_name"),
        ("family_name", "x" * 81, "not_a_name"),
        ("family_name", "Li\x1bnd", "not_a_name"),
        ("grade", "11", "grade_unknown"),
        ("grade", "åtta", "grade_unknown"),
        ("grade", "٨", "grade_unknown"),
        ("class_name", "x" * 41, "not_a_name"),
        ("birth_date", "13-04-07", "not_a_date"),
        ("birth_date", "41371", "not_a_date"),
        ("birth_date", "2013-02-29", "no_such_day"),
        ("birth_date", "2026-11-21", "not_born_yet"),
        ("legal_sex", "x", "legal_sex_unknown"),
        ("home_municipality", "180", "municipality_unknown"),
        ("home_municipality", "Vik", "municipality_unknown"),
        ("external_ids", "edlevo", "external_id_form"),
        ("external_ids", ":1", "external_id_form"),
        ("external_ids", "edlevo:" + "x" * 121, "external_id_form"),
        ("school_name", "x" * 121, "not_a_name"),
    ],
)
def test_a_faulty_value_is_told_with_line_and_column(
    deliver: Deliverer, column: str, value: str, code: str
) -> None:
    report = deliver([row("a"), row("b") | {column: value}, row("c")])

    assert numbers(report) == {"rows": 3, "new": 2, "faulty": 1}
    assert [(e.line, e.column, e.value, e.code) for e in report.errors] == [
        (3, column, value[:80], code)
    ]
    assert {p.pupil_id for p in Pupil.objects.all()} == {"a", "c"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2013040723", "identity_date"),
        ("20130407239", "identity_form"),
        ("201304072399", "identity_checksum"),
        ("201302302398", "identity_date"),
        ("203004072391", "identity_future"),
        ("201304070001", "identity_serial"),
        ("Saga Lind", "identity_form"),
    ],
)
def test_a_faulty_identity_number_is_told_without_being_shown(
    deliver: Deliverer, value: str, code: str
) -> None:
    report = deliver([row("a") | {NUMBER: value}])

    assert numbers(report) == {"rows": 1, "faulty": 1}
    assert [(e.line, e.column, e.value, e.code) for e in report.errors] == [
        (2, NUMBER, HIDDEN, code)
    ]


def test_all_that_is_wrong_in_a_row_is_told_at_once(deliver: Deliverer) -> None:
    report = deliver([row("", birth_date="x", legal_sex="y", home_municipality="z")])

    assert {(e.column, e.code) for e in report.errors} == {
        ("pupil_id", "empty"),
        ("birth_date", "not_a_date"),
        ("legal_sex", "legal_sex_unknown"),
        ("home_municipality", "municipality_unknown"),
    }


def test_a_row_with_too_many_or_too_few_fields_is_told_with_their_number(
    deliver: Deliverer,
) -> None:
    report = deliver.text(text_of([row("a")]) + "b,Saga,Lind,99000002,8,8B,extra\nc,Leo\n")

    assert [(e.line, e.column, e.value, e.code) for e in report.errors] == [
        (3, "", "7", "columns"),
        (4, "", "2", "columns"),
    ]


def test_lines_are_counted_where_records_begin(deliver: Deliverer) -> None:
    header = "pupil_id,given_name,family_name,school_unit_code,grade,class_name\n"

    report = deliver.text(header + 'a,"Sa\nga",Lind,99000002,8,8B\n\nb,Leo,Strand,,9,9A\n')

    assert [(e.line, e.code) for e in report.errors] == [(2, "not_a_name"), (5, "empty")]


def test_the_number_of_another_pupil_is_refused_without_telling_whose(deliver: Deliverer) -> None:
    deliver([row("a") | {NUMBER: "201304072398"}])

    report = deliver([row("a"), row("b") | {NUMBER: "20130407-2398"}], as_of=NOVEMBER)

    assert [(e.line, e.column, e.value, e.code) for e in report.errors] == [
        (3, NUMBER, "", "identity_taken")
    ]
    assert not Pupil.objects.filter(pupil_id="b").exists()


def test_of_two_new_pupils_with_one_number_the_second_is_refused(deliver: Deliverer) -> None:
    same = {NUMBER: "201304072398"}

    report = deliver([row("a") | same, row("b") | same, row("b", school_unit_code=BERGSKOLAN)])

    # Both rows of the second: it cannot be told which of the pupils is meant.
    assert [(e.line, e.code) for e in report.errors] == [
        (3, "identity_taken"),
        (4, "identity_taken"),
    ]
    assert pupil("a").identity_number == "201304072398"
    assert not Pupil.objects.filter(pupil_id="b").exists()


def test_the_external_id_of_another_pupil_is_refused(deliver: Deliverer) -> None:
    deliver([row("a", external_ids="edlevo:1")])

    report = deliver([row("a"), row("b", external_ids="edlevo:1 edlevo:2")], as_of=NOVEMBER)

    assert [(e.line, e.column, e.value, e.code) for e in report.errors] == [
        (3, "external_ids", "", "external_id_taken")
    ]
    again = deliver([row("a", external_ids="edlevo:1 edlevo:9")], as_of=NOVEMBER)
    assert numbers(again)["changed"] == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({NUMBER: "201304072398", "birth_date": "2013-04-08"}, "birth_date_differs"),
        ({NUMBER: "201304072398", "legal_sex": "F"}, "legal_sex_differs"),
        ({"given_name": "", "family_name": ""}, "name_missing"),
    ],
)
def test_what_looks_wrong_is_taken_in_and_warned_of(
    deliver: Deliverer, more: dict[str, str], code: str
) -> None:
    report = deliver([row("a"), row("b") | more])

    assert numbers(report) == {"rows": 2, "new": 2}
    assert [(w.line, w.code) for w in report.warnings] == [(3, code)]


def test_an_unusual_school_code_and_unknown_columns_are_warned_of(deliver: Deliverer) -> None:
    report = deliver([row("a", school_unit_code="Ek", shoe_size="38")])

    assert [(w.code, w.detail) for w in report.warnings] == [
        ("columns_ignored", "shoe_size"),
        ("unit_code_unusual", "Ek"),
    ]
    assert deliver([row("a", school_unit_code="Ek")]).warnings == []


WRONG_FILES: list[tuple[str | bytes, str]] = [
    ("", "empty"),
    ("\ufeff", "empty"),
    ("pupil_id,given_name,family_name,school_unit_code,grade\na,b,c,d,8\n", "header_missing"),
    (text_of([row("a")]).replace("grade", "pupil_id"), "header_missing"),
    (text_of([row("a")]).replace("class_name", "class_name,grade"), "header_doubled"),
    (text_of([row("a", "Åsa Öberg")]).encode("cp1252"), "encoding"),
    (text_of([row("a")]).encode("utf-16"), "encoding"),
    (text_of([row("a")]) + '"b,Saga', "quotes"),
    (b"MZ\x90\x00\x03", "not_text"),
    (text_of([row("a", "Saga Li\x00nd")]), "not_text"),
]


@pytest.mark.parametrize(("content", "code"), WRONG_FILES, ids=[code for _, code in WRONG_FILES])
def test_a_file_that_cannot_be_used_changes_nothing(
    deliver: Deliverer, content: str | bytes, code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        deliver.text(content)

    assert refused.value.code == code
    assert not Pupil.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + text_of([row("a", "Åsa Öberg")]),
        text_of([row("a", "Åsa Öberg")]).replace(",", ";"),
        text_of([row("a", "Åsa Öberg")]).replace("\n", "\r\n"),
        (
            "class_name,grade,school_unit_code,family_name,given_name,pupil_id\n"
            "8B,8,99000002,Öberg,Åsa,a\n"
        ),
    ],
    ids=["byte order mark", "semicolons", "line ends of Windows", "columns in another order"],
)
def test_what_programs_usually_write_can_be_used(deliver: Deliverer, content: str) -> None:
    report = deliver.text(content)

    assert numbers(report) == {"rows": 1, "new": 1}
    assert pupil("a").name == "Åsa Öberg"


def test_hostile_text_is_a_name_like_any_other(deliver: Deliverer) -> None:
    hostile: list[Any] = ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE people_pupil; --"]

    deliver([row(f"p{n}", "x") | {"given_name": name} for n, name in enumerate(hostile)])

    assert [pupil(f"p{n}").given_name for n in range(3)] == hostile
