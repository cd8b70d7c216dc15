"""A house to go through room by room: one that is full, and beside it a school with nothing in it yet.

Which pages there are is asked of the table of addresses, so that a new page is looked at by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.signals import template_rendered
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.organisation.models import Agency, Group, Unit
from samnarvaro.people.models import Account, Duty, Enrolment, Pupil, Staff
from samnarvaro.project.addresses import TABLE, Rule, To
from tests import house as houses
from tests.browser import checker
from tests.browser.eyes import faults_of
from tests.house import House
from tests.rooms.base.office import csv, handed_in, work_off
from tests.rooms.project.test_addresses import address

# Who looks, where a role is needed: the first of these that the address opens to.
VIEWERS = (
    Role.MENTOR,
    Role.PRINCIPAL,
    Role.COUNSELLOR,
    Role.SCHOOL_ADMINISTRATOR,
    Role.SYSTEM_ADMINISTRATOR,
    *Role,
)
# Whose own pages differ enough to be looked at one by one.
OWN_VIEWERS = (Role.PRINCIPAL, Role.TEACHER, Role.SCHOOL_ADMINISTRATOR, Role.SOCIAL_SECRETARY)
SIGNED_OUT = {"account_login", "account_inactive", "blank"}
EMPTY_ROLES = (Role.MENTOR, Role.PRINCIPAL, Role.COUNSELLOR, Role.SCHOOL_ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Sight:
    """One page as one person sees it: in the full school, or in the empty one."""

    rule: Rule
    role: Role | None
    empty: bool = False
    delivery: str = "read"

    def __str__(self) -> str:
        who = self.role.value if self.role else "signed-out"
        state = "-empty" if self.empty else "" if self.delivery == "read" else f"-{self.delivery}"
        return f"{self.rule.name}-{who}{state}"


def sights() -> list[Sight]:
    """Every address with a fitting role; one's own start page as several; the empty school too."""
    found: list[Sight] = []
    for rule in TABLE:
        if rule.to is To.CLOSED:
            continue
        if rule.name in SIGNED_OUT:
            found.append(Sight(rule, None))
            continue
        fitting = [role for role in VIEWERS if rule.is_public or rule.opens_to(role)]
        found.append(Sight(rule, fitting[0]))
        if rule.name in {"home", "search"}:
            found += [Sight(rule, role) for role in OWN_VIEWERS if rule.opens_to(role)]
        if rule.name == "deliveries:one":
            found.append(Sight(rule, fitting[0], delivery="waiting"))
        empty = [role for role in fitting if role in EMPTY_ROLES]
        if empty and rule.to not in (To.PUBLIC, To.HOUSE):
            found.append(Sight(rule, empty[0], empty=True))
    return found


@dataclass(slots=True)
class Everywhere:
    """The house, its server, a window to look through, and what has been seen so far."""

    full: House
    bare: House
    server: LiveServer
    context: BrowserContext
    page: Page
    deliveries: dict[str, UUID]
    faults: list[str]
    templates: set[str] = field(default_factory=set)
    sights: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)

    def client_of(self, sight: Sight) -> Client:
        client = Client()
        if sight.role:
            account = (self.bare if sight.empty else self.full).accounts[sight.role]
            client.force_login(Account.objects.get(pk=account))
        return client

    def address_of(self, sight: Sight) -> str:
        if sight.rule.name.startswith("deliveries:"):
            with suppress(NoReverseMatch):
                return reverse(sight.rule.name, kwargs={"public": self.deliveries[sight.delivery]})
        if sight.rule.name.startswith("rules:"):
            with suppress(NoReverseMatch):
                return reverse(sight.rule.name, kwargs={"key": "city"})
        house = self.bare if sight.empty else self.full
        return address(sight.rule, "own", house, sight.role or Role.MENTOR)

    def go(self, client: Client, url: str) -> None:
        """Open the page as the one who is signed in on the client."""
        self.context.clear_cookies()
        self.context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": self.server.url}
                for name, cookie in client.cookies.items()
            ]
        )
        self.page.goto(self.server.url + url)


@contextmanager
def opened(browser: Browser, how: dict[str, Any]) -> Iterator[Everywhere]:
    """Build the house, start its server and open a window; take all of it down after."""
    assert "test" in Path(connection.settings_dict["NAME"]).name, "it would empty a real database"
    cache.clear()
    seen: set[str] = set()

    def note(template: Any, **_: object) -> None:
        seen.add(str(template.name))

    template_rendered.connect(note)
    settings = override_settings(DEMO=True, ROOT_URLCONF="tests.browser.urls")
    settings.enable()
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    context = browser.new_context(**how)
    try:
        context.add_init_script(checker.LISTENING)
        page = context.new_page()
        page.set_default_timeout(15_000)
        faults = faults_of(page, here=server.url.partition("://")[2])
        full = houses.build(clock.today())
        bare = nothing_yet(full)
        yield Everywhere(full, bare, server, context, page, handed_in_by(full), faults, seen)
    finally:
        context.close()
        server._live_server_modified_settings.disable()
        server.stop()
        settings.disable()
        template_rendered.disconnect(note)
        call_command("flush", verbosity=0, interactive=False)
        cache.clear()


def nothing_yet(full: House) -> House:
    """Make two schools beside the full one: classes, one pupil without a single lesson, and staff
    who have a duty in both.
    """
    today = clock.today()
    agency = Agency.objects.get(kind="school")
    year = school_year_of(today)
    unit, other = (
        Unit.objects.create(agency=agency, code=code, name=name)
        for code, name in (("99000004", "Nyskolan"), ("99000005", "Byskolan"))
    )
    group = Group.objects.create(unit=unit, name="7N", grade="7", school_year=year)
    idle = Group.objects.create(unit=other, name="8N", grade="8", school_year=year)
    pupil = Pupil.objects.create(
        authority=agency.authority,
        pupil_id="vik-nya",
        given_name="Nya",
        family_name="Berg",
        sort_key="bergnya",
    )
    Enrolment.objects.create(pupil=pupil, unit=unit, group=group, grade="7", first_day=today)
    accounts = {role: _employed(role, (group, idle)) for role in EMPTY_ROLES}
    return replace(
        full, accounts=accounts, own=pupil.public, unit=unit.public, group=idle.public, items={}
    )


def _employed(role: Role, groups: tuple[Group, ...]) -> int:
    account = Account.objects.create(username=f"ny_{role.value}")
    staff = Staff.objects.create(account=account, given_name="Ny", family_name=role.value)
    for group in groups:
        Duty.objects.create(
            staff=staff,
            unit=group.unit,
            group=group if role is Role.MENTOR else None,
            role=role,
            first_day=clock.today() - timedelta(days=1),
        )
    return account.pk


def handed_in_by(house: House) -> dict[str, UUID]:
    """Let the office hand in two files: one with a good row and a faulty one, read; one that waits."""
    client = Client()
    client.force_login(Account.objects.get(pk=house.accounts[Role.SCHOOL_ADMINISTRATOR]))
    day = clock.today() - timedelta(days=1)
    rows = [f"vik-saga,99000002,{day},08:10,60,MA,{kind}," for kind in ("present", "borta")]
    read = handed_in(client, csv(*rows), as_of=str(clock.today()))
    work_off()
    waiting = handed_in(client, csv(rows[0]), as_of=str(clock.today()))
    return {"read": read.public, "waiting": waiting.public}
