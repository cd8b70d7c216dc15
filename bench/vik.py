"""What the second wall costs the demo's people: their pages with it and without, on PostgreSQL.

    scripts/with-postgres.sh .venv/bin/python -m bench.vik

Several agencies, relations and consents: what the wall weighs is all there. What a person waits is
compared; the connection is kept between pages, as a serving process keeps it.
"""

import tempfile
from pathlib import Path
from typing import Any

from bench import walls
from bench.databases import POSTGRES, Databases, engines, run
from bench.figures import Seconds


def main() -> None:
    if POSTGRES not in engines():
        print("The second wall stands in PostgreSQL: no server, nothing to measure.")
        return
    with tempfile.TemporaryDirectory(prefix="samnarvaro-bench-") as folder:
        databases = Databases(Path(folder))
        try:
            with databases.fresh(POSTGRES) as address:
                told = run(address, "vik", folder=databases.folder)
        finally:
            databases.close()
    walls.show("the demo, PostgreSQL", told["pupils"], told["pages"])


def measure() -> dict[str, Any]:
    """Fill the database with Vik and ask for pages. Called with Django set up."""
    from samnarvaro.base import bulk, clock
    from samnarvaro.people.models import Pupil
    from samnarvaro.project.vik import load
    from samnarvaro.project.wsgi import settle

    load.load(clock.today(), now=clock.now())
    bulk.run("VACUUM ANALYZE")
    settle()
    pages = _pages()
    spent: dict[str, dict[str, Seconds]] = {name: {} for name in pages}
    walls.compare(pages, spent)
    return {"pupils": Pupil.objects.count(), "pages": spent}


def _pages() -> dict[str, tuple[Any, str]]:
    """What is asked for, and as whom."""
    from django.urls import reverse

    from samnarvaro.consents.models import Relation
    from samnarvaro.organisation.models import Group, Unit
    from samnarvaro.people.models import Account, Pupil
    from samnarvaro.project.vik.cast import STRANDSKOLAN

    saga = Pupil.objects.get(given_name="Saga", family_name="Lind").public
    known = Relation.objects.filter(staff__given_name="Sonja").latest("pk").public
    unit = Unit.objects.get(code=STRANDSKOLAN)
    group = Group.objects.filter(unit=unit, name="8B").latest("pk").public
    names = {
        "Min dag, mentor": ("mira", "home", []),
        "Min dag, principal": ("ragnar", "home", []),
        "school": ("ragnar", "staircase:school", [unit.public]),
        "class": ("mira", "staircase:class", [group]),
        "pupil, mentor": ("mira", "pupil", [saga]),
        "pupil, counsellor": ("karin", "pupil", [saga]),
        "worklist": ("karin", "worklist:list", []),
        "children, social worker": ("sonja", "consents:children", []),
        "child, social worker": ("sonja", "consents:child", [known]),
    }
    clients = {
        who: walls.client(Account.objects.get(username=who).pk) for who, *_ in names.values()
    }
    return {
        name: (clients[who], reverse(to, args=about)) for name, (who, to, about) in names.items()
    }


if __name__ == "__main__":
    main()
