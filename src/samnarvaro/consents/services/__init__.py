"""The only maker of a Scope: who is asking, as what, and whom that role follows today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import locks
from samnarvaro.base.asked import Blank, blank
from samnarvaro.base.sections import ShownPupil
from samnarvaro.consents.domain.policy import Follows
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries import letting_in
from samnarvaro.consents.queries.policy import table_of
from samnarvaro.kernel.access import MAKERS_MARK, NOBODY, Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people


@dataclass(frozen=True, slots=True, order=True)
class Hat:
    """One of the jobs a person may have: a role in a secrecy zone. One hat a session."""

    zone: str
    role: Role

    @property
    def key(self) -> str:
        return f"{self.zone}/{self.role}"


class NoDuty(Exception):
    """The account's person has no duty today, so there is nothing to see."""


class NoLongerVisible(Exception):
    """Between making the page and sending it, a pupil went out of the viewer's sight."""


def hats(account: int, *, on: date) -> list[Hat]:
    """Return the jobs the account's person has on that day."""
    return _hats_of(people.duties(account, on=on))


def _hats_of(duties: Iterable[people.DutyHeld]) -> list[Hat]:
    return sorted({Hat(duty.zone, duty.role) for duty in duties})


def scope_for(account: int, *, hat: str | None, on: date, at: datetime | None = None) -> Scope:
    """Cut the key of one person in one job for one day. Raises NoDuty.

    `hat` is a Hat's key; one that the person has no longer falls back to the first it has. `at` is
    the moment, for whom a broken glass stands open to the second; without it none does.
    """
    return scope_and_hats(account, hat=hat, on=on, at=at)[0]


def scope_and_hats(
    account: int, *, hat: str | None, on: date, at: datetime | None = None
) -> tuple[Scope, list[Hat]]:
    """As `scope_for`, with all the jobs the person has that day, of one reading. Raises NoDuty."""
    duties = people.duties(account, on=on)
    owned = _hats_of(duties)
    worn = _worn(owned, hat)
    mine = [duty for duty in duties if (duty.zone, duty.role) == (worn.zone, worn.role)]
    grant = table_of(worn.zone)[worn.role]
    related, glass = _ties(mine[0].staff, worn.zone, on, at)
    scope = Scope(
        viewer=str(mine[0].account_public),
        role=worn.role,
        zone=worn.zone,
        units=frozenset(d.unit for d in mine) if grant.follows is Follows.UNIT else frozenset(),
        groups=frozenset(d.group for d in mine if d.group is not None)
        if grant.follows is Follows.GROUP
        else frozenset(),
        staff=mine[0].staff,
        day=on,
        classes=grant.classes,
        by_case=grant.by_case,
        by_consent=grant.by_consent,
        related=related,
        glass=glass,
        purpose="work",
        mark=MAKERS_MARK,
    )
    return scope, owned


def _ties(staff: int, zone: str, on: date, at: datetime | None) -> tuple[bool, frozenset[int]]:
    """Return whether a person has any relation of its own in a zone today, and its open glasses."""
    live = _asking_ties(zone, on).ask(staff)
    glass = {pk for pk, closes in live if closes is not None and at is not None and at < closes}
    return any(closes is None for _pk, closes in live), frozenset(glass)


@lru_cache(maxsize=32)
def _asking_ties(zone: str, on: date) -> Blank:
    rows = Relation.objects.filter(staff=NOBODY, zone=zone, first_day__lte=on, last_day__gte=on)
    return blank(rows.filter(ended_at__isnull=True).values_list("pk", "closes_at"))


def _worn(mine: Iterable[Hat], key: str | None) -> Hat:
    owned = list(mine)
    if not owned:
        raise NoDuty
    return next((hat for hat in owned if hat.key == key), owned[0])


def key_to(public: UUID, *, by: Scope) -> tuple[ShownPupil, Scope]:
    """Return a pupil that exists for the viewer, and a key cut from its own that opens that pupil and
    no other. Raises people.NoSuchPupil.

    For the many questions of one answer: they ask of the pupil, and not each anew whether it is
    seen. Never kept longer; the wider key is what the answer is handed out by.
    """
    pupil = people.get(public, by=by)
    return pupil, replace(by, about=pupil.pk, mark=MAKERS_MARK)


def system_scope(*, purpose: str, on: date) -> Scope:
    """Cut the system's own key for a named purpose: the command line and the jobs. Sees everyone."""
    return Scope(
        viewer=f"system:{purpose}",
        role=None,
        zone="system",
        units=frozenset(),
        groups=frozenset(),
        staff=None,
        day=on,
        classes=frozenset(DataClass),
        by_case=frozenset(),
        by_consent=frozenset(),
        related=False,
        glass=frozenset(),
        purpose=purpose,
        mark=MAKERS_MARK,
    )


@transaction.atomic
def hand_out(
    *,
    by: Scope,
    at: datetime,
    pupils: Collection[int],
    classes: Collection[DataClass],
    action: str,
    what: str,
    consents: Collection[int] = (),
) -> None:
    """Check once more that the viewer may be shown this of these pupils, and write the reading down.

    Called with the finished answer in hand, before it leaves. What rests on a consent is asked for
    anew with the consent held: whoever takes it back meanwhile either comes first, and then nothing
    leaves, or is told so after this is written down. Raises NoLongerVisible, and whatever stops the
    log from being written: what cannot be logged is not shown. `consents` (ids) must flow still.
    """
    wanted, rests_on = frozenset(pupils), frozenset(consents)
    locks.share(locks.CONSENTS, [*letting_in.consents_used(wanted, by=by), *rests_on])
    seen = letting_in.still_open(wanted, frozenset(classes), by=by, at=at)
    if len(seen) != len(wanted) or not letting_in.all_flow(rests_on, by=by):
        raise NoLongerVisible
    audit.record_reading(
        by=by,
        at=at,
        pupils=list(seen.values()),
        classes=classes,
        action=action,
        what=what,
        channel="web",
        ground=letting_in.ground(wanted, frozenset(classes), by=by),
    )
