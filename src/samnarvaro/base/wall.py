"""As whom the database is asked: the second wall, which stands in PostgreSQL itself.

There each table with pupils' rows lets out only what a signed token opens, whatever the question. A
request asks as its viewer, in one transaction; the system as itself, for a named purpose. Where the
wall has not been raised, and on SQLite, nothing of this does anything but keep the transaction.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.backends.signals import connection_created

from samnarvaro.base import clock
from samnarvaro.kernel.access import Scope

SCHEMA = "wall"
REQUEST_LASTS, SYSTEM_LASTS = 600, 86_400  # seconds
TOLD_APART = 160_000  # PostgreSQL 16
# Whose agencies' people read the pupils' own rows. All others meet them without what nobody let out.
AMONG_PUPILS = ("school", "student_health")


@dataclass(frozen=True, slots=True)
class Standing:
    """As what a connection asks: a database role (none: as it signed in), a token, and whether it meets
    the pupils without what nobody let out.
    """

    role: str
    token: str
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """What the database roles of this wall are called, and where this sign-in looks for tables."""

    web: str
    job: str
    seal: str
    path: str


ITSELF = Standing("none", "")
_process: list[Standing] = [ITSELF]
_now: ContextVar[Standing | None] = ContextVar("standing", default=None)
_roles: dict[str, Roles] = {}
_dresses: list[Callable[[], None]] = []


def roles() -> Roles | None:
    """Return the roles of the wall, or None where it does not stand or is not for this sign-in.

    A wall that was found is taken to stand as long as the process lives.
    """
    name = str(connection.settings_dict["NAME"])
    if name not in _roles and connection.vendor == "postgresql" and (found := _found()):
        _roles[name] = found
    return _roles.get(name)


def forget() -> None:
    """Look once more whether the wall stands when somebody asks next."""
    _roles.clear()


def look_anew() -> None:
    """It has been raised: ask as what this process is from now on."""
    forget()
    if connection.connection is not None:
        for dress in _dresses:
            dress()


def _found() -> Roles | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_regclass('{SCHEMA}.names') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(
            f"SELECT web, job, seal, current_setting('search_path') FROM {SCHEMA}.names"
            " WHERE pg_has_role(web, %(become)s) AND pg_has_role(job, %(become)s)"
            " AND pg_has_role(seal, %(become)s)",
            {"become": become()},
        )
        row = cursor.fetchone()
    return None if row is None else Roles(*row)


def become() -> str:
    """What PostgreSQL calls being allowed to stand as a role: from version 16 on one can be its
    member and not be.
    """
    return "SET" if connection.pg_version >= TOLD_APART else "MEMBER"  # type: ignore[attr-defined]  # PostgreSQL's


def key() -> bytes:
    """The key that tokens are signed with: made of the installation's own, and of no use beyond."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"samnarvaro.wall", "sha256")


def signed(*parts: str) -> str:
    """Put the parts of a token together, with the mark of the key behind."""
    if any("|" in part for part in parts):
        raise ValueError("a part of a token holds what keeps its parts asunder")
    said = "|".join(parts)
    return f"{said}|{hmac.new(key(), said.encode(), hashlib.sha256).hexdigest()}"


def viewers_token(scope: Scope, at: datetime, *, lasts: int = REQUEST_LASTS) -> str:
    """Sign who asks, as what, for which day. What is open to that person the database looks up itself."""
    return signed(
        "viewer", scope.viewer, str(scope.staff), scope.zone, scope.role or "",
        scope.day.isoformat(), at.isoformat(), str(clock.seconds() + lasts), scope.purpose,
    )  # fmt: skip


def systems_token(purpose: str, *, lasts: int = SYSTEM_LASTS) -> str:
    return signed("system", "", "", "", "", "", "", str(clock.seconds() + lasts), purpose)


@contextmanager
def request_of(scope: Scope | None, at: datetime) -> Iterator[None]:
    """Ask as the viewer, or as nobody, in one transaction. It is committed when the block ends."""
    if scope is not None and scope.is_system:
        raise ValueError("a request has a person behind it")
    veiled = scope is not None and scope.zone.partition(":")[0] not in AMONG_PUPILS
    token = viewers_token(scope, at) if scope else ""
    back = connection.in_atomic_block  # the end of a transaction of its own takes all of it back
    with _transaction(), _standing(lambda names: Standing(names.web, token, veiled), back=back):
        yield


@contextmanager
def system(purpose: str) -> Iterator[None]:
    """Ask as the system: for what a person's question needs and the person itself is not to read."""
    token = systems_token(purpose, lasts=REQUEST_LASTS)
    with _within_one(), _standing(lambda names: Standing(names.job, token)):
        yield


@contextmanager
def sealer() -> Iterator[None]:
    """Ask as the one who seals the log, and alone may write seals."""
    with _within_one(), _standing(lambda names: Standing(names.seal, systems_token("seal"))):
        yield


@contextmanager
def _standing(made: Callable[[Roles], Standing], *, back: bool = True) -> Iterator[None]:
    """Ask as somebody else until the block ends; then as before."""
    names = roles()
    if names is None:
        yield
        return
    before, standing = _now.get() or _process[0], made(names)
    held = _now.set(standing)
    _take(standing, names)
    try:
        yield
    finally:
        _now.reset(held)
        if back and not _is_broken():
            _take(before, names)


@contextmanager
def _transaction() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
    else:
        yield


@contextmanager
def _within_one() -> Iterator[None]:
    """Within a transaction: the one there is, or one of its own."""
    if connection.in_atomic_block:
        yield
    else:
        with _transaction():
            yield


def _is_broken() -> bool:
    """Tell whether the database answers nothing before something is rolled back, the standing with it."""
    raw: Any = connection.connection
    return raw is None or raw.closed or raw.info.transaction_status.name == "INERROR"


def _take(standing: Standing, names: Roles, *, within: bool = True) -> None:
    """Until the transaction ends, so that no other request on the same connection has it."""
    path = f"{SCHEMA}, {names.path}" if standing.veiled else names.path
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, %s), set_config('app.token', %s, %s),"
            " set_config('search_path', %s, %s)",
            [standing.role, within, standing.token, within, path, within],
        )


def stand_as_system(purpose: str, *, as_owner: bool = False) -> None:
    """Let all that this process asks be the system's: for the worker and the command line.

    `as_owner` keeps the rights of the sign-in besides: for what changes tables. It needs a connection
    of its own, not one that a pooler hands on between transactions.
    """

    def dress(connection: Any = None, **_: object) -> None:
        if connection is not None and connection.alias != DEFAULT_DB_ALIAS:
            return
        if (names := roles()) is not None:
            _process[0] = Standing("none" if as_owner else names.job, systems_token(purpose))
            _take(_process[0], names, within=False)

    _dresses[:] = [dress]
    connection_created.connect(dress, weak=False, dispatch_uid="samnarvaro.wall")
