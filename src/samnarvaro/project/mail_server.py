"""The mail server, as its address in the environment says."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from samnarvaro.project.environment import WrongSetting, secret

# How the address begins → the port where none is said.
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. Without a host, nothing is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    uses_tls: bool = False
    uses_ssl: bool = False


def settings_of(url: str) -> MailServer:
    """Read smtp+tls://name:password@host:587. Raises ValueError."""
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError("not the address of a mail server")
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        uses_tls=parts.scheme == "smtp+tls",
        uses_ssl=parts.scheme == "smtp+ssl",
    )


def of_environment(name: str) -> MailServer:
    """Read what the variable says, or the file that it names; stop the program if it cannot be used."""
    try:
        return settings_of(secret(name))
    except ValueError as error:
        raise WrongSetting(
            f"{name} går inte att tyda. Skriv till exempel smtp+tls://namn:lösen@värd:587."
        ) from error
