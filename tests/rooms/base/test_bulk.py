"""Rows poured into temporary tables, on both databases."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from samnarvaro.base import bulk
from samnarvaro.organisation.models import SchoolAuthority

pytestmark = pytest.mark.django_db
MANY = 45_000  # more than two batches


@pytest.fixture
def table() -> Iterator[str]:
    bulk.create_temporary("poured", "number integer NOT NULL, words varchar(40)", key="number")
    yield "poured"
    bulk.drop_temporary("poured")


def test_whoever_makes_the_rows_may_ask_the_database_meanwhile(table: str) -> None:
    def rows() -> Iterator[tuple[int, str]]:
        for n in range(MANY):
            if n % 9_000 == 0:
                assert bulk.fetch("SELECT 7") == [(7,)]
            yield n, "x"

    bulk.pour(table, ("number", "words"), rows())

    assert bulk.fetch(f"SELECT COUNT(*) FROM {table}") == [(MANY,)]


class Stop(Exception):
    """The rows end in a mishap."""


def test_all_rows_arrive_whatever_their_order_and_number(table: str) -> None:
    bulk.pour(table, ("number", "words"), ((n, str(n)) for n in reversed(range(MANY))))
    bulk.analyse(table)

    assert bulk.fetch(f"SELECT COUNT(*), MIN(number), MAX(number) FROM {table}") == [
        (MANY, 0, MANY - 1)
    ]


@pytest.mark.parametrize(
    "words",
    ["", "Åsa Öberg", "\\", "\\N", "\\.", "a\\tb", "100 %s", "'; DROP TABLE x; --", '"', "🎒", " "],
)
def test_text_arrives_as_it_was(table: str, words: str) -> None:
    bulk.pour(table, ("number", "words"), [(1, words)])

    assert bulk.fetch(f"SELECT words FROM {table}") == [(words,)]


def test_no_rows_are_no_trouble(table: str) -> None:
    bulk.pour(table, ("number", "words"), [])

    assert bulk.fetch(f"SELECT * FROM {table}") == []


def test_a_table_is_made_anew_and_may_be_dropped_twice(table: str) -> None:
    bulk.pour(table, ("number", "words"), [(1, "one")])

    bulk.create_temporary(table, "number integer")

    assert bulk.fetch(f"SELECT * FROM {table}") == []
    bulk.drop_temporary(table, table, "never_made")


def test_a_statement_tells_how_many_rows_it_touched(table: str) -> None:
    bulk.pour(table, ("number", "words"), [(n, "") for n in range(5)])

    assert bulk.run(f"DELETE FROM {table} WHERE number < %s", [3]) == 3
    assert bulk.fetch(f"SELECT {bulk.least()}(4, 2, 3)") == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_rows_that_end_in_a_mishap_leave_nothing_and_the_connection_can_be_used() -> None:
    def rows() -> Iterator[tuple[int, str]]:
        for n in range(MANY):
            yield n, "x"
        raise Stop

    bulk.create_temporary("poured", "number integer, words varchar(40)")
    with pytest.raises(Stop):
        bulk.pour("poured", ("number", "words"), rows())

    assert bulk.fetch("SELECT COUNT(*) FROM poured") == [(0,)]
    assert connection.get_autocommit()
    bulk.drop_temporary("poured")


@pytest.mark.django_db(transaction=True)
def test_others_may_write_while_a_long_file_is_poured() -> None:
    written: list[bool] = []

    def write() -> None:
        try:
            SchoolAuthority.objects.create(code="9999", name="Viks kommun")
            written.append(True)
        finally:
            connection.close()

    def rows() -> Iterator[tuple[int, str]]:
        yield from ((n, "x") for n in range(MANY))
        other = threading.Thread(target=write)
        other.start()
        other.join(timeout=10)
        assert written
        yield MANY, "x"

    bulk.create_temporary("poured", "number integer, words varchar(40)")
    bulk.pour("poured", ("number", "words"), rows())

    assert SchoolAuthority.objects.filter(code="9999").exists()
    assert bulk.fetch("SELECT COUNT(*) FROM poured") == [(MANY + 1,)]
    bulk.drop_temporary("poured")
