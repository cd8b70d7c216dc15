"""All benchmarks on both databases: ratios against a reference in the same run.

    python -m bench            1 000 and 10 000 pupils
    python -m bench --full     100 000 pupils and 10 million rows as well (takes an hour)
    python -m bench --quick    1 000 pupils, to see that it runs

PostgreSQL is measured when SAMNARVARO_TEST_POSTGRES_URL tells of a server (`make bench` starts one).
"""

import argparse
import os
import subprocess
import sys
import tempfile


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    sizes = [1_000] if arguments.quick else [1_000, 10_000]
    rows = [100_000] if arguments.quick else [1_000_000]
    if arguments.full:
        sizes, rows = [*sizes, 100_000], [*rows, 10_000_000]
    with tempfile.TemporaryDirectory() as folder:
        addresses = [f"sqlite:///{folder}/bench.sqlite3"]
        if postgres := os.environ.get("SAMNARVARO_TEST_POSTGRES_URL"):
            addresses.append(postgres)
        for address in addresses:
            for count in rows:
                run(address, "bench.imports", "--rows", str(count))
            for pupils in sizes:
                run(address, "bench.measures", "--pupils", str(pupils))
                run(address, "bench.nightly", "--pupils", str(pupils))


def run(address: str, module: str, *words: str) -> None:
    """Run one benchmark in a process of its own, so that none leaves anything to the next."""
    environment = os.environ | {"SAMNARVARO_DATABASE_URL": address}
    subprocess.run([sys.executable, "-m", module, *words], env=environment, check=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
