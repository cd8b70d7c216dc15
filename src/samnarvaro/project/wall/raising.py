"""Raising the second wall in PostgreSQL, and opening it for the owner while tables are changed.

It stands as a whole or not at all: roles, key, functions, the rules of the tables, and what each
role may do. Raising it again brings it in step with this version and this installation's key.
"""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from django.db import ProgrammingError, connection, transaction

from samnarvaro.base import wall
from samnarvaro.project.wall import rules

OWNER, WEB, JOB, SEAL = KINDS = ("owner", "web", "job", "seal")
_BLOCK = 64  # bytes of SHA-256's block, for HMAC
_LOCK = 4702
_LONGEST_NAME = 63
# What the functions look up; the role that owns them reads this and nothing else.
LOOKED_UP = (
    "people_account", "people_staff", "people_duty", "people_pupil", "people_enrolment",
    "people_namedhandler", "people_guardianship", "organisation_unit", "organisation_agency",
    "consents_relation", "consents_consent", "consents_consentclass", "consents_policychange",
)  # fmt: skip
# Only who seals writes seals.
SEALS = ("audit_seal", "audit_sealhead")
Run = Callable[[str], Any]


class NotAllowed(Exception):
    """The sign-in to the database may not make what the wall is made of. Says what is missing."""


def raise_wall(login: str = "") -> None:
    """Raise it, or bring it in step. Raises NotAllowed, and then nothing has changed.

    `login` is another sign-in that is to ask as its roles: where one sign-in changes the tables and
    another serves the pages.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            run = cursor.execute
            run(f"SELECT pg_advisory_xact_lock({_LOCK})")
            names = {kind: _name_of(kind) for kind in KINDS}
            _make_roles(run, names, login)
            looked_up = ", ".join(f"public.{table}" for table in LOOKED_UP)
            run(f"GRANT SELECT ON {looked_up} TO {_quoted(names[OWNER])}")
            if _may_build(names[OWNER]):
                with _as_owner(run, names[OWNER]):
                    _build(run, names)
            elif not _is_built():
                raise NotAllowed("another version's functions, or another key")
            for rule in present():
                _put_rule(run, rule, names)
            _let(run, names)
    except ProgrammingError as error:
        raise NotAllowed(str(error).partition("\n")[0]) from error
    wall.look_anew()


def open_for_owner() -> None:
    """Take the rules away, so that the owner of the tables can change them and their rows.

    For everybody else the tables are shut until it is raised again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for table in column("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'"):
            _drop_policies(cursor.execute, table)
            cursor.execute(f"ALTER TABLE public.{_quoted(table)} NO FORCE ROW LEVEL SECURITY")


def is_there() -> bool:
    return bool(column("SELECT 1 WHERE to_regclass('wall.names') IS NOT NULL"))


def column(sql: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return [row[0] for row in cursor.fetchall()]


def present() -> list[rules.Rule]:
    """Return the rules of those tables that are there."""
    there = set(column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
    return [rule for rule in rules.rules() if rule.table in there]


def _name_of(kind: str) -> str:
    """What a role is called: roles are the whole server's, so the name says of which database. One
    that was copied keeps the names of the one that it was copied from.
    """
    if is_there() and (kept := column(f"SELECT {kind} FROM wall.names")):
        return str(kept[0])
    name = str(connection.settings_dict["NAME"])
    return f"{name[: _LONGEST_NAME - len(kind) - 1]}_{kind}"


def _make_roles(run: Run, names: dict[str, str], login: str) -> None:
    there = set(column("SELECT rolname FROM pg_roles"))
    for name in names.values():
        if name not in there:
            run(f"CREATE ROLE {_quoted(name)} NOLOGIN")
    asking = ", ".join(_quoted(names[kind]) for kind in (WEB, JOB, SEAL))
    if not all(_may_become(names[kind]) for kind in (WEB, JOB, SEAL)):
        run(f"GRANT {asking} TO CURRENT_USER{_wholly()}")
    if login:
        run(f"GRANT {asking} TO {_quoted(login)}{_wholly()}")


@contextmanager
def _as_owner(run: Run, owner: str) -> Iterator[None]:
    """Build as the role that owns the wall, which the sign-in is one of only as long as it builds."""
    was_member = _may_become(owner)
    if not was_member:
        run(f"GRANT {_quoted(owner)} TO CURRENT_USER{_wholly()}")
    if not column("SELECT 1 FROM pg_namespace WHERE nspname = 'wall'"):
        run(f"CREATE SCHEMA wall AUTHORIZATION {_quoted(owner)}")
    before = column("SELECT current_setting('role')")[0]
    run(f"SET LOCAL ROLE {_quoted(owner)}")
    yield
    run(f"SET LOCAL ROLE {_quoted(before) if before != 'none' else 'NONE'}")
    if not was_member:
        run(f"REVOKE {_quoted(owner)} FROM CURRENT_USER")


def _build(run: Run, names: dict[str, str]) -> None:
    asking = ", ".join(_quoted(names[kind]) for kind in (WEB, JOB, SEAL))
    run("CREATE TABLE IF NOT EXISTS wall.key (within bytea NOT NULL, around bytea NOT NULL)")
    run(
        "CREATE TABLE IF NOT EXISTS wall.names"
        " (owner text NOT NULL, web text NOT NULL, job text NOT NULL, seal text NOT NULL)"
    )
    # Another version's may take or give other things; the rules that ask them are put anew as well.
    for function in _functions_called("%"):
        run(f"DROP FUNCTION {function} CASCADE")
    run(_functions())
    for text in _veil():
        run(text)
    run(f"COMMENT ON SCHEMA wall IS {_text(_mark())}")
    run("GRANT USAGE ON SCHEMA wall TO PUBLIC")
    run("GRANT SELECT ON wall.names TO PUBLIC")
    run("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wall FROM PUBLIC")
    for function in _functions_called("app\\_%"):  # by the rules; all others are called by these
        run(f"GRANT EXECUTE ON FUNCTION {function} TO {asking}")
    run(f"GRANT SELECT ON wall.people_pupil TO {_quoted(names[WEB])}")
    key = wall.key().ljust(_BLOCK, b"\0")
    within, around = (bytes(byte ^ pad for byte in key).hex() for pad in (0x36, 0x5C))
    run("DELETE FROM wall.key")
    run(f"INSERT INTO wall.key VALUES ('\\x{within}', '\\x{around}')")
    run("DELETE FROM wall.names")
    run(f"INSERT INTO wall.names VALUES ({', '.join(_text(names[kind]) for kind in KINDS)})")


def _functions_called(names: str) -> list[str]:
    """Return the wall's functions with such names, as statements call them."""
    return column(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE pronamespace = 'wall'::regnamespace AND proname LIKE %s",
        names,
    )


def _veil() -> list[str]:
    """The pupils as people of other agencies meet them: their own ties and whom a consent tells of, and
    of each what is let out. For them this view stands before the table of its name.
    """
    return [
        (
            "CREATE FUNCTION wall.app_children() RETURNS SETOF public.people_pupil"
            " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
            " SET plan_cache_mode = force_generic_plan AS $body$ DECLARE"
            " own bigint[] := wall.app_visible('own') || wall.app_arrived();"
            " k1 bigint[] := wall.app_visible('K1'); k2 bigint[] := wall.app_visible('K2');"
            f" BEGIN RETURN QUERY SELECT {_shown()} FROM public.people_pupil q"
            " WHERE q.id = ANY (own); END $body$"
        ),
        (
            "CREATE VIEW wall.people_pupil WITH (security_invoker = true)"
            " AS SELECT * FROM wall.app_children()"
        ),
    ]


def _shown() -> str:
    """What is shown of each column, as they lie in the table."""
    shown = dict(rules.veiled_columns())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = 'public.people_pupil'::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        )
        return ", ".join(f"({shown[name]})::{kind}" for name, kind in cursor.fetchall())


def _functions() -> str:
    return files("samnarvaro.project.wall").joinpath("functions.sql").read_text(encoding="utf-8")


def _mark() -> str:
    """What tells one building from another: the functions, what they show, and the key."""
    whole = f"{_functions()}\n{_shown()}\n{_veil()}"
    return hmac.new(wall.key(), whole.encode(), "sha256").hexdigest()


def _may_build(owner: str) -> bool:
    return _may_become(owner) or makes_itself(owner, "current_user")


def makes_itself(owner: str, who: str) -> bool:
    """Tell whether a sign-in could let itself into the wall's owner: until PostgreSQL 16 whoever makes
    roles, from then on whoever was given the role to hand on, as its maker is.
    """
    if _tells_apart():
        handed = f"SELECT pg_has_role({who}, %s, 'MEMBER WITH ADMIN OPTION')"
        return bool(column(handed, owner)[0])
    makes = f"SELECT 1 FROM pg_roles WHERE rolname = {who} AND (rolcreaterole OR rolsuper)"
    return bool(column(makes))


def _is_built() -> bool:
    """Tell whether functions and key are those of this version and installation already."""
    return is_there() and _mark() in column(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'wall'"
    )


def _put_rule(run: Run, rule: rules.Rule, names: dict[str, str]) -> None:
    table, reaches, name = rule.table, rule.reaches, f"public.{_quoted(rule.table)}"
    _drop_policies(run, table)
    run(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    run(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    web, owner = _quoted(names[WEB]), _quoted(names[OWNER])
    system = f"{_quoted(names[JOB])}, {_quoted(names[SEAL])}"
    if table in rules.LOGS:
        run(f"CREATE POLICY person_reads ON {name} FOR SELECT TO {web} USING ({reaches})")
        run(f"CREATE POLICY person_adds ON {name} FOR INSERT TO {web} WITH CHECK (true)")
    else:
        run(f"CREATE POLICY person ON {name} TO {web} USING ({reaches})")
    run(f"CREATE POLICY system ON {name} TO {system} USING ((SELECT wall.app_is_system()))")
    if table in LOOKED_UP:
        run(f"CREATE POLICY lookup ON {name} FOR SELECT TO {owner} USING (true)")


def _drop_policies(run: Run, table: str) -> None:
    for policy in column("SELECT policyname FROM pg_policies WHERE tablename = %s", table):
        run(f"DROP POLICY {_quoted(policy)} ON public.{_quoted(table)}")


def _let(run: Run, names: dict[str, str]) -> None:
    """What each role may do in the tables. To the logs rows are added, and nothing else is done."""
    web, job, seal = (_quoted(names[kind]) for kind in (WEB, JOB, SEAL))
    everything = "SELECT, INSERT, UPDATE, DELETE"
    run(f"GRANT {everything} ON ALL TABLES IN SCHEMA public TO {web}, {job}")
    run(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}, {job}, {seal}")
    run(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {everything} ON TABLES TO {web}, {job}")
    run(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {web}, {job}")
    run(f"REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {web}, {job}")
    there = set(column("SELECT relname FROM pg_class WHERE relkind = 'r'"))
    for log in there.intersection(rules.ADDED_TO):
        run(f"REVOKE UPDATE, DELETE ON public.{log} FROM {web}, {job}")
        run(f"GRANT SELECT ON public.{log} TO {seal}")
    for table in there.intersection(SEALS):
        run(f"REVOKE INSERT, UPDATE, DELETE ON public.{table} FROM {web}, {job}")
        run(f"GRANT SELECT, INSERT, UPDATE ON public.{table} TO {seal}")


def _may_become(name: str) -> bool:
    return bool(column("SELECT pg_has_role(%s, %s)", name, wall.become())[0])


def _wholly() -> str:
    """How a role is given so that one may stand as it: said in so many words where it can be."""
    return " WITH INHERIT TRUE, SET TRUE" if _tells_apart() else ""


def _tells_apart() -> bool:
    return wall.become() == "SET"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
