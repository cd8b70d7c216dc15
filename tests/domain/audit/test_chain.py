"""What is sealed of a row, the same on every database, and how seals hold on to each other."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.audit.domain import chain

PARTS = st.lists(st.text(), min_size=3, max_size=3)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-27 22:57:20.123456", "2026-11-27 22:57:20.123456"),
        ("2026-11-27 22:57:20", "2026-11-27 22:57:20.000000"),
        ("2026-11-27 22:57:20+00", "2026-11-27 22:57:20.000000"),
        ("2026-11-27 22:57:20.1+00", "2026-11-27 22:57:20.100000"),
        ("2026-11-27 22:57:20.123456+00", "2026-11-27 22:57:20.123456"),
    ],
)
def test_a_moment_is_the_same_however_the_database_writes_it(written: str, read: str) -> None:
    assert chain.moment(written) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"to": "done", "from": "open"}', '{"from": "open", "to": "done"}'),
        ('{"file": "\\u00e5.csv"}', '{"file": "å.csv"}'),
        ('["K1", "K3"]', '["K1", "K3"]'),
        ("[]", "[]"),
        ('["\\u00e5"]', '["å"]'),
    ],
)
def test_a_structure_is_the_same_however_the_database_writes_it(one: str, other: str) -> None:
    assert chain.structure(one) == chain.structure(other)


@given(PARTS, PARTS)
def test_two_rows_have_the_same_text_only_if_they_are_the_same(
    one: list[str], other: list[str]
) -> None:
    assert (chain.text_of(one) == chain.text_of(other)) == (one == other)


def test_a_part_that_holds_the_separator_cannot_pass_for_two() -> None:
    assert chain.text_of(["a\x1fb", "c"]) != chain.text_of(["a", "b\x1fc"])
    assert chain.text_of(["a\x1fb"]) != chain.text_of(["a", "b"])


@given(st.text())
def test_the_moment_is_found_whatever_stands_behind_it(behind: str) -> None:
    assert chain.time_of(chain.text_of(["7", "2026-11-27 22:57:20.000000", behind])) == (
        "2026-11-27 22:57:20.000000"
    )


def test_anybody_can_reckon_the_chain_without_this_program() -> None:
    row = chain.text_of(["7", "2026-11-27 22:57:01.000000", "viewer"])
    content = "1\x1fr\x1f1\x1f2026-11-27 22:57:20.000000\x1f" + row

    first = chain.seal(chain.BEGINNING, chain.content(1, "r", 1, "2026-11-27 22:57:20.000000", row))

    assert first == hashlib.sha256(bytes(32) + content.encode()).digest()
    assert chain.mark(b"key", first) == hmac.new(b"key", first, "sha256").digest()


def test_every_form_seals_id_and_time_first() -> None:
    for form in chain.FIELDS.values():
        for fields in form.values():
            assert fields[:2] == ("id", "at")


def test_a_structure_that_is_no_plain_list_is_put_in_order() -> None:
    assert chain.structure('[{"b": 1, "a": 2}]') == json.dumps([{"a": 2, "b": 1}])


@given(
    st.lists(st.tuples(st.sampled_from(["r", "w"]), st.text(max_size=30)), max_size=6),
    st.binary(max_size=100),
)
def test_many_at_once_are_sealed_and_marked_as_one_by_one(
    rows: list[tuple[str, str]], key: bytes
) -> None:
    facts = [(n, log, 1, "2026-11-27 22:57:20.000000", text) for n, (log, text) in enumerate(rows)]
    formers = [bytes([n]) * 32 for n in range(len(rows))]
    one_by_one = [
        chain.seal(former, chain.content(*fact))
        for former, fact in zip(formers, facts, strict=True)
    ]

    assert chain.seals(formers, facts) == one_by_one
    assert chain.marks(key, one_by_one) == [chain.mark(key, each) for each in one_by_one]
