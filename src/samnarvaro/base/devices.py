"""What somebody sits at, in plain words. Only a short word of what the browser tells is kept."""

from django.utils.translation import gettext as _

# In this order: each of the later ones is named by the earlier ones as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def short(user_agent: str) -> str:
    """Return browser and system as we keep them: Firefox/Windows; what is not known is left out."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return "/".join(found) if any(found) else ""


def in_words(kept: str) -> str:
    """Say it: Firefox på Windows."""
    browser, _slash, system = kept.partition("/")
    if browser and system:
        return _("%(browser)s på %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Okänd webbläsare")
