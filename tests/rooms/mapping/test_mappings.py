"""A mapping is begun, written in and locked; who may, who reads, and what nobody changes any more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.mapping.domain import factors, mappings
from samnarvaro.mapping.domain.factors import Direction, Kind, Source
from samnarvaro.mapping.domain.mappings import Depth, Told
from samnarvaro.mapping.models import Factor, Mapping
from samnarvaro.mapping.queries import mappings as queries
from samnarvaro.mapping.services import mappings as services
from samnarvaro.people import queries as people
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.mapped import (
    TOLD,
    WORDS,
    add,
    as_staff,
    begin,
    lock,
    locked,
    save,
    written,
)


def seen(town: Town, who: str) -> list[queries.Seen]:
    return queries.of_pupil(town.saga.pk, by=scope(as_staff(town, who)))


def test_a_mapping_is_kept_word_for_word_and_the_log_has_no_words(town: Town) -> None:
    mapping = locked(town)

    (found,) = seen(town, "mira")
    assert (found.public, found.told, found.is_final) == (mapping, TOLD, True)
    assert [(f.kind, f.source, f.strength, f.words) for f in found.factors] == [
        (Kind.STRESSFUL_PLACE, Source.CHILD, 3, "äter inte, det är för högt"),
        (Kind.STRESSFUL_PLACE, Source.SCHOOL, 1, "sitter vid dörren"),
        (Kind.ROUTINES, Source.GUARDIAN, 2, "vi går upp tillsammans"),
    ]
    rows = Writing.objects.filter(act__startswith="mapping.")
    assert {row.act for row in rows} == {
        "mapping.begun", "mapping.saved", "mapping.factor_added", "mapping.locked",
    }  # fmt: skip
    assert {row.pupil for row in rows} == {str(town.saga.public)}
    assert not [row for row in rows if "matsal" in str(vars(row)) or WORDS in str(vars(row))]


def test_one_goes_on_with_the_own_draft(town: Town) -> None:
    assert begin(town) == begin(town)
    assert begin(town, "karin") != begin(town)
    assert begin(town, "karin", Depth.DEEP) != begin(town, "karin")


def test_a_draft_is_its_authors_alone(town: Town) -> None:
    mapping = written(town)

    for who in ("karin", "ragnar", "sonja"):
        assert seen(town, who) == []
        with pytest.raises(queries.NoSuchMapping):
            save(town, mapping, who)
        with pytest.raises(queries.NoSuchMapping):
            queries.one(mapping, by=scope(as_staff(town, who)))


def test_what_is_wrong_with_a_draft_is_told_and_nothing_is_changed(town: Town) -> None:
    mapping = written(town)
    later = Told(held_on=WEDNESDAY + timedelta(days=1))

    with pytest.raises(services.CannotSave) as refused:
        save(town, mapping, told=later)
    with pytest.raises(services.CannotAdd) as factor_refused:
        add(town, mapping, Kind.OWN, Source.CHILD, 4, "")

    assert refused.value.faults == [mappings.Fault.HELD_ON_LATER]
    assert factor_refused.value.faults == [
        factors.Fault.STRENGTH, factors.Fault.DIRECTION, factors.Fault.WORDS,
    ]  # fmt: skip
    assert seen(town, "mira")[0].told == TOLD
    assert len(seen(town, "mira")[0].said) == 3


def test_an_unfinished_one_is_not_locked(town: Town) -> None:
    mapping = begin(town)

    with pytest.raises(services.CannotLock) as refused:
        lock(town, mapping)

    assert refused.value.faults == [
        mappings.Fault.HELD_ON, mappings.Fault.METHOD, mappings.Fault.CHILD,
        mappings.Fault.FACTOR,
    ]  # fmt: skip
    assert Mapping.objects.get().final_at is None


def test_what_is_locked_nobody_changes(town: Town) -> None:
    mapping = locked(town)
    (found,) = seen(town, "mira")

    for change in (
        lambda: save(town, mapping),
        lambda: add(town, mapping, Kind.CLIMATE, Source.SCHOOL, 1, "vi hälsar"),
        lambda: lock(town, mapping),
        lambda: services.discard(mapping, by=scope(town.mira), at=NOON),
        lambda: services.remove_factor(mapping, found.said[0].public, by=scope(town.mira), at=NOON),
    ):
        with pytest.raises(queries.NoSuchMapping):
            change()
    assert seen(town, "mira") == [found]


def test_a_factor_is_taken_out_of_a_draft_and_a_draft_is_thrown_away(town: Town) -> None:
    mapping = written(town)
    first = seen(town, "mira")[0].said[0].public

    services.remove_factor(mapping, first, by=scope(town.mira), at=NOON)
    assert len(seen(town, "mira")[0].said) == 2

    services.discard(mapping, by=scope(town.mira), at=NOON)
    assert not Mapping.objects.exists()
    assert not Factor.objects.exists()
    assert Writing.objects.filter(act="mapping.discarded").count() == 1


def test_a_correction_holds_when_it_is_locked_and_the_former_can_still_be_opened(
    town: Town,
) -> None:
    old = locked(town)

    new = services.correct(old, by=scope(town.mira), at=NOON)
    assert [each.public for each in seen(town, "mira")] == [new, old]
    assert [each.public for each in seen(town, "ragnar")] == [old]
    assert (
        queries.one(new, by=scope(town.mira)).factors
        == queries.one(old, by=scope(town.mira)).factors
    )

    lock(town, new)
    assert [each.public for each in seen(town, "ragnar")] == [new]
    assert queries.one(old, by=scope(town.ragnar)).is_final
    assert queries.corrected_by(old, by=scope(town.ragnar)) == new


def test_one_mapping_is_corrected_once_by_whoever_comes_first(town: Town) -> None:
    old = locked(town)
    services.correct(old, by=scope(town.mira), at=NOON)

    with pytest.raises(services.CorrectedAlready):
        services.correct(old, by=scope(town.karin), at=NOON)
    assert Mapping.objects.count() == 2


def test_a_principal_reads_and_writes_nothing(town: Town) -> None:
    mapping = locked(town)

    assert [each.public for each in seen(town, "ragnar")] == [mapping]
    with pytest.raises(services.NotYours):
        begin(town, "ragnar")
    with pytest.raises(services.NotYours):
        services.correct(mapping, by=scope(town.ragnar), at=NOON)


def test_the_deeper_mapping_is_student_healths_and_the_principals_to_read(town: Town) -> None:
    deep = locked(town, "karin", Depth.DEEP)

    assert [each.public for each in seen(town, "karin")] == [deep]
    assert [each.public for each in seen(town, "ragnar")] == [deep]
    assert seen(town, "mira") == []
    with pytest.raises(services.NotYours):
        begin(town, "mira", Depth.DEEP)
    with pytest.raises(queries.NoSuchMapping):
        queries.one(deep, by=scope(town.mira))
    with pytest.raises(queries.NoSuchMapping):
        services.correct(deep, by=scope(town.mira), at=NOON)


def test_student_health_needs_a_case_with_the_pupil(town: Town) -> None:
    locked(town, pupil=town.noor)

    assert queries.of_pupil(town.noor.pk, by=scope(town.karin)) == []
    with pytest.raises(people.NoSuchPupil):
        begin(town, "karin", pupil=town.noor)


@pytest.mark.parametrize("who", ["nils", "petra", "agda", "tove", "isa", "sonja"])
def test_for_a_stranger_there_is_neither_pupil_nor_mapping(town: Town, who: str) -> None:
    mapping = locked(town)
    by = scope(as_staff(town, who))

    assert seen(town, who) == []
    for unknown in (mapping, uuid4()):
        with pytest.raises(queries.NoSuchMapping):
            queries.one(unknown, by=by)
    with pytest.raises((people.NoSuchPupil, services.NotYours)):
        begin(town, who)


def test_another_agency_reads_it_while_a_consent_lists_it(town: Town) -> None:
    mapping = locked(town)
    assert seen(town, "sonja") == []

    town.agree(classes={K.NAME, K.MAPPING})

    assert [each.public for each in seen(town, "sonja")] == [mapping]
    assert seen(town, "bo") == []


def test_who_is_protected_has_its_mapping_read_by_its_handlers_alone(town: Town) -> None:
    locked(town)
    town.protect(town.saga, town.ragnar)

    assert len(seen(town, "ragnar")) == 1
    assert seen(town, "mira") == []
    assert seen(town, "karin") == []


def test_own_abilities_go_the_way_that_is_said(town: Town) -> None:
    mapping = begin(town)
    add(
        town, mapping, Kind.OWN, Source.CHILD, 2, "läser fort", direction=Direction.TOWARD
    )  # fmt: skip
    add(town, mapping, Kind.ROUTINES, Source.CHILD, 2, "äter frukost", direction=Direction.AWAY)

    assert [each.direction for each in seen(town, "mira")[0].factors] == [
        Direction.TOWARD, Direction.TOWARD,
    ]  # fmt: skip


def test_the_number_of_questions_is_the_same_however_much_is_mapped(town: Town) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            seen(town, "mira")
        return len(asked)

    locked(town)
    ask()
    few = ask()
    for _ in range(4):
        locked(town)
    assert ask() == few
