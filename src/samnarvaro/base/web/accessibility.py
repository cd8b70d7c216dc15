"""How accessible the pages are, in plain words, and where one says that something is in the way.

A proposal: the law asks the one who runs the installation for it. What it has to add of its own stands
in the data folder, in accessibility.txt, and is shown as it is.
"""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.base.pages import show

# When somebody last went through what the page says; changed by hand, with the page.
GONE_THROUGH = date(2026, 11, 27)
OWN_WORDS = "accessibility.txt"
LONGEST = 20_000


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "gone_through": GONE_THROUGH,
        "operator": settings.OPERATOR,
        "mail": settings.ACCESSIBILITY_MAIL,
        "own_words": own_words(Path(settings.DATA_DIR)),
    }
    return show(request, "base/accessibility.html", context)


def own_words(folder: Path) -> list[str]:
    """Return what the one who runs the installation adds, paragraph by paragraph; maybe nothing."""
    try:
        text = (folder / OWN_WORDS).read_text(encoding="utf-8")[:LONGEST]
    except (OSError, UnicodeDecodeError):
        return []
    return [words for part in text.split("\n\n") if (words := " ".join(part.split()))]
