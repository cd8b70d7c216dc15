"""Who sees a child, and why: told from the same rows and the same table that keys are cut from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from samnarvaro.base import labels
from samnarvaro.consents.domain.policy import Follows, Grant
from samnarvaro.consents.domain.relations import CASES, GLASS_SHOWS, SCHOOL, Kind, in_school
from samnarvaro.consents.models import ConsentClass, Relation
from samnarvaro.consents.queries.policy import table_of
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries import parties
from samnarvaro.people.queries.ties import Through, Tie, ties

_REACHED = {Through.UNIT: Follows.UNIT, Through.GROUP: Follows.GROUP}
Why = Through | Kind


@dataclass(frozen=True, slots=True)
class Follower:
    """A person who sees something of a pupil today: in which role, through what, since when.

    `reads` are the data classes that are read, `zone` where the person works.
    """

    staff: int
    name: str
    role: Role
    zone: str
    through: Why
    place: str
    since: date
    reads: frozenset[DataClass]


def followers(pupil: int, *, by: Scope, at: datetime | None = None) -> list[Follower]:
    """Return everybody who sees something of a pupil (id) on the scope's day, in name order.

    Nobody else finds the pupil. A person with several roles stands there once for each. Who works
    for another agency stands there only while a consent lets something flow to it; whether it has
    the child as its own matter is not told. `at` is for glasses, which close to the second.
    """
    found: dict[tuple[int, Role, str], Follower] = {}
    tied = ties(pupil, by=by)
    order = {tie.staff: tie.order for tie in tied}
    tables = {zone: table_of(zone) for zone in {tie.zone for tie in tied}}
    for tie in tied:
        grant = tables[tie.zone][tie.role]
        if _reaches(tie, grant):
            found.setdefault(
                (tie.staff, tie.role, tie.place),
                Follower(
                    tie.staff, tie.name, tie.role, tie.zone, tie.through, tie.place, tie.since,
                    grant.classes,
                ),
            )  # fmt: skip
    if tied and not any(tie.through is Through.HANDLER for tie in tied):
        for each in _related(pupil, on=by.day, at=at):
            found.setdefault((each.staff, each.role, each.through), each)
    return sorted(
        found.values(), key=lambda each: (order.get(each.staff, each.name), each.staff, each.role)
    )


def _reaches(tie: Tie, grant: Grant) -> bool:
    """A named handler is let in by the decision, and still reads only what the role reads."""
    if DataClass.NAME not in grant.classes:
        return False
    return tie.through is Through.HANDLER or grant.follows is _REACHED[tie.through]


def _related(pupil: int, *, on: date, at: datetime | None) -> Iterator[Follower]:
    rows = Relation.objects.filter(
        pupil=pupil, first_day__lte=on, last_day__gte=on, ended_at__isnull=True
    ).select_related("staff")
    for row in rows.order_by("pk"):
        if row.closes_at is not None and (at is None or at >= row.closes_at):
            continue
        for post in parties.posts_of(row.staff_id, on=on):
            if post.zone == row.zone and (reads := _read(row, post.role, on)):
                yield Follower(
                    row.staff_id, row.staff.name, post.role, row.zone, Kind(row.kind),
                    labels.of_zone(row.zone), row.first_day, reads,
                )  # fmt: skip


def _read(row: Relation, role: Role, on: date) -> frozenset[DataClass]:
    """What a person reads by its relation: nothing of its zone's own is told of another agency."""
    grant = table_of(row.zone)[role]
    at_school = in_school(row.zone)
    if row.kind == Kind.GLASS and at_school:
        return GLASS_SHOWS
    agreed = ConsentClass.objects.filter(
        consent__pupil=row.pupil_id,
        consent__from_zone__startswith=SCHOOL,
        consent__to_zone=row.zone,
        consent__state="given",
        consent__valid_from__lte=on,
        consent__valid_to__gte=on,
    )
    flowing = {DataClass(one) for one in agreed.values_list("data_class", flat=True)}
    shared = grant.by_consent & flowing
    if row.kind == Kind.GLASS:
        return shared & GLASS_SHOWS
    return shared | grant.by_case if at_school and row.kind in CASES else shared
