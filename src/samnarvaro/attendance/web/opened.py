"""What attendance shows another agency of a child, as long as a consent lets it read that.

The figures and pictures of the pupil's own page, without their files and pages: what is let out by
consent is read where it lies.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from samnarvaro.attendance.web import pictures, sections
from samnarvaro.base.once import Once
from samnarvaro.base.pictures import Picture
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

Reads = Collection[DataClass]
YEARS_OPEN = 2


def key_figures(*, reads: Reads, **facts: object) -> Section | None:
    """A month and two, days in a row, late arrivals, and what nobody reported."""
    if not sections.TELLS.issubset(reads):
        return None
    return sections.key_figures(**facts)  # type: ignore[arg-type]  # as the page told them


def days(
    *, scope: Scope, pupil: ShownPupil, reads: Reads, today: date, once: Once, **_facts: object
) -> Section | None:
    """Day by day over the school years, and by weekday and hour over two months."""
    if not sections.TELLS.issubset(reads):
        return None
    seen = pictures.seen(pupil.pk, pupil.public, by=scope, on=today, once=once)
    if seen is None:
        return None
    years = [
        pictures.school_year(seen, year, today)
        for year in pictures.years_of(seen, today)[:YEARS_OPEN]
    ]
    patterns = [
        (_("Veckodag för veckodag"), pictures.weekdays(seen)),
        (_("Tid på dagen"), pictures.hours(seen)),
    ]
    return Section(
        "attendance/_opened.html",
        {
            "years": [_without_files(year) for year in years],
            "patterns": [(title, _without_files(shown)) for title, shown in patterns],
        },
        pupils=frozenset({pupil.pk}),
        classes=sections.TELLS,
    )


def _without_files(shown: Picture) -> Picture:
    return replace(shown, address="")
