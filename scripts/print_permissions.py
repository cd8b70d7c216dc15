"""Prints the table of every address and every role into docs/permissions.md.

print_permissions.py            writes the page anew between its markers
print_permissions.py --check    changes nothing; stops with 1 if the page is stale
"""

import argparse
import sys
from pathlib import Path

from samnarvaro.consents.domain.policy import GRANTS, Follows, Grant, Way
from samnarvaro.kernel.access import Role
from samnarvaro.project.addresses import TABLE, Rule, To

PAGE = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"
BEGIN, END = "<!-- permissions: begin -->", "<!-- permissions: end -->"

SHOWS = {
    To.PUBLIC: "nobody's data, no sign-in",
    To.OWN: "the viewer's own, every role",
    To.OWN_ROLES: "the viewer's own",
    To.PUPIL: "a pupil in the viewer's scope",
    To.UNIT: "a unit in the viewer's scope",
    To.TIE: "a child of the viewer's own matters",
    To.GROUP: "a class in the viewer's scope",
    To.DESK: "children whom a head hands out, by code",
    To.KEPT: "what the viewer's own session keeps, of pupils in scope",
    To.LOG: "the log of the viewer's zone, no pupil's data but the name",
    To.HOUSE: "the running, no pupil's case",
    To.CLOSED: "closed to everybody",
}


def roles_of(rule: Rule) -> str:
    if rule.to in (To.PUBLIC, To.OWN):
        return "everybody"
    if rule.to is To.CLOSED:
        return "nobody"
    return ", ".join(role.replace("_", " ") for role in Role if role in rule.roles)


def printed() -> str:
    lines = ["| address | shows | open to |", "|---|---|---|"]
    lines += [f"| `{rule.name}` | {SHOWS[rule.to]} | {roles_of(rule)} |" for rule in TABLE]
    head = [
        "role",
        "follows by itself",
        "reads of them",
        "with a case of its own",
        "with a consent",
    ]
    lines += ["", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for role in Role:
        grant = GRANTS[role]
        if grant != Grant():
            follows = "nobody" if grant.follows is Follows.NOBODY else f"own {grant.follows}"
            reads = [", ".join(sorted(grant.through(way))) or "–" for way in Way]
            lines.append(f"| {' | '.join([role.replace('_', ' '), follows, *reads])} |")
    lines.append("| every other role | nobody | – | – | – |")
    return "\n".join(lines)


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
