"""The extract of the log for one pupil: everybody who has been shown something, when, and why.

For who works in the giver's own zone the name stands; of another authority's people the role, the
unit and the time, as the law asks for. Of a pupil with protected personal data neither names nor
units are told: they tell where the pupil is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from samnarvaro.audit import queries as log
from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.extract import Reader
from samnarvaro.audit.queries import Shown
from samnarvaro.base import clock, wall
from samnarvaro.kernel.access import Scope
from samnarvaro.people.queries.posts import Post, posts_of
from samnarvaro.project import log_words


@dataclass(frozen=True, slots=True)
class Line:
    """One time that the pupil was shown to somebody, in words."""

    at: datetime
    who: str
    role: str
    unit: str
    kinds: str
    ground: str
    way: str


def lines(pupil: str, *, is_protected: bool, reader: Reader, by: Scope) -> list[Line]:
    """Put the extract of a pupil (public id) together for a reader, the latest first.

    Asked as the system: it is complete, and whoever gives it out reads only its own zone's log.
    """
    with wall.system("log extract"):
        shown = log.shown_of(pupil, reader)
        posts = posts_of({each.viewer for each in shown})
    name_and_unit = _nothing if is_protected else _named(by.zone)
    found = []
    for each in shown:
        name, unit = name_and_unit(each, posts.get(each.viewer, []))
        found.append(
            Line(
                at=each.at,
                who=name,
                role=log_words.role(each.role),
                unit=unit,
                kinds=log_words.kinds(each.classes),
                ground=log_words.ground(each.ground),
                way=log_words.action(each.action),
            )
        )
    return found


Naming = Callable[[Shown, list[Post]], tuple[str, str]]


def _nothing(_shown: Shown, _posts: list[Post]) -> tuple[str, str]:
    return "", ""


def _named(own_zone: str) -> Naming:
    def name_and_unit(shown: Shown, posts: list[Post]) -> tuple[str, str]:
        day = clock.day_of(shown.at)
        then = [post for post in posts if post.holds(shown.role, shown.zone, day)]
        units = ", ".join(sorted({post.unit_name for post in then}))
        name = posts[0].name if posts and shown.zone == own_zone else ""
        return name, units

    return name_and_unit


def note_given(pupil: str, *, to: str, form: str, count: int, by: Scope, at: datetime) -> None:
    """Write down that an extract was given: of whom, to whom (pupil or guardian:<id>), as what."""
    audit.record(
        "log.extract_given",
        by=by,
        at=at,
        pupil=pupil,
        target=to,
        detail={"form": form, "lines": count},
    )
