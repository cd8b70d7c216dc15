"""A well-being survey in each of its states: as a draft, open, its slips, answered, and its results."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.mapping.domain.survey import Answer, Item, Question, Wanted
from samnarvaro.mapping.models import Survey
from samnarvaro.mapping.services import survey_answers, surveys
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Account
from tests.browser.scenes import Set, scene
from tests.house import House
from tests.rooms.project.entering import signed_in

ASKED = (Question(Item.SAFE_BREAKS), Question(words="Är skolgården rolig?"))
SAID = (Answer.OFTEN, Answer.UNSAID)


def _survey(house: House, *, is_draft: bool = False) -> UUID:
    day, by = clock.today(), _key(house)
    group = Group.objects.get(public=house.group).pk
    wanted = Wanted(
        title="Hur är rasterna?", opens_on=day, closes_on=day + timedelta(days=7),
        questions=ASKED, groups=frozenset({group}),
    )  # fmt: skip
    made = surveys.draft_survey(house.unit, wanted, by=by, at=clock.now(), on=day)
    if not is_draft:
        surveys.open_survey(made, by=by, at=clock.now(), on=day)
    return made


def _key(house: House) -> Scope:
    return consents.scope_for(house.accounts[Role.PRINCIPAL], hat=None, on=clock.today())


def _slips(house: House, survey: UUID) -> list[str]:
    when: dict[str, Any] = {"by": _key(house), "at": clock.now(), "on": clock.today()}
    return surveys.print_slips(survey, group=house.group, wanted=2, **when)


def _over(survey: UUID, *, ago: int) -> UUID:
    """Let a survey have been open so many days ago."""
    first = clock.today() - timedelta(days=ago)
    Survey.objects.filter(public=survey).update(opens_on=first, closes_on=first + timedelta(days=7))
    return survey


def _answered(house: House, *, ago: int) -> UUID:
    """One that six have answered, with new slips when the first were used."""
    survey = _survey(house)
    for _round in range(3):
        for code in _slips(house, survey):
            survey_answers.answer(code, SAID, on=clock.today())
    return _over(survey, ago=ago)


def _page(house: House, survey: UUID) -> str:
    return reverse("surveys:one", args=[house.unit, survey])


def _principal(house: House) -> Client:
    return signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))


@scene
def a_survey_that_is_made(house: House) -> Iterator[Set]:
    def hand_in_without_a_name(page: Page) -> None:
        page.get_by_label("Vad heter enkäten?").fill("")
        page.get_by_role("button", name="Spara utkastet").click()
        page.locator(".error-summary").wait_for()

    survey = _survey(house, is_draft=True)
    yield Set(_principal(house), _page(house, survey), hand_in_without_a_name)
    Survey.objects.all().delete()


@scene
def surveys_in_a_list(house: House) -> Iterator[Set]:
    _survey(house)
    yield Set(_principal(house), reverse("surveys:list"))
    Survey.objects.all().delete()


@scene
def a_survey_that_is_open(house: House) -> Iterator[Set]:
    yield Set(_principal(house), _page(house, _survey(house)))
    Survey.objects.all().delete()


@scene
def slips_to_print(house: House) -> Iterator[Set]:
    def ask_for_two(page: Page) -> None:
        page.locator("#responses summary").first.click()
        page.locator("input[name=many]").fill("2")
        page.get_by_role("button", name="Gör lappar att skriva ut").click()
        page.locator(".survey-slips").wait_for()

    yield Set(_principal(house), _page(house, _survey(house)), ask_for_two)
    Survey.objects.all().delete()


@scene
def the_questions_of_a_survey(house: House) -> Iterator[Set]:
    code = _slips(house, _survey(house))[0]

    def send_with_one_missing(page: Page) -> None:
        page.get_by_label("Kod").fill(code)
        page.get_by_role("button", name="Visa frågorna").click()
        page.get_by_label("Ofta").first.check()
        page.get_by_role("button", name="Skicka mina svar").click()
        page.get_by_text("1 fråga saknar svar").wait_for()

    yield Set(Client(), reverse("surveys:answer"), send_with_one_missing)
    Survey.objects.all().delete()


@scene
def what_pupils_said_together(house: House) -> Iterator[Set]:
    _answered(house, ago=60)
    yield Set(_principal(house), _page(house, _answered(house, ago=20)))
    Survey.objects.all().delete()


@scene
def a_survey_that_too_few_answered(house: House) -> Iterator[Set]:
    yield Set(_principal(house), _page(house, _over(_survey(house), ago=20)))
    Survey.objects.all().delete()
