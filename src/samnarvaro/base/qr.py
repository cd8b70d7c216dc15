"""A square that a telephone reads, drawn as a path: no picture file, no colours but its own."""

import qrcode
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString


def draw(text: str, label: str | Promise) -> SafeString:
    """Return the drawing of a text, with what is read out instead of it."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        len(rows),
        label,
        squares,
    )
