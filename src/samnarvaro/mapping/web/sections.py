"""What of the mappings stands on a pupil's page: the child's own words, and the way to the picture;
and what another agency reads by a consent: the picture, without those words.
"""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.factors import heard, side_by_side
from samnarvaro.mapping.queries import knowledge, statuses
from samnarvaro.mapping.queries import mappings as queries
from samnarvaro.mapping.web import knowledge_texts, shown, status_texts, texts


def of_pupil(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """The newest mapping in a sentence, after what the child says; for who makes them, the own draft."""
    may_make = queries.may_make(by=scope)
    if not scope.reads(DataClass.MAPPING) and not (
        may_make and queries.reads_of(pupil.pk, by=scope)
    ):
        return None
    found = queries.of_pupil(pupil.pk, by=scope)
    final = [each for each in found if each.is_final]
    newest = final[0] if final else None
    return Section(
        "mapping/_pupil.html",
        {
            "pupil_public": pupil.public,
            "newest": newest,
            "title": shown.title(newest) if newest else "",
            "sentence": _sentence(newest) if newest else "",
            "count": len(final),
            "has_draft": len(final) < len(found),
            "may_make": bool(may_make),
            "status": _status(pupil, scope),
            "knowledge": _knowledge(pupil, scope),
        },
        pupils=frozenset({pupil.pk}),
        classes=shown.TELLS,
    )


def opened(
    *, scope: Scope, pupil: ShownPupil, reads: Collection[DataClass], **_facts: object
) -> Section | None:
    """The newest mapping, for who reads it by a consent. The child's own words stay where they were
    said: it said yes to those who read them there.
    """
    if not shown.TELLS.issubset(reads):
        return None
    final = [each for each in queries.of_pupil(pupil.pk, by=scope) if each.is_final]
    if not final:
        return None
    return Section(
        "mapping/_opened.html",
        {"shown": shown.show(final[0], pupil)},
        pupils=frozenset({pupil.pk}),
        classes=shown.TELLS,
    )


def _status(pupil: ShownPupil, scope: Scope) -> str:
    """Say which status holds and since when."""
    holds = statuses.holding(pupil.pk, by=scope)
    if holds is None:
        return ""
    told = {"status": status_texts.numbered(holds.status), "day": date_format(holds.set_on, "j F")}
    return _("Närvarostatus %(status)s, satt %(day)s") % told


def _knowledge(pupil: ShownPupil, scope: Scope) -> str:
    """Say what was told last of what the pupil reaches."""
    newest = knowledge.newest_of(pupil.pk, by=scope)
    return knowledge_texts.line(newest) if newest else ""


def _sentence(seen: queries.Seen) -> str:
    return texts.sentence(side_by_side(seen.factors), heard(seen.factors))
