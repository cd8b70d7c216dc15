"""Prints the seven steps of a case, with what each move asks for, into docs/domain/cases.md.

print_case_steps.py            writes the page anew between its markers
print_case_steps.py --check    changes nothing; stops with 1 if the page is stale
"""

import argparse
import sys
from pathlib import Path

from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.cases.domain.steps import MOVES, Step

PAGE = Path(__file__).resolve().parents[1] / "docs" / "domain" / "cases.md"
BEGIN, END = "<!-- steps: begin -->", "<!-- steps: end -->"


def _called(name: str) -> str:
    return name.replace("_", " ")


def printed() -> str:
    """The moves as a drawing, and as a table for who reads no drawings."""
    drawing = ["```mermaid", "stateDiagram-v2", "  [*] --> noticed"]
    drawing += [f"  {at} --> {to}" for at, to in MOVES]
    drawing += [
        f'  state "{number}. {_called(step)}" as {step}' for number, step in enumerate(Step, 1)
    ]
    drawing.append("```")
    table = ["| from | to | must be there | who decides |", "|---|---|---|---|"]
    for (at, to), move in MOVES.items():
        needs = ", ".join(_called(fact) for fact in move.needs) or "–"
        who = "principal, deputy" if move.decides == LEADS else "who works with the case"
        table.append(f"| {_called(at)} | {_called(to)} | {needs} | {who} |")
    return "\n".join([*drawing, "", *table])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    anew = f"{before}{BEGIN}\n{printed()}\n{END}{after}"
    if anew == page:
        return 0
    if parser.parse_args().check:
        print(f"{PAGE.name} is stale: run make fix.", file=sys.stderr)
        return 1
    PAGE.write_text(anew, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
