"""What another agency has handed over, on the page of a child that one works with."""

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.consents.queries import handed_over
from samnarvaro.kernel.access import Scope


def received(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """The copies that may still be seen; nothing when there is none."""
    found = handed_over.received(pupil.pk, by=scope)
    if not found:
        return None
    return Section(
        "consents/_received.html",
        {"received": found},
        pupils=frozenset({pupil.pk}),
        classes=frozenset(item.data_class for item in found),
    )
