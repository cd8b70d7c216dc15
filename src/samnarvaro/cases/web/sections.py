"""What of an investigation stands on a pupil's page, and on that of a child one has as a matter."""

from datetime import date

from django.urls import reverse

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.cases.domain import telling
from samnarvaro.cases.domain.concern import REPORTERS
from samnarvaro.cases.domain.investigation import GOING_ON, INVESTIGATORS, LEADS, MEDICAL_BRANCH
from samnarvaro.cases.domain.steps import Step
from samnarvaro.cases.queries import cases, concerns, readers
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.services import medical
from samnarvaro.cases.web import case_words, shown, words
from samnarvaro.consents.domain.relations import in_school
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


def case_of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """Where the case stands: for who works with it the way there, for the mentor that it is there."""
    if scope.role not in telling.OPENERS or not readers.knows(pupil.pk, by=scope):
        return None
    seen = cases.known_of(pupil.pk, by=scope)
    works = scope.role in INVESTIGATORS
    has_had = works and seen is None and bool(cases.of_pupil(pupil.pk, by=scope))
    return Section(
        "cases/_case.html",
        {
            "seen": seen,
            "step": case_words.STEP[seen.step] if seen else "",
            "number": list(Step).index(seen.step) + 1 if seen else 0,
            "works": works,
            "has_had": has_had,
            "pupil_public": pupil.public,
        },
        pupils=frozenset({pupil.pk}),
        classes=frozenset({DataClass.NAME, DataClass.EXISTENCE}),
    )


def case_shared(*, scope: Scope, tie: own.Tie, **_facts: object) -> Section | None:
    """For another agency: that the school has a case, while a consent tells of it."""
    if in_school(scope.zone):
        return None
    every = cases.of_pupil(tie.pupil, by=scope)
    if not every:
        return None
    return Section(
        "cases/_shared.html",
        {"tie": tie, "step": case_words.STEP[every[0].step]},
        pupils=frozenset({tie.pupil}),
        classes=cases.TELLS,
    )


def concern_of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """The way to a report of concern, on every page of a pupil."""
    if scope.role not in REPORTERS:
        return None
    return Section("cases/_concern.html", {"pupil_public": pupil.public})


def concern_of_child(**_facts: object) -> Section | None:
    """The duty holds at every agency; it is written down in one's own records."""
    return Section("cases/_concern.html", {"pupil_public": None})


def feedback(*, scope: Scope | None, today: date, **_facts: object) -> Section | None:
    """The viewer's own reports whose feedback should have come by now."""
    lines = concerns.to_hear_of(by=scope, on=today) if scope else []
    if not lines:
        return None
    return Section(
        "cases/_feedback.html",
        {"lines": [(public, name, day) for _pk, public, name, day in lines]},
        pupils=frozenset(pk for pk, *_rest in lines),
        classes=frozenset({DataClass.NAME, DataClass.CONCERN}),
    )
