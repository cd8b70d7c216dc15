"""What has been handed over of a child: to the viewer's zone, and from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.base import items
from samnarvaro.base.items import Item
from samnarvaro.consents.models import Consent, ConsentClass, HandOver
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries.readable import readable


@dataclass(frozen=True, slots=True)
class Handed:
    """A copy as it went: what, from whom, to whom, on what ground, when.

    `code` is '' by consent, `consent` (id) is none by a paragraph.
    """

    public: UUID
    title: str
    lines: Sequence[str]
    data_class: DataClass
    from_zone: str
    to_zone: str
    code: str
    given_by: str
    at: datetime
    consent: int | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """A zone to which a family lets something flow now: which classes, and until when."""

    zone: str
    classes: frozenset[DataClass]
    valid_to: date


@dataclass(frozen=True, slots=True)
class Child:
    """A child whose consents the viewer reads."""

    pk: int
    public: UUID
    is_protected: bool


def child(public: UUID, *, by: Scope) -> Child:
    """Return a child whose consents the viewer reads. Raises people's NoSuchPupil."""
    found = readable(by=by, classes=frozenset({DataClass.CONSENT})).filter(public=public).first()
    if found is None:
        raise people.NoSuchPupil
    return Child(found.pk, found.public, bool(found.protection))


def received(pupil: int, *, by: Scope) -> list[Handed]:
    """Return what the viewer's zone has been handed of a pupil (id) and may see, the newest first."""
    rows = HandOver.objects.received_by(by).filter(pupil=pupil).select_related("given_by")
    return [_handed(row) for row in rows.order_by("-at", "-pk")]


def given(pupil: int, *, by: Scope) -> list[Handed]:
    """Return what the viewer itself has handed over of a pupil (id), the newest first."""
    rows = HandOver.objects.filter(pupil=pupil, from_zone=by.zone, given_by=by.staff)
    return [_handed(row) for row in rows.select_related("given_by").order_by("-at", "-pk")]


def receivers(pupil: int, *, by: Scope) -> list[Receiver]:
    """Return the zones to which a pupil's (id) family lets the viewer's zone tell something now."""
    rows = Consent.objects.filter(
        pupil=pupil,
        from_zone=by.zone,
        state="given",
        valid_from__lte=by.day,
        valid_to__gte=by.day,
    ).order_by("to_zone", "pk")
    classes: dict[int, set[DataClass]] = {row.pk: set() for row in rows}
    for consent, one in ConsentClass.objects.filter(consent__in=rows).values_list(
        "consent", "data_class"
    ):
        classes[consent].add(DataClass(one))
    found: dict[str, Receiver] = {}
    for row in rows:
        known = found.get(row.to_zone)
        found[row.to_zone] = Receiver(
            row.to_zone,
            frozenset(classes[row.pk]) | (known.classes if known else frozenset()),
            max(row.valid_to, known.valid_to) if known else row.valid_to,
        )
    return list(found.values())


def live(pupil: int, to_zone: str, *, by: Scope) -> frozenset[int]:
    """Return the consents (ids) by which a pupil's (id) data may go from the viewer's zone to another."""
    rows = Consent.objects.filter(
        pupil=pupil,
        from_zone=by.zone,
        to_zone=to_zone,
        state="given",
        valid_from__lte=by.day,
        valid_to__gte=by.day,
    )
    return frozenset(rows.values_list("pk", flat=True))


def offered(pupil: int, *, by: Scope) -> list[Item]:
    """Return what the viewer could hand over of a pupil (id): of its own zone, as it would look."""
    return items.of_pupil(pupil, by=by)


def _handed(row: HandOver) -> Handed:
    return Handed(
        row.public, row.title, row.lines, DataClass(row.data_class), row.from_zone, row.to_zone,
        row.code, row.given_by.name, row.at, row.consent_id,
    )  # fmt: skip
