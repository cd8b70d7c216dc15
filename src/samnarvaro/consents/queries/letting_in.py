"""What opens one pupil to somebody whose duty does not follow it: asked for in the query itself.

Live rows, each time: a relation that holds, a consent in which data flows, a glass that stands
open. Nothing of it is remembered, so what is taken back is gone from the next question on.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from samnarvaro.consents.domain.policy import EXTRACT_IN_ZONE, EXTRACT_TELLS
from samnarvaro.consents.domain.relations import (
    CASES,
    GLASS_SHOWS,
    GLASS_SHOWS_ELSEWHERE,
    SCHOOL,
    in_school,
)
from samnarvaro.consents.models import Consent, ConsentClass, HandOver, Relation
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import naming
from samnarvaro.people.queries.readable import readable

_CHILD = OuterRef("pk")


def opening(scope: Scope, data_class: DataClass) -> Q | None:
    """Return when a class of a pupil's data is open to a viewer besides by duty; None for never."""
    tied = Q(Exists(Relation.objects.of(scope).filter(pupil=_CHILD))) if scope.related else None
    glass = (
        Q(Exists(Relation.objects.glass_of(scope).filter(pupil=_CHILD)))
        if scope.glass and data_class in GLASS_SHOWS | GLASS_SHOWS_ELSEWHERE
        else None
    )
    ways = Q()
    if scope.related and data_class in scope.by_case:
        cases = Relation.objects.of(scope).filter(kind__in=CASES)
        ways |= Q(Exists(cases.filter(pupil=_CHILD)))
    # A glass broken elsewhere opens no more than a consent does.
    shows = GLASS_SHOWS if in_school(scope.zone) else GLASS_SHOWS_ELSEWHERE
    if glass is not None and data_class in shows:
        ways |= glass
    if data_class in scope.by_consent:
        agreed = ConsentClass.objects.flowing(data_class, to_zone=scope.zone, on=scope.day)
        for who in (tied, glass):
            if who is not None:
                ways |= who & Q(Exists(agreed.filter(consent__pupil=_CHILD)))
    return ways or None


def consents_used(pupils: frozenset[int], *, by: Scope) -> list[int]:
    """Return the ids of the consents through which data of these pupils flows to the viewer's zone."""
    if not by.related:
        return []
    rows = Consent.objects.filter(
        pupil__in=pupils,
        from_zone__startswith=SCHOOL,
        to_zone=by.zone,
        state="given",
        valid_from__lte=by.day,
        valid_to__gte=by.day,
    )
    return sorted(rows.values_list("pk", flat=True))


def gives_extract(classes: frozenset[DataClass], *, by: Scope) -> bool:
    """Tell whether somebody who follows no pupil gives a family of its zone the extract of the log."""
    return by.role in EXTRACT_IN_ZONE and classes <= EXTRACT_TELLS


def all_flow(consents: frozenset[int], *, by: Scope) -> bool:
    """Tell whether each of these consents (ids) lets data flow today."""
    if not consents:
        return True
    rows = Consent.objects.filter(
        pk__in=consents, state="given", valid_from__lte=by.day, valid_to__gte=by.day
    )
    return rows.count() == len(consents)


def still_open(
    pupils: frozenset[int], classes: frozenset[DataClass], *, by: Scope, at: datetime
) -> dict[int, str]:
    """Return the public ids, by id, of those of these pupils that the viewer may be shown now.

    A glass that has closed since the scope was made lets nothing more out.
    """
    if gives_extract(classes, by=by):
        return naming.publics_of_zone(pupils, by=by)
    if by.glass and Relation.objects.glass_of(by).filter(closes_at__lte=at).exists():
        return {}
    seen = people.publics_by_id(pupils, by=by)
    missing = pupils - set(seen)
    if missing and (by.related or by.glass):
        copies = HandOver.objects.received_by(by).filter(pupil__in=missing)
        handed = {DataClass(one) for one in copies.values_list("data_class", flat=True)}
        asked = (classes - handed) or frozenset({DataClass.EXISTENCE})
        let_in = readable(by=by, classes=asked).filter(pk__in=missing)
        seen |= {pk: str(public) for pk, public in let_in.values_list("pk", "public")}
    return seen


def ground(pupils: frozenset[int], classes: frozenset[DataClass], *, by: Scope) -> str:
    """Return what opens a reading of these pupils to the viewer, for the log: the strongest one.

    Duty when it follows them all; else the glass, a consent if it lets more than the own matter, or
    the relation. Of several consents the one asked for first is named.
    """
    if gives_extract(classes, by=by):
        return "review:extract"
    tied = by.related or bool(by.glass)
    if not tied or people.visible(by=by).filter(pk__in=pupils).count() == len(pupils):
        return "duty"
    broken = Relation.objects.glass_of(by).filter(pupil__in=pupils).order_by("pk").first()
    if broken is not None:
        return f"glass:{broken.public}"
    used = consents_used(pupils, by=by)
    if used and not classes <= by.by_case:
        return f"consent:{Consent.objects.get(pk=used[0]).public}"
    own = Relation.objects.of(by).filter(pupil__in=pupils).order_by("pk").first()
    return "duty" if own is None else f"relation:{own.public}"


def reads(pupil: int, *, by: Scope) -> frozenset[DataClass]:
    """Return which classes of one pupil's (id) data the viewer reads today."""
    return frozenset(
        one
        for one in by.classes | by.by_case | by.by_consent | (GLASS_SHOWS if by.glass else set())
        if readable(by=by, classes=frozenset({one})).filter(pk=pupil).exists()
    )
