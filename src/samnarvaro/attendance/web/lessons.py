"""Lessons made ready for the page: one table, day by day, each with what was held of it before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samnarvaro.attendance.domain.lessons import Outcome
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries.lessons import Day, Lesson
from samnarvaro.attendance.web import texts
from samnarvaro.base import dates, figures, icons
from samnarvaro.base.pictures import Cell, Column, Table

COLUMNS = 7


@dataclass(frozen=True, slots=True)
class LessonTable:
    """Some days of lessons. `is_whole` tells that all lessons of the days are there."""

    days: Sequence[Day]
    is_whole: bool

    @property
    def span(self) -> str:
        return dates.span(self.days[-1].day, self.days[0].day) if self.days else ""

    @property
    def html(self) -> SafeString:
        """Draw the rows here: a page has hundreds of cells, and a template takes its time."""
        return mark_safe(
            "".join(_day(day, is_whole=self.is_whole) for day in self.days)
        )  # escaped below


def _day(day: Day, *, is_whole: bool) -> str:
    title, said = texts.day(day.day).capitalize(), _said(day, is_whole=is_whole)
    head = format_html(
        '<tr><th scope="rowgroup" colspan="{}" class="lesson-day">{}: {}</th></tr>',
        COLUMNS,
        title,
        said,
    )
    return f"<tbody>{head}{''.join(_lesson(lesson) for lesson in day.lessons)}</tbody>"


def _said(day: Day, *, is_whole: bool) -> str:
    if not is_whole:
        return texts.lessons(len(day.lessons))
    counting = [lesson.now for lesson in day.lessons if counts(lesson)]
    sums = Absence(sum(e.scheduled for e in counting), sum(e.absent for e in counting))
    return texts.day_came_to(sums, sum(bool(lesson.earlier) for lesson in day.lessons))


def counts(lesson: Lesson) -> bool:
    """Tell whether a lesson counts in a share: reported, not cancelled, on a school day."""
    outcome = lesson.now.outcome
    return lesson.on_school_day and outcome not in {Outcome.UNREPORTED, Outcome.CANCELLED}


def _lesson(lesson: Lesson) -> str:
    now = lesson.now
    away = figures.hours(now.absent) if now.absent else figures.NOTHING
    cells = [
        f'<td class="nowrap">{dates.clock_time(lesson.start)}</td>',
        f"<td>{conditional_escape(texts.subject(now.subject))}</td>",
        f"<td>{_outcome(lesson)}</td>",
        f'<td class="num nowrap">{away}</td>',
        f'<td class="num nowrap">{figures.hours(now.scheduled)}</td>',
        f"<td>{conditional_escape(lesson.unit)}</td>",
        f"<td>{_versions(lesson)}</td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _outcome(lesson: Lesson) -> str:
    outcome = lesson.now.outcome
    words = str(texts.OUTCOME[outcome])
    if outcome is not Outcome.PRESENT:
        tone, drawing = texts.TONE[outcome], icons.draw(texts.ICON[outcome])
        words = format_html('<span class="chip" data-tone="{}">{}{}</span>', tone, drawing, words)
    if counts(lesson):
        return words
    return format_html("{} <small>{}</small>", words, _("räknas inte"))


def _versions(lesson: Lesson) -> str:
    """What was held of a lesson, first to last, with who told it and when."""
    if not lesson.earlier:
        return ""
    told = [*lesson.earlier, lesson.now]
    lines: Iterable[tuple[str, str]] = ((texts.held(each), texts.told_by(each)) for each in told)
    rows = format_html_join("", "<li>{}<br><small>{}</small></li>", lines)
    content = format_html("<ol>{}</ol>", rows)
    label = texts.changes(len(lesson.earlier))
    return render_to_string("ui/why.html", {"label": label, "content": content})


def as_table(days: Iterable[Day]) -> Table:
    """The same lessons as rows of a file, one each, the days from the latest."""
    minutes = _("minuter")
    return Table(
        _("Lektioner, de senaste först"),
        (
            Column(_("Dag")),
            Column(_("Tid")),
            Column(_("Ämne")),
            Column(_("Närvaro")),
            Column(_("Borta"), minutes, is_number=True),
            Column(_("Lektion"), minutes, is_number=True),
            Column(_("Räknas")),
            Column(_("Skola")),
            Column(_("Ändrad"), _("gånger"), is_number=True),
        ),
        [_in_file(lesson) for day in days for lesson in day.lessons],
    )


def _in_file(lesson: Lesson) -> tuple[Cell, ...]:
    now = lesson.now
    return (
        Cell(lesson.day.isoformat()),
        Cell(dates.clock_time(lesson.start)),
        Cell(texts.subject(now.subject)),
        Cell(str(texts.OUTCOME[now.outcome])),
        Cell("", now.absent),
        Cell("", now.scheduled),
        Cell(_("ja") if counts(lesson) else _("nej")),
        Cell(lesson.unit),
        Cell("", len(lesson.earlier)),
    )
