"""Where working notes stand: on the page of a pupil, and on that of another agency's child."""

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.consents.queries import own
from samnarvaro.kernel.access import Scope
from samnarvaro.notes import queries
from samnarvaro.notes.domain import notes as domain
from samnarvaro.notes.web import texts


def of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """The viewer's notes about a child it has as its own matter; nobody else is told of any."""
    of_class = domain.class_of(scope.zone)
    if of_class is None or not domain.may_write(scope.role, scope.zone):
        return None
    tie = own.case_with(pupil.pk, by=scope)
    if tie is None:
        return None
    return Section(
        "notes/_notes.html",
        {
            "notes": queries.of_pupil(tie.pupil, by=scope),
            "tie": tie,
            "whose": texts.WHOSE[domain.branch_of(scope.zone)],
        },
        pupils=frozenset({tie.pupil}),
        classes=frozenset({of_class}),
    )
