"""The review of the log: what is to be looked at is laid ready, and what a reviewer finds is kept."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit.domain.reviewing import (
    CannotFind,
    Verdict,
    against,
    drawn,
    month_of,
    sample_size,
)
from samnarvaro.audit.domain.triggers import Flag, Reason
from samnarvaro.audit.models import Finding, LookedThrough, Review, ReviewLine, SealHead
from samnarvaro.audit.queries.reviewing import NotToBeReviewed
from samnarvaro.audit.services.logging import record
from samnarvaro.kernel.access import Role, Scope


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit whose readings are reviewed: its id, its name and the zone it is of."""

    pk: int
    name: str
    zone: str


class FindingRefused(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[CannotFind]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


def open_review(unit: Unit, day: date) -> Review:
    """Return the review of the month that a day lies in; made if need be."""
    found, _made = Review.objects.get_or_create(
        month=month_of(day),
        unit=unit.pk,
        defaults={"zone": unit.zone, "unit_name": unit.name},
    )
    return found


@transaction.atomic
def ask_about(day: date, flags: Collection[tuple[Unit, Flag]], *, at: datetime) -> int:
    """Lay the day's questions ready, each once; return how many readings are new. Marks the day done."""
    new = 0
    for unit, flag in flags:
        reason: dict[str, object] = {"reason": flag.reason, "pupil": flag.pupil, **flag.figures}
        new += _add(open_review(unit, day), flag.reading, flag.viewer, reason)
    LookedThrough.objects.get_or_create(day=day, defaults={"looked_at": at})
    return new


def _add(review: Review, reading: int, viewer: str, reason: dict[str, object]) -> bool:
    line, made = ReviewLine.objects.get_or_create(
        review=review, reading=reading, defaults={"viewer": viewer, "reasons": [reason]}
    )
    if not made and reason not in line.reasons:
        line.reasons = [*line.reasons, reason]
        line.save(update_fields=["reasons"])
    return made


@transaction.atomic
def draw(review: Review, readings: dict[int, str], *, at: datetime) -> int:
    """Draw a past month's sample by lot, once; return its size. `readings` gives each one's reader."""
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.drawn_at is not None:
        return 0
    head = SealHead.objects.first()
    locked.seed = bytes(head.hashed).hex() if head else secrets.token_hex(32)
    sample = drawn(readings, locked.seed, sample_size(len(readings)))
    for pk in sample:
        _add(locked, pk, readings[pk], {"reason": Reason.SAMPLE, "pupil": ""})
    locked.readings, locked.drawn_at = len(readings), at
    locked.save()
    return len(sample)


@transaction.atomic
def find(line: UUID, verdict: Verdict, words: str, *, by: Scope, at: datetime) -> UUID:
    """Write what a reviewer came to; return the review's public id.

    Raises NotToBeReviewed for what is not of the reviewer's zone, and FindingRefused.
    """
    found = ReviewLine.objects.select_related("review").filter(public=line).first()
    if by.role is not Role.LOG_REVIEWER or found is None or found.review.zone != by.zone:
        raise NotToBeReviewed
    if reasons := against(verdict, words, is_own=found.viewer == by.viewer):
        raise FindingRefused(reasons)
    Finding.objects.create(line=found, verdict=verdict, words=words.strip(), by=by.viewer, at=at)
    record(
        "log.reviewed",
        by=by,
        at=at,
        target=f"reading:{found.reading}",
        detail={"verdict": verdict.value},
    )
    return found.review.public
