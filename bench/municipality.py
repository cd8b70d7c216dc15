"""A made municipality in the database, put in by fast bulk: schools, pupils, lesson marks, totals.

The marks go past the imports: what is measured afterwards stands on the totals, and those are set up
by `carry.rebuild` from the marks, as the program itself would.
"""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, transaction

from bench import made
from samnarvaro.attendance.totals import carry
from samnarvaro.base import bulk
from samnarvaro.organisation import services as organisation
from samnarvaro.people import services as people

LESSONS = 6
MINUTES = 60
COLUMNS = (
    "day", "pupil_id", "start", "unit_id", "scheduled", "excused", "unexcused", "other", "reported",
    "cancelled", "late", "subject", "on_school_day", "delivery_id",
)  # fmt: skip
STARTS = (490, 560, 630, 720, 790, 860)


def empty() -> None:
    """Take everything out of the tables that are measured."""
    for table in (
        "worklist_act", "worklist_item", "staircase_episode", "base_jobrun", "attendance_daytotal",
        "attendance_markversion", "attendance_mark", "people_enrolment", "people_pupil",
    ):  # fmt: skip
        bulk.run(f"DELETE FROM {table}")
    bulk.run("DELETE FROM organisation_unit")


def settle(pupils: int) -> None:
    """Make the pupils, 400 a school; pupil n has id n + 1."""
    schools = -(-pupils // made.PUPILS_A_SCHOOL)
    organisation.create_nameless_units({f"{10_000_000 + n}": n + 1 for n in range(schools)})
    people.create_nameless_pupils({f"P{n:06d}": n + 1 for n in range(pupils)})


def day_of_marks(pupils: int, day: date, seed: int) -> np.ndarray[Any, Any]:
    """The kinds of a day's lessons as numbers, pupil by pupil: 0 present, 1 excused, 2 unexcused,
    3 late. Some pupils are away often, whole days together; most hardly ever.
    """
    dice = np.random.default_rng([seed, day.toordinal()])
    steady = np.random.default_rng(seed).beta(0.6, 9.0, pupils)  # each one's own share away
    away = dice.random(pupils) < steady
    kinds = np.where(dice.random((pupils, LESSONS)) < 0.02, 3, 0).astype(np.int8)
    kinds[away] = np.where(dice.random(away.sum()) < 0.7, 1, 2)[:, None]
    return kinds


def rows(pupils: int, day: date, seed: int) -> list[tuple[Any, ...]]:
    """One day's marks as rows of the table, in the order of its key."""
    kinds = day_of_marks(pupils, day, seed).ravel()
    ids = np.repeat(np.arange(1, pupils + 1), LESSONS)
    units = (ids - 1) // made.PUPILS_A_SCHOOL + 1
    starts = np.tile(np.array(STARTS), pupils)
    excused = np.where(kinds == 1, MINUTES, 0)
    unexcused = np.where(kinds == 2, MINUTES, np.where(kinds == 3, 5, 0))
    late = (kinds == 3).astype(int)
    text, count = day.isoformat(), len(ids)
    return list(
        zip(
            [text] * count, ids.tolist(), starts.tolist(), units.tolist(), [MINUTES] * count,
            excused.tolist(), unexcused.tolist(), [0] * count, [1] * count, [0] * count,
            late.tolist(), ["MA"] * count, [1] * count, [1] * count, strict=True,
        )
    )  # fmt: skip


def pour_marks(pupils: int, days: list[date], seed: int = 1) -> None:
    """Put the marks of these days in."""

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        for day in days:
            yield rows(pupils, day, seed)

    bulk.pour_batches("attendance_mark", COLUMNS, batches())


def build(pupils: int, days: list[date]) -> tuple[float, float]:
    """Make the municipality anew; return the seconds for the marks and for the rebuild."""
    with transaction.atomic():
        empty()
        settle(pupils)
    start = time.perf_counter()
    with transaction.atomic():
        pour_marks(pupils, days)
    marks = time.perf_counter() - start
    start = time.perf_counter()
    with transaction.atomic():
        carry.rebuild()
    rebuilt = time.perf_counter() - start
    if connection.vendor == "postgresql":
        bulk.run("VACUUM ANALYZE attendance_daytotal")
        bulk.run("VACUUM ANALYZE attendance_mark")
    return marks, rebuilt
