"""What the pages of every day cost, beside a bare Django page of fifty rows.

Each page is asked for in turn with the bare one, in one process, and processor time is what counts:
the median is held to what was wanted, and the least tells what the machine's other work added. Then
eight browsers ask a served installation at once, and what they wait is printed.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import bare, walls
from bench.figures import Seconds, Table, grouped, ratio
from bench.school import on_the_last_day, people_it
from bench.year import Year

MILLISECONDS, TIMES = 20, 5
CLIENTS, ASKED, RUNS = 8, 20, 15
BARE, QUERIES, WAITED, WEIGHT = "bare", "queries", "waited", "weight"
HEAVIEST = 100  # kB of HTML
HOST = "127.0.0.1"


def measure(year: Year, folder: Path) -> dict[str, dict[str, Seconds]]:
    """Let people into the year, and ask for their pages."""
    from django.urls import reverse

    from samnarvaro.project.wsgi import settle

    school = people_it(year, folder)
    pages = {
        "Min dag, mentor": (school.mentor, reverse("home")),
        "Min dag, principal": (school.principal, reverse("home")),
        "school": (school.principal, reverse("staircase:school", args=[school.unit])),
        "class": (school.mentor, reverse("staircase:class", args=[school.group])),
        "pupil": (school.mentor, reverse("pupil", args=[school.pupil])),
    }
    with on_the_last_day():
        settle()
        clients = {account: walls.client(account) for account in (school.mentor, school.principal)}
        pages["next pupil"] = (school.mentor, _round(clients[school.mentor], school.group))
        spent = {
            name: _cost(clients[account], address) for name, (account, address) in pages.items()
        }
        walls.compare({name: (clients[who], to) for name, (who, to) in pages.items()}, spent)
    with _served() as port:
        for name, (account, address) in pages.items():
            cookie = clients[account].cookies["samnarvaro"].value
            spent[name][WAITED] = _asked_at_once(port, address, f"samnarvaro={cookie}")
    return spent


def _round(mentor: Any, group: str) -> str:
    """Begin to go through a class; return the address of one of its pupils."""
    from django.urls import reverse

    from samnarvaro.people.models import Enrolment

    of_class = Enrolment.objects.filter(group__public=group).values_list("pupil__public", flat=True)
    sent = {"pupil": [str(public) for public in of_class], "title": "class", "back": "/"}
    answer = mentor.post(reverse("round_begin"), sent)
    assert answer.status_code == 302
    return str(answer["Location"])


def _cost(client: Any, address: str) -> dict[str, Seconds]:
    """Processor time of the page and of the bare one, in turn; and the page's queries."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    plain = Client(headers={"host": "localhost"})
    plain.cookies = client.cookies
    spent: dict[str, Seconds] = {"page": [], BARE: []}
    for _ in range(RUNS):
        spent["page"].append(_processor(client, address))
        with override_settings(ROOT_URLCONF="bench.bare", MIDDLEWARE=bare.MIDDLEWARE):
            spent[BARE].append(_processor(plain, "/"))
    assert settings.ROOT_URLCONF != "bench.bare"
    with CaptureQueriesContext(connection) as queries:
        weight = len(client.get(address).content) / 1000
    return spent | {QUERIES: [float(len(queries))], WEIGHT: [weight]}


def _processor(client: Any, address: str) -> float:
    """Processor time of an answer, after one that is not measured: the change of settings between
    the two pages empties what a running server keeps, such as the table of its addresses.
    """
    client.get(address)
    begun = time.process_time()
    answer = client.get(address)
    spent = time.process_time() - begun
    assert answer.status_code == 200, (address, answer.status_code)
    return spent


@contextmanager
def _served() -> Iterator[int]:
    """Serve the installation as `samnarvaro run` does, on a port of its own."""
    from samnarvaro.project import serve

    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    words = [*serve.web(HOST, port, workers=2).command[1:-1], "bench.served:application"]
    server = subprocess.Popen([sys.executable, *words], cwd=os.getcwd(), stdout=sys.stderr)
    try:
        while not _listens(port):
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex((HOST, port)) == 0


def _asked_at_once(port: int, address: str, cookie: str) -> Seconds:
    """Ask as eight browsers at once; return how long each answer took."""
    with ThreadPoolExecutor(CLIENTS) as browsers:
        asked = browsers.map(partial(_asked, port, address, cookie), range(CLIENTS))
        return [took for some in asked for took in some]


def _asked(port: int, address: str, cookie: str, _browser: int) -> Seconds:
    taken: Seconds = []
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    for _ in range(ASKED):
        begun = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        assert answer.status == 200, (address, answer.status)
    connection.close()
    return taken


def show(engine: str, pupils: int, spent: dict[str, dict[str, Seconds]]) -> None:
    """Print what each page costs and weighs, what was wanted, and what eight who ask at once wait."""
    title = f"Pages, {grouped(pupils)} pupils, {engine}"
    costs = Table(
        f"{title}: processor time in ms, in bare pages of {bare.ROWS} rows, and weight",
        "", "least", "median", f"≤ {MILLISECONDS}", "× bare", f"≤ {TIMES}", "queries", "kB",
        f"< {HEAVIEST}",
    )  # fmt: skip
    waits = Table(f"{title}: {CLIENTS} browsers at once", "", "median", "p95")
    for name, took in spent.items():
        page = [1000 * each for each in took["page"]]
        times = median(ratio(took["page"], took[BARE]))
        weight = took[WEIGHT][0]
        costs.add(
            name, f"{min(page):.1f}", f"{median(page):.1f}", _kept(median(page) <= MILLISECONDS),
            f"{times:.1f}", _kept(times <= TIMES), grouped(took[QUERIES][0]), f"{weight:.0f}",
            _kept(weight < HEAVIEST),
        )  # fmt: skip
        waited = took[WAITED]
        waits.add(name, f"{median(waited):.3f} s", f"{quantiles(waited, n=20)[-1]:.3f} s")
    plain = [1000 * each for took in spent.values() for each in took[BARE]]
    costs.add("a bare page", f"{min(plain):.1f}", f"{median(plain):.1f}")
    costs.show()
    waits.show()
    walls.show(engine, pupils, spent)


def _kept(kept: bool) -> str:
    return "ok" if kept else "over"
