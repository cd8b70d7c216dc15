"""How the pages look to this reader: as the computer says, or as chosen here. Kept in a cookie."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "samnarvaro_look"
SYSTEM = ""
# Key of the look → what its button says. Which sheets a look lays on stands in ui/styles.html.
LOOKS = {
    SYSTEM: _("Som datorn"),
    "light": _("Ljust"),
    "dark": _("Mörkt"),
    "contrast": _("Hög kontrast"),
}


def of(request: HttpRequest) -> str:
    """Return the look that was chosen; the computer's own where none is, or the cookie is odd."""
    chosen = request.COOKIES.get(COOKIE, SYSTEM)
    return chosen if chosen in LOOKS else SYSTEM
