"""The locked mappings and the statuses that were set, for the time line of one pupil."""

from collections.abc import Iterable

from django.urls import reverse

from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.factors import Factor, Field, heard
from samnarvaro.mapping.queries import mappings, statuses
from samnarvaro.mapping.queries.mappings import Seen
from samnarvaro.mapping.web import shown, status_texts, texts

MOST_OF_EACH = 2  # things that each source is quoted with
_OF = frozenset({DataClass.MAPPING})


def happened(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """What each source says most of, side by side, and how the days were said to be."""
    opens = in_school(by.zone)  # another agency reads it on the page of the child
    mapped = [each for each in mappings.of_pupil(pupil.pk, by=by) if each.is_final]
    return [
        *(_mapped(each, opens=opens) for each in mapped),
        *(_status(each) for each in statuses.of_pupil(pupil.pk, by=by)),
    ]


def _status(each: statuses.Set) -> Happening:
    return Happening(
        kind=Kind.STATUS, day=each.set_on, at=each.set_at, by=each.author, text=each.words,
        title=status_texts.numbered(each.status), icon="stairs", classes=_OF,
    )  # fmt: skip


def _mapped(seen: Seen, *, opens: bool) -> Happening:
    return Happening(
        kind=Kind.MAPPING,
        day=seen.day,
        by=seen.author,
        title=shown.title(seen),
        text=sources(seen.factors),
        icon="search",
        url=reverse("mapping:one", args=[seen.public]) if opens else "",
        classes=_OF,
    )


def sources(factors: Iterable[Factor]) -> str:
    """Say what each source says most of, one after the other; nobody's word is weighed against another's."""
    said = list(factors)
    told = []
    for source in heard(said):
        own = sorted((f for f in said if f.source is source), key=lambda f: -f.strength)
        told.append(f"{texts.SOURCE[source]}: {', '.join(map(_thing, own[:MOST_OF_EACH]))}.")
    return " ".join(told)


def _thing(factor: Factor) -> str:
    how = [str(texts.STRENGTH[factor.strength])]
    how += [str(texts.DIRECTION[factor.direction])] if factor.field is Field.OWN else []
    return f"{texts.KIND[factor.kind]} ({', '.join(how)})"
