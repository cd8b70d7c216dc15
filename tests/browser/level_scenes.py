"""What a class and a school are told of as wholes: in the states that the house alone is not in."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.knowledge import term_of
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Enrolment, Pupil, Staff
from tests.browser.scenes import Set, _at_work, scene
from tests.house import House


def _told(pupil: Pupil, at_risk: list[str]) -> KnowledgeResult:
    today = clock.today()
    return KnowledgeResult.objects.create(
        pupil=pupil, term=term_of(today).code, day=today, at_risk=at_risk, told_at=clock.now(),
        author=Staff.objects.order_by("pk")[0],
    )  # fmt: skip


@scene
def a_class_of_which_was_told_what_it_reaches(house: House) -> Iterator[Set]:
    row = _told(Pupil.objects.get(public=house.own), ["EN", "MA"])
    yield Set(_at_work(house, Role.MENTOR), reverse("staircase:class", args=[house.group]))
    row.delete()


@scene
def a_knowledge_check_with_faults(house: House) -> Iterator[Set]:
    def send(page: Page) -> None:
        page.locator(f"#kunskap-risk-{house.own}").fill("MA XX")
        page.locator(f"#kunskap-alla-{house.classmate}").check()
        page.locator("main form").evaluate("form => form.requestSubmit()")
        page.wait_for_selector(".error-summary")

    yield Set(_at_work(house, Role.MENTOR), reverse("classes:knowledge", args=[house.group]), send)


@scene
def a_schools_counts_of_what_is_reached(house: House) -> Iterator[Set]:
    group = Group.objects.get(public=house.group)
    made = [_another(group, number) for number in range(10)]
    rows = [_told(pupil, ["MA"] if number < 5 else []) for number, pupil in enumerate(made)]
    yield Set(
        _at_work(house, Role.PRINCIPAL), reverse("classes:school_knowledge", args=[house.unit])
    )
    for row in rows:
        row.delete()
    Enrolment.objects.filter(pupil__in=made).delete()
    for pupil in made:
        pupil.delete()


def _another(group: Group, number: int) -> Pupil:
    own: UUID = group.public
    pupil = Pupil.objects.create(
        authority=group.unit.agency.authority, pupil_id=f"{own}-{number}", given_name="Elev",
        family_name=f"Ny{number}", sort_key=f"ny{number}",
    )  # fmt: skip
    Enrolment.objects.create(
        pupil=pupil, unit=group.unit, group=group, grade=group.grade,
        first_day=clock.today() - timedelta(days=30),
    )  # fmt: skip
    return pupil
