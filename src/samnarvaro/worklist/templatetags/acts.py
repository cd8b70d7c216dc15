"""The forms of a row before anything is written in them: the same for every row, so drawn once.

Drawing four forms for each of many rows was most of what a list cost. What differs between rows
stands as a mark in what is kept, and no word about anybody is in it.
"""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.web.forms import ActForm
from samnarvaro.worklist.web.shown import ShownRow

register = template.Library()

ROW, TOKEN, BACK = UUID(int=0), "@token@", "@back@"


@register.simple_tag(takes_context=True)
def unwritten_acts(context: Context, shown: ShownRow) -> SafeString:
    """Draw the acts of a row, each folded; nothing for a row that is not the viewer's."""
    if not shown.kinds:
        return SafeString("")
    token = context.get("csrf_token")
    drawn = _drawn(
        shown.kinds,
        shown.day,
        get_language(),
        has_token=bool(token),
        has_way=bool(shown.way),
        has_tick=bool(shown.tick),
        is_meeting=shown.is_meeting,
    )
    # The address last: it is the browser's own, and may hold anything.
    drawn = drawn.replace(TOKEN, escape(token)).replace(str(ROW), str(shown.row.public))
    return mark_safe(drawn.replace(BACK, escape(shown.back)))  # drawn by its template


@lru_cache(maxsize=64)
def _drawn(
    kinds: tuple[Act, ...],
    day: date,
    _language: str | None,
    *,
    has_token: bool,
    has_way: bool,
    has_tick: bool,
    is_meeting: bool,
) -> str:
    row = {"id": f"row-{ROW}", "back": BACK, "is_meeting": is_meeting, "tick": has_tick}
    same = {"shown": row, "act_url": reverse("worklist:item", args=[ROW])}
    same |= {"csrf_token": TOKEN if has_token else ""}
    return "".join(
        render_to_string(
            "worklist/_act.html",
            same
            | {
                "form": ActForm(kind, ROW, day),
                "variant": "primary" if number == 0 and not has_way else "secondary",
            },
        )
        for number, kind in enumerate(kinds)
    )
