"""Settings come from the environment; a wrong one stops with one sentence that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRINT = "from samnarvaro.project import settings as s; print({})"


def started(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SAMNARVARO_")}
    return subprocess.run(
        [sys.executable, "-c", PRINT.format(expression)],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path)


def test_a_database_address_is_all_that_need_be_set(folder: str, tmp_path: Path) -> None:
    done = started(
        "s.DATABASES['default']['ENGINE'], s.DEMO",
        SAMNARVARO_DATABASE_URL="sqlite:////nowhere.sqlite3",
        SAMNARVARO_DATA_DIR=folder,
    )
    assert done.stdout.strip() == "django.db.backends.sqlite3 False"
    key = tmp_path / "secret-key"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0


def test_the_secret_key_is_made_once(folder: str) -> None:
    first = started("s.SECRET_KEY", SAMNARVARO_DATA_DIR=folder).stdout
    assert first == started("s.SECRET_KEY", SAMNARVARO_DATA_DIR=folder).stdout


def test_a_secret_may_come_from_a_file(folder: str, tmp_path: Path) -> None:
    secret = tmp_path / "from-elsewhere"
    secret.write_text("much-longer-than-short\n")
    done = started(
        "s.SECRET_KEY", SAMNARVARO_DATA_DIR=folder, SAMNARVARO_SECRET_KEY_FILE=str(secret)
    )
    assert done.stdout.strip() == "much-longer-than-short"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMNARVARO_DEMO", "kanske"),
        ("SAMNARVARO_PORT", "åtta"),
        ("SAMNARVARO_IDLE_MINUTES", "4"),
        ("SAMNARVARO_IDLE_MINUTES", "241"),
        ("SAMNARVARO_IDLE_MINUTES", "en kvart"),
        ("SAMNARVARO_SIGN_IN_HOURS", "0"),
        ("SAMNARVARO_SIGN_IN_HOURS", "25"),
        ("SAMNARVARO_SECOND_FACTOR", "rektor"),
        ("SAMNARVARO_SECOND_FACTOR", "all,mentor"),
        ("SAMNARVARO_SECOND_FACTOR", ""),
        ("SAMNARVARO_DATABASE_URL", "oracle://x/y"),
        ("SAMNARVARO_DATABASE_URL", "inte en adress"),
        ("SAMNARVARO_SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_setting_stops_with_one_sentence(name: str, value: str, folder: str) -> None:
    done = started("1", SAMNARVARO_DATA_DIR=folder, **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_demo_mode_cannot_be_had_in_a_real_installation(folder: str) -> None:
    done = started("1", SAMNARVARO_DATA_DIR=folder, SAMNARVARO_DEMO="1", SAMNARVARO_HTTPS="1")
    assert done.returncode == 2
    assert "SAMNARVARO_DEMO" in done.stderr


def test_cookies_are_for_https_alone_where_there_is_https(folder: str) -> None:
    done = started(
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0",
        SAMNARVARO_DATA_DIR=folder,
        SAMNARVARO_HTTPS="1",
    )
    assert done.stdout.strip() == "True True True True"


def test_cookies_are_bound_to_this_very_host_where_there_is_https(folder: str) -> None:
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME"
    done = started(names, SAMNARVARO_DATA_DIR=folder, SAMNARVARO_HTTPS="1")
    assert all(name.startswith("__Host-") for name in done.stdout.split())
    assert "__Host-" not in started(names, SAMNARVARO_DATA_DIR=folder).stdout


def test_a_second_factor_is_for_everybody_but_in_the_demo(folder: str) -> None:
    count = "len(s.SECOND_FACTOR_ROLES), len(s.Role)"
    asked, roles = started(count, SAMNARVARO_DATA_DIR=folder).stdout.split()
    assert asked == roles
    demo = started(count, SAMNARVARO_DATA_DIR=folder, SAMNARVARO_DEMO="1")
    assert demo.stdout.split()[0] == "0"
    some = started(
        "sorted(s.SECOND_FACTOR_ROLES)",
        SAMNARVARO_DATA_DIR=folder,
        SAMNARVARO_SECOND_FACTOR="mentor, principal",
    )
    assert some.stdout.strip() == "['mentor', 'principal']"


def test_a_sign_in_cannot_be_idle_longer_than_it_lasts(folder: str) -> None:
    done = started(
        "1",
        SAMNARVARO_DATA_DIR=folder,
        SAMNARVARO_IDLE_MINUTES="61",
        SAMNARVARO_SIGN_IN_HOURS="1",
    )
    assert (done.returncode, "SAMNARVARO_SIGN_IN_HOURS" in done.stderr) == (2, True)


def test_tries_are_counted_for_each_person_behind_the_proxy(folder: str) -> None:
    one = started("s.ALLAUTH_TRUSTED_PROXY_COUNT", SAMNARVARO_DATA_DIR=folder, SAMNARVARO_HTTPS="1")
    assert one.stdout.strip() == "1"
    none = started("s.ALLAUTH_TRUSTED_PROXY_COUNT", SAMNARVARO_DATA_DIR=folder)
    assert none.stdout.strip() == "0"
