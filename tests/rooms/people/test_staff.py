"""Accounts, persons and their duties."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from samnarvaro.audit.models import Writing
from samnarvaro.consents.services import NoDuty
from samnarvaro.kernel.access import Role
from samnarvaro.people import queries, services
from samnarvaro.people.domain.duties import NoSuchAccount, NoSuchDuty, Post
from samnarvaro.people.models import Account, Duty, Staff
from tests.rooms.people.delivered import AUGUST, NOON, TODAY, system
from tests.rooms.people.test_protecting import is_signed_in, sign_in
from tests.rooms.people.town import Town, scope

GOOD = "korsbär-i-maj"


def create(username: str, password: str | None = GOOD) -> Account:
    return services.create_account(username=username, password=password, by=system(), at=NOON)


def give(post: Post, staff: Staff) -> Duty:
    return services.give_duty(post, staff=staff.pk, by=system(), at=NOON)


@pytest.mark.django_db
def test_an_account_is_made_and_logged_without_its_password() -> None:
    account = create("mira")

    assert authenticate(username="mira", password=GOOD) == account
    entry = Writing.objects.get(act="account.created")
    assert entry.target == f"account:{account.public}"
    assert "mira" not in str(entry.detail)


@pytest.mark.django_db
def test_an_account_without_password_cannot_be_signed_in_to_with_one() -> None:
    account = create("mira", None)

    assert not account.has_usable_password()
    assert authenticate(username="mira", password="") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "password", "reasons"),
    [
        ("mira", GOOD, [NoSuchAccount.USERNAME_TAKEN]),
        ("Mira", GOOD, [NoSuchAccount.USERNAME_TAKEN]),
        ("", GOOD, [NoSuchAccount.USERNAME_FORM]),
        ("mira ek", GOOD, [NoSuchAccount.USERNAME_FORM]),
        ("x" * 151, GOOD, [NoSuchAccount.USERNAME_FORM]),
        ("ragnar", "elva-tecken", [NoSuchAccount.PASSWORD_TOO_SHORT]),
        ("ragnar", "", [NoSuchAccount.PASSWORD_TOO_SHORT]),
        ("ragnar", "passwordpassword", []),
        ("ragnar", "1234567890987654321", [NoSuchAccount.PASSWORD_TOO_COMMON]),
        ("ragnarholmen", "ragnarholmen", [NoSuchAccount.PASSWORD_TOO_SIMILAR]),
        (
            "mira",
            "password",
            [
                NoSuchAccount.USERNAME_TAKEN,
                NoSuchAccount.PASSWORD_TOO_SHORT,
                NoSuchAccount.PASSWORD_TOO_COMMON,
            ],
        ),
    ],
)
def test_everything_that_speaks_against_an_account_is_told(
    username: str, password: str, reasons: list[NoSuchAccount]
) -> None:
    create("mira")

    if not reasons:
        create(username, password)
        return
    with pytest.raises(services.CannotCreateAccount) as refused:
        create(username, password)
    assert refused.value.reasons == reasons
    assert Account.objects.count() == 1


def test_a_closed_account_is_out_at_once(town: Town) -> None:
    key = sign_in(town.mira)
    assert town.mira.account_id is not None

    services.close_account(account=town.mira.account_id, by=system(), at=NOON)

    assert not is_signed_in(key)
    assert authenticate(username="mira", password="") is None
    with pytest.raises(NoDuty):
        scope(town.mira)
    assert Writing.objects.get(act="account.closed").detail == {"sessions": 1}


def test_a_person_is_made_once_and_renamed_when_told_otherwise(town: Town) -> None:
    known = Staff.objects.count()

    def ensure(family: str) -> Staff:
        return services.ensure_staff(
            given_name="Mira",
            family_name=family,
            account=town.mira.account_id,
            by=system(),
            at=NOON,
        )

    assert ensure("Ek") == town.mira
    assert not Writing.objects.filter(act="staff.renamed").exists()
    assert ensure("Eklund").name == "Mira Eklund"
    assert Staff.objects.count() == known
    assert Writing.objects.filter(act="staff.renamed").count() == 1


def test_a_person_without_account_is_known_by_name(town: Town) -> None:
    known = Staff.objects.count()

    for _ in range(2):
        services.ensure_staff(given_name="Mira", family_name="Ek", by=system(), at=NOON)

    # Another Mira Ek than the one with an account, but one only.
    assert Staff.objects.count() == known + 1
    assert town.mira.name == "Mira Ek"


def test_a_duty_gives_a_scope_from_its_first_day_to_its_last(town: Town) -> None:
    post = Post(Role.MENTOR, town.ek, TODAY, group=town.class_4a, last_day=TODAY)
    other = services.ensure_staff(
        given_name="Elin", family_name="Dahl", account=create("elin").pk, by=system(), at=NOON
    )

    give(post, other)

    assert scope(other).groups == {town.class_4a}
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(NoDuty):
            scope(other, day)
    entry = Writing.objects.filter(act="duty.given").latest("pk")
    assert (entry.detail["role"], entry.detail["group"]) == ("mentor", town.class_4a)


def test_a_duty_that_cannot_be_is_refused_with_all_reasons(town: Town) -> None:
    count = Duty.objects.count()
    wrong = Post(
        Role.MENTOR, town.ek, TODAY, group=town.class_8b, last_day=TODAY - timedelta(days=1)
    )

    with pytest.raises(services.CannotGiveDuty) as refused:
        give(wrong, town.mira)

    assert refused.value.reasons == [
        NoSuchDuty.CLASS_OF_ANOTHER_UNIT,
        NoSuchDuty.ENDS_BEFORE_IT_BEGINS,
    ]
    assert Duty.objects.count() == count


@pytest.mark.parametrize("first_day", [AUGUST - timedelta(days=3), AUGUST, TODAY])
def test_the_same_duty_is_not_given_twice(town: Town, first_day: object) -> None:
    post = Post(Role.MENTOR, town.strand, AUGUST, group=town.class_8b)

    with pytest.raises(services.CannotGiveDuty) as refused:
        give(replace(post, first_day=first_day), town.mira)  # type: ignore[arg-type]  # a day

    assert refused.value.reasons == [NoSuchDuty.ALREADY_HELD]


def test_a_duty_that_is_over_may_be_given_again(town: Town) -> None:
    post = Post(Role.MENTOR, town.strand, AUGUST, group=town.class_8b)
    duty = Duty.objects.get(staff=town.mira)
    services.end_duty(duty=duty.pk, last_day=TODAY - timedelta(days=1), by=system(), at=NOON)

    give(replace(post, first_day=TODAY), town.mira)
    give(replace(post, first_day=AUGUST - timedelta(days=9), last_day=AUGUST - timedelta(days=1)),
         town.mira)  # fmt: skip

    assert Duty.objects.filter(staff=town.mira).count() == 3


def test_nobody_gives_oneself_a_duty(town: Town) -> None:
    with pytest.raises(services.CannotGiveDuty) as refused:
        services.give_duty(
            Post(Role.PRINCIPAL, town.ek, TODAY), staff=town.agda.pk, by=scope(town.agda), at=NOON
        )

    assert refused.value.reasons == [NoSuchDuty.OWN]


def test_who_holds_a_class_and_what_one_follows_can_be_read(town: Town) -> None:
    second = services.ensure_staff(given_name="Åke", family_name="Alm", by=system(), at=NOON)
    give(Post(Role.MENTOR, town.strand, TODAY, group=town.class_8b), second)

    classes = [town.class_8a, town.class_8b]
    today = queries.mentors_by_class(classes, on=TODAY)
    assert today == {town.class_8b: ["Åke Alm", "Mira Ek"]}
    before = queries.mentors_by_class(classes, on=TODAY - timedelta(days=1))
    assert before == {town.class_8b: ["Mira Ek"]}
    followed = queries.my_groups(by=scope(town.mira))
    assert [(group.name, group.unit_name) for group in followed] == [("8B", "Strandskolan")]
    assert queries.my_groups(by=scope(town.ragnar)) == []
