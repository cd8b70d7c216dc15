"""Every address × every role, from the one table: opened as the table says, and to nobody else.

A stranger, a protected pupil's address and an address of nothing give the same answer.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from samnarvaro.project.addresses import FOLLOWERS, RULES, TABLE, Rule, To
from samnarvaro.worklist.domain.rows import held_by
from tests import house as houses
from tests.house import House

pytestmark = pytest.mark.django_db
OPEN = {200, 302, 405}
DEMO_ONLY = {"demo", "style"}

# What an address with an id in it is about: own, of somebody else, protected, or of nothing.
Which = Callable[[House], UUID]
WHICH: dict[str, Which] = {
    "own": lambda house: house.own,
    "foreign": lambda house: house.foreign,
    "protected": lambda house: house.protected,
    "nothing": lambda _house: UUID("12345678-1234-4234-8234-123456789012"),
}


def names(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= names(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            found.add(space + pattern.name)
    return found


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield houses.build(clock.today())
        transaction.set_rollback(True)


def client_of(role: Role, house: House) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(
        Account.objects.get(pk=house.accounts[role]),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def address(rule: Rule, which: str, house: House, role: Role = Role.MENTOR) -> str:
    """The address for the pupil (or what belongs to it) that is meant, as the role would have it."""
    if rule.to is To.PUPIL:
        public = _of_pupil(rule.name, WHICH[which](house), house, role)
        return reverse(rule.name, kwargs={"public": public, **PICTURES.get(rule.name, {})})
    if rule.to is To.TIE:
        others = [tie for owner, tie in house.ties.items() if owner is not role]
        tie = {"own": house.ties.get(role), "foreign": others[0]}.get(which)
        return _with_numbers(rule.name, tie or UUID(int=7))
    if rule.to is To.UNIT:
        unit = house.unit if which == "own" else house.foreign_unit
        if which in ("protected", "nothing"):
            unit = UUID(int=7)
        return _with_numbers(rule.name, unit, PICTURES.get(rule.name))
    if rule.to is To.GROUP:
        group = house.group if which == "own" else house.foreign_group
        group = group if which in ("own", "foreign") else UUID(int=7)
        return _with_numbers(rule.name, group, PICTURES.get(rule.name))
    return _without_id(rule.name)


def _of_pupil(name: str, pupil: UUID, house: House, role: Role) -> UUID:
    """What stands in an address about a pupil: the pupil, or a thing of the pupil's."""
    if name.startswith("worklist:"):
        return house.items.get((pupil, min(held_by(role), default="mentor")), pupil)
    if name in OF_A_CONSENT:
        return house.consents.get(pupil, pupil)
    if name in OF_A_MAPPING:
        return house.mappings.get(pupil, pupil)
    if name in OF_A_RESPONSE:
        return house.responses.get(pupil, pupil)
    return pupil


# Addresses of one thing of a child's or a school's: that there is such a one, its own room's tests
# make sure.
INNER = {
    "notes:one", "handing:received", "measures:one", "cases:shared", "classes:note",
    "surveys:one", "surveys:slips", "surveys:file",
    "class_mapping:column",
}  # fmt: skip
OF_A_MAPPING = {"mapping:one"}
OF_A_RESPONSE = {"mapping:response"}
OF_A_CONSENT = {"consents:one", "consents:card", "consents:withdraw"}
# Addresses with an id of something that need not be there.
WITHOUT_ONE = {To.HOUSE, To.KEPT, To.LOG, To.OWN, To.DESK}
PICTURES: dict[str, dict[str, str]] = {
    "attendance:picture": {"key": "veckodagar"},
    "attendance:picture_file": {"key": "veckodagar", "form": "csv"},
    "pupil_part": {"key": "kurva"},
    "staircase:curve_file": {"form": "svg"},
    "staircase:class_picture": {"key": "elever"},
    "staircase:class_picture_file": {"key": "elever", "form": "csv"},
    "staircase:picture": {"key": "veckor"},
    "staircase:picture_file": {"key": "veckor", "form": "csv"},
}
NUMBERS: tuple[dict[str, object], ...] = (
    {},
    {"level": 2},
    {"tier": 2},
    {"year": 2026, "week": 46},
    {"key": "nightly"},
    {"key": UUID(int=8)},
    {"pk": 7},
    {"key": "nightly", "version": 1},
    {"note": UUID(int=9)},
    {"measure": UUID(int=9)},
    {"survey": UUID(int=9)},
    {"adult": UUID(int=9)},
)


def _with_numbers(name: str, public: UUID, told: dict[str, str] | None = None) -> str:
    """The address of something by its id, with whatever more stands in it."""
    for more in [told] if told else NUMBERS:
        for kwargs in (*({name: public, **more} for name in ("public", "unit", "tie")), more):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs=kwargs)
    raise AssertionError(f"{name}: no address found")


def _without_id(name: str) -> str:
    return _with_numbers(name, uuid4())


def ask(client: Client, url: str) -> Any:
    """Look at a page; where nothing is to be looked at, press its button."""
    answer = client.get(url)
    return client.post(url) if answer.status_code == 405 else answer


def has_id(rule: Rule) -> bool:
    return not _resolves_alone(rule.name)


def _resolves_alone(name: str) -> bool:
    with suppress(NoReverseMatch):
        return bool(reverse(name))
    return False


def test_every_address_stands_in_the_table_and_the_table_names_no_other() -> None:
    assert names() | DEMO_ONLY == set(RULES)
    assert len(TABLE) == len(RULES), "a name stands twice"


def test_demo_addresses_exist_in_demo_mode_only() -> None:
    assert not names() & DEMO_ONLY
    assert Client().get("/demo/").status_code == 404


ROWS = [
    pytest.param(rule, role, id=f"{rule.name}-{role}")
    for rule in TABLE
    for role in Role
    if rule.name not in DEMO_ONLY
]


@pytest.mark.parametrize(("rule", "role"), ROWS)
def test_an_address_opens_to_the_roles_of_the_table_alone(
    rule: Rule, role: Role, house: House
) -> None:
    client = client_of(role, house)
    answer = client.get(address(rule, "own", house, role))
    may = rule.is_public or (rule.to is not To.CLOSED and rule.opens_to(role))
    if may and (rule.to in WITHOUT_ONE or rule.name in INNER) and has_id(rule):
        assert answer.status_code in OPEN | {404}
    elif may:
        assert answer.status_code in OPEN | ({503} if rule.name == "health" else set())
    else:
        assert answer.status_code == 404


PUPIL_ROWS = [
    pytest.param(rule, role, which, id=f"{rule.name}-{role}-{which}")
    for rule in TABLE
    if rule.to in (To.PUPIL, To.UNIT, To.GROUP, To.TIE)
    for role in sorted(rule.roles if rule.to is To.TIE else FOLLOWERS)
    for which in ("foreign", "protected")
]


@pytest.mark.parametrize(("rule", "role", "which"), PUPIL_ROWS)
def test_what_one_may_not_see_is_answered_like_what_is_not_there(
    rule: Rule, role: Role, which: str, house: House
) -> None:
    client = client_of(role, house)
    hidden = ask(client, address(rule, which, house, role))
    nothing = ask(client, address(rule, "nothing", house))
    assert hidden.status_code == nothing.status_code == 404
    assert _bare(hidden.content) == _bare(nothing.content)


def _bare(content: bytes) -> bytes:
    """The answer without what differs by itself: form tokens, the minute it would be printed, and
    the seconds until the sign-in ends.
    """
    return re.sub(rb'value="[A-Za-z0-9]{64}"|\b\d\d:\d\d\b|data-left="\d+"', b"", content)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.name)
def test_somebody_not_signed_in_is_asked_to_sign_in(rule: Rule, house: House) -> None:
    if rule.name in DEMO_ONLY:
        return
    answer = Client().get(address(rule, "own", house))
    if rule.is_public:
        assert answer.status_code in {200, 302, 405, 503}
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/logga-in/")


def test_a_handler_is_the_only_one_for_whom_a_protected_pupil_exists(house: House) -> None:
    for role in Role:
        answer = client_of(role, house).get(reverse("search"), {"q": "Alias"})
        assert b"Alias" not in answer.content.replace(b'value="Alias"', b"")


def test_a_page_about_a_pupil_is_logged_before_it_is_shown(house: House) -> None:
    before = Reading.objects.count()
    client_of(Role.MENTOR, house).get(reverse("pupil", kwargs={"public": house.own}))
    row = Reading.objects.order_by("-pk").first()
    assert Reading.objects.count() == before + 1
    assert row is not None
    assert (row.pupils, row.action, row.role) == ([str(house.own)], "view", "mentor")


def test_what_cannot_be_logged_is_not_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr("samnarvaro.audit.services.record_reading", broken)
    client = client_of(Role.MENTOR, house)
    client.raise_request_exception = False
    answer = client.get(reverse("pupil", kwargs={"public": house.own}))
    assert answer.status_code >= 500
    assert b"Saga" not in answer.content


def test_a_duty_that_has_ended_opens_nothing(house: House) -> None:
    from samnarvaro.people.models import Duty

    with transaction.atomic():
        Duty.objects.filter(role=Role.MENTOR).update(
            last_day=date(2020, 1, 1), first_day=date(2019, 1, 1)
        )
        client = client_of(Role.MENTOR, house)
        assert client.get(reverse("pupil", kwargs={"public": house.own})).status_code == 404
        assert client.get("/").status_code == 200
        transaction.set_rollback(True)


@override_settings(DEBUG=False)
def test_pages_are_not_kept_by_the_browser(house: House) -> None:
    answer = client_of(Role.MENTOR, house).get("/")
    assert answer["Cache-Control"] == "no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@override_settings(SECOND_FACTOR_ROLES=frozenset(role.value for role in Role))
@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.name)
def test_who_lacks_a_second_factor_comes_nowhere_but_to_where_one_is_set_up(
    rule: Rule, house: House
) -> None:
    if rule.name in DEMO_ONLY:
        return
    for role in (Role.MENTOR, Role.PRINCIPAL, Role.SCHOOL_ADMINISTRATOR):
        client = client_of(role, house)
        url = address(rule, "own", house, role)
        for answer in (client.get(url), client.post(url)):
            if rule.is_public or rule.is_setup:
                assert "/elev/" not in answer.content.decode()
                assert str(house.own) not in answer.content.decode()
            else:
                assert (answer.status_code, answer["Location"]) == (302, "/sakerhet/")


@override_settings(SECOND_FACTOR_ROLES=frozenset({"mentor"}))
def test_a_second_factor_is_asked_of_those_who_must_have_one(house: House) -> None:
    assert client_of(Role.MENTOR, house).get("/")["Location"] == "/sakerhet/"
    assert client_of(Role.PRINCIPAL, house).get("/").status_code == 200


@override_settings(SECOND_FACTOR_ROLES=frozenset({"mentor"}))
def test_another_hat_is_no_way_round_the_second_factor(house: House) -> None:
    from samnarvaro.people.models import Duty, Staff

    with transaction.atomic():
        staff = Staff.objects.get(account=house.accounts[Role.PRINCIPAL])
        Duty.objects.filter(role=Role.MENTOR).update(staff=staff)
        client = client_of(Role.PRINCIPAL, house)
        assert client.get("/")["Location"] == "/sakerhet/"
        transaction.set_rollback(True)
