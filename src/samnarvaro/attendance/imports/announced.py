"""Announced absence in the one path of marks: unexcused minutes become excused, and back again.

Each act is a delivery of its own, by the person who told; what the mark held before stays in the
history. The rule is `attendance.domain.announced.excused_minutes`, here for many marks at once.
"""

from samnarvaro.attendance.imports.staging import CONTENT, KEY, same_key
from samnarvaro.attendance.totals import carry
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window

KIND = "announcement"  # of the delivery
_MARK, _DAY = "attendance_mark", "attendance_announcedday"
_VERSION = (*KEY, *CONTENT, "delivery_id")
_TOLD = "told_mark"  # what some marks are to hold from now on, and of which delivery

# The stretch in which the pupil was away: of a late lesson its beginning, otherwise all of it.
_ENDS = "(m.start + CASE WHEN m.late THEN m.excused + m.unexcused ELSE m.scheduled END)"


def any_within(days: Window) -> bool:
    """Tell whether absence is announced for any of these days; for most files, of none."""
    return bool(
        bulk.fetch(
            f"SELECT 1 FROM {_DAY} WHERE day BETWEEN %s AND %s LIMIT 1", [days.first, days.last]
        )
    )


def excuse_delivered(delivery: int, days: Window) -> bool:
    """Let what is announced already hold for the marks that a delivery (id) has just brought."""
    return _excuse("d.day BETWEEN %s AND %s AND m.delivery_id = %s",
                   [days.first, days.last, delivery])  # fmt: skip


def excuse(announcement: int) -> bool:
    """Let an announcement (id) hold for the marks there are; tell whether any changed."""
    return _excuse("d.announcement_id = %s", [announcement])


def _excuse(which: str, parameters: list[object]) -> bool:
    """Give unexcused minutes that lie within what is announced to the excused ones."""
    least, most = bulk.least(), bulk.greatest()
    within = f"{most}(0, {least}(d.ends, {_ENDS}) - {most}(d.begins, m.start))"
    key = ", ".join(f"m.{column}" for column in KEY)
    _create()
    bulk.run(
        f"""INSERT INTO {_TOLD} ({", ".join(KEY)}, excused, unexcused, delivery_id)
            SELECT {", ".join(KEY)}, excused + {least}(unexcused, within),
                unexcused - {least}(unexcused, within), delivery_id
            FROM (
                SELECT {key}, m.excused, m.unexcused, SUM({within}) AS within,
                    MAX(a.delivery_id) AS delivery_id
                FROM {_DAY} d JOIN attendance_announcement a ON a.id = d.announcement_id
                CROSS JOIN {_MARK} m
                WHERE m.day = d.day AND m.pupil_id = d.pupil_id AND m.unexcused > 0 AND {which}
                GROUP BY {key}, m.excused, m.unexcused
            ) AS o WHERE within > 0""",
        parameters,
    )
    return _write()


def restore(announcement: int, withdrawal: int) -> bool:
    """Give the marks of an announcement's days back what was delivered, as told by a withdrawal.

    What was delivered is the latest version that no announcement wrote. The days themselves are
    still there: the caller takes them away afterwards.
    """
    _create()
    delivered = f"""
        SELECT MAX(v.id) FROM attendance_markversion v JOIN base_delivery b ON b.id = v.delivery_id
        WHERE {same_key("v", "m")} AND b.kind <> %s"""
    bulk.run(
        f"""INSERT INTO {_TOLD} ({", ".join(KEY)}, excused, unexcused, delivery_id)
            SELECT {", ".join(f"m.{column}" for column in KEY)}, w.excused, w.unexcused, %s
            FROM {_DAY} d CROSS JOIN {_MARK} m
            JOIN base_delivery h ON h.id = m.delivery_id
            JOIN attendance_markversion w ON w.id = ({delivered})
            WHERE d.announcement_id = %s AND m.day = d.day AND m.pupil_id = d.pupil_id
                AND d.begins < {_ENDS} AND d.ends > m.start AND h.kind = %s
                AND (w.excused <> m.excused OR w.unexcused <> m.unexcused)""",
        [withdrawal, KIND, announcement, KIND],
    )
    return _write()


def _create() -> None:
    bulk.create_temporary(
        _TOLD,
        "day date NOT NULL, pupil_id bigint NOT NULL, start smallint NOT NULL, "
        "unit_id bigint NOT NULL, excused smallint NOT NULL, unexcused smallint NOT NULL, "
        "delivery_id bigint NOT NULL",
        key=", ".join(KEY),
    )


def _write() -> bool:
    """Keep what was held, write what is told, and carry the totals, in the caller's transaction."""
    bulk.analyse(_TOLD)
    held = ", ".join(f"m.{column}" for column in _VERSION)
    changed = bulk.run(
        f"""INSERT INTO attendance_markversion ({", ".join(_VERSION)}, replaced_by_id)
            SELECT {held}, t.delivery_id FROM {_TOLD} t JOIN {_MARK} m ON {same_key("m", "t")}"""
    )
    if changed:
        bulk.run(
            f"""UPDATE {_MARK} SET excused = t.excused, unexcused = t.unexcused,
                delivery_id = t.delivery_id FROM {_TOLD} AS t WHERE {same_key(_MARK, "t")}"""
        )
        carry.start()
        bulk.run(f"INSERT INTO {carry.CHANGED} (pupil_id, day) "
                 f"SELECT DISTINCT pupil_id, day FROM {_TOLD}")  # fmt: skip
        carry.carry()
    bulk.drop_temporary(_TOLD)
    return changed > 0
