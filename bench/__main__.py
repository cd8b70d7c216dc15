"""All benchmarks on both databases: ratios against a reference in the same run.

    python -m bench            1 000 and 10 000 pupils, one million marks
    python -m bench --full     100 000 pupils and ten million marks as well (takes two hours)
    python -m bench --quick    1 000 pupils, to see that it runs

PostgreSQL is measured when SAMNARVARO_TEST_POSTGRES_URL tells of a server (`make bench` starts one).
"""

import argparse
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import corrections, imports, measures, nights, pages
from bench.databases import Databases, engines, run
from bench.figures import COLUMNS, Table, grouped, judged, seconds

PUPILS_OF_FILES = 10_000


def main() -> None:
    arguments = _arguments()
    files, sizes, runs = {1_000_000: 3}, [1_000, 10_000], 5
    if arguments.quick:
        files, sizes, runs = {100_000: 2}, [1_000], 3
    if arguments.full:
        files, sizes = {**files, 10_000_000: 1}, [*sizes, 100_000]
    on = [arguments.on] if arguments.on else engines()
    with tempfile.TemporaryDirectory(prefix="samnarvaro-bench-") as folder:
        databases = Databases(Path(folder))
        try:
            if arguments.only_pages:
                only_pages(databases, on, sorted(arguments.pupils or sizes[-1:]))
                return
            if not arguments.only_years:
                for marks, times in files.items():
                    imports.compare(databases, on, marks, PUPILS_OF_FILES, times)
            if not arguments.only_files:
                years(databases, on, sorted(arguments.pupils or sizes), runs)
        finally:
            databases.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--on", choices=engines(), help="one database alone")
    parser.add_argument("--only-files", action="store_true", help="the imports alone")
    parser.add_argument("--only-years", action="store_true", help="all but the imports")
    parser.add_argument("--only-pages", action="store_true", help="the pages alone")
    parser.add_argument("--pupils", type=int, nargs="+", help="so many pupils instead")
    return parser.parse_args()


def years(databases: Databases, on: list[str], sizes: list[int], runs: int) -> None:
    """Measure a year of so many pupils on each database, and how the times grow with the pupils."""
    for engine in on:
        grown: dict[int, dict[str, Any]] = {}
        for pupils in sizes:
            with databases.fresh(engine) as address:
                words = ("year", str(pupils), str(runs), str(databases.folder))
                spent = run(address, *words, folder=databases.folder)
            setting_up(engine, pupils, spent["setting up"])
            measures.show(engine, pupils, spent["windows"])
            nights.show(engine, pupils, spent["night"])
            corrections.show(engine, pupils, spent["corrections"])
            pages.show(engine, pupils, spent["pages"])
            grown[pupils] = spent
        for fewer, more in pairwise(sizes):
            growth(engine, fewer, more, grown[fewer], grown[more])


def only_pages(databases: Databases, on: list[str], sizes: list[int]) -> None:
    """Measure the pages of a year of so many pupils on each database, and nothing else."""
    for engine in on:
        for pupils in sizes:
            with databases.fresh(engine) as address:
                words = ("year", str(pupils), "1", str(databases.folder), "pages")
                pages.show(engine, pupils, run(address, *words, folder=databases.folder)["pages"])


def setting_up(engine: str, pupils: int, spent: dict[str, list[float]]) -> None:
    table = Table(f"A year of {grouped(pupils)} pupils, {engine}", *COLUMNS[:3])
    for name in ("put in", "rebuild"):
        table.add(name, *seconds(spent[name]))
    table.show()


def growth(
    engine: str, fewer: int, more: int, small: dict[str, Any], large: dict[str, Any]
) -> None:
    """Print how the times grew, against how the pupils did."""
    table = Table(
        f"From {grouped(fewer)} to {grouped(more)} pupils, {engine}: growth of the time by that of "
        "the pupils", *COLUMNS,
    )  # fmt: skip
    for part, way in (("windows", f"city {measures.OURS}"), ("night", nights.OURS)):
        least, most = min(small[part][way]), min(large[part][way])
        table.add(f"{part}: {way}", *judged([most / least / (more / fewer)], most=1))
    table.show()


if __name__ == "__main__":
    main()
