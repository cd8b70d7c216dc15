"""Corrections far back, against raw SQL that leaves the same rows behind.

A thousand pupils, 40 school days back: first one lesson each becomes excused, then the whole day.
Ours sums the corrected days from the marks, finds out what that changes, and does it. The reference
knows what is added and to whom, and writes the same rows.
"""

from datetime import date
from functools import partial
from typing import Any

from bench.figures import COLUMNS, Seconds, Table, grouped, judged, ratio, seconds
from bench.trials import fetch, trial
from bench.year import DAYS, MINUTES, Year
from bench.year import LESSONS as LESSONS_A_DAY

BACK, CORRECTED, MOST = 40, 1000, 3
OURS, RAW = "ours", "raw SQL"
LESSON, DAY = "one lesson each", "the whole day each"
LESSONS = {LESSON: "= 490", DAY: ">= 0"}  # which ones, by their start
ADD_MINUTES = """
    UPDATE attendance_daytotal SET excused = excused + %s
    WHERE day >= %s AND pupil_id IN (SELECT pupil_id FROM corrected)"""
# A day that is absent now lengthens the run up to the next day present by itself and the run before.
FIND_RUNS = """
    UPDATE corrected SET run = 1 + (
            SELECT b.run FROM attendance_daytotal b WHERE b.pupil_id = corrected.pupil_id
            AND b.day < %s ORDER BY b.day DESC LIMIT 1),
        present = COALESCE((
            SELECT MIN(l.day) FROM attendance_daytotal l WHERE l.pupil_id = corrected.pupil_id
            AND l.day > %s AND l.run = 0), '9999-12-31')"""
ADD_RUNS_SQLITE = """
    UPDATE attendance_daytotal SET excused = excused + %s, run = run + (
        SELECT CASE WHEN day < c.present THEN c.run ELSE 0 END FROM corrected c
        WHERE c.pupil_id = attendance_daytotal.pupil_id)
    WHERE day >= %s AND pupil_id IN (SELECT pupil_id FROM corrected)"""
ADD_RUNS_POSTGRES = """
    UPDATE attendance_daytotal SET excused = excused + %s,
        run = attendance_daytotal.run + CASE WHEN day < c.present THEN c.run ELSE 0 END
    FROM corrected c WHERE c.pupil_id = attendance_daytotal.pupil_id AND day >= %s"""


def measure(year: Year, runs: int) -> dict[str, Seconds]:
    """Correct, and take back, in turn both ways."""
    day = year.days[-BACK]
    _choose(day, min(CORRECTED, year.pupils // 2))
    spent: dict[str, Seconds] = {}
    for name, lessons in LESSONS.items():
        ours: Seconds = []
        raw: Seconds = []
        for _ in range(runs):
            took, left = trial(partial(_ours, day, lessons), partial(_totals, day))
            ours.append(took)
            took, raw_left = trial(partial(_raw, day, lessons), partial(_totals, day))
            raw.append(took)
            assert left == raw_left
        spent |= {f"{name}: {OURS}": ours, f"{name}: {RAW}": raw}
    return spent


def _choose(day: date, count: int) -> None:
    """Choose pupils that were there at every lesson of the day: what is added is then known."""
    from samnarvaro.base import bulk

    bulk.create_temporary(
        "corrected",
        "pupil_id bigint NOT NULL, run integer NOT NULL, present date NOT NULL",
        key="pupil_id",
    )
    bulk.run(
        f"""INSERT INTO corrected SELECT pupil_id, 0, '9999-12-31' FROM attendance_mark
            WHERE day = %s GROUP BY pupil_id
            HAVING SUM(excused + unexcused + other) = 0
                AND COUNT(*) = SUM(CASE WHEN reported AND NOT cancelled THEN 1 ELSE 0 END)
            ORDER BY pupil_id LIMIT {count}""",
        [day],
    )
    bulk.analyse("corrected")


def _change(day: date, lessons: str) -> None:
    from samnarvaro.base import bulk

    bulk.run(
        f"""UPDATE attendance_mark SET excused = scheduled WHERE day = %s AND start {lessons}
            AND pupil_id IN (SELECT pupil_id FROM corrected)""",
        [day],
    )


def _ours(day: date, lessons: str) -> None:
    from samnarvaro.attendance.totals import carry
    from samnarvaro.base import bulk

    _change(day, lessons)
    carry.start()
    bulk.run(
        f"INSERT INTO {carry.CHANGED} (pupil_id, day) SELECT pupil_id, %s FROM corrected", [day]
    )
    carry.carry()


def _raw(day: date, lessons: str) -> None:
    from samnarvaro.base import bulk

    _change(day, lessons)
    if lessons == LESSONS[LESSON]:
        bulk.run(ADD_MINUTES, [MINUTES, day])
        return
    bulk.run(FIND_RUNS, [day, day])
    added = MINUTES * LESSONS_A_DAY
    bulk.run(ADD_RUNS_POSTGRES if bulk.on_postgres() else ADD_RUNS_SQLITE, [added, day])


def _totals(day: date) -> list[tuple[Any, ...]]:
    return fetch(
        "SELECT * FROM attendance_daytotal WHERE day >= %s "
        "AND pupil_id IN (SELECT pupil_id FROM corrected) ORDER BY pupil_id, day",
        day,
    )


def show(engine: str, pupils: int, spent: dict[str, Seconds]) -> None:
    count = grouped(min(CORRECTED, pupils // 2))
    table = Table(
        f"{count} corrections {BACK} school days back, {grouped(pupils)} pupils × {DAYS} days, {engine}",
        *COLUMNS,
    )
    for name in (LESSON, DAY):
        ours, raw = spent[f"{name}: {OURS}"], spent[f"{name}: {RAW}"]
        table.add(f"{name}: ours", *seconds(ours))
        table.add(f"{name}: raw SQL", *seconds(raw))
        table.add(f"{name}: ours to raw", *judged(ratio(ours, raw), most=MOST))
    table.show()
