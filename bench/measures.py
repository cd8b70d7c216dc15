"""How fast every pupil's windows are, against hand-written SQL and against other engines.

Sums, late arrivals and days in a row. First the windows of the city model, 30 and 60 days: an engine
over lessons then reads the lessons of 60 days alone. Then the term as well: it reads the term's.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.figures import COLUMNS, Seconds, Table, grouped, in_turn, judged, ratio, seconds
from bench.year import DAYS, Year

CITY = (30, 60)  # the windows of the city model
TERM_BEGAN = date(2026, 1, 8)
OURS, BY_HAND, DUCKDB, NUMPY = (
    "ours", "SQL by hand over the totals", "DuckDB over lessons", "NumPy, whole days in memory",
)  # fmt: skip
SAMPLE = 50  # pupils whose patterns are looked for, one by one
LONGEST, LONGEST_BY_HAND = "longest run in 30 days, everybody", "longest run, SQL by hand"
WEEKDAYS, SUBJECTS = f"weekdays of {SAMPLE} pupils", f"subjects of {SAMPLE} pupils"
CLASS_DAYS = "days of each class of one school"
TO_HAND, TO_ENGINE = 1.5, 5


def measure(year: Year, runs: int, folder: Path) -> dict[str, Seconds]:
    """Time all engines beside each other, and see that they say the same."""
    from bench import engines

    parquet = folder / f"lessons-{year.pupils}.parquet"
    if not parquet.exists():
        engines.write_parquet(year, parquet)
    duckdb, dense = engines.DuckDB(parquet), engines.Dense(year)
    day = year.days[-1]
    term = (day - TERM_BEGAN).days + 1
    spent: dict[str, Seconds] = {}
    for name, lengths in (("city", CITY), ("term", (*CITY, term))):
        ways: dict[str, Callable[[], Any]] = {
            OURS: partial(_ours, day, lengths),
            BY_HAND: partial(engines.by_hand, day, lengths),
            DUCKDB: partial(duckdb.rows, day, lengths),
            NUMPY: partial(dense.rows, day, lengths),
        }
        _say_the_same(ways)
        spent |= {f"{name} {way}": took for way, took in in_turn(ways, runs).items()}
    return spent | _scans(year, runs)


def _ours(day: date, lengths: Sequence[int]) -> list[tuple[int, ...]]:
    from samnarvaro.attendance.totals import windows

    told: list[windows.Told] = ["scheduled", "excused", "unexcused", "late", "run"]
    return list(windows.ending_on(day, lengths, told))


def _scans(year: Year, runs: int) -> dict[str, Seconds]:
    """What is no difference of two rows: it goes through the days, or the lessons, of the window."""
    from bench import engines
    from samnarvaro.attendance.queries import pupil, school
    from samnarvaro.attendance.totals import windows
    from samnarvaro.consents.services import system_scope
    from samnarvaro.kernel.days import trailing

    day = year.days[-1]
    window, scope = trailing(day, CITY[0]), system_scope(purpose="bench", on=day)
    some = range(1, year.pupils + 1, year.pupils // SAMPLE)
    assert windows.longest_runs(window) == dict(engines.longest_by_hand(day, CITY[0]))

    def of_each(what: Callable[[int, Any], Any]) -> Callable[[], Any]:
        return lambda: [what(one, pupil.history(one, until=day, by=scope)) for one in some]

    return in_turn(
        {
            LONGEST: lambda: windows.longest_runs(window),
            LONGEST_BY_HAND: lambda: engines.longest_by_hand(day, CITY[0]),
            WEEKDAYS: of_each(lambda _one, known: known.by_weekday(window)),
            SUBJECTS: of_each(lambda one, known: pupil.slots(one, known, window, by=scope)),
            CLASS_DAYS: lambda: school.class_days(1, window, by=scope),
        },
        runs,
    )


def _say_the_same(ways: dict[str, Callable[[], Any]]) -> None:
    said = {name: _hash(_as_rows(name, way())) for name, way in ways.items()}
    assert len(set(said.values())) == 1, said


def _as_rows(name: str, found: Any) -> Iterable[tuple[Any, ...]]:
    if name == OURS:
        return ((pupil, *rest) for pupil, _unit, *rest in found)
    if name == DUCKDB:
        return zip(*(column.tolist() for column in found.values()), strict=True)
    if name == NUMPY:
        rows = zip(*(column.tolist() for column in found), strict=True)
        return ((pupil, *row) for pupil, row in enumerate(rows, 1))
    return list(found)


def _hash(rows: Iterable[tuple[Any, ...]]) -> str:
    """One hash of what an engine says of everybody, whatever order it says it in."""
    digest = sha256()
    for row in sorted(tuple(map(int, row)) for row in rows):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def show(engine: str, pupils: int, spent: dict[str, Seconds]) -> None:
    """Print what was measured on one database with so many pupils."""
    table = Table(f"Windows of {grouped(pupils)} pupils × {DAYS} days, {engine}", *COLUMNS)
    for name, of in (("city", "30 and 60 days"), ("term", "30, 60 days and the term")):
        times = {way: spent[f"{name} {way}"] for way in (OURS, BY_HAND, DUCKDB, NUMPY)}
        for way, took in times.items():
            table.add(f"{of}: {way}", *seconds(took))
        table.add(f"{of}: ours to SQL by hand",
                  *judged(ratio(times[OURS], times[BY_HAND]), most=TO_HAND))  # fmt: skip
        table.add(f"{of}: times faster than DuckDB",
                  *judged(ratio(times[DUCKDB], times[OURS]), least=TO_ENGINE))  # fmt: skip
    for way in (LONGEST, LONGEST_BY_HAND, WEEKDAYS, SUBJECTS, CLASS_DAYS):
        table.add(f"apart: {way}", *seconds(spent[way]))
    table.show()
