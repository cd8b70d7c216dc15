"""What the second wall costs a page: the same pages in turn with it and without, on PostgreSQL.

What a person waits is compared, not processor time: the wall's work is the database's.
"""

import time
from statistics import median
from typing import Any
from unittest.mock import patch

from bench.figures import COLUMNS, Seconds, Table, grouped, judged

WITH, WITHOUT = "with the wall", "without it"
ROUNDS, IN_A_ROUND = 3, 7
MOST_SHARE, MOST_MILLISECONDS = 1.2, 5


def compare(pages: dict[str, tuple[Any, str]], spent: dict[str, dict[str, Seconds]]) -> None:
    """Take the wall away and raise it again, some rounds, and ask for each page in both."""
    from django.db import connection

    from samnarvaro.base import wall
    from samnarvaro.project.wall import raising

    if connection.vendor != "postgresql":
        return
    for name in pages:
        spent[name] |= {WITH: [], WITHOUT: []}
    for _ in range(ROUNDS):
        raising.raise_wall()
        _ask(pages, spent, WITH)
        raising.open_for_owner()
        with patch.object(wall, "_found", lambda: None):
            wall.forget()
            _ask(pages, spent, WITHOUT)
    raising.raise_wall()


def _ask(pages: dict[str, tuple[Any, str]], spent: dict[str, dict[str, Seconds]], way: str) -> None:
    for name, (client, address) in pages.items():
        client.get(address)
        for _ in range(IN_A_ROUND):
            begun = time.perf_counter()
            answer = client.get(address)
            spent[name][way].append(time.perf_counter() - begun)
            assert answer.status_code == 200, (address, answer.status_code)


def client(account: int) -> Any:
    """Somebody's browser, signed in."""
    from django.test import Client

    from samnarvaro.people.models import Account

    client = Client(headers={"host": "localhost"})
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(Account.objects.get(pk=account), backend=backend)
    return client


def show(engine: str, pupils: int, spent: dict[str, dict[str, Seconds]]) -> None:
    """Print each page's times, their ratio, and whether it costs a fifth or five milliseconds at most."""
    if not any(WITH in took for took in spent.values()):
        return
    table = Table(
        f"Pages, {grouped(pupils)} pupils, {engine}: with the second wall and without",
        "", "with, ms", "without, ms", *COLUMNS[1:],
    )  # fmt: skip
    for name, took in spent.items():
        ours, theirs = median(took[WITH]), median(took[WITHOUT])
        allowed = max(MOST_SHARE, 1 + MOST_MILLISECONDS / 1000 / theirs)
        ratios = [one / theirs for one in took[WITH]]
        table.add(
            name, f"{1000 * ours:.1f}", f"{1000 * theirs:.1f}",
            *judged(ratios, most=round(allowed, 2)),
        )  # fmt: skip
    table.show()
