"""Web and worker live together: a used port is told plainly, and none outlives the other."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from samnarvaro.project import serve

SLEEPS = "import time; time.sleep(60)"


@pytest.fixture
def used_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def part(name: str, code: str) -> serve.Part:
    return serve.Part(name, (sys.executable, "-c", code))


def ends_after(note: Path) -> serve.Part:
    """A worker that dies as soon as the other part has left its note."""
    code = f"import os, time\nwhile not os.path.exists({str(note)!r}): time.sleep(0.01)"
    return part("arbetaren", code)


def is_running(pid: int) -> bool:
    """A process nobody has taken leave of yet (Z) has ended all the same."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pid: int) -> None:
    last = time.monotonic() + 5
    while is_running(pid):
        assert time.monotonic() < last, f"process {pid} still runs"
        time.sleep(0.02)


def never() -> bool:
    return False


def nothing() -> None:
    return None


def test_a_used_port_is_told_in_one_sentence_with_a_way_out(
    used_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    code = serve.serve(used_port, demo=True)

    told = capsys.readouterr()
    assert code == 2
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert str(used_port) in told.err
    assert "SAMNARVARO_PORT" in told.err


def test_a_port_that_does_not_exist_is_told_too() -> None:
    assert "70000" in (serve.why_not("127.0.0.1", 70000) or "")


def test_a_free_port_is_no_reason_to_refuse(used_port: int) -> None:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        free = finder.getsockname()[1]

    assert free != used_port
    assert serve.why_not("127.0.0.1", free) is None


def test_when_one_part_dies_the_other_is_stopped_and_it_is_told_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "pid"
    lives = part("webben", f"import os; open({str(note)!r}, 'w').write(str(os.getpid())); {SLEEPS}")

    code = serve.keep_together([lives, ends_after(note)], is_ready=never, when_ready=nothing)

    assert code == 1
    assert "arbetaren slutade" in capsys.readouterr().err
    wait_until_gone(int(note.read_text()))


def test_a_part_that_will_not_stop_is_ended_with_its_own_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "GRACE", 0.2)
    note = tmp_path / "pid"
    stubborn = part(
        "webben",
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"child = subprocess.Popen([sys.executable, '-c', {SLEEPS!r}])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)",
    )

    code = serve.keep_together([stubborn, ends_after(note)], is_ready=never, when_ready=nothing)

    assert code == 1
    wait_until_gone(int(note.read_text()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_is_asked_for_ends_both_and_is_no_failure(number: signal.Signals) -> None:
    told: list[str] = []

    def tell() -> None:
        told.append("redo")
        os.kill(os.getpid(), number)

    code = serve.keep_together(
        [part("webben", SLEEPS), part("arbetaren", SLEEPS)],
        is_ready=lambda: True,
        when_ready=tell,
    )

    assert code == 0
    assert told == ["redo"]


def test_a_web_that_never_answers_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    code = serve.keep_together(
        [part("webben", SLEEPS)], is_ready=never, when_ready=nothing, patience=0.2
    )

    assert code == 1
    assert "/health" in capsys.readouterr().err


def test_signals_are_handled_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)

    serve.keep_together([part("webben", "")], is_ready=never, when_ready=nothing)

    assert signal.getsignal(signal.SIGTERM) is before


def test_nobody_at_the_port_is_no_answer() -> None:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        free = finder.getsockname()[1]

    assert not serve.answers("127.0.0.1", free)


def test_the_number_of_threads_is_said_and_not_left_to_the_machine() -> None:
    command = serve.web("127.0.0.1", 8000, workers=1).command

    assert "--blocking-threads" in command
