"""Prints who may import whom, from the import contracts in pyproject.toml, into docs/architecture.md.

print_import_map.py            writes the page anew between its markers
print_import_map.py --check    changes nothing; stops with 1 if the page is stale
"""

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "samnarvaro"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- import map: begin -->", "<!-- import map: end -->"

Contract = dict[str, Any]


def contracts() -> dict[str, Contract]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["id"]: each for each in project["tool"]["importlinter"]["contracts"]}


def layers(contract: Contract) -> list[list[str]]:
    """Return the layers from the top; those that stand side by side share one."""
    return [
        [name.strip("() ") for name in layer.replace(":", "|").split("|")]
        for layer in contract["layers"]
    ]


def standing(rooms: list[str]) -> list[str]:
    """Keep the rooms that have been built."""
    return [room for room in rooms if (SOURCE / room / "__init__.py").exists()]


def import_map(given: dict[str, Contract]) -> str:
    from_the_top = [standing(rooms) for rooms in layers(given["rooms"])]
    lines = ["| Room | may import |", "|---|---|"]
    for level, rooms in enumerate(from_the_top):
        below = [room for lower in from_the_top[level + 1 :] for room in lower]
        lines += [f"| **{room}** | {', '.join(below) or 'nothing'} |" for room in rooms]
    floors = " → ".join(" · ".join(floor) for floor in layers(given["floors"]))
    lines += ["", f"Floors of a room, each may import those after it: {floors}.", ""]
    lines += [f"- {contract['name']}." for contract in given.values()]
    return "\n".join(lines)


def page_with(printed: str, page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{printed}\n{END}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    page = PAGE.read_text(encoding="utf-8")
    fresh = page_with(import_map(contracts()), page)
    if not parser.parse_args().check:
        PAGE.write_text(fresh, encoding="utf-8")
    elif page != fresh:
        print(f"{PAGE.relative_to(ROOT)} is stale: make fix", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
