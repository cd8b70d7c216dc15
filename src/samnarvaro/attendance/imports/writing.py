"""Staged rows become held marks, the ones they replace become history, the totals follow."""

from samnarvaro.attendance.imports.staging import CONTENT, KEY, SAYS, STAGED, VERDICT, same_key
from samnarvaro.attendance.totals import carry, state
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window

_HELD = (*KEY, *CONTENT, "on_school_day", "delivery_id")
_VERSION = (*KEY, *CONTENT, "delivery_id")


def hold_others_off() -> None:
    """Let one delivery at a time compare and write; what was reckoned before holds no longer.

    SQLite has one writer anyway.
    """
    if bulk.on_postgres():
        bulk.run("LOCK TABLE attendance_mark IN SHARE ROW EXCLUSIVE MODE")
    state.renew()


def write(delivery: int, *, everything: bool, span: Window | None) -> None:
    """Write the staged rows: all of them when all are new, else those that the verdict names."""
    if everything:
        _insert(delivery)
        if span is not None and carry.add_new_day(span):
            return
    else:
        _keep_history(delivery)
        _replace(delivery)
    carry.start()
    source = f"{STAGED}" if everything else f"{VERDICT} WHERE verdict <> 'equal'"
    bulk.run(f"INSERT INTO {carry.CHANGED} (pupil_id, day) SELECT DISTINCT pupil_id, day FROM "
             f"{source}")  # fmt: skip
    carry.carry(span if everything else None)


def _insert(delivery: int, *, chosen: str = "", conflict: str = "") -> None:
    """Write rows in the order of the key: the next one then has its place beside the last."""
    key = ", ".join(f"s.{column}" for column in KEY)
    content = ", ".join(f"c.{column}" for column in CONTENT)
    bulk.run(
        f"""INSERT INTO attendance_mark ({", ".join(_HELD)})
            SELECT {key}, {content}, s.on_school_day, %s
            FROM {STAGED} s {chosen} JOIN {SAYS} c ON c.content = s.content
            WHERE true ORDER BY s.day, s.pupil_id, s.start, s.unit_id {conflict}""",
        [delivery],
    )


def _replace(delivery: int) -> None:
    """Write the rows that the verdict names, over what is held where something is."""
    update = ", ".join(f"{c} = excluded.{c}" for c in _HELD if c not in KEY)
    _insert(
        delivery,
        chosen=f"JOIN {VERDICT} x ON {same_key('x', 's')}",
        conflict=f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {update}",
    )


def _keep_history(delivery: int) -> None:
    columns = ", ".join(f"m.{column}" for column in _VERSION)
    bulk.run(
        f"""INSERT INTO attendance_markversion ({", ".join(_VERSION)}, replaced_by_id)
            SELECT {columns}, %s FROM {VERDICT} x JOIN attendance_mark m ON {same_key("m", "x")}
            WHERE x.verdict <> 'new'""",
        [delivery],
    )
