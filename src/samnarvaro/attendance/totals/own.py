"""What one day of a pupil adds by itself, summed from its marks."""

from samnarvaro.base import bulk
from samnarvaro.organisation import queries as organisation

RANK = "unit_rank"
SUMS = ("scheduled", "excused", "unexcused", "unreported", "late")

# All ids of units are less, so that one can be carried below the number that is to decide.
UNIT_IDS = 1_000_000_000
_COUNTS = "m.reported AND NOT m.cancelled AND m.on_school_day"
_UNCALLED = "m.on_school_day AND NOT m.reported AND NOT m.cancelled"


def rank_units() -> None:
    """Number the units in the order of their codes: the greatest decides between equal starts."""
    codes = organisation.unit_ids_by_code()
    in_order = sorted(codes, key=lambda code: code.encode())
    bulk.create_temporary(RANK, "unit_id bigint NOT NULL, rank bigint NOT NULL", key="unit_id")
    ranks = [(codes[code], n * UNIT_IDS + codes[code]) for n, code in enumerate(in_order)]
    bulk.pour(RANK, ("unit_id", "rank"), ranks)
    bulk.analyse(RANK)


def own_days(source: str, which: str) -> str:
    """SQL for pupil, day, the sums, whether the day counts and is wholly absent, and its unit, of
    marks (alias m), in one pass over them. The unit is that of the last mark that counts, or of the
    last one where none does. Needs the ranks.
    """
    last = f"m.start * {100_000 * UNIT_IDS} + r.rank"
    return f"""
        SELECT pupil_id, day, {", ".join(SUMS)}, CASE WHEN scheduled > 0 THEN 1 ELSE 0 END AS counts,
            CASE WHEN scheduled > 0 AND scheduled = excused + unexcused THEN 1 ELSE 0 END AS away,
            last_mark % {UNIT_IDS} AS unit_id
        FROM (
            SELECT m.pupil_id, m.day, {_sum(_COUNTS, "m.scheduled")} AS scheduled,
                {_sum(_COUNTS, "m.excused")} AS excused,
                {_sum(_COUNTS, "m.unexcused")} AS unexcused,
                {_sum(_UNCALLED, "m.scheduled")} AS unreported,
                {_sum(f"m.late AND {_COUNTS}", "1")} AS late,
                COALESCE(MAX(CASE WHEN {_COUNTS} THEN {last} END), MAX({last})) AS last_mark
            FROM {source} JOIN {RANK} r ON r.unit_id = m.unit_id
            WHERE {which} GROUP BY m.day, m.pupil_id
        ) AS o"""


def _sum(condition: str, what: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN {what} ELSE 0 END)"
