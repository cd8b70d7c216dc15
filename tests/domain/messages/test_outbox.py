"""When a message is tried again, and what makes it one of its kind."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samnarvaro.messages.domain.outbox import MOST_TRIES, PAUSES, Kind, key_of_week, next_try

AT = datetime(2026, 11, 30, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 15), (2, 60), (3, 240), (4, 720), (5, None), (6, None)]
)
def test_after_each_failure_one_waits_longer_and_gives_up_at_the_fifth(
    tries: int, minutes: int | None
) -> None:
    expected = None if minutes is None else AT + timedelta(minutes=minutes)
    assert next_try(tries, AT) == expected


def test_a_message_is_given_up_within_a_day() -> None:
    assert MOST_TRIES == 5
    assert sum(PAUSES, timedelta()) < timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 11, 29), "digest:2026-W48"),  # a Sunday
        (date(2026, 11, 30), "digest:2026-W49"),  # the Monday after
        (date(2026, 12, 6), "digest:2026-W49"),
        (date(2027, 1, 3), "digest:2026-W53"),  # still the old year's week
        (date(2027, 1, 4), "digest:2027-W01"),
    ],
)
def test_the_same_week_gives_the_same_key(day: date, key: str) -> None:
    assert key_of_week(Kind.DIGEST, day) == key
