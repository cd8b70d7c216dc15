"""What of the early measures stands in a mentor's day and on a pupil's page."""

from datetime import date

from django.urls import reverse

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.followup import queries
from samnarvaro.followup.web import shown
from samnarvaro.followup.web.forms import StartForm
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist.domain.rows import ROWS_ALONE


def my_day(*, scope: Scope | None, today: date, **_facts: object) -> Section | None:
    """The measures whose day of looking again has come; nothing when there is none."""
    measures = queries.due(by=scope, on=today) if scope else []
    if scope is None or not measures:
        return None
    return Section(
        "followup/_my_day.html",
        {"measures": [shown.show(each, today, by=scope, asks=True) for each in measures]},
        pupils=frozenset(each.pupil for each in measures),
        classes=shown.classes_of(measures),
        to_go_through=tuple(each.pupil_public for each in measures),
    )


def of_pupil(
    *, scope: Scope, pupil: ShownPupil, today: date, back: str = "", **_facts: object
) -> Section | None:
    """The measures about a pupil; for its mentor also the line that starts one.

    `back` is where an act leads back to, when it is not the pupil's own page.
    """
    if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
        return None
    measures = queries.of_pupil(pupil.pk, by=scope)
    return Section(
        "followup/_pupil.html",
        {
            "measures": [shown.show(each, today, by=scope) for each in measures],
            "pupil_public": pupil.public,
            "back": back or reverse("pupil", args=[pupil.public]),
            "start": StartForm(today) if scope.role is Role.MENTOR else None,
        },
        pupils=frozenset({pupil.pk}),
        classes=shown.classes_of(measures),
    )
