"""The rows of a table of pupils: written straight, since a template takes its time over each cell."""

from collections.abc import Iterable

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samnarvaro.base import figures
from samnarvaro.base.templatetags.ui import chip
from samnarvaro.staircase.web.lists import Listed
from samnarvaro.staircase.web.shares import Sum

register = template.Library()


@register.simple_tag
def pupil_rows(
    rows: Iterable[Listed], *, with_class: bool, with_step: bool, with_rule: bool
) -> SafeString:
    """One row a pupil: name, class, shares of the windows, run, step, rule, since when, who, state."""
    written = [_row(row, with_class, with_step, with_rule) for row in rows]
    return mark_safe("".join(written))  # every cell is escaped below


def _row(row: Listed, with_class: bool, with_step: bool, with_rule: bool) -> str:
    cells: list[str] = [
        format_html('<th scope="row" class="nowrap"><a href="{}">{}</a></th>', row.url, row.name)
    ]
    if with_class:
        cells.append(f"<td>{_class(row)}</td>")
    cells += [_share(cell) for cell in row.cells]
    cells.append(f'<td class="num">{row.run}</td>')
    if with_step:
        cells.append(_nowrap(chip(row.step, "attention", "stairs") if row.step else ""))
    if with_rule:
        cells.append(_nowrap(row.rule))
    cells += [
        _nowrap(date_format(row.since, "j b") if row.since else ""),
        _nowrap(row.acts),
        _nowrap(chip(row.state, row.state_tone) if row.state else ""),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _class(row: Listed) -> str:
    if row.school_class is None:
        return ""
    return format_html('<a href="{}">{}</a>', row.school_class.url, row.class_name)


def _share(cell: Sum) -> str:
    heat, shown = figures.heat(cell.share), figures.percent(cell.share)
    return f'<td class="num heat nowrap" data-heat="{heat}">{shown}</td>'


def _nowrap(words: str) -> str:
    return f'<td class="nowrap">{conditional_escape(words)}</td>'
