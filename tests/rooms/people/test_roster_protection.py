"""Protected personal data in a feed: no name is held, nothing of the row is shown but its number."""

import json
from datetime import date
from typing import Any

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.people import services
from samnarvaro.people.models import ExternalId, Pupil
from tests.rooms.people.delivered import (
    NOON,
    NOVEMBER,
    STRANDSKOLAN,
    Deliverer,
    numbers,
    pupil,
    row,
    stays,
    system,
)

MARK = "protected_identity"
TINDRA = row(
    "vik-tindra",
    "Tindra Sund",
    "8A",
    personal_identity_number="201304072398",
    birth_date="2013-04-07",
    home_municipality="9999",
)
TELLING = ("Tindra", "Sund", "201304072398", "0407-2398", "9999")


def marked(level: str = "1", **more: str) -> dict[str, str]:
    return TINDRA | {MARK: level} | more


def told(report: Report) -> str:
    return json.dumps(report.stored(), ensure_ascii=False)


def held() -> str:
    """All that is held of pupils, their external ids and deliveries, and all that is logged."""
    rows: list[Any] = []
    for model in (Pupil, ExternalId, Delivery, Writing):
        rows += list(model.objects.values())
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_a_new_pupil_with_a_mark_has_a_place_but_no_name(deliver: Deliverer) -> None:
    report = deliver([row("a"), marked()])

    assert numbers(report) == {"rows": 2, "new": 2}
    tindra = pupil("vik-tindra")
    assert (tindra.protection, tindra.name, tindra.sort_key) == (1, "•••", "")
    assert (tindra.birth_date, tindra.identity_number) == (date(2013, 4, 7), "")
    assert stays("vik-tindra")[0][:2] == (STRANDSKOLAN, "8A")
    assert not any(word in held() for word in TELLING)
    assert [(w.line, w.code, w.detail) for w in report.warnings] == [(3, "protected_now", "")]
    assert Writing.objects.get(act="pupil.protected").pupil == str(tindra.public)


def test_a_mark_that_arrives_late_wipes_what_was_held(deliver: Deliverer) -> None:
    deliver([row("a"), TINDRA | {"legal_sex": "Sund"}, TINDRA | {"external_ids": "edlevo:7"}])
    assert any(word in held() for word in TELLING)

    report = deliver([row("a"), marked("sekretessmarkering")], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "same": 1, "changed": 1}
    assert (pupil("vik-tindra").protection, pupil("vik-tindra").name) == (1, "•••")
    assert not any(word in held() for word in TELLING)
    # By what other systems call the pupil, rows are recognised; it is never shown.
    assert ExternalId.objects.count() == 1


@pytest.mark.parametrize(
    ("mark", "level"),
    [
        ("1", 1),
        ("ja", 1),
        ("Sekretessmarkering", 1),
        ("sekretess-markering", 1),
        ("2", 2),
        ("skyddad_folkbokforing", 2),
        ("Skyddad folkbokföring", 2),
        ("", 0),
        ("0", 0),
        ("Nej", 0),
        ("Ingen", 0),
    ],
)
def test_a_mark_is_read_as_feeds_write_it(deliver: Deliverer, mark: str, level: int) -> None:
    deliver([marked(mark)])

    assert pupil("vik-tindra").protection == level


@pytest.mark.parametrize("mark", ["fingerade", "Fingerade personuppgifter", "FINGERADE_UPPGIFTER"])
def test_who_has_a_new_identity_is_never_marked(deliver: Deliverer, mark: str) -> None:
    report = deliver([row("a"), marked(mark, birth_date="nyligen")])

    assert numbers(report) == {"rows": 2, "new": 1, "faulty": 1}
    assert {(e.line, e.value) for e in report.errors} == {(3, "")}
    assert "fictitious_identity" in {e.code for e in report.errors}
    assert not Pupil.objects.filter(pupil_id="vik-tindra").exists()
    assert "finger" not in held().casefold()


def test_a_pupil_whose_new_row_is_refused_so_stays_as_before(deliver: Deliverer) -> None:
    deliver([row("a"), TINDRA])

    report = deliver([row("a"), marked("fingerade")], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "same": 1, "faulty": 1}
    assert (pupil("vik-tindra").name, pupil("vik-tindra").protection) == ("Tindra Sund", 0)
    assert stays("vik-tindra")[0][3] is None


def test_a_mark_that_cannot_be_read_is_not_shown(deliver: Deliverer) -> None:
    report = deliver([marked("Tindras pappa", grade="99")])

    assert {(e.line, e.column, e.value, e.code) for e in report.errors} == {
        (2, MARK, "", "mark_unknown"),
        (2, "grade", "", "grade_unknown"),
    }


def test_of_a_marked_row_that_is_faulty_nothing_is_shown_and_the_mark_counts(
    deliver: Deliverer,
) -> None:
    deliver([row("a"), TINDRA])

    report = deliver([row("a"), marked(family_name="Sund" * 30, grade="Tindra")], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "same": 1, "faulty": 1}
    assert {(e.line, e.value) for e in report.errors} == {(3, "")}
    assert not any(word in told(report) for word in TELLING)
    assert pupil("vik-tindra").protection == 1
    assert not any(word in held() for word in TELLING)
    assert stays("vik-tindra")[0][3] is None


def test_of_a_protected_pupils_unmarked_row_nothing_is_held_or_shown(deliver: Deliverer) -> None:
    deliver([row("a"), marked()])

    renamed = deliver([row("a"), TINDRA], as_of=NOVEMBER)
    faulty = deliver([row("a"), TINDRA | {"legal_sex": "Sund"}], as_of=NOVEMBER)

    assert numbers(renamed) == {"rows": 2, "same": 2}
    assert [(w.line, w.code, w.detail) for w in renamed.warnings] == [(3, "protection_kept", "")]
    assert [(e.line, e.value) for e in faulty.errors] == [(3, "")]
    assert pupil("vik-tindra").protection == 1
    assert not any(word in held() for word in TELLING)


def test_a_lower_mark_does_not_lower_the_protection(deliver: Deliverer) -> None:
    deliver([marked("2")])

    report = deliver([marked("1")], as_of=NOVEMBER)

    assert pupil("vik-tindra").protection == 2
    assert [(w.line, w.code) for w in report.warnings] == [(2, "protection_kept")]


def test_a_higher_mark_raises_the_protection(deliver: Deliverer) -> None:
    deliver([marked("1")])

    report = deliver([marked("2")], as_of=NOVEMBER)

    assert pupil("vik-tindra").protection == 2
    assert numbers(report) == {"rows": 1, "changed": 1}


def test_one_marked_row_of_several_is_enough(deliver: Deliverer) -> None:
    deliver([marked(), TINDRA])
    assert pupil("vik-tindra").protection == 1

    deliver([row("b", "Ida Ek"), row("b", "Ida Ek", school_unit_code="99000001") | {MARK: "2"}])
    assert (pupil("b").protection, pupil("b").given_name) == (2, "")


def test_a_protected_pupil_moves_like_any_other(deliver: Deliverer) -> None:
    deliver([row("a"), marked()])

    deliver([row("a"), marked(class_name="8B")], as_of=NOVEMBER)

    assert [(name, first) for _, name, first, _ in stays("vik-tindra")][-1] == ("8B", NOVEMBER)


def test_the_same_file_again_tells_nothing_new(deliver: Deliverer) -> None:
    deliver([row("a"), marked()])

    report = deliver([row("a"), marked()], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "same": 2}
    assert report.warnings == []
    assert Writing.objects.filter(act="pupil.protected").count() == 1


def test_a_marked_row_claims_no_number(deliver: Deliverer) -> None:
    column = "personal_identity_number"
    deliver([row("b") | {column: "201304072398"}])

    report = deliver([row("b"), marked()], as_of=NOVEMBER)

    assert numbers(report) == {"rows": 2, "new": 1, "same": 1}


def test_after_the_protection_is_lifted_the_next_roster_brings_the_name(
    deliver: Deliverer,
) -> None:
    deliver([marked()])
    tindra = pupil("vik-tindra").pk
    services.set_alias(pupil=tindra, alias="T", by=system(), at=NOON)
    services.lift_protection(pupil=tindra, by=system(), at=NOON)
    assert pupil("vik-tindra").name == "T"

    deliver([TINDRA], as_of=NOVEMBER)

    lifted = pupil("vik-tindra")
    assert (lifted.name, lifted.alias, lifted.sort_key) == ("Tindra Sund", "", "sund tindra")
