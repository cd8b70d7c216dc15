"""A picture on a page: its sentence, the drawing, the same facts as a table, source and files."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samnarvaro.base import icons
from samnarvaro.base.pictures import Picture, Table

register = template.Library()


@register.simple_tag
def picture(shown: Picture, *, opened: bool = False) -> SafeString:
    """Draw a picture in its frame. With `opened` its table stands open, as on its own page."""
    looks, way = shown.looks, (get_language(), opened)
    if way not in looks:
        looks[way] = _framed(shown, opened)
    return looks[way]


def _framed(shown: Picture, opened: bool) -> SafeString:
    return format_html(
        '<figure class="chart" id="bild-{}"><figcaption class="chart-title">{}</figcaption>{}{}'
        '{}<p class="chart-source">{}</p>{}</figure>',
        shown.key,
        shown.title,
        _drawing(shown.svg, shown.title) if shown.svg else "",
        _folded(shown) if shown.svg and not opened else shown.table.html(shown.table_id),
        format_html("<p>{}</p>", shown.note) if shown.note else "",
        " · ".join(filter(None, [shown.source, shown.fresh])),
        _files(shown),
    )


def _drawing(drawn: SafeString, title: str) -> SafeString:
    return format_html(
        '<div class="chart-picture" tabindex="0" role="group" aria-label="{}: {}">{}</div>',
        _("Diagram"),
        title,
        drawn,
    )


def _folded(shown: Picture) -> SafeString:
    """The table under its toggle; a long one is fetched when it is unfolded."""
    if shown.table.is_long and shown.address:
        body = format_html(
            '<div class="more-body" hx-get="{0}" hx-trigger="toggle from:closest details once">'
            '<a href="{0}">{1}</a></div>',
            shown.page,
            _("Öppna tabellen på en egen sida"),
        )
    else:
        body = format_html('<div class="more-body">{}</div>', shown.table.html(shown.table_id))
    return format_html(
        '<details class="more"><summary>{}{}</summary>{}</details>',
        icons.draw("table"),
        _("Visa som tabell"),
        body,
    )


def _files(shown: Picture) -> SafeString:
    if not shown.address:
        return SafeString("")
    links = [
        (shown.file("csv"), _("Hämta tabellen (CSV)")),
        (shown.page, _("Egen sida, för utskrift")),
    ]
    if shown.svg or shown.drawn_apart:
        links.insert(0, (shown.file("svg"), _("Hämta bilden (SVG)")))
    return format_html(
        '<p class="chart-files">{}</p>', format_html_join(" · ", '<a href="{}">{}</a>', links)
    )


@register.simple_tag
def facts(table: Table, name: str) -> SafeString:
    """Draw a table that has no picture."""
    return table.html(name)
