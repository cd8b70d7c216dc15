"""The review of the log: a day's readings for the rules, and what there is to look at for a reviewer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncDate

from samnarvaro.audit.domain.outcomes import ALLOWED
from samnarvaro.audit.domain.reviewing import Verdict, month_of
from samnarvaro.audit.models import Finding, LookedThrough, Reading, Review, ReviewLine, Writing
from samnarvaro.kernel.access import Role, Scope


class NotToBeReviewed(Exception):
    """There is no such review, or it is of another zone. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class Row:
    """A reading as the review needs it."""

    pk: int
    at: datetime
    viewer: str
    role: str
    zone: str
    action: str
    what: str
    classes: list[str]
    pupils: list[str]
    objects: list[str]
    ground: str
    outcome: str

    @property
    def is_allowed(self) -> bool:
        return self.outcome == ALLOWED


_FIELDS = (
    "pk", "at", "viewer", "role", "zone", "action", "what", "classes", "pupils", "objects_shown",
    "ground", "outcome",
)  # fmt: skip


def _rows(found: Any) -> list[Row]:
    return [Row(*row) for row in found.values_list(*_FIELDS)]


def readings_between(first: datetime, last: datetime) -> list[Row]:
    """Return people's readings from one moment up to another; not the system's own."""
    found = Reading.objects.filter(at__gte=first, at__lt=last).exclude(role="system")
    return _rows(found.order_by("at", "pk"))


def readings(ids: Iterable[int]) -> dict[int, Row]:
    return {row.pk: row for row in _rows(Reading.objects.filter(pk__in=set(ids)))}


def acted(first: datetime, last: datetime) -> frozenset[tuple[str, str]]:
    """Return who did something about which pupil between two moments."""
    done = Writing.objects.filter(at__gte=first, at__lt=last).exclude(pupil="")
    return frozenset(done.values_list("viewer", "pupil").distinct())


def last_looked_through() -> date | None:
    return LookedThrough.objects.order_by("-day").values_list("day", flat=True).first()


def asked_in(month: date) -> frozenset[tuple[str, str, str]]:
    """Return the reasons that were asked about in a month, each with reader and pupil."""
    lines = ReviewLine.objects.filter(review__month=month).values_list("viewer", "reasons")
    return frozenset(
        (each["reason"], viewer, each["pupil"]) for viewer, reasons in lines for each in reasons
    )


def months_to_draw(*, before: date) -> list[date]:
    """Return the past months that were looked through and whose samples have not been drawn."""
    days = LookedThrough.objects.filter(day__lt=before).values_list("day", flat=True)
    drawn = Review.objects.filter(drawn_at__isnull=False).values_list("month", flat=True)
    return sorted({month_of(day) for day in days} - set(drawn))


@dataclass(frozen=True, slots=True)
class Standing:
    """One review in figures."""

    public: UUID
    month: date
    unit_name: str
    readings: int
    is_drawn: bool
    lines: int
    done: int


def _may(by: Scope) -> None:
    if by.role is not Role.LOG_REVIEWER:
        raise NotToBeReviewed


def standings(*, by: Scope) -> list[Standing]:
    """Return the reviews of the reviewer's own zone, the latest month first."""
    _may(by)
    reviews = list(Review.objects.filter(zone=by.zone).order_by("-month", "unit_name"))
    lines: defaultdict[int, list[int]] = defaultdict(list)
    mine = ReviewLine.objects.filter(review__in=reviews)
    for review, line in mine.values_list("review_id", "pk"):
        lines[review].append(line)
    found = set(Finding.objects.filter(line__in=mine).values_list("line_id", flat=True))
    return [
        Standing(
            each.public,
            each.month,
            each.unit_name,
            each.readings,
            each.drawn_at is not None,
            len(lines[each.pk]),
            len(found.intersection(lines[each.pk])),
        )
        for each in reviews
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What one reviewer came to, and when."""

    verdict: Verdict
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One reading to look at: why, and what has been found so far, the latest last."""

    public: UUID
    viewer: str
    reading: Row | None
    reasons: list[dict[str, Any]]
    findings: list[Found]
    is_own: bool


def review(public: UUID, *, by: Scope) -> Review:
    """Return a review of the reviewer's own zone. Raises NotToBeReviewed."""
    _may(by)
    found = Review.objects.filter(public=public, zone=by.zone).first()
    if found is None:
        raise NotToBeReviewed
    return found


def lines(of: Review, *, by: Scope) -> list[Line]:
    """Return what there is to look at, in the order of the readings."""
    _may(by)
    rows = list(ReviewLine.objects.filter(review=of).order_by("reading"))
    at_hand = readings(row.reading for row in rows)
    findings: defaultdict[int, list[Found]] = defaultdict(list)
    for each in Finding.objects.filter(line__review=of).order_by("at", "pk"):
        findings[each.line_id].append(Found(Verdict(each.verdict), each.words, each.by, each.at))
    return [
        Line(
            row.public,
            row.viewer,
            at_hand.get(row.reading),
            row.reasons,
            findings[row.pk],
            row.viewer == by.viewer,
        )
        for row in rows
    ]


def opened_by_day(viewers: Iterable[str], first: datetime, last: datetime) -> dict[str, list[int]]:
    """Return how many pupils these viewers opened one by one on each day they opened any."""
    opened = (
        Reading.objects.filter(
            at__gte=first, at__lt=last, viewer__in=set(viewers), count=1, outcome=ALLOWED
        )
        .exclude(action="search")
        .values("viewer", day=TruncDate("at"))
        .annotate(pupils_opened=Count("pupils", distinct=True))
    )
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in opened:
        found[row["viewer"]].append(row["pupils_opened"])
    return found


def review_of_line(line: UUID) -> UUID | None:
    """Return which review (public id) a line stands in; none for what there is not."""
    found = ReviewLine.objects.filter(public=line).values_list("review__public", flat=True)
    return found.first()
