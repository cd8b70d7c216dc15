"""The mail server's address, as it is written in the environment."""

from pathlib import Path

import pytest

from samnarvaro.project.mail_server import settings_of
from tests.rooms.project.test_settings import started


def test_without_an_address_there_is_no_mail_server() -> None:
    assert settings_of("").host == ""


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://post.vik.example", 25, False, False),
        ("smtp://post.vik.example:2525", 2525, False, False),
        ("smtp+tls://post.vik.example", 587, True, False),
        ("smtp+ssl://post.vik.example/", 465, False, True),
    ],
)
def test_the_way_gives_port_and_secrecy(url: str, port: int, tls: bool, ssl: bool) -> None:
    found = settings_of(url)
    assert (found.host, found.port) == ("post.vik.example", port)
    assert (found.uses_tls, found.uses_ssl) == (tls, ssl)


def test_name_and_password_may_hold_any_sign() -> None:
    found = settings_of("smtp+tls://n%40vik:l%3A%2Fs@post.vik.example")
    assert (found.user, found.password) == ("n@vik", "l:/s")
    assert "l:/s" not in repr(found)


@pytest.mark.parametrize(
    "url", ["http://vik.example", "smtp://", "post.vik.example", "smtp://a:b:c@h:x", "smtp://h/x"]
)
def test_anything_else_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        settings_of(url)


def test_the_digest_is_on_where_there_is_mail_and_never_in_the_demo(tmp_path: Path) -> None:
    there = {
        "SAMNARVARO_DATA_DIR": str(tmp_path),
        "SAMNARVARO_EMAIL_URL": "smtp://post.vik.example",
    }
    assert started("s.DIGEST", SAMNARVARO_DATA_DIR=str(tmp_path)).stdout.strip() == "False"
    assert started("s.DIGEST, s.EMAIL_HOST", **there).stdout.strip() == "True post.vik.example"
    assert started("s.DIGEST", **there, SAMNARVARO_DIGEST="0").stdout.strip() == "False"
    assert started("s.DIGEST", **there, SAMNARVARO_DEMO="1").stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "value"),
    [("SAMNARVARO_EMAIL_URL", "http://x"), ("SAMNARVARO_DIGEST", "1")],
)
def test_what_cannot_send_stops_the_program_with_a_sentence(
    tmp_path: Path, name: str, value: str
) -> None:
    done = started("1", SAMNARVARO_DATA_DIR=str(tmp_path), **{name: value})
    assert done.returncode == 2
    assert "SAMNARVARO_EMAIL_URL" in done.stderr


def test_the_address_in_letters_follows_how_people_reach_the_installation(tmp_path: Path) -> None:
    base = {"SAMNARVARO_DATA_DIR": str(tmp_path)}
    assert started("s.ADDRESS", **base).stdout.strip() == "http://localhost:8000"
    https = base | {"SAMNARVARO_HTTPS": "1", "SAMNARVARO_ALLOWED_HOSTS": "narvaro.vik.example"}
    assert started("s.ADDRESS", **https).stdout.strip() == "https://narvaro.vik.example"
    said = https | {"SAMNARVARO_ADDRESS": "https://annan.vik.example/"}
    assert started("s.ADDRESS", **said).stdout.strip() == "https://annan.vik.example"
