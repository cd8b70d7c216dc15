"""What of an investigation stands on a pupil's page, and on that of a child one has as a matter."""

from django.urls import reverse

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.cases.domain.investigation import GOING_ON, INVESTIGATORS, LEADS, MEDICAL_BRANCH
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.queries import readers
from samnarvaro.cases.services import medical
from samnarvaro.cases.web import shown, words
from samnarvaro.consents.queries import own
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass


def of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """Where the investigation stands; for the principal also the way to judge the absence."""
    if scope.role not in INVESTIGATORS or not readers.reads(pupil.pk, by=scope):
        return None
    every = queries.of_pupil(pupil.pk, by=scope)
    if not every and scope.role not in LEADS:
        return None
    latest = every[0] if every else None
    return Section(
        "cases/_investigation.html",
        {
            "brief": shown.brief(latest) if latest else None,
            "is_going_on": latest is not None and latest.state in GOING_ON,
            "address": reverse("cases:investigation", args=[pupil.public]),
        },
        pupils=frozenset({pupil.pk}),
        classes=frozenset({DataClass.NAME, DataClass.EXISTENCE, DataClass.MAPPING}),
    )


def of_medical(*, scope: Scope, tie: own.Tie, **_facts: object) -> Section | None:
    """For the medical branch: that the school investigates, and the way to its own perspective."""
    if scope.role not in MEDICAL_BRANCH:
        return None
    try:
        asked = medical.asked(tie.public, by=scope)
    except own.NoSuchTie:
        return None
    return Section(
        "cases/_medical.html",
        {"asked": asked, "is_given": bool(asked.given), "words": words.PERSPECTIVE},
        pupils=frozenset({tie.pupil}),
        classes=frozenset({DataClass.EXISTENCE}),
    )
