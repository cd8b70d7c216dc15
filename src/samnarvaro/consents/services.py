"""The only maker of a Scope: who is asking, as what, and whom that role follows today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.consents.domain.policy import GRANTS, Follows
from samnarvaro.kernel.access import MAKERS_MARK, Role, Scope
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


def scope_for(account: int, *, hat: str | None, on: date) -> Scope:
    """Cut the key of one person in one job for one day. Raises NoDuty.

    `hat` is a Hat's key; one that the person has no longer falls back to the first it has.
    """
    return scope_and_hats(account, hat=hat, on=on)[0]


def scope_and_hats(account: int, *, hat: str | None, on: date) -> tuple[Scope, list[Hat]]:
    """As `scope_for`, with all the jobs the person has that day, of one reading. Raises NoDuty."""
    duties = people.duties(account, on=on)
    owned = _hats_of(duties)
    worn = _worn(owned, hat)
    mine = [duty for duty in duties if (duty.zone, duty.role) == (worn.zone, worn.role)]
    grant = GRANTS[worn.role]
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
        purpose="work",
        mark=MAKERS_MARK,
    )
    return scope, owned


def _worn(mine: Iterable[Hat], key: str | None) -> Hat:
    owned = list(mine)
    if not owned:
        raise NoDuty
    return next((hat for hat in owned if hat.key == key), owned[0])


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
    channel: str = "web",
) -> None:
    """Check once more that the viewer may see these pupils, and write the reading down.

    Called with the finished answer in hand, before it leaves. Raises NoLongerVisible, and whatever
    stops the log from being written: what cannot be logged is not shown.
    """
    publics = people.publics(pupils, by=by)
    if len(publics) != len(set(pupils)):
        raise NoLongerVisible
    audit.record_reading(
        by=by, at=at, pupils=publics, classes=classes, action=action, what=what, channel=channel
    )
