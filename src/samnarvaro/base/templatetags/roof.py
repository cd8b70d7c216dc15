"""What the pages that mix rooms need: to draw a room's section where it belongs."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from samnarvaro.base.sections import Section

register = template.Library()


@register.simple_tag(takes_context=True)
def section(context: Context, part: Section) -> SafeString:
    """Draw a section by its own template, with its own facts and the page's frame."""
    engine: Any = context.template.engine  # type: ignore[union-attr]  # set while a page is drawn
    with context.push(**dict(part.context)):
        drawn: str = engine.get_template(part.template).render(context)
    return mark_safe(drawn)  # escaped by its own template
