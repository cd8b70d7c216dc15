"""Runs the installation: the web server and the worker as two children, together or not at all.

When one of them ends, the other is stopped; a stop asked of us (Ctrl-C, a service manager) is passed
on to both. Whoever keeps this process alive thus keeps the whole of it alive.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click
from django.utils.translation import gettext as _

STOPPED = 0
FAILED = 1
UNUSABLE = 2

# Each thread holds one connection to the database, so their number is said here and not by the
# number of processors; SQLite has one writer, and more readers than this wait for Python anyway.
THREADS = 4
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BEAT = 0.1
GRACE = 10.0
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One of the programs that are kept together: its name for people, and how it is started."""

    name: str
    command: tuple[str, ...]


@dataclass
class Wish:
    """What the watch reads to learn that a stop is asked for."""

    to_stop: bool = False


def serve(
    port: int,
    demo: bool,
    *,
    host: str = "127.0.0.1",
    tell: Callable[[str], None] | None = None,
) -> int:
    """Serve until told to stop, or until a part dies; `tell` gets the address when it answers."""
    if refusal := why_not(host, port):
        click.echo(refusal, err=True)
        return UNUSABLE
    return keep_together(
        [web(host, port, workers=1 if demo else 2), worker()],
        is_ready=lambda: answers(host, port),
        when_ready=lambda: (tell or click.echo)(f"http://{_shown(host)}:{port}/"),
    )


def why_not(host: str, port: int) -> str | None:
    """Return why this port cannot be served, in a sentence for the one who started us."""
    with closing(socket.socket()) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError:
            reason = _("Port %(port)s får bara användas av systemet självt.")
        except OverflowError:
            reason = _("Port %(port)s finns inte.")
        except OSError:
            reason = _("Port %(port)s används redan av ett annat program.")
        else:
            return None
    other = _("Välj en annan med SAMNARVARO_PORT, till exempel SAMNARVARO_PORT=8001.")
    return f"{reason % {'port': port}} {other}"


def web(host: str, port: int, *, workers: int) -> Part:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(THREADS),
        "--blocking-threads-idle-timeout": "600",  # as long as its connection is kept
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    target = "samnarvaro.project.wsgi:application"
    return Part(_("webben"), (sys.executable, "-m", "granian", "--no-ws", *words, target))


def worker() -> Part:
    command = Path(sys.executable).with_name("samnarvaro")
    return Part(_("bakgrundsarbetaren"), (str(command), "worker"))


def answers(host: str, port: int) -> bool:
    """Whether the web answers at all: a redirect or a refusal of our host name is an answer too."""
    connection = http.client.HTTPConnection(_shown(host), port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def keep_together(
    parts: list[Part],
    *,
    is_ready: Callable[[], bool],
    when_ready: Callable[[], None],
    patience: float = PATIENCE,
) -> int:
    """Start the parts, tell once when they are ready, and return when all of them have ended."""
    with _listening() as wish:
        running: dict[Part, subprocess.Popen[bytes]] = {}
        try:
            for part in parts:
                running[part] = _start(part)
            return _watch(running, wish, is_ready, when_ready, patience)
        finally:
            _stop(list(running.values()))


def _watch(
    running: dict[Part, subprocess.Popen[bytes]],
    wish: Wish,
    is_ready: Callable[[], bool],
    when_ready: Callable[[], None],
    patience: float,
) -> int:
    told, last = False, time.monotonic() + patience
    while not wish.to_stop:
        for part, process in running.items():
            if process.poll() is not None:
                sentence = _("Samnärvaro stannar: %(part)s slutade oväntat.")
                click.echo(sentence % {"part": part.name}, err=True)
                return FAILED
        if not told and is_ready():
            told = True
            when_ready()
        if not told and time.monotonic() > last:
            click.echo(_("Samnärvaro stannar: webben svarade aldrig på /health."), err=True)
            return FAILED
        time.sleep(BEAT)
    return STOPPED


@contextmanager
def _listening() -> Iterator[Wish]:
    wish = Wish()

    def hear(_number: int, _frame: FrameType | None) -> None:
        wish.to_stop = True

    before = {number: signal.signal(number, hear) for number in STOPS}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(part: Part) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal reaches us alone, and each part hears of it once.
    return subprocess.Popen(part.command, stdin=subprocess.DEVNULL, start_new_session=True)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait a while, then end what is left of them and of their own children."""
    for process in processes:
        process.terminate()
    last = time.monotonic() + GRACE
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, last - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _shown(host: str) -> str:
    """The name under which this machine finds itself when it listens everywhere."""
    return "localhost" if host in {"0.0.0.0", "::", "127.0.0.1"} else host
