"""What a class and a school are told of as wholes: in the states that the house alone is not in."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.knowledge import term_of
from samnarvaro.mapping.models import ClassDecision, ClassNote, KnowledgeResult
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


def _note(house: House, *, is_final: bool) -> ClassNote:
    today = clock.today()
    note = ClassNote.objects.create(
        group=Group.objects.get(public=house.group), kind="conference", begun_on=today,
        author=Staff.objects.get(account=house.accounts[Role.MENTOR]), held_on=today,
        final_at=clock.now() if is_final else None, present="Mira, Tove", seen="Lugnare efter lunch.",
    )  # fmt: skip
    for what, done in (("Två mattider", None), ("Hälsa i dörren", today)):
        ClassDecision.objects.create(
            note=note, what=what, who="rektor", due_on=today, done_on=done,
            done_by=note.author if done else None,
        )  # fmt: skip
    return note


@scene
def a_note_of_a_class_that_is_locked(house: House) -> Iterator[Set]:
    note = _note(house, is_final=True)
    address = reverse("classes:note", args=[house.group, note.public])
    yield Set(_at_work(house, Role.TEACHER), address)
    note.delete()


@scene
def the_notes_of_a_class(house: House) -> Iterator[Set]:
    notes = [_note(house, is_final=True), _note(house, is_final=False)]
    yield Set(_at_work(house, Role.MENTOR), reverse("classes:notes", args=[house.group]))
    for note in notes:
        note.delete()


@scene
def a_note_that_names_a_pupil(house: House) -> Iterator[Set]:
    """A draft beside what was decided before; it names a pupil, and is not kept so."""
    notes = [_note(house, is_final=True), _note(house, is_final=False)]

    def send(page: Page) -> None:
        page.locator("#note-seen").fill("Saga satt ensam.")
        page.locator("main button[value=save]").click()
        page.wait_for_selector(".error-summary")

    address = reverse("classes:note", args=[house.group, notes[1].public])
    yield Set(_at_work(house, Role.MENTOR), address, send)
    for note in notes:
        note.delete()


@scene
def the_page_of_a_class_with_what_was_decided(house: House) -> Iterator[Set]:
    note = _note(house, is_final=True)
    yield Set(_at_work(house, Role.MENTOR), reverse("staircase:class", args=[house.group]))
    note.delete()


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
