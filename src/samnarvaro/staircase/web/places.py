"""What of the staircase can be found by its name: schools, their lists, classes."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samnarvaro.base.finder import Kind, Place
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.staircase.queries import held
from samnarvaro.staircase.web import texts


def places(by: Scope) -> Iterator[Place]:
    """The schools and classes that the viewer follows, and what lists there are of each school."""
    if not by.reads(DataClass.ATTENDANCE):
        return
    yield from _classes(by)
    yield from _lists(by)


def _classes(by: Scope) -> Iterator[Place]:
    own = organisation.groups_by_id(by.groups)
    of_schools = organisation.groups_of_units(by.units, school_year=school_year_of(by.day))
    for group in [*own, *of_schools]:
        yield Place(
            kind=Kind.CLASS,
            label=group.name,
            more=group.unit.name,
            url="staircase:class",
            address=reverse("staircase:class", args=[group.public]),
            icon="people",
            words=_("klass"),
        )


def _lists(by: Scope) -> Iterator[Place]:
    schools = organisation.units(by.units)
    if not schools:
        return
    found = held.staircases(held.held(on=by.day))
    for school in schools:
        levels = next((each.book.levels for each in found if each.is_at(school.pk)), [])
        named: list[tuple[str, str, str, tuple[int, ...]]] = [
            ("staircase:school", _("Skolan just nu"), "school", ())
        ]
        named += [("staircase:nobody_acted", _("Flaggade, ingen har agerat"), "clock", ())]
        named += [("staircase:target_group", _("Målgrupp"), "people", ())]
        named += [("staircase:level", texts.step(level), "stairs", (level,)) for level in levels]
        for url, label, icon, more in named:
            yield Place(
                kind=Kind.PAGE,
                label=label,
                more=school.name,
                url=url,
                address=reverse(url, args=[school.public, *more]),
                icon=icon,
            )
