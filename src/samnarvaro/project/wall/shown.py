"""How the second wall stands, on the page of those who run the installation."""

from samnarvaro.base import sections
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.project.wall import checking, texts
from samnarvaro.project.wall.checking import Fault


def section(*, scope: Scope) -> Section:  # noqa: ARG001  # it tells of nobody
    """Looked at anew each time the page is opened."""
    found = checking.look()
    is_only_sqlite = Fault.NO_POSTGRES in found.faults and not found.needs_postgres
    return Section(
        "project/_walls.html",
        {
            "stands": found.stands,
            "tone": "info" if is_only_sqlite else "fault",
            "faults": [texts.of_fault(fault, about) for fault, about in found.faults.items()],
            "notes": [texts.of_note(note) for note in sorted(found.notes)],
            "advice": texts.advice() if found.needs_postgres else "",
        },
    )


def register() -> None:
    sections.register("running", 10, section)
