"""Reads of what was answered: all about a pupil in time order, one, and the earlier ones beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.mapping.domain.instrument import Instrument
from samnarvaro.mapping.domain.instrument_answers import Told
from samnarvaro.mapping.domain.mappings import Depth, Method
from samnarvaro.mapping.models import Response, ResponseSet
from samnarvaro.mapping.queries.instruments import Version, version_of


class NoSuchResponse(Exception):
    """There is none, or it is not the viewer's to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A filled-in instrument as the viewer reads it. `pupil` is the id."""

    public: UUID
    pupil: int
    version: Version
    author: str
    is_mine: bool
    begun_on: date
    changed_at: datetime
    final_at: datetime | None
    corrects: int | None
    pk: int
    told: Told

    @property
    def instrument(self) -> Instrument:
        return self.version.instrument

    @property
    def depth(self) -> Depth:
        return self.instrument.depth

    @property
    def is_final(self) -> bool:
        return self.final_at is not None

    @property
    def day(self) -> date:
        return self.told.held_on or self.begun_on


def of_pupil(pupil: int, *, by: Scope) -> list[Seen]:
    """Return what was answered about a pupil (id) that holds, and the viewer's own drafts, newest first.

    One that a locked correction has taken the place of is left out.
    """
    rows = _asking(pupil, by)
    replaced = {row.corrects_id for row in rows if row.corrects_id and row.final_at}
    return [_seen(row, by) for row in rows if row.pk not in replaced]


def one(public: UUID, *, by: Scope) -> Seen:
    """Return one, also one that has been corrected since. Raises NoSuchResponse."""
    rows = Response.objects.visible_in(by).filter(public=public)
    row = rows.select_related("author", "instrument").first()
    if row is None:
        raise NoSuchResponse
    return _seen(row, by)


def earlier(seen: Seen, *, by: Scope) -> list[Seen]:
    """Return the locked ones of the same instrument that were asked before it, the newest first."""
    return [
        each
        for each in of_pupil(seen.pupil, by=by)
        if each.is_final
        and each.version.name == seen.version.name
        and each.pk not in (seen.pk, seen.corrects)
        and (each.day, each.pk) < (seen.day, seen.pk)
    ]


def corrected_by(public: UUID, *, by: Scope) -> UUID | None:
    """Return what has taken the place of one, or is to, as far as the viewer sees it."""
    rows = Response.objects.visible_in(by).filter(corrects__public=public)
    return rows.values_list("public", flat=True).first()


@of_one
def _asking(by: Scope) -> ResponseSet:
    rows = Response.objects.visible_in(by).filter(pupil=NOBODY)
    return rows.select_related("author", "instrument").order_by("-held_on", "-begun_on", "-pk")


def _seen(row: Response, by: Scope) -> Seen:
    return Seen(
        public=row.public,
        pupil=row.pupil_id,
        version=version_of(row.instrument),
        author=row.author.name,
        is_mine=row.author_id == by.staff,
        begun_on=row.begun_on,
        changed_at=row.changed_at,
        final_at=row.final_at,
        corrects=row.corrects_id,
        pk=row.pk,
        told=told_of(row),
    )


def told_of(row: Response) -> Told:
    return Told(
        held_on=row.held_on,
        method=Method(row.method) if row.method else None,
        who=row.who,
        answers=row.answers,
    )
