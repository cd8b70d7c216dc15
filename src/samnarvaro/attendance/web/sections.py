"""What attendance puts on the page of a pupil: figures, calendar, patterns, lessons."""

from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from samnarvaro.attendance.queries import lessons as lesson_queries
from samnarvaro.attendance.queries import pupil as queries
from samnarvaro.attendance.web import announced, lessons, shown, texts
from samnarvaro.base import dates, provenance
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
MONTH, TWO_MONTHS = 30, 60
WEEKS_SHOWN = 40
NO_UNIT = 0  # only what holds for all schools


class ShownPupil(Protocol):
    """What of a pupil the page has at hand."""

    @property
    def pk(self) -> int: ...

    @property
    def public(self) -> UUID: ...


def _section(template: str, of: ShownPupil, /, **context: object) -> Section:
    return Section(template, context, pupils=frozenset({of.pk}), classes=TELLS)


def key_figures(
    *, scope: Scope, pupil: ShownPupil, today: date, **_facts: object
) -> Section | None:
    """A month and two, days in a row, late arrivals, and what nobody reported."""
    known = queries.history(pupil.pk, until=today, by=scope)
    if not known:
        return None
    month, two_months = trailing(today, MONTH), trailing(today, TWO_MONTHS)
    before = Window(two_months.first, month.first - timedelta(days=1))
    return _section(
        "attendance/_key_figures.html",
        pupil,
        month=shown.in_window(known, month, before),
        two_months=shown.in_window(known, two_months),
        run=texts.days(known.run_now),
        last_day=known.last_day,
        fresh=provenance.fresh(known.last_day, queries.last_taken_in()),
    )


def when(*, scope: Scope, pupil: ShownPupil, today: date, **_facts: object) -> Section | None:
    """When and in what lessons are missed: day by day over the last terms, weekdays and subjects
    over two months.
    """
    known = queries.history(pupil.pk, until=today, by=scope)
    if known.first_day is None:
        return None
    monday = today - timedelta(days=today.weekday())
    span = Window(max(known.first_day, monday - timedelta(weeks=WEEKS_SHOWN - 1)), today)
    window = trailing(today, TWO_MONTHS)
    place = people.placement(pupil.pk, by=scope)
    return _section(
        "attendance/_when.html",
        pupil,
        calendar=shown.calendar(known, span, place.unit if place else NO_UNIT),
        weekdays=shown.weekdays(known.by_weekday(window)),
        subjects=shown.subjects(queries.subjects(pupil.pk, known, window, by=scope)),
        window=provenance.window(window),
        fresh=provenance.fresh(known.last_day, queries.last_taken_in()),
    )


def announced_absence(
    *, scope: Scope, pupil: ShownPupil, today: date, **_facts: object
) -> Section | None:
    """What is announced, for who may take it down and for who only reads it."""
    if not scope.reads(DataClass.ATTENDANCE):
        return None
    may = scope.role in announced.TAKES_DOWN
    return _section(
        "attendance/_announced.html",
        pupil,
        lines=announced.lines(pupil.pk, today=today, by=scope),
        pupil=pupil,
        may_announce=may,
        may_withdraw=may,
    )


def newest_lessons(
    *, scope: Scope, pupil: ShownPupil, today: date, **_facts: object
) -> Section | None:
    """The last lessons, one by one."""
    found = lesson_queries.lessons(pupil.pk, until=today, by=scope)
    if not found.days:
        return None
    return _section("attendance/_lessons.html", pupil, **lessons_context(found, pupil.public))


def lessons_context(found: lesson_queries.Lessons, public: UUID) -> dict[str, object]:
    """What the part with lessons shows, on the pupil's page and by itself."""
    return {
        "days": [lessons.show(day) for day in found.days],
        "older": found.older,
        "newer": found.newer,
        "lessons_of": public,
        "span": dates.span(found.days[-1].day, found.days[0].day) if found.days else "",
    }
