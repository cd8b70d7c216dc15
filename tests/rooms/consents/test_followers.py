"""Who sees a child, and why: everybody named can open its page, and nobody else can."""

import re
from datetime import date, timedelta

import pytest

from samnarvaro.consents import queries
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.policy import GRANTS
from samnarvaro.consents.web import sections
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.models import Account, Duty, Enrolment, NamedHandler, Pupil, Staff
from samnarvaro.people.queries.ties import Through
from samnarvaro.project.addresses import FOLLOWERS
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system

PUPILS = ("saga", "leo", "noor", "tindra", "robin")


@pytest.fixture
def town(school: SchoolWithMarks) -> SchoolWithMarks:
    """The school, with people whose duties have ended, not begun, or whose account is closed."""
    for name, role, days in (
        ("gamla", Role.COUNSELLOR, (date(2026, 1, 1), FRIDAY - timedelta(days=1))),
        ("nya", Role.COUNSELLOR, (FRIDAY + timedelta(days=1), None)),
        ("idag", Role.PSYCHOLOGIST, (FRIDAY, FRIDAY)),
        ("vilar", Role.PRINCIPAL, (date(2026, 1, 1), None)),
    ):
        staff = school.staff(name, f"{name.title()} Person", role, school.strand)
        first, last = days
        Duty.objects.filter(staff=staff).update(first_day=first, last_day=last)
    Account.objects.filter(username="vilar").update(is_active=False)
    return school


def named(pupil: Pupil) -> set[str]:
    return {each.name for each in queries.followers(pupil.pk, by=system(FRIDAY))}


@pytest.mark.parametrize("whom", PUPILS)
def test_everybody_named_sees_the_pupil_and_nobody_else_does(
    town: SchoolWithMarks, whom: str
) -> None:
    """By the scopes that are cut, for every person in every job: the same people."""
    pupil: Pupil = getattr(town, whom)

    sees = {
        staff.name
        for staff in Staff.objects.filter(account__isnull=False)
        for hat in consents.hats(staff.account_id or 0, on=FRIDAY)
        if people.visible(
            by=consents.scope_for(staff.account_id or 0, hat=hat.key, on=FRIDAY)
        ).filter(pk=pupil.pk)
    }

    assert named(pupil) == sees


@pytest.mark.parametrize("whom", PUPILS)
def test_the_page_opens_to_those_named_whose_role_has_it_and_to_nobody_else(
    town: SchoolWithMarks, whom: str
) -> None:
    pupil: Pupil = getattr(town, whom)
    found = queries.followers(pupil.pk, by=system(FRIDAY))
    nothing = f"/elev/{town.strand.public}/"

    opened = set()
    for staff in Staff.objects.filter(account__is_active=True):
        client = signed_in(staff)
        answer = client.get(f"/elev/{pupil.public}/")
        if answer.status_code == 200:
            opened.add(staff.name)
        else:
            assert same(answer, client.get(nothing))

    assert opened == {each.name for each in found if each.role in FOLLOWERS}
    assert opened


def test_a_protected_pupil_has_its_named_handlers_and_nobody_by_duty(town: SchoolWithMarks) -> None:
    found = queries.followers(town.tindra.pk, by=scope(town.nils, FRIDAY))

    assert {each.name for each in found} == {"Nils Lund", "Ragnar Holm"}
    assert {each.through for each in found} == {Through.HANDLER}
    NamedHandler.objects.filter(staff=town.nils).update(last_day=FRIDAY)
    assert "Nils Lund" in named(town.tindra)
    tomorrow = system(FRIDAY + timedelta(days=1))
    assert [e.name for e in queries.followers(town.tindra.pk, by=tomorrow)] == ["Ragnar Holm"]


def test_since_is_the_day_on_which_both_had_begun(town: SchoolWithMarks) -> None:
    mira = next(
        e for e in queries.followers(town.saga.pk, by=system(FRIDAY)) if e.name == "Mira Ek"
    )
    duty = Duty.objects.get(staff=town.mira)
    placed = Enrolment.objects.get(pupil=town.saga)

    assert (mira.role, mira.through, mira.place) == (Role.MENTOR, Through.GROUP, "8B")
    assert mira.since == max(duty.first_day, placed.first_day)


@pytest.mark.parametrize(("who", "whom"), [("mira", "leo"), ("petra", "saga"), ("karin", "tindra")])
def test_of_a_pupil_that_one_does_not_follow_nothing_is_told(
    town: SchoolWithMarks, who: str, whom: str
) -> None:
    pupil: Pupil = getattr(town, whom)

    assert queries.followers(pupil.pk, by=scope(getattr(town, who), FRIDAY)) == []


def test_the_page_counts_by_reason_and_names_with_role_and_day(town: SchoolWithMarks) -> None:
    page = words(signed_in(town.mira).get(f"/elev/{town.saga.public}/del/vem-ser/"))

    found = queries.followers(town.saga.pk, by=system(FRIDAY))
    assert f"{len({each.name for each in found})} personer ser uppgifter om eleven." in page
    assert "1: mentor för 8B" in page
    health = sum(
        each.role in {Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR} for each in found
    )
    assert f"{health}: elevhälsan vid Strandskolan" in page
    table = page[page.index('id="followers-table"') :]
    for each in found:
        assert re.search(rf"{each.name}</th>", table)


def test_whose_page_opens_reads_what_the_page_shows() -> None:
    """The table of addresses cannot open a page to a role that the table of grants does not know."""
    for role in FOLLOWERS:
        assert GRANTS[role].classes >= {DataClass.NAME, DataClass.ATTENDANCE}


def test_the_page_says_what_each_reads(town: SchoolWithMarks) -> None:
    found = {each.name: each for each in queries.followers(town.saga.pk, by=system(FRIDAY))}

    said = {name: sections.what(each) for name, each in found.items()}
    assert said["Mira Ek"] == "namn, närvaro, kontakter och vad som gjorts och varför"
    assert said["Karin Sjö"] == "namn och närvaro"
    assert said["Tove Lind"] == "namnet, i egna rader"
