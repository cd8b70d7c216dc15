"""Rows are cleared, put off and handed over by a person's act with words; undone the same day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.people import queries as people
from samnarvaro.people.queries import colleagues
from samnarvaro.worklist.domain import rows as domain
from samnarvaro.worklist.domain.rows import Act, Done, Intent, Missing, State
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item, ItemSet
from samnarvaro.worklist.queries import NoSuchItem
from samnarvaro.worklist.queries.rows import has_page

MOST_AT_ONCE = 200  # rows that are acted on at once


class CannotAct(Exception):
    """The act is refused, with every reason at once."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class CannotActOnAll(Exception):
    """The act is refused for some of the rows, and so done on none; by public id, with reasons."""

    def __init__(self, refused: Mapping[UUID, list[Missing]]) -> None:
        super().__init__(", ".join(sorted({m for missing in refused.values() for m in missing})))
        self.refused = refused


@dataclass(slots=True)
class _Held:
    """A row that is held against others, with everything done with it and who could take it."""

    item: Item
    history: list[Done]
    takers: frozenset[Holder]

    def missing(self, intent: Intent, by: Scope, on: date) -> list[Missing]:
        state, own_page = State(self.item.state), has_page(self.item, by)
        missing = domain.missing_for(intent, state=state, on=on, has_page=own_page)
        holder = Holder(self.item.acts)
        return missing + domain.missing_in_receiver(intent, holder, could_take=self.takers)


def act(
    public: UUID,
    kind: Act,
    *,
    text: str,
    wait_until: date | None = None,
    by: Scope,
    at: datetime,
    on: date,
) -> int:
    """Clear a row or put it off with words; return the number of the act. As `act_on_one`."""
    intent = Intent(act=kind, text=text, wait_until=wait_until)
    return act_on_one(public, intent, by=by, at=at, on=on)


@transaction.atomic
def act_on_one(public: UUID, intent: Intent, *, by: Scope, at: datetime, on: date) -> int:
    """Clear a row, put it off or hand it over, with words; return the number of the act.

    Raises NoSuchItem for a row that is not the viewer's own, and CannotAct with every reason at
    once. The day counts for an act that waits and the receiver for one that hands over; with any
    other they are not kept.
    """
    held = _lock([public], Item.objects.held_in(by), on)
    if not held:
        raise NoSuchItem
    intent = replace(intent, text=intent.text.strip())
    if missing := held[0].missing(intent, by, on):
        raise CannotAct(missing)
    return _do(held[0], intent, by, at, people.name_of_viewer(by=by), on).number


@transaction.atomic
def act_on_many(
    publics: Collection[UUID], intent: Intent, *, by: Scope, at: datetime, on: date
) -> int:
    """Do the same on many rows with one text, on all or on none; each is logged. Return how many.

    Raises CannotActOnAll with the rows that refuse it, and why; a row that the viewer sees and does
    not hold is among them. Raises NoSuchItem when one of them does not exist for the viewer.
    """
    wanted = set(publics)
    visible = set(
        Item.objects.visible_in(by).filter(public__in=wanted).values_list("public", flat=True)
    )
    if not wanted or len(wanted) > MOST_AT_ONCE or visible != wanted:
        raise NoSuchItem
    intent = replace(intent, text=intent.text.strip())
    held = _lock(wanted, Item.objects.held_in(by), on)
    refused = {
        each.item.public: missing for each in held if (missing := each.missing(intent, by, on))
    }
    others = wanted - {each.item.public for each in held}
    refused |= {public: [Missing.NOT_HELD] for public in others}
    if refused:
        raise CannotActOnAll(refused)
    name = people.name_of_viewer(by=by)
    for each in held:
        _do(each, intent, by, at, name, on)
    return len(held)


@transaction.atomic
def undo(public: UUID, *, number: int | None = None, by: Scope, at: datetime, on: date) -> None:
    """Take back the act that stands: one's own, the same day. The row is what it was before it.

    What was handed over comes back to who handed it over, as long as the receiver has not acted.
    Raises NoSuchItem for a row that is not the viewer's own, and CannotAct.
    """
    found = _lock([public], Item.objects.at_hand_in(by), on)
    if not found:
        raise NoSuchItem
    (held,) = found
    acts = domain.standing(held.history)
    if missing := domain.missing_for_undo(acts, number=number, by=by.viewer, on=on):
        raise CannotAct(missing)
    if acts[-1].handed_from:
        held.item.acts = acts[-1].handed_from.value
    done = Done(
        number=len(held.history) + 1,
        act=Act.UNDO,
        on=on,
        by=by.viewer,
        by_name=people.name_of_viewer(by=by),
    )
    _write(held, done, by, at)


def _lock(publics: Collection[UUID], among: ItemSet, on: date) -> list[_Held]:
    """Hold the rows against others, in one order; read what was done and who could take them."""
    items = list(
        among.filter(public__in=publics)
        .select_related("pupil", "group")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    history: dict[int, list[Done]] = {item.pk: [] for item in items}
    for row in ActRow.objects.filter(item__in=items).order_by("number"):
        history[row.item_id].append(row.done)
    takers = _takers(items, on)
    return [_Held(item, history[item.pk], takers[item.pk]) for item in items]


def _takers(items: Sequence[Item], on: date) -> dict[int, frozenset[Holder]]:
    """Return to whom each row could go: to those who follow whom it is about."""
    pupils = [item.pupil_id for item in items if item.pupil_id is not None]
    follow = colleagues.roles_following(pupils, on=on) if pupils else {}
    units = [unit for item in items if (unit := _unit(item)) is not None]
    at = colleagues.roles_at(units, on=on) if units else {}
    found = {}
    for item in items:
        roles: frozenset[Role] = follow.get(item.pupil_id or 0, frozenset())
        if (unit := _unit(item)) is not None:
            roles = at.get((unit, None), frozenset()) | at.get((unit, item.group_id), frozenset())
        found[item.pk] = frozenset() if item.own_alone else domain.could_take(roles)
    return found


def _unit(item: Item) -> int | None:
    return item.group.unit_id if item.group else item.unit_id


def _do(held: _Held, intent: Intent, by: Scope, at: datetime, name: str, on: date) -> Done:
    is_handed = intent.act is Act.HAND_OVER
    done = Done(
        number=len(held.history) + 1,
        act=intent.act,
        on=on,
        by=by.viewer,
        by_name=name,
        text=intent.text,
        wait_until=intent.wait_until if intent.act in domain.WITH_DAY else None,
        handed_from=Holder(held.item.acts) if is_handed else None,
        handed_to=intent.to if is_handed else None,
    )
    if done.handed_to:
        held.item.acts = done.handed_to.value
    _write(held, done, by, at)
    return done


def _write(held: _Held, done: Done, by: Scope, at: datetime) -> None:
    """Keep the act, let the row repeat the one that stands now, and log it."""
    item = held.item
    ActRow.objects.create(
        item=item,
        number=done.number,
        act=done.act.value,
        at=at,
        acted_on=done.on,
        by=done.by,
        by_name=done.by_name,
        text=done.text,
        wait_until=done.wait_until,
        handed_from=done.handed_from or "",
        handed_to=done.handed_to or "",
    )
    before = item.state
    _repeat(domain.standing([*held.history, done]), item)
    detail: dict[str, str | int | None] = {
        "number": done.number, "before": before, "after": item.state,
    }  # fmt: skip
    if done.handed_to:
        detail["to"] = done.handed_to
    audit.record(
        f"worklist.{done.act}",
        by=by,
        at=at,
        pupil=str(item.pupil.public) if item.pupil else "",
        target=f"item:{item.public}",
        detail=detail,
    )


def _repeat(acts: list[Done], item: Item) -> None:
    last = acts[-1] if acts else None
    item.state = domain.state_after(acts).value
    item.act = last.act.value if last else ""
    item.act_number = last.number if last else 0
    item.acted_on = last.on if last else None
    item.acted_by = last.by if last else ""
    item.acted_by_name = last.by_name if last else ""
    item.text = last.text if last else ""
    item.wait_until = last.wait_until if last else None
    item.lain_on = None  # somebody has just taken it in hand
    item.save(
        update_fields=[
            "acts", "state", "act", "act_number", "acted_on", "acted_by", "acted_by_name", "text",
            "wait_until", "lain_on",
        ]
    )  # fmt: skip
