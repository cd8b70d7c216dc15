"""Whether the second wall stands: asked of the database itself, not of what was once done to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from samnarvaro.base import wall
from samnarvaro.organisation import queries as organisation
from samnarvaro.project.wall import raising, rules


class Fault(StrEnum):
    """What keeps the wall from holding."""

    NO_POSTGRES = "no_postgres"
    NOT_RAISED = "not_raised"
    NOT_ITS_ROLES = "not_its_roles"
    ABOVE_IT = "above_it"  # the sign-in is one that no rule of a table holds
    OTHER_KEY = "other_key"
    TABLE_OPEN = "table_open"
    VIEW_OPEN = "view_open"
    LOG_CHANGEABLE = "log_changeable"


class Note(StrEnum):
    """What the wall holds without, and would hold better with."""

    MAKES_ROLES = "makes_roles"  # the sign-in could make itself the wall's owner
    IS_OWNER = "is_owner"  # it is one of the wall's owner's own already
    CHANGES_TABLES = "changes_tables"  # one sign-in both changes the tables and serves the pages


@dataclass(frozen=True, slots=True)
class Found:
    """How the wall stands. `about` are the tables and views that are meant."""

    faults: dict[Fault, list[str]]
    notes: frozenset[Note]
    agencies: int

    @property
    def stands(self) -> bool:
        return not self.faults

    @property
    def needs_postgres(self) -> bool:
        """Tell whether there are several agencies, and a database that cannot keep them apart."""
        return Fault.NO_POSTGRES in self.faults and self.agencies > 1


def look() -> Found:
    """Look at every table, view and role."""
    faults: dict[Fault, list[str]] = {}
    for fault, about in _faults():
        faults.setdefault(fault, []).extend([about] if about else [])
    notes = frozenset() if connection.vendor != "postgresql" else frozenset(_notes())
    return Found(faults, notes, len(organisation.zones()))


def _faults() -> Iterator[tuple[Fault, str]]:
    if connection.vendor != "postgresql":
        yield Fault.NO_POSTGRES, ""
        return
    if raising.column("SELECT 1 FROM pg_roles WHERE rolname = session_user"
                      " AND (rolsuper OR rolbypassrls)"):  # fmt: skip
        yield Fault.ABOVE_IT, ""
    if not raising.is_there():
        yield Fault.NOT_RAISED, ""
        return
    wall.forget()
    if wall.roles() is None:
        yield Fault.NOT_ITS_ROLES, ""
        return
    with wall.system("look"):
        if not raising.column("SELECT wall.app_is_system()")[0]:
            yield Fault.OTHER_KEY, ""
    yield from ((Fault.TABLE_OPEN, table) for table in open_tables())
    yield from ((Fault.VIEW_OPEN, view) for view in open_views())
    yield from ((Fault.LOG_CHANGEABLE, log) for log in changeable_logs())


def open_tables() -> list[str]:
    """Return the tables that have a rule by this version, and do not hold to it in the database."""
    held = raising.column(
        "SELECT c.relname FROM pg_class c"
        " WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relrowsecurity AND c.relforcerowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid"
        "             AND p.polname IN ('person', 'person_reads'))"
    )
    return sorted({rule.table for rule in raising.present()} - set(held))


def open_views() -> list[str]:
    """Return the views that do not ask as whoever looks at them: they would show what their owner sees."""
    return raising.column(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND (c.relkind = 'm' OR (c.relkind = 'v' AND NOT coalesce("
        "  c.reloptions @> ARRAY['security_invoker=true'], false))) ORDER BY 1"
    )


def changeable_logs() -> list[str]:
    """Return the logs of which a role that asks for people or jobs may change or remove rows."""
    names = wall.roles()
    asking = [names.web, names.job] if names else []
    return sorted(
        log
        for log in rules.ADDED_TO
        if any(
            raising.column(
                "SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')",
                role,
                f"public.{log}",
            )[0]
            for role in asking
        )
    )


def _notes() -> Iterator[Note]:
    owners = raising.column("SELECT owner FROM wall.names") if raising.is_there() else []
    if any(raising.makes_itself(owner, "session_user") for owner in owners):
        yield Note.MAKES_ROLES
    if any(
        raising.column("SELECT pg_has_role(session_user, %s, %s)", owner, wall.become())[0]
        for owner in owners
    ):
        yield Note.IS_OWNER
    if raising.column(
        "SELECT 1 FROM pg_class WHERE oid = 'public.people_pupil'::regclass"
        " AND pg_has_role(session_user, relowner, 'MEMBER')"
    ):
        yield Note.CHANGES_TABLES
