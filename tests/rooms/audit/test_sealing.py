"""Rows are numbered without a gap and chained, each once, by one sealer at a time."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings as SettingsWrapper

from samnarvaro.audit import queries
from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.chain import Log
from samnarvaro.audit.models import NeverChanged, Reading, Seal, SealHead, Writing
from samnarvaro.audit.services import sealing
from tests.rooms.audit.log import MINUTE, NOON, read, some, tamper, write

pytestmark = pytest.mark.django_db


def test_every_row_of_both_logs_gets_a_seal_with_a_number_without_a_gap() -> None:
    end = some(6)

    assert audit.seal_new(at=end) == 12

    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [*range(1, 13)]
    assert Seal.objects.filter(log=Log.READING).count() == 6
    head = SealHead.objects.get()
    assert (head.number, head.readings, head.writings) == (12, 6, 6)
    assert bytes(head.hashed) == bytes(Seal.objects.get(number=12).hashed)


def test_a_row_is_sealed_once_and_the_next_holds_on_to_it() -> None:
    end = some(2)
    audit.seal_new(at=end)
    read(end)

    assert audit.seal_new(at=end + MINUTE) == 1
    assert audit.seal_new(at=end + MINUTE) == 0

    verdict = queries.verify(at=end + 2 * MINUTE)
    assert (verdict.is_whole, verdict.seals, verdict.waiting) == (True, 5, 0)


def test_a_row_that_was_committed_after_later_ids_is_sealed_all_the_same() -> None:
    read(NOON, what="first")
    row = Reading.objects.get()
    later = {field.attname: getattr(row, field.attname) for field in Reading._meta.fields}
    Reading.objects.create(**later | {"id": row.pk + 10})
    audit.seal_new(at=NOON)
    Reading.objects.create(**later | {"id": row.pk + 5})

    assert audit.seal_new(at=NOON + MINUTE) == 1
    assert queries.verify(at=NOON + MINUTE).is_whole


def test_a_row_with_an_id_far_behind_is_found_by_the_daily_pass() -> None:
    read(NOON)
    row = Reading.objects.get()
    values = {field.attname: getattr(row, field.attname) for field in Reading._meta.fields}
    Reading.objects.create(**values | {"id": row.pk + sealing.LOOKBACK + 2})
    audit.seal_all(at=NOON)
    Reading.objects.create(**values | {"id": row.pk + 1})

    assert audit.seal_new(at=NOON) == 0
    assert audit.seal_all(at=NOON) == 1


def test_looking_when_there_is_nothing_to_seal_takes_no_lock() -> None:
    audit.seal_new(at=some(1))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert audit.seal_new(at=NOON + 5 * MINUTE) == 0

    assert len(asked) == 4
    assert not any("UPDATE" in each["sql"] for each in asked)


def test_a_long_log_is_sealed_in_short_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 3)
    end = some(7)

    assert audit.seal_new(at=end) == 14
    assert queries.verify(at=end).is_whole


def test_what_is_rolled_back_leaves_no_seal_and_no_gap() -> None:
    end = some(1)
    with transaction.atomic():
        audit.seal_new(at=end)
        transaction.set_rollback(True)

    audit.seal_new(at=end)

    assert queries.verify(at=end).is_whole


def test_a_key_marks_each_seal(settings: SettingsWrapper) -> None:
    settings.SEAL_KEYS = [b"k" * 32]
    end = some(2)
    audit.seal_new(at=end)

    verdict = queries.verify(at=end, keys=settings.SEAL_KEYS)

    assert (verdict.is_whole, verdict.marked) == (True, 4)


def test_a_new_key_goes_on_where_the_old_one_was(settings: SettingsWrapper) -> None:
    old, new = b"o" * 32, b"n" * 32
    settings.SEAL_KEYS = [old]
    end = some(2)
    audit.seal_new(at=end)
    settings.SEAL_KEYS = [new, old]
    audit.seal_new(at=some(2, start=end))

    assert queries.verify(at=end + 3 * MINUTE, keys=[new, old]).marked == 8
    assert not queries.verify(at=end + 3 * MINUTE, keys=[new]).is_whole
    assert queries.verify(at=end + 3 * MINUTE).is_whole, "without a key the plain chain is held"


def test_two_seals_for_one_row_are_refused_by_the_database() -> None:
    audit.seal_new(at=some(1))
    seal = Seal.objects.get(number=1)
    values = {field.attname: getattr(seal, field.attname) for field in Seal._meta.fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(**values | {"number": 3})


@pytest.mark.django_db(transaction=True)
def test_four_sealers_at_once_make_one_chain() -> None:
    end = some(20)
    start, made = Barrier(4), list[Any]()

    def seal() -> None:
        start.wait()
        try:
            made.append(audit.seal_new(at=end))
        finally:
            connection.close()

    threads = [Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(made) == 40
    verdict = queries.verify(at=end)
    assert (verdict.is_whole, verdict.seals) == (True, 40)


@pytest.mark.parametrize("log", [Reading, Writing, Seal])
def test_the_code_has_no_way_to_change_or_delete_rows_of_the_log(log: Any) -> None:
    audit.seal_new(at=some(1))

    with pytest.raises(NeverChanged):
        log.objects.update(request_id="x")
    with pytest.raises(NeverChanged):
        log.objects.all().delete()
    with pytest.raises(NeverChanged):
        log.objects.bulk_update([], ["request_id"])


def test_a_log_years_old_is_still_there_after_the_nights_work() -> None:
    from samnarvaro.project import tasks

    read(NOON - timedelta(days=40 * 365))
    write(NOON - timedelta(days=40 * 365))
    before = Writing.objects.count()

    tasks.tidy.call()

    assert (Reading.objects.count(), Writing.objects.count() >= before) == (1, True)


def test_the_log_takes_a_file_name_with_anything_in_it() -> None:
    write(NOON, target="file\x1fwith\x1eodd \u202ename 📎.csv")
    audit.seal_new(at=NOON)

    assert queries.verify(at=NOON).is_whole
    tamper("UPDATE audit_writing SET target = %s", "file\x1fwith\x1eodd name 📎.csv")
    assert not queries.verify(at=NOON).is_whole
