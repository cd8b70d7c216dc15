"""The commands that keep an installation alive start what they say, and pass on how it ended."""

import socket

from click.testing import CliRunner
from pytest_django import Settings

from samnarvaro.project.commands import running


def test_a_used_port_ends_with_exit_code_2(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.PORT = taken.getsockname()[1]

        result = CliRunner().invoke(running.run)

    assert result.exit_code == 2
    assert "SAMNARVARO_PORT" in result.stderr
