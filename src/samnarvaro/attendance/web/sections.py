"""What attendance puts on the page of a pupil: figures, calendar, patterns, lessons."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from samnarvaro.attendance.queries import lessons as lesson_queries
from samnarvaro.attendance.queries import pupil as queries
from samnarvaro.attendance.web import announced, lessons, pictures, shown, texts
from samnarvaro.base import dates, provenance
from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
MONTH, TWO_MONTHS = 30, 60
YEARS_OPEN = 2  # older school years are folded
LEAST_RUN, MOST_RUNS = 2, 10
NEWEST_DAYS = 5


def _section(template: str, of: ShownPupil, /, **context: object) -> Section:
    return Section(template, context, pupils=frozenset({of.pk}), classes=TELLS)


def key_figures(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, **_facts: object
) -> Section | None:
    """A month and two, days in a row, late arrivals, and what nobody reported."""
    known = once(queries.history, pupil.pk, until=today, by=scope)
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
        fresh=provenance.fresh(known.last_day, once(queries.last_taken_in)),
    )


def when(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, **_facts: object
) -> Section | None:
    """When and in what lessons is missed: day by day over the school years, whole days in a row,
    and over two months by weekday, by hour and by subject.
    """
    seen = pictures.seen(pupil.pk, pupil.public, by=scope, on=today, once=once)
    if seen is None:
        return None
    years = pictures.school_years(seen, today)
    runs = seen.known.runs(LEAST_RUN)
    return _section(
        "attendance/_when.html",
        pupil,
        years=years[:YEARS_OPEN],
        older=years[YEARS_OPEN:],
        runs=[(dates.span(run.first, run.last), run.days) for run in runs[:MOST_RUNS]],
        runs_title=texts.runs_title(runs, seen.known),
        patterns=[
            (_("Veckodag för veckodag"), pictures.weekdays(seen)),
            (_("Tid på dagen"), pictures.hours(seen)),
            (_("Ämne för ämne"), pictures.subjects(seen)),
        ],
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
    """The lessons of the last days, one by one."""
    found = lesson_queries.Lessons(pupil.pk, lesson_queries.Wanted(today), by=scope)
    days = found.days[:NEWEST_DAYS]
    if not days:
        return None
    return _section(
        "attendance/_newest_lessons.html",
        pupil,
        table=lessons.LessonTable(found.read(days), is_whole=True),
        lessons_of=pupil.public,
        more=len(found.days) > NEWEST_DAYS,
    )
