"""What runs in a process of its own, with a database of its own: python -m bench.child WHAT …

The last line it prints is its answer, as JSON.
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django

    django.setup()
    from samnarvaro.base import wall

    wall.stand_as_system("bench", as_owner=True)
    what, *rest = sys.argv[1:]
    answer: object = None
    if what == "migrate":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif what == "import":
        from bench import imports

        which, path = rest
        answer = imports.take_in(which, Path(path))
    elif what == "year":
        from bench import year

        pupils, runs, folder, *only = rest
        answer = year.measure(int(pupils), int(runs), Path(folder), only_pages="pages" in only)
    elif what == "log":
        from bench import logs

        answer = logs.measure(int(rest[0]))
    elif what == "vik":
        from bench import vik

        answer = vik.measure()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
