"""The web server is killed while people read: nobody was shown what the log does not know of."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from samnarvaro.project import serve
from tests.journeys.installation import Installation

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SAMNARVARO_KILLS", "3"))  # the long form says more
EACH, READERS, PATIENCE = 25, 4, 90.0
MAKE = """
from django.test import Client
from django.urls import reverse
from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests import house
built = house.build(clock.today())
for _ in range({readers}):
    client = Client()
    client.force_login(Account.objects.get(pk=built.accounts[Role.MENTOR]))
    (name, cookie), = [each for each in client.cookies.items() if "samnarvaro" in each[0]]
    print(f"{{name}}={{cookie.value}}")
print(reverse("followup:measures", args=[built.own]))
"""
COUNT = """
from samnarvaro.audit.models import Reading
print(Reading.objects.filter(action="view", outcome="allowed").count())
"""


def settings_of_server(port: int) -> dict[str, str]:
    return {
        "SAMNARVARO_PORT": str(port),
        "SAMNARVARO_SECOND_FACTOR": "none",
        "SAMNARVARO_SECRET_KEY": "only-for-this-test-and-nothing-else",
    }


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def a_server(place: Installation, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The web server as it is run, in a group of its own so that all of it can be killed at once."""
    server = subprocess.Popen(
        serve.web("127.0.0.1", port, workers=2).command,
        env=place.environment(**settings_of_server(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        last = time.monotonic() + PATIENCE
        while status(port, "/health", "") is None:
            assert time.monotonic() < last, "the server does not answer"
            time.sleep(0.2)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def status(port: int, url: str, cookie: str) -> int | None:
    """Ask for a page; return its status if any of it came, None if nobody answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", url, headers={"Cookie": cookie})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def test_whoever_was_answered_stands_in_the_log(vik: Installation) -> None:
    settings = settings_of_server(0)
    assert vik.run("migrate", **settings).returncode == 0  # its second wall has this key
    *cookies, url = vik.python(MAKE.format(readers=READERS), **settings)
    answers = list[int]()

    for _ in range(KILLS):
        port = free_port()
        with a_server(vik, port) as server:

            def read(cookie: str, port: int = port) -> None:
                while (answer := status(port, url, cookie)) is not None:
                    answers.append(answer)

            readers = [Thread(target=read, args=(cookie,)) for cookie in cookies]
            for reader in readers:
                reader.start()
            enough, last = len(answers) + EACH, time.monotonic() + PATIENCE
            while len(answers) < enough and time.monotonic() < last:
                time.sleep(0.01)
            os.killpg(server.pid, signal.SIGKILL)
            for reader in readers:
                reader.join()

    assert set(answers) == {200}
    assert len(answers) >= EACH * KILLS, "too few to say"
    (rows,) = map(int, vik.python(COUNT, **settings))
    assert rows >= len(answers), f"{len(answers)} answers, {rows} rows"
    assert rows <= len(answers) + READERS * KILLS, "a row for each answer, and for those cut off"
