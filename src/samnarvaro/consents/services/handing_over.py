"""Handing items over to another zone: chosen ones, copied as they look, each with its ground."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import items, locks
from samnarvaro.base.items import Item
from samnarvaro.consents.domain import handing_over as domain
from samnarvaro.consents.domain.handing_over import Code, NotHanded
from samnarvaro.consents.models import ConsentClass, HandOver
from samnarvaro.consents.queries.handed_over import child, live
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries import parties


class CannotHandOver(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotHanded]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Another ground than a consent: the paragraph, who decided (staff id), and why."""

    code: Code
    decided_by: int | None
    why: str


@transaction.atomic
def give(
    *,
    pupil: UUID,
    to_zone: str,
    keys: Collection[str],
    by: Scope,
    at: datetime,
    ground: Ground | None = None,
) -> list[HandOver]:
    """Hand items (their keys) of a child over to a zone: all of them or none.

    Without `ground` inside the family's consent, which is held meanwhile: one that is taken back
    lets nothing go. Raises people's NoSuchPupil and CannotHandOver with every reason.
    """
    of = child(pupil, by=by)
    locks.share(locks.CONSENTS, live(of.pk, to_zone, by=by))
    listed = _listed(live(of.pk, to_zone, by=by))
    chosen = [item for item in items.of_pupil(of.pk, by=by) if item.key in set(keys)]
    whole = len(chosen) == len(set(keys))
    handing = domain.HandingOver(
        from_zone=by.zone,
        to_zone=to_zone,
        zones=organisation.zones(),
        count=len(chosen) if whole else 0,  # one that is not there any more stops them all
        classes=frozenset(item.data_class for item in chosen),
        handed_already=ground is not None and _went_already(of.pk, to_zone, chosen, ground),
        agreed=frozenset(listed),
        code=None if ground is None else ground.code,
        age=parties.age_of(of.pk, on=by.day),
        decider_roles=_roles_of(ground, by),
        why="" if ground is None else ground.why,
        protected=of.is_protected,
    )
    if reasons := domain.against(handing):
        raise CannotHandOver(reasons)
    return [_copy(item, of.pk, to_zone, listed, ground, by, at) for item in chosen]


def _listed(consents: frozenset[int]) -> dict[DataClass, int]:
    """Return the consent that lists each class; of several the one that was asked for first."""
    rows = ConsentClass.objects.filter(consent__in=consents).order_by("-consent")
    return {DataClass(one): pk for one, pk in rows.values_list("data_class", "consent")}


def _went_already(pupil: int, to_zone: str, chosen: list[Item], ground: Ground) -> bool:
    keys = [item.key for item in chosen]
    return HandOver.objects.filter(
        pupil=pupil, to_zone=to_zone, item__in=keys, code=ground.code
    ).exists()


def _roles_of(ground: Ground | None, by: Scope) -> frozenset[Role]:
    if ground is None or ground.decided_by is None:
        return frozenset()
    posts = parties.posts_of(ground.decided_by, on=by.day)
    return frozenset(post.role for post in posts if post.zone == by.zone)


def _copy(
    item: Item,
    pupil: int,
    to_zone: str,
    listed: dict[DataClass, int],
    ground: Ground | None,
    by: Scope,
    at: datetime,
) -> HandOver:
    made = HandOver.objects.create(
        pupil_id=pupil,
        from_zone=by.zone,
        to_zone=to_zone,
        item=item.key,
        data_class=item.data_class,
        title=item.title,
        lines=list(item.lines),
        consent_id=listed[item.data_class] if ground is None else None,
        code="" if ground is None else ground.code,
        decided_by_id=None if ground is None else ground.decided_by,
        why="" if ground is None else ground.why.strip(),
        given_by_id=by.person,
        at=at,
    )
    audit.record(
        "item.handed_over",
        by=by,
        at=at,
        pupil=parties.public_of(pupil),
        target=f"hand_over:{made.public}",
        detail={"to": to_zone, "class": item.data_class, "code": made.code},
    )
    return made
