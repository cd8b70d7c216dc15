"""The contacts about a pupil, as far as the viewer reads them: that one was made, or what was said."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.base import clock
from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.outreach.domain.contacts import (
    Answer,
    Cause,
    Kind,
    Outcome,
    Promise,
    Told,
    WayReason,
    missing_for_correction,
)
from samnarvaro.outreach.domain.needs import Need, Whom
from samnarvaro.outreach.models import Contact, ContactVersion, Telling


@dataclass(frozen=True, slots=True)
class Shown:
    """One contact. `told` leaves out what the viewer does not read: then `is_whole` is False.

    `before` is what it said before its author corrected it, oldest first.
    """

    public: UUID
    told: Told
    guardian_name: str
    about: Need | None
    day: date | None
    at: datetime
    by_name: str
    is_whole: bool
    is_mine_to_correct: bool
    informs: bool
    before: tuple["Earlier", ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    told: Told
    guardian_name: str
    at: datetime


@dataclass(slots=True)
class Log:
    """A pupil's contacts, newest first, and how many there are before a search narrowed them."""

    contacts: list[Shown] = field(default_factory=list)
    all_there_are: int = 0

    @property
    def is_whole(self) -> bool:
        return all(each.is_whole for each in self.contacts)


def of_pupil(pupil: int, *, by: Scope, on: date, words: str = "", newest: int = 0) -> Log:
    """Return the contacts about a pupil (id); with `words` only those that hold all of them in what
    the viewer reads; with `newest` only so many.
    """
    found = _asking(pupil, by, newest)
    before = _before([row.pk for row in found if row.corrected_at])
    shown = [_shown(row, before[row.pk], by, on) for row in found]
    wanted = words.casefold().split()
    hits = [each for each in shown if _holds(each, wanted)]
    return Log(hits, len(shown))


@of_one
def _asking(by: Scope, newest: int) -> "QuerySet[Contact]":
    rows = Contact.objects.visible_in(by).filter(pupil=NOBODY).select_related("guardian")
    rows = rows.order_by("-made_on", "-at", "-pk")
    return rows[:newest] if newest else rows


def written_by_viewer(
    pupils: Collection[int], *, by: Scope, since: datetime, on: date
) -> list[tuple[int, Shown]]:
    """Return the contacts about these pupils (ids) that the viewer has written down since a moment."""
    rows = Contact.objects.visible_in(by).filter(pupil__in=pupils, by=by.viewer, at__gte=since)
    found = list(rows.select_related("guardian").order_by("at", "pk"))
    before = _before([row.pk for row in found])
    return [(row.pupil_id, _shown(row, before[row.pk], by, on)) for row in found]


def get(contact: UUID, *, pupil: int, by: Scope, on: date) -> Shown | None:
    """Return one contact about a pupil (id), or None when it is not there for the viewer."""
    rows = Contact.objects.visible_in(by).filter(pupil=pupil, public=contact)
    row = rows.select_related("guardian").first()
    return _shown(row, _before([row.pk])[row.pk], by, on) if row else None


def attempts(pupil: int, day: date, *, by: Scope) -> int:
    """Count the contacts about a day's absence that reached nobody."""
    rows = Contact.objects.visible_in(by).filter(pupil=pupil, day=day)
    return rows.exclude(outcome=Outcome.REACHED.value).count()


def _before(contacts: list[int]) -> defaultdict[int, list[ContactVersion]]:
    found: defaultdict[int, list[ContactVersion]] = defaultdict(list)
    if not contacts:
        return found
    rows = ContactVersion.objects.filter(contact__in=contacts).select_related("guardian")
    for row in rows.order_by("pk"):
        found[row.contact_id].append(row)
    return found


def _shown(row: Contact, before: list[ContactVersion], by: Scope, on: date) -> Shown:
    mine = row.by == by.viewer
    whole = mine or by.reads(DataClass.CAUSE)
    stops = missing_for_correction(
        by=by.viewer, author=row.by, written_on=clock.day_of(row.at), on=on
    )
    return Shown(
        public=row.public,
        told=_told(row, whole=whole),
        guardian_name=_name(row) if whole else "",
        about=Need(row.about) if row.about else None,
        day=row.day,
        at=row.at,
        by_name=row.by_name,
        is_whole=whole,
        is_mine_to_correct=not stops,
        informs=row.informs,
        before=tuple(
            Earlier(_told(old, whole=True), _name(old), old.at) for old in before if whole
        ),
    )


def _name(row: Contact | ContactVersion) -> str:
    guardian = row.guardian
    return f"{guardian.given_name} {guardian.family_name}".strip() if guardian else ""


def _told(row: Telling, *, whole: bool) -> Told:
    """Return what a row tells: all of it, or only that and how a contact was made."""
    outside = Told(
        made_on=row.made_on,
        kind=Kind(row.kind),
        whom=Whom(row.whom),
        outcome=Outcome(row.outcome),
        promise=Promise(row.promise) if row.promise else None,
        promise_on=row.promise_on,
    )
    if not whole:
        return outside
    return Told(
        made_on=outside.made_on,
        kind=outside.kind,
        whom=outside.whom,
        guardian=row.guardian_id,
        outcome=outside.outcome,
        way_reason=WayReason(row.way_reason) if row.way_reason else None,
        language=row.language,
        interpreter=row.interpreter,
        guardian_informed=row.guardian_informed,
        cause=Cause(row.cause) if row.cause else None,
        may_last=_answer(row.may_last),
        back_on=row.back_on,
        face=row.face,
        mood=row.mood,
        wants_work=_answer(row.wants_work),
        knows_how=_answer(row.knows_how),
        promise=outside.promise,
        promise_words=row.promise_words,
        promise_on=outside.promise_on,
        text=row.text,
    )


def _answer(value: str) -> Answer | None:
    return Answer(value) if value else None


def _holds(shown: Shown, words: list[str]) -> bool:
    told = shown.told
    said = f"{told.text} {told.mood} {told.promise_words} {shown.by_name} {shown.guardian_name}"
    return all(word in said.casefold() for word in words)
