"""What the pages of a class and of a school say of it as a whole."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import few, knowledge
from samnarvaro.mapping.domain.conferences import CONFERRING
from samnarvaro.mapping.domain.knowledge import LAST_YEAR, term_of
from samnarvaro.mapping.queries import conferences, places
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.web import knowledge_shown, knowledge_texts
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE, DataClass.MAPPING})


def knowledge_of_class(
    *,
    scope: Scope,
    school: places.School,
    group: Any,
    pupils: Sequence[Any],
    lengths: Sequence[int],
    today: date,
    **_facts: object,
) -> Section | None:
    """What the pupils of a class reach this term, beside how much each has missed."""
    term = term_of(today)
    of = places.SchoolClass(group.pk, group.public, group.name, group.grade, school)
    may_tell = queries.may_tell(of, by=scope)
    found = queries.of_pupils(pupils, term, by=scope)
    told = [each for each in found if each.result]
    if not (told or (may_tell and found)):
        return None
    listed = {each.pk: each for each in pupils}
    return Section(
        "mapping/_class_knowledge.html",
        {
            "of": of,
            "may_tell": may_tell,
            "term": knowledge_texts.term(term),
            "rows": [knowledge_shown.row(each, listed[each.pupil.pk]) for each in found]
            if told
            else [],
            "days": lengths[0] if lengths else 0,
            "sentence": _sentence(found) if may_tell else "",
            "shows_eligible": group.grade == LAST_YEAR,
        },
        pupils=frozenset(each.pupil.pk for each in (found if told else ())),
        classes=TELLS,
    )


def _sentence(found: Sequence[queries.InClass]) -> str:
    """Say how many are told of, and how many have a subject to see to where neither side is few."""
    told = [each.result.told for each in found if each.result]
    known = _("Uppgift finns för %(told)s av %(all)s elever.") % {
        "told": len(told),
        "all": len(found),
    }
    counted = knowledge.counted(told)
    if not few.is_enough(counted.sides):
        return known
    some = _("%(n)s av dem har något ämne som är i riskzonen eller inte nått.") % {
        "n": counted.with_some
    }
    return f"{known} {some}"


def notes_of_class(*, scope: Scope, group: Any, **_facts: object) -> Section | None:
    """What is decided for a class and not done yet, and the way to what was seen."""
    if scope.role not in CONFERRING:
        return None
    return Section(
        "mapping/_class_notes.html",
        {"of": group, "open": conferences.open_decisions(group.pk, by=scope)},
    )


def notes_of_my_classes(*, scope: Scope | None, **_facts: object) -> Section | None:
    """The way of a teacher, who has no page of a class, to the notes of its classes."""
    if scope is None or scope.role is not Role.TEACHER:
        return None
    mine = people.my_groups(by=scope)
    return Section("mapping/_my_classes_notes.html", {"classes": mine}) if mine else None


def of_school(*, scope: Scope, school: places.School, **_facts: object) -> Section | None:
    """The way to what is known of a school as a whole."""
    if school.pk not in scope.units:
        return None
    return Section("mapping/_school_level.html", {"of": school})
