"""A school year of lesson marks, laid straight into the tables.

The marks are drawn with NumPy: most pupils are away now and then, some for days in a row, a few for
months. What one lesson holds is one of seven kinds, and a day is an array of kinds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench import made

LAST = date(2026, 6, 5)
DAYS, LESSONS, MINUTES = 178, 6, 60
PRESENT, EXCUSED, UNEXCUSED, LATE, OTHER, UNREPORTED, CANCELLED = range(7)
# scheduled, excused, unexcused, other, reported, cancelled, late
CONTENTS = [
    (MINUTES, 0, 0, 0, 1, 0, 0),
    (MINUTES, MINUTES, 0, 0, 1, 0, 0),
    (MINUTES, 0, MINUTES, 0, 1, 0, 0),
    (MINUTES, 0, 5, 0, 1, 0, 1),
    (MINUTES, 0, 0, MINUTES, 1, 0, 0),
    (MINUTES, 0, 0, 0, 0, 0, 0),
    (MINUTES, 0, 0, 0, 1, 1, 0),
]
KEY = ("pupil_id", "start", "unit_id", "subject")
CONTENT = ("scheduled", "excused", "unexcused", "other", "reported", "cancelled", "late")


class Year:
    """So many pupils, 178 school days and one more, six lessons a day; the same each time."""

    def __init__(self, pupils: int) -> None:
        self.pupils = pupils
        *self.days, self.new_day = made.school_days(DAYS + 1, LAST)

    def kinds(self) -> Iterator[tuple[date, Any]]:
        """Yield every day with its kinds, pupils × lessons."""
        dice = np.random.default_rng(1)
        size = self.pupils
        leaning = 0.004 + 0.25 * dice.beta(0.5, 12, size)  # to a first day away
        heavy = dice.random(size) < 0.03  # who then stays away for long
        staying = np.where(heavy, 0.93, 0.55)
        away = dice.random(size) < leaning
        for day in [*self.days, self.new_day]:
            away = dice.random(size) < np.where(away, staying, leaning)
            with_leave = dice.random(size) < 0.75
            luck = dice.random((size, LESSONS))
            kinds = np.select(
                [luck < 0.955, luck < 0.965, luck < 0.98, luck < 0.985, luck < 0.995],
                [PRESENT, UNEXCUSED, LATE, OTHER, UNREPORTED],
                CANCELLED,
            ).astype(np.uint8)
            kinds[away] = np.where(with_leave[away], EXCUSED, UNEXCUSED)[:, None]
            yield day, kinds

    @cached_property
    def lessons(self) -> list[tuple[Any, ...]]:
        """Pupil, start, unit and subject of every lesson of a day, in the order of the kinds."""
        return [
            (number + 1, 490 + 70 * lesson, self.unit(number + 1), made.SUBJECTS[lesson])
            for number in range(self.pupils)
            for lesson in range(LESSONS)
        ]

    @staticmethod
    def unit(pupil: int) -> int:
        return (pupil - 1) // made.PUPILS_A_SCHOOL + 1


def measure(pupils: int, runs: int, folder: Path, *, only_pages: bool = False) -> dict[str, Any]:
    """Put a year in, lay its totals, and time what stands on them; or the pages alone, for which one
    night has to have been.
    """
    from django.db import transaction

    from bench import corrections, measures, nights, pages
    from samnarvaro.attendance.totals import carry

    year = Year(pupils)
    begun = time.perf_counter()
    delivery = put_in(year)
    laid = time.perf_counter()
    with transaction.atomic():
        carry.rebuild()
    spent = {"put in": [laid - begun], "rebuild": [time.perf_counter() - laid]}
    _let_settle()
    if only_pages:
        nights.measure(year, 1, delivery)
        return {"pages": pages.measure(year, folder)}
    return {
        "setting up": spent,
        "windows": measures.measure(year, runs, folder),
        "corrections": corrections.measure(year, runs),
        "night": nights.measure(year, runs, delivery),
        "pages": pages.measure(year, folder),
    }


def _let_settle() -> None:
    """What PostgreSQL does by itself some minutes after a large write."""
    from samnarvaro.base import bulk

    if bulk.on_postgres():
        bulk.run("VACUUM ANALYZE attendance_daytotal")


def put_in(year: Year) -> int:
    """Make pupils and schools through their services, and lay the marks of all days but the new one
    straight into the table. Return the delivery that they are said to have come with.
    """
    from samnarvaro.base import clock
    from samnarvaro.base.models import Delivery
    from samnarvaro.organisation import services as organisation
    from samnarvaro.people import services as people

    codes = {made.unit_code(number) for number in range(year.pupils)}
    organisation.create_nameless_units({c: n + 1 for n, c in enumerate(sorted(codes))})
    people.create_nameless_pupils({f"P{n:06d}": n + 1 for n in range(year.pupils)})
    people.enrol_newcomers((n, year.unit(n), year.days[0]) for n in range(1, year.pupils + 1))
    delivery = Delivery.objects.create(
        kind="marks", profile="csv", by="bench", state="written", received_at=clock.now()
    )
    with _without_key():
        for day, kinds in year.kinds():
            if day != year.new_day:
                insert_day(year, day, kinds, delivery.pk)
    return delivery.pk


def insert_day(year: Year, day: date, kinds: Any, delivery: int) -> None:
    """Lay one day's marks into the table."""
    from django.db import connection

    connection.ensure_connection()
    flat = kinds.ravel().tolist()
    if connection.vendor == "sqlite":
        raw: Any = connection.connection
        places = ", ".join("?" * len((*KEY, *CONTENT)))
        rows = zip(year.lessons, flat, strict=True)
        own = not raw.in_transaction
        if own:
            raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            f"INSERT INTO attendance_mark ({', '.join((*KEY, *CONTENT))}, day, on_school_day, "
            f"delivery_id) VALUES ({places}, '{day}', 1, {delivery})",
            (lesson + CONTENTS[kind] for lesson, kind in rows),
        )
        if own:
            raw.execute("COMMIT")
        return
    ends = ["\t".join(map(str, (*content, day, 1, delivery))) + "\n" for content in CONTENTS]
    columns = ", ".join((*KEY, *CONTENT, "day", "on_school_day", "delivery_id"))
    lines = map(_line, year.lessons, map(ends.__getitem__, flat))
    with connection.cursor() as cursor:
        # A table with the rules of the second wall takes no COPY; one beside it does.
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS laid (LIKE attendance_mark)")
        inner: Any = cursor.cursor
        with inner.copy(f"COPY laid ({columns}) FROM STDIN") as copy:
            while some := "".join(islice(lines, 20_000)):
                copy.write(some)
        cursor.execute(f"INSERT INTO attendance_mark ({columns}) SELECT {columns} FROM laid")
        cursor.execute("TRUNCATE laid")


def _line(lesson: tuple[Any, ...], end: str) -> str:
    return "\t".join(map(str, (*lesson, end)))


@contextmanager
def _without_key() -> Iterator[None]:
    """Lay rows without the key on PostgreSQL, and the key at the end: in a third of the time."""
    from django.db import connection

    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'attendance_mark'::regclass AND contype = 'p'"
        )
        name, says = cursor.fetchone()
        cursor.execute(f"ALTER TABLE attendance_mark DROP CONSTRAINT {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(f"ALTER TABLE attendance_mark ADD CONSTRAINT {name} {says}")
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("VACUUM ANALYZE attendance_mark")
