"""Where working notes stand: on the page of a pupil, and on that of another agency's child."""

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.consents.queries import own
from samnarvaro.consents.queries.own import Tie
from samnarvaro.kernel.access import Scope
from samnarvaro.notes import queries
from samnarvaro.notes.domain import notes as domain
from samnarvaro.notes.web import texts


def of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """The viewer's notes about a pupil it has a case with; nobody else is told that there are any."""
    if not domain.may_write(scope.role, scope.zone):
        return None
    return _section(own.case_with(pupil.pk, by=scope), scope)


def of_child(*, scope: Scope, tie: Tie, **_facts: object) -> Section | None:
    """The zone's own notes about a child it works with."""
    return _section(tie, scope)


def _section(tie: Tie | None, scope: Scope) -> Section | None:
    of_class = domain.class_of(scope.zone)
    if tie is None or of_class is None or not domain.may_write(scope.role, scope.zone):
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
