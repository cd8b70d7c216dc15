"""What another agency has handed over, on the page of a child that one works with."""

from collections.abc import Iterable

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.consents.queries import handed_over, own
from samnarvaro.consents.queries.handed_over import Handed
from samnarvaro.kernel.access import Scope


def consents_of(found: Iterable[Handed]) -> frozenset[int]:
    """The consents (ids) that copies rest on."""
    return frozenset(item.consent for item in found if item.consent is not None)


def received(*, scope: Scope, pupil: ShownPupil, tie: own.Tie, **_facts: object) -> Section | None:
    """The copies that may still be seen; nothing when there is none."""
    found = handed_over.received(pupil.pk, by=scope)
    if not found:
        return None
    return Section(
        "consents/_received.html",
        {"received": found, "tie": tie.public},
        pupils=frozenset({pupil.pk}),
        classes=frozenset(item.data_class for item in found),
        consents=consents_of(found),
    )
