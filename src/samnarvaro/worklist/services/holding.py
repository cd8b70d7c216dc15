"""The nightly look for what was taken and left lying; it raises rows, each once, and clears none."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.holding import Taken, Turn, subject, turns
from samnarvaro.worklist.domain.rows import NewItem
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries.holding import HELD, as_taken, taken, taken_rows
from samnarvaro.worklist.services.raising import mark_recovered, raise_items


@dataclass(slots=True)
class LeftLying:
    """What a nightly look found. Counts, no names."""

    lain: int = 0  # rows that entered their owner's day
    raised: int = 0  # rows of their own, for owners and principals
    recovered: int = 0  # such rows whose ground is gone: somebody has acted

    def as_data(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def raise_left_lying(*, on: date, by: Scope, at: datetime) -> LeftLying:
    """Find what nobody has acted on for ten school days, by the calendar of the pupil's school.

    It enters its owner's day: a row becomes due by itself, anything else gets a row. After five
    more school days the principal gets one. Run twice it changes nothing more.
    """
    items = list(taken_rows(by=by))
    rows = {item.pk: as_taken(item) for item in items}
    others = list(taken(by=by, on=on))
    waited = _school_days([*rows.values(), *others], by, on)

    lain = [
        item.pk
        for item in items
        if item.lain_on is None and Turn.OWNER in turns(rows[item.pk].owner, waited[rows[item.pk]])
    ]
    Item.objects.filter(pk__in=lain).update(lain_on=on)
    if lain:
        audit.record("worklist.lain", by=by, at=at, target="items", detail={"rows": len(lain)})

    new = [
        _row(each, Turn.PRINCIPAL, waited[each], on)
        for each in rows.values()
        if Turn.PRINCIPAL in turns(each.owner, waited[each])
    ]
    new += [
        _row(each, turn, waited[each], on)
        for each in others
        for turn in turns(each.owner, waited[each])
    ]
    return LeftLying(
        lain=len(lain),
        raised=raise_items(new, by=by, at=at),
        recovered=_recover({item.subject for item in new}, on, by, at),
    )


def _school_days(things: Iterable[Taken], by: Scope, on: date) -> dict[Taken, int]:
    """Count the school days that each has lain; one whose pupil goes to no school has lain none."""
    found = list(things)
    places = people.placements({each.pupil for each in found}, by=by)
    calendars = Calendars()
    return {
        each: calendars.of(at[0].unit).school_days_between(each.last_act, on)
        if (at := places.get(each.pupil))
        else 0
        for each in found
    }


def _row(each: Taken, turn: Turn, school_days: int, on: date) -> NewItem:
    return NewItem(
        subject=subject(each, turn),
        kind=each.kind,
        pupil=each.pupil,
        acts=each.owner if turn is Turn.OWNER else Holder.PRINCIPAL,
        level=0,
        figures={
            **each.figures,
            "turn": turn.value,
            "owner": each.owner.value,
            "since": each.last_act.isoformat(),
            "school_days": school_days,
        },
        raised_on=on,
        due_on=on,
    )


def _recover(still: set[str], on: date, by: Scope, at: datetime) -> int:
    """Mark the rows whose thing has been acted on; they stay until a person clears them."""
    raised = Item.objects.uncleared().filter(subject__startswith=HELD, recovered_on=None)
    gone = set(raised.values_list("subject", flat=True)) - still
    return mark_recovered(gone, on=on, by=by, at=at) if gone else 0
