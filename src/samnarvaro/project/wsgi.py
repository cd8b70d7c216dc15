"""The web application, as the web server calls it."""

import os
from gc import collect, freeze, set_threshold

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
application = get_wsgi_application()

NEW_OBJECTS = 20_000  # more than a page leaves behind


def settle() -> None:
    """Let what is loaded be: it never goes away, and looking through it for what nobody uses any more
    was a sixth of what a page cost. What pages leave behind is looked for after some pages.
    """
    collect()
    freeze()
    set_threshold(NEW_OBJECTS, 10, 10)


settle()
