"""The buttons of a row's acts: the same for every row, so drawn once, and no word about anybody in them.

Each asks for the form of its act. The form comes when it is asked for: four of them in each of many
rows were most of what a list weighed.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samnarvaro.base import icons
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.web import texts
from samnarvaro.worklist.web.shown import ShownRow

register = template.Library()


@register.simple_tag
def act_buttons(shown: ShownRow) -> SafeString:
    """Draw a button for each act; the one whose form is open shuts it again."""
    opened = shown.form.kind if shown.form else None
    return _drawn(shown.kinds, opened, get_language(), has_way=bool(shown.way))


@lru_cache(maxsize=64)
def _drawn(
    kinds: tuple[Act, ...], opened: Act | None, _language: str | None, *, has_way: bool
) -> SafeString:
    # Where the row is done on a page of its own, the way there is what stands out.
    first = None if has_way else kinds[0]
    return format_html_join(
        "",
        '<button class="ds-button" data-size="sm"{} name="act" value="{}"{}>{}{}</button>',
        (
            (
                "" if kind is first else format_html(' data-variant="{}"', "secondary"),
                "" if kind is opened else kind,
                format_html(' aria-expanded="{}"', "true") if kind is opened else "",
                icons.stamp(texts.ICON[kind]),
                texts.LABEL[kind],
            )
            for kind in kinds
        ),
    )
