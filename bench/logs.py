"""The log: how fast rows are sealed and held against their seals.

    scripts/with-postgres.sh .venv/bin/python -m bench.logs [--rows 200000]

The reference reads the same columns of the same rows in one plain statement and does nothing with
them. Printed, never a test: a busy machine is no fault of the program's.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.databases import Databases, engines, run

KEY = b"a key for measuring, and nothing else"
START = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="samnarvaro-bench-") as folder:
        databases = Databases(Path(folder))
        try:
            for engine in engines():
                with databases.fresh(engine) as address:
                    told = run(address, "log", str(rows), folder=databases.folder)
                _show(engine, rows, told)
        finally:
            databases.close()


def _show(engine: str, rows: int, told: dict[str, Any]) -> None:
    print(f"\nThe log, {rows:,} rows, {engine}")
    for name in ("plain reading", "sealing", "verifying", "verifying with marks"):
        if name in told:
            print(f"  {name:24}{told[name]:8.2f} s {rows / told[name]:12,.0f} rows/s")
    print(f"  {'a seal takes':24}{told['bytes']:8.0f} bytes")


def measure(rows: int) -> dict[str, float]:
    """Fill an empty database's log and time what is done with it. Called with Django set up."""
    from django.conf import settings

    from samnarvaro.audit import queries
    from samnarvaro.audit import services as audit

    _fill(rows)
    end = START + timedelta(days=400)
    settings.SEAL_KEYS = [KEY]
    spent: dict[str, float] = {}
    spent["plain reading"] = _timed(_read_plainly)
    before = _size()
    spent["sealing"] = _timed(lambda: audit.seal_all(at=end))
    spent["bytes"] = (_size() - before) / rows
    for name, keys in (("verifying", []), ("verifying with marks", [KEY])):
        verdicts = []
        spent[name] = _timed(lambda: verdicts.append(queries.verify(at=end, keys=keys)))  # noqa: B023  # at once
        assert (verdicts[0].is_whole, verdicts[0].seals) == (True, rows), verdicts[0].counts
    return spent


def _fill(rows: int) -> None:
    from samnarvaro.audit.models import Reading

    Reading.objects.bulk_create(
        (
            Reading(
                at=START + timedelta(seconds=number, microseconds=number * 7919 % 1_000_000),
                viewer=str(UUID(int=number % 700)),
                role="mentor",
                zone="school:9999",
                purpose="work",
                action="view",
                channel="web",
                what="pupil",
                classes=["K1", "K3", "K4"],
                pupils=[str(UUID(int=number * 7919 % 20_000))],
                count=1,
                request_id=str(UUID(int=number)),
            )
            for number in range(rows)
        ),
        batch_size=500,
    )


def _read_plainly() -> None:
    from samnarvaro.base import bulk

    bulk.fetch(
        "SELECT r.id, r.at, viewer, role, zone, purpose, action, channel, what, ground, outcome,"
        " count, request_id, CAST(classes AS text), CAST(pupils AS text),"
        " CAST(objects_shown AS text) FROM audit_reading r ORDER BY r.id"
    )


def _size() -> int:
    from samnarvaro.base import bulk

    if bulk.on_postgres():
        return int(bulk.fetch("SELECT pg_database_size(current_database())")[0][0])
    bulk.fetch("PRAGMA wal_checkpoint(TRUNCATE)")
    pages, each = (bulk.fetch(f"PRAGMA {name}")[0][0] for name in ("page_count", "page_size"))
    return int(pages * each)


def _timed(do: Any) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
