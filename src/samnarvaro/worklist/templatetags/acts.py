"""The parts of a row of work that every row has. A day draws dozens of them: put together here, and not
by templates within templates, they cost a fifth. What a row has seldom stands in its template.

The buttons are the same for every row, so drawn once: no word about anybody is in them. Each asks for
the form of its act, which comes when it is asked for.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samnarvaro.base import icons
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.web import texts
from samnarvaro.worklist.web.shown import ShownRow

register = template.Library()

# As ui/work_row.html, ui/tick.html, the chip and ui/why.html with ui/explain.html have it.
_HEAD = (
    '{}<div class="work-words"><p class="work-who">{}{}</p><p class="work-why">{}</p></div>'
    '<p class="work-due"><span class="chip" data-tone="{}">{}{}</span></p>'
)
_TICK = (
    '<label class="tick"><input class="ds-input" type="checkbox" name="row" value="{}" form="many"{}>'
    '<span class="sr-only">{}</span></label>'
)
_ICON = '<span class="work-icon">{}</span>'
_ACTS = (
    '<form action="{0}" hx-get="{0}"><input type="hidden" name="next" value="{1}">{2}{3}{4}</form>'
)
_SENT = '<input type="hidden" name="{}" value="1">'
_WHY = (
    '<details class="why"><summary><span class="why-mark">{}</span><span class="why-label">{}</span>'
    '</summary><div class="why-panel"><dl class="explain">{}</dl></div></details>'
)
_LINE = "<div><dt>{}</dt><dd>{}</dd></div>"


@register.simple_tag
def row_head(shown: ShownRow) -> SafeString:
    """Who, why and when, with a tick or an icon in front."""
    name = shown.row.name
    who = format_html('<a href="{}">{}</a>', shown.who_url, name) if shown.who_url else name
    group = format_html(' <span class="work-group">{}</span>', shown.group) if shown.group else ""
    clock = icons.stamp("clock")
    front = _tick(shown) if shown.tick else format_html(_ICON, icons.stamp(shown.icon))
    return format_html(_HEAD, front, who, group, shown.why, shown.due_tone, clock, shown.due)


def _tick(shown: ShownRow) -> SafeString:
    checked = SafeString(" checked") if shown.tick and shown.tick.is_ticked else ""
    label = _("Markera %(label)s") % {"label": shown.row.name}
    return format_html(_TICK, shown.row.public, checked, label)


@register.simple_tag
def row_acts(shown: ShownRow) -> SafeString:
    """A button for each act; nothing for a row that is not the viewer's."""
    if not shown.kinds:
        return SafeString("")
    meeting = format_html(_SENT, "meeting") if shown.is_meeting else ""
    tick = format_html(_SENT, "tick") if shown.tick else ""
    return format_html(_ACTS, shown.url, shown.back, meeting, tick, _buttons(shown))


@register.simple_tag
def row_why(shown: ShownRow) -> SafeString:
    """What stands behind the figures, folded; nothing where nobody has told it."""
    if not shown.about:
        return SafeString("")
    return format_html(
        _WHY, icons.stamp("question"), _("Varför?"), format_html_join("", _LINE, shown.about)
    )


def _buttons(shown: ShownRow) -> SafeString:
    opened = shown.form.kind if shown.form else None
    return _drawn(shown.kinds, opened, get_language(), has_way=bool(shown.way))


@lru_cache(maxsize=64)
def _drawn(
    kinds: tuple[Act, ...], opened: Act | None, _language: str | None, *, has_way: bool
) -> SafeString:
    """The button of the act whose form is open shuts it again."""
    # Where the row is done on a page of its own, the way there is what stands out.
    first = None if has_way else kinds[0]
    return format_html_join(
        "",
        '<button class="ds-button" data-size="sm"{} name="act" value="{}"{}>{}{}</button>',
        (
            (
                "" if kind is first else SafeString(' data-variant="secondary"'),
                "" if kind is opened else kind,
                SafeString(' aria-expanded="true"') if kind is opened else "",
                icons.stamp(texts.ICON[kind]),
                texts.LABEL[kind],
            )
            for kind in kinds
        ),
    )
