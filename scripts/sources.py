"""How far the five source models are built: counts and lists the states in docs/sources.toml.

Exit codes: 0 printed, 2 the list is not as it must be (every fault is told at once).
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

LIST = Path(__file__).resolve().parent.parent / "docs" / "sources.toml"

MODELS = {
    "S0": "Sandviken: the child's part in the shared plan",
    "S1": "Sandviken: a model for cooperation",
    "S2": "Södertälje and Educo: active cooperation",
    "S3": "Karlstad: Skolnärvaromodellen",
    "S4": "Stockholm: school social teams",
}


class State(StrEnum):
    """Where an element stands; the value is the key that says so in the list."""

    PROVED = "tests"
    OPEN = "open"
    NOT_SOFTWARE = "not_software"


WORDS = {State.PROVED: "proved", State.OPEN: "open", State.NOT_SOFTWARE: "not software"}


class FaultyList(Exception):
    """The list breaks its own rules. Carries every fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a source model."""

    id: str
    name: str
    state: State
    tests: tuple[str, ...] = ()
    where: str = ""
    why: str = ""

    @property
    def model(self) -> str:
        return self.id.partition("-")[0]


def read(path: Path = LIST) -> list[Element]:
    """Return the elements in the order of the list, or raise FaultyList."""
    return parse(tomllib.loads(path.read_text(encoding="utf-8")))


def parse(document: Mapping[str, Any]) -> list[Element]:
    """Return the elements of a parsed list, or raise FaultyList with every fault."""
    faults = [fault for key, entry in document.items() for fault in faults_of(key, entry)]
    if faults:
        raise FaultyList(faults)
    return [_element(key, entry) for key, entry in document.items()]


def faults_of(key: str, entry: object) -> list[str]:
    """Return everything that is wrong with one entry."""
    if not isinstance(entry, dict):
        return [f"{key}: not a table"]
    faults = []
    if key.partition("-")[0] not in MODELS:
        faults.append(f"{key}: no such source model")
    if not _is_text(entry.get("name")):
        faults.append(f"{key}: has no name")
    states = [state for state in State if state in entry]
    if len(states) != 1:
        faults.append(f"{key}: must stand in exactly one state, stands in {len(states)}")
    else:
        faults += [f"{key}: {fault}" for fault in _faults_of_state(states[0], entry)]
    if unknown := sorted(set(entry) - {"name", "where", *State}):
        faults.append(f"{key}: unknown {', '.join(unknown)}")
    return faults


def _faults_of_state(state: State, entry: Mapping[str, object]) -> list[str]:
    faults = []
    if state is State.PROVED:
        tests = entry[State.PROVED]
        if not isinstance(tests, list) or not tests or not all(_is_text(test) for test in tests):
            faults.append("tests must be a list of pytest node ids, at least one")
        if not _is_text(entry.get("where")):
            faults.append("a proved element says where a person meets it")
    elif "where" in entry:
        faults.append("only a proved element has a place")
    if state is State.OPEN and entry[State.OPEN] is not True:
        faults.append("open is true or absent")
    if state is State.NOT_SOFTWARE and not _is_text(entry[State.NOT_SOFTWARE]):
        faults.append("not_software must say why")
    return faults


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _element(key: str, entry: Mapping[str, Any]) -> Element:
    return Element(
        id=key,
        name=entry["name"],
        state=next(state for state in State if state in entry),
        tests=tuple(entry.get(State.PROVED, ())),
        where=entry.get("where", ""),
        why=entry.get(State.NOT_SOFTWARE, ""),
    )


def table(elements: Iterable[Element]) -> str:
    """Return the counts per source model and in total, as a table for a terminal."""
    elements = list(elements)
    count = Counter((element.model, element.state) for element in elements)
    rows = [
        (f"{key} {name}", [count[key, state] for state in State]) for key, name in MODELS.items()
    ]
    rows.append(("all", [sum(column) for column in zip(*(row[1] for row in rows), strict=True)]))
    head = f"{'':52}" + "".join(f"{WORDS[state]:>14}" for state in State) + f"{'in all':>9}"
    lines = [
        f"{name:52}" + "".join(f"{number:>14}" for number in numbers) + f"{sum(numbers):>9}"
        for name, numbers in rows
    ]
    return "\n".join([head, *lines])


def line_of(element: Element) -> str:
    """Return one element as a line of a list."""
    more = element.where or element.why
    return f"{element.id:7} {element.name}" + (f" ({more})" if more else "")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = {word.replace(" ", "-"): state for state, word in WORDS.items()}
    parser.add_argument("--list", choices=list(chosen), help="list the elements in this state")
    options = parser.parse_args(arguments)
    try:
        elements = read()
    except FaultyList as refused:
        print(refused, file=sys.stderr)
        return 2
    if options.list is None:
        print(table(elements))
        return 0
    for element in elements:
        if element.state is chosen[options.list]:
            print(line_of(element))
    return 0


if __name__ == "__main__":
    sys.exit(main())
