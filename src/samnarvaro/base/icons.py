"""Our own small line drawings, 24 by 24. They stand beside words and are never read out."""

from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# What is drawn inside the picture; strokes take the colour of the text around them.
DRAWINGS = {
    "alert": "M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.2v.3",
    "arrow-down": "M12 5v14M6 13l6 6 6-6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "calendar": "M4 6h16v14H4ZM4 10h16M8 3.5V7M16 3.5V7",
    "check": "M5 12.5 10 17.5 19.5 7",
    "chevron-down": "M6 9.5 12 15.5 18 9.5",
    "chevron-right": "M9.5 6 15.5 12 9.5 18",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
    "close": "M6 6l12 12M18 6 6 18",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "eye": "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12Z"
    "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z",
    "eye-off": "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12ZM4.5 20 19.5 4",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "hand": "M4 14c4-4 7-4 9-2l6-3 1 2-7 5c-2 1.5-4 2-6 1l-3 2Z",
    "home": "M4 11.5 12 4.5l8 7M6 10v9.5h12V10",
    "hourglass": "M7 4h10M7 20h10M8 4c0 4 3 5.5 4 8-1 2.5-4 4-4 8M16 4c0 4-3 5.5-4 8 1 2.5 4 4 4 8",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5.5M12 7.6v.3",
    "list": "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5h.3M4.5 12h.3M4.5 17.5h.3",
    "lock": "M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "message": "M4 5.5h16v11h-9l-4 3.5v-3.5H4Z",
    "minus": "M6 12h12",
    "pencil": "M5 19l1-4L16.5 4.5l3 3L9 18l-4 1Z",
    "people": "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM3 19.5c.5-4 2.8-6 6-6s5.5 2 6 6"
    "M16 5.5a2.7 2.7 0 0 1 0 5.2M17.5 14c2 .7 3.2 2.5 3.5 5.5",
    "person": "M12 4a3.7 3.7 0 1 0 0 7.4A3.7 3.7 0 0 0 12 4ZM5 20c.6-4 3.2-6 7-6s6.4 2 7 6",
    "phone": "M6 4h3.5l1.5 4.5-2 1.5c1 2 2.5 3.7 4.8 5l1.7-2L20 14.5V18c0 1.2-.8 2-2 2"
    "C10.5 19.5 4.5 13.5 4 6c0-1.2.8-2 2-2Z",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z",
    "question": "M9 9.3C9 7.5 10.3 6.3 12 6.3s3 1.1 3 2.8c0 2.3-3 2.5-3 5M12 17.4v.3",
    "school": "M3 20h18M5 20v-9l7-5 7 5v9M12 6V3h3.5M10 20v-5h4v5M12 10.3v.3",
    "search": "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15 15l5 5",
    "sign-out": "M13 4H5v16h8M10 12h10M16.5 8.5 20 12l-3.5 3.5",
    "stairs": "M3 19.5h4.5V15H12v-4.5h4.5V6H21",
    "star": "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6L12 16.7l-4.9 2.7 1-5.6L4 9.9l5.6-.7Z",
    "table": "M4 5h16v14H4ZM4 10h16M4 14.5h16M10 10v9",
    "undo": "M8.5 5 4.5 9l4 4M5 9h9a5 5 0 0 1 0 10h-4",
    "upload": "M12 16V5M7 9.5l5-5 5 5M5 20h14",
}

OF_TONE = {
    "plain": "minus",
    "accent": "star",
    "good": "check",
    "info": "info",
    "attention": "clock",
    "fault": "alert",
}

# What stands in every row of work: drawn once on each page, and in the rows by reference.
STAMPS = (
    "check", "clock", "hand", "hourglass", "minus", "pencil", "people", "phone", "question", "stairs",
)  # fmt: skip


@cache
def draw(name: str) -> SafeString:
    """Return the drawing, hidden from screen readers: the words beside it say the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        mark_safe(DRAWINGS[name]),  # our own constants
    )


@cache
def stamps() -> SafeString:
    """Return the drawings that `stamp` refers to, unseen themselves; the frame of a page has them."""
    symbols = format_html_join(
        "",
        '<symbol id="stamp-{}" viewBox="0 0 24 24"><path d="{}"/></symbol>',
        ((name, mark_safe(DRAWINGS[name])) for name in STAMPS),  # our own constants
    )
    return format_html('<svg class="stamps" aria-hidden="true">{}</svg>', symbols)


@cache
def stamp(name: str) -> SafeString:
    """Return the drawing by reference: a third of the weight, for what stands on a page many times."""
    assert name in STAMPS, name
    return format_html('<svg class="icon" aria-hidden="true"><use href="#stamp-{}"/></svg>', name)
