"""What attendance puts on the page of a pupil: figures, calendar, patterns, lessons."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from samnarvaro.attendance.queries import lessons as lesson_queries
from samnarvaro.attendance.queries import pupil as queries
from samnarvaro.attendance.web import announced, lessons, pictures, shown, texts
from samnarvaro.base import dates, provenance, sections
from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
MONTH, TWO_MONTHS = 30, 60
YEARS_DRAWN = 2  # of the earlier school years; older ones are links
LEAST_RUN, MOST_RUNS = 2, 10
NEWEST_DAYS = 5
EARLIER_YEARS, PATTERNS, LESSONS = "tidigare-lasar", "monster", "lektioner"  # parts, by key


def _section(template: str, of: ShownPupil, title: str = "", /, **context: object) -> Section:
    return Section(template, context, frozenset({of.pk}), TELLS, title)


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


def this_year(
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    opened: bool = False,
    **_facts: object,
) -> Section | None:
    """This school year, or the last one with lessons, day by day; and whole days away in a row."""
    seen = pictures.seen(pupil.pk, pupil.public, by=scope, on=today, once=once)
    if seen is None:
        return None
    runs = seen.known.runs(LEAST_RUN)
    return _section(
        "attendance/_this_year.html",
        pupil,
        year=pictures.school_year(seen, pictures.years_of(seen, today)[0], today),
        runs=[(dates.span(run.first, run.last), run.days) for run in runs[:MOST_RUNS]],
        runs_title=texts.runs_title(runs, seen.known),
        opened=opened,
    )


def earlier_years(
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    whole: bool = False,
    opened: bool = False,
    **_facts: object,
) -> Section | None:
    """The school years before, day by day; the oldest ones as links, but all of them on paper."""
    seen = pictures.seen(pupil.pk, pupil.public, by=scope, on=today, once=once)
    years = pictures.years_of(seen, today)[1:] if seen else []
    if seen is None or not years:
        return None
    title = _("Dag för dag, tidigare läsår")
    names = [texts.school_year(year) for year in years]
    if not whole:
        return sections.later(
            pupil, EARLIER_YEARS, id="earlier-years", title=title, label=_("Visa dagarna"),
            said=", ".join(names), classes=TELLS,
        )  # fmt: skip
    drawn = len(years) if opened else YEARS_DRAWN
    return _section(
        "attendance/_earlier_years.html",
        pupil,
        title,
        title=title,
        years=[pictures.school_year(seen, year, today) for year in years[:drawn]],
        older=[
            (name, seen.address(pictures.key_of(year)))
            for name, year in zip(names[drawn:], years[drawn:], strict=True)
        ],
        opened=opened,
    )


def patterns(
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    whole: bool = False,
    opened: bool = False,
    **_facts: object,
) -> Section | None:
    """When and in what is missed, over two months: by weekday, by hour and by subject."""
    seen = pictures.seen(pupil.pk, pupil.public, by=scope, on=today, once=once)
    if seen is None:
        return None
    title = _("När på veckan, när på dagen och i vilka ämnen")
    if not whole:
        said = texts.weekday_title(seen.known.by_weekday(seen.window))
        return sections.later(
            pupil, PATTERNS, id="patterns", title=title, label=_("Visa mönstren"), said=said,
            classes=TELLS,
        )  # fmt: skip
    return _section(
        "attendance/_patterns.html",
        pupil,
        title,
        patterns=[
            (_("Veckodag för veckodag"), pictures.weekdays(seen)),
            (_("Tid på dagen"), pictures.hours(seen)),
            (_("Ämne för ämne"), pictures.subjects(seen)),
        ],
        opened=opened,
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
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    whole: bool = False,
    **_facts: object,
) -> Section | None:
    """The lessons of the last days, one by one."""
    known = once(queries.history, pupil.pk, until=today, by=scope)
    days = known.days[-NEWEST_DAYS:][::-1]
    if not days:
        return None
    title = _("Lektion för lektion, %(span)s") % {"span": dates.span(days[-1], days[0])}
    if not whole:
        return sections.later(
            pupil, LESSONS, id="lessons", title=title, label=_("Visa lektionerna"), classes=TELLS
        )
    found = lesson_queries.Lessons(pupil.pk, lesson_queries.Wanted(today), by=scope)
    return _section(
        "attendance/_newest_lessons.html",
        pupil,
        title,
        title=title,
        table=lessons.LessonTable(found.read(days), is_whole=True),
        lessons_of=pupil.public,
        more=len(known.days) > NEWEST_DAYS,
    )
