"""A file of knowledge results: shown first, then written; each fault by line, column and reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from samnarvaro.audit.models import Writing
from samnarvaro.base import deliveries
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import NotAgreed, Report
from samnarvaro.mapping.domain.knowledge import Eligibility, Told
from samnarvaro.mapping.imports.knowledge_reader import HEADER
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.mapping.services.knowledge_files import Options, take_in
from samnarvaro.project import kinds
from samnarvaro.project.commands.imports import import_knowledge
from tests.rooms.consents.agreed import NOON, Town
from tests.rooms.mapping.checked import EN, MA, risk, tell
from tests.rooms.worklist.school import system


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kunskap.csv"


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([";".join(HEADER), *rows]) + "\n", encoding="utf-8")
    return path


def taken(path: Path, *rows: str, **options: Any) -> Report:
    return take_in(write(path, *rows), Options(**options), by=system(), at=NOON)


def test_good_rows_are_written_with_their_delivery(town: Town, path: Path) -> None:
    report = taken(
        path, f"{town.saga.pupil_id};2026-10-20;EN ma;;", f"{town.noor.pupil_id};2026-10-20;;;"
    )

    assert (report.rows, report.new, report.faulty) == (2, 2, 0)
    saga, noor = KnowledgeResult.objects.order_by("pk")
    assert (saga.at_risk, saga.term, saga.author) == (["EN", "MA"], "2026-autumn", None)
    assert (noor.at_risk, noor.not_reached) == ([], [])
    assert saga.delivery == Delivery.objects.get(kind="knowledge", state="written")
    assert Writing.objects.get(act="knowledge.taken_in").detail["new"] == 2


def test_a_dry_run_counts_the_same_and_writes_nothing(town: Town, path: Path) -> None:
    tell(town, [(town.saga, risk(MA)), (town.noor, Told())])
    rows = (f"{town.saga.pupil_id};2026-10-21;EN;;", f"{town.noor.pupil_id};2026-10-21;;;")

    dry = taken(path, *rows, dry_run=True)

    assert (dry.new, dry.changed, dry.same) == (0, 1, 1)
    assert KnowledgeResult.objects.holding().filter(at_risk=["MA"]).exists()
    assert not Delivery.objects.exists()
    assert taken(path, *rows).figures == dry.figures
    old, _noor, new = KnowledgeResult.objects.order_by("pk")
    assert (old.replaced_at, new.at_risk, new.author) == (NOON, ["EN"], None)


def test_of_two_rows_for_one_pupil_and_term_the_later_holds(town: Town, path: Path) -> None:
    report = taken(
        path, f"{town.saga.pupil_id};2026-09-20;MA;;", f"{town.saga.pupil_id};2026-10-20;EN;;",
        f"{town.saga.pupil_id};2026-05-20;MA;;",
    )  # fmt: skip

    assert (report.rows, report.new, report.duplicate) == (3, 2, 1)
    assert [(w.code, w.line, w.detail) for w in report.warnings] == [("result_replaced", 2, "3")]
    assert KnowledgeResult.objects.get(term="2026-autumn").at_risk == ["EN"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("{};2026-10-20;MA", "", "columns"),
        (";2026-10-20;MA;;", "pupil_id", "empty"),
        ("ingen;2026-10-20;MA;;", "pupil_id", "pupil_not_here"),
        ("{};20 oktober;MA;;", "date", "not_a_date"),
        ("{};2026-02-30;MA;;", "date", "no_such_day"),
        ("{};2026-10-22;MA;;", "date", "day_later"),
        ("{};2026-10-20;MA XX;;", "at_risk", "subject_unknown"),
        ("{};2026-10-20;;matte;", "not_reached", "subject_unknown"),
        ("{};2026-10-20;MA;MA;", "not_reached", "subject_twice"),
        ("{};2026-10-20;;;kanske", "eligibility", "eligibility_unknown"),
        ("{};2026-10-20;;;higher", "eligibility", "eligible_before_year_9"),
    ],
)
def test_a_faulty_row_tells_where_and_what(
    town: Town, path: Path, row: str, column: str, code: str
) -> None:
    report = taken(path, f"{town.noor.pupil_id};2026-10-20;;;", row.format(town.saga.pupil_id))

    assert (report.new, report.faulty) == (1, 1)
    assert [(e.line, e.column, e.code) for e in report.errors] == [(3, column, code)]
    assert report.adds_up
    assert KnowledgeResult.objects.count() == 1


def test_in_year_9_eligibility_is_taken_in_and_held_against_the_core(
    town: Town, path: Path
) -> None:
    year_9 = town._group(town.strand, "9A")
    one, two = (town.pupil(name, "Ny", year_9) for name in ("Ella", "Omar"))

    report = taken(
        path, f"{one.pupil_id};2026-10-20;;;Higher",
        f"{two.pupil_id};2026-10-20;;SV;vocational",
    )  # fmt: skip

    assert [e.code for e in report.errors] == ["eligible_without_core"]
    assert KnowledgeResult.objects.get().eligibility == Eligibility.HIGHER


def test_an_older_row_never_takes_the_place_of_a_newer_result(town: Town, path: Path) -> None:
    tell(town, [(town.saga, risk(MA))])

    report = taken(path, f"{town.saga.pupil_id};2026-10-20;EN;;")

    assert [(e.column, e.value, e.code) for e in report.errors] == [
        ("date", "2026-10-20", "newer_known")
    ]
    assert KnowledgeResult.objects.get().at_risk == [MA.value]


def test_what_a_person_said_yes_to_is_what_is_written_or_nothing(town: Town, path: Path) -> None:
    row = f"{town.saga.pupil_id};2026-10-20;EN;;"
    agreed = taken(path, row, dry_run=True).figures
    tell(town, [(town.saga, risk(EN))])

    with pytest.raises(NotAgreed):
        taken(path, row, agreed=agreed)

    assert KnowledgeResult.objects.get().author
    assert EN.value in KnowledgeResult.objects.get().at_risk


def test_a_file_without_its_columns_cannot_be_used(town: Town, path: Path) -> None:
    assert town.saga
    path.write_text("pupil_id;date\n", encoding="utf-8")
    with pytest.raises(Unusable):
        take_in(path, Options(), by=system(), at=NOON)


def test_the_command_line_tells_and_with_dry_run_writes_nothing(town: Town, path: Path) -> None:
    write(path, f"{town.saga.pupil_id};2026-10-20;MA;;", f"{town.noor.pupil_id};2026-10-20;XX;;")

    dry = CliRunner().invoke(import_knowledge, [str(path), "--dry-run"])
    assert dry.exit_code == 1
    assert "2 rader: 1 nya, 0 ändrade, 0 oförändrade, 0 dubbla, 1 felaktiga." in dry.output
    assert "rad 3: at_risk='XX': Skriv ämnenas koder" in dry.output
    assert not KnowledgeResult.objects.exists()

    done = CliRunner().invoke(import_knowledge, [str(path), "--json"])
    assert json.loads(done.stdout)["new"] == 1
    assert KnowledgeResult.objects.count() == 1
    path.write_text("", encoding="utf-8")
    assert CliRunner().invoke(import_knowledge, [str(path)]).exit_code == 2


def test_it_is_a_kind_of_delivery_that_is_shown_before_it_is_written(
    town: Town, path: Path
) -> None:
    write(path, f"{town.saga.pupil_id};2026-10-20;MA;;")
    order = deliveries.Order(path, "csv", {})
    kind = kinds.KNOWLEDGE

    shown = kind.preview(order, by=system(), at=NOON, progress=lambda _share: None)
    assert (shown.new, KnowledgeResult.objects.count()) == (1, 0)

    delivery = Delivery.objects.create(kind=kind.key, by="system:test", received_at=NOON)
    agreed = deliveries.Order(path, "csv", {}, shown.figures)
    kind.take_in(agreed, delivery, by=system(), at=NOON, progress=lambda _share: None)
    delivery.refresh_from_db()
    assert (delivery.state, KnowledgeResult.objects.count()) == ("written", 1)
    assert {"subject_unknown", "newer_known"} <= set(kind.faults)
