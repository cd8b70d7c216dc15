"""Pages one reaches only by doing something first: a round begun, a second factor held or asked for.

Each scene sets itself up on the house and gives who looks, at which address, and what is done there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.reviewing import Verdict
from samnarvaro.audit.models import ReviewLine
from samnarvaro.audit.services import reviewing
from samnarvaro.base import clock, items
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.handing_over import Code
from samnarvaro.consents.models import Consent, ConsentClass
from samnarvaro.consents.services import handing_over, relations
from samnarvaro.followup import services as followup
from samnarvaro.followup.models import EarlyMeasure
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import factors
from samnarvaro.mapping.domain.mappings import Depth
from samnarvaro.mapping.services import mappings as mapping
from samnarvaro.outreach.models import Contact
from samnarvaro.people import queries as people
from samnarvaro.people.models import Account
from samnarvaro.project import log_review
from samnarvaro.staircase.domain.school_measures import Wanted
from samnarvaro.staircase.domain.tiers import Item, Tier
from samnarvaro.staircase.models import SchoolMeasure
from samnarvaro.staircase.services import school_measures
from tests.house import House
from tests.rooms.project.entering import PASSWORD, give_app, password_in, show_again, signed_in

# A form of nothing but its token, sent as one that a page has.
SEND_NOTHING = """url => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
  document.body.append(form);
  form.submit();
}"""


def nothing(_page: Page) -> None:
    """There is nothing to do but to look."""


@dataclass(frozen=True, slots=True)
class Set:
    client: Client
    url: str
    act: Callable[[Page], None] = nothing


SCENES: dict[str, Callable[[House], Iterator[Set]]] = {}


def scene(make: Callable[[House], Iterator[Set]]) -> Callable[[House], Iterator[Set]]:
    SCENES[make.__name__.replace("_", "-")] = make
    return make


@contextmanager
def played(name: str, house: House) -> Iterator[Set]:
    yield from SCENES[name](house)


def somebody(name: str, *, with_app: bool = True) -> Account:
    account = Account.objects.create_user(name, password=PASSWORD)
    if with_app:
        give_app(account)
    return account


def sure_of(account: Account) -> Client:
    """Signed in, and has just shown once more who it is."""
    client = signed_in(account)
    show_again(client)
    return client


def _round(house: House) -> Set:
    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    pupils = [str(house.own), str(house.classmate)]
    answer = client.post(reverse("round_begin"), {"pupil": pupils, "title": "8B", "back": "/"})
    assert answer.status_code == 302
    return Set(client, answer["Location"])


@scene
def a_pupil_of_a_round(house: House) -> Iterator[Set]:
    yield _round(house)


@scene
def the_next_pupil_of_a_round(house: House) -> Iterator[Set]:
    first = _round(house)

    def go_on(page: Page) -> None:
        page.locator("[data-round=after]").click()
        page.wait_for_url(lambda url: not url.endswith(first.url))

    yield Set(first.client, first.url, go_on)


@scene
def the_list_of_a_round(house: House) -> Iterator[Set]:
    first = _round(house)
    yield Set(first.client, reverse("round", args=[first.url.split("/")[2]]))


@scene
def the_end_of_a_round(house: House) -> Iterator[Set]:
    first = _round(house)
    yield Set(first.client, reverse("round_end", args=[first.url.split("/")[2]]))


@scene
def many_rows_at_once(house: House) -> Iterator[Set]:
    def tick_and_ask(page: Page) -> None:
        page.locator("input[name=row]").first.check()
        page.locator(".tick-bar button[name]").first.click()
        page.wait_for_url("**/flera/")

    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("worklist:list"), tick_and_ask)


@scene
def a_view_saved_without_a_name(house: House) -> Iterator[Set]:
    address = reverse("worklist:save_view")

    def save(page: Page) -> None:
        page.evaluate(SEND_NOTHING, address)
        page.wait_for_url(f"**{address}")

    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    yield Set(client, reverse("worklist:list"), save)


@scene
def an_early_measure_is_due(house: House) -> Iterator[Set]:
    account = Account.objects.get(pk=house.accounts[Role.MENTOR])
    begun = clock.today() - timedelta(days=21)
    measure = followup.start_measure(
        house.own,
        what="möter Saga vid grinden",
        days=(begun, begun + timedelta(days=7)),
        by=consents.scope_for(account.pk, hat=None, on=begun),
        at=clock.now(),
        on=begun,
    )
    yield Set(signed_in(account), reverse("home"))
    EarlyMeasure.objects.get(public=measure).delete()


def _school_measure(house: House) -> str:
    account = Account.objects.get(pk=house.accounts[Role.PRINCIPAL])
    by = consents.scope_for(account.pk, hat=None, on=clock.today())
    public = school_measures.choose_measure(
        house.unit,
        Wanted(
            tier=Tier.UNIVERSAL,
            item=Item.BELONGING,
            what="Alla vuxna hälsar vid namn.",
            aim="Att ingen är osedd.",
            owner=by.person,
            first_day=clock.today(),
            last_day=clock.today() + timedelta(days=42),
        ),
        by=by,
        at=clock.now(),
        on=clock.today(),
    )
    return reverse("measures:one", args=[house.unit, public])


@scene
def what_a_school_does(house: House) -> Iterator[Set]:
    address = _school_measure(house)
    yield Set(_at_work(house, Role.PRINCIPAL), address)
    SchoolMeasure.objects.all().delete()


@scene
def a_day_with_what_one_sees_to(house: House) -> Iterator[Set]:
    _school_measure(house)
    yield Set(_at_work(house, Role.PRINCIPAL), reverse("home"))
    SchoolMeasure.objects.all().delete()


def _contact(house: House) -> Client:
    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    sent = {"kind": "home_visit", "whom": "pupil", "outcome": "reached"}
    made_on = (clock.today() - timedelta(days=1)).isoformat()
    add = reverse("outreach:add", kwargs={"public": house.own})
    answer = client.post(add, {**sent, "made_on": made_on})
    assert answer.status_code == 302
    return client


@scene
def a_log_with_a_contact(house: House) -> Iterator[Set]:
    client = _contact(house)
    yield Set(client, reverse("outreach:contacts", kwargs={"public": house.own}))


@scene
def a_contact_that_is_corrected(house: House) -> Iterator[Set]:
    client = _contact(house)
    contact = Contact.objects.latest("pk").public
    correct = reverse("outreach:correct", kwargs={"public": house.own})
    yield Set(client, f"{correct}?kontakt={contact}")


@scene
def the_words_of_a_question_to_a_family(house: House) -> Iterator[Set]:
    def fill_in(page: Page) -> None:
        page.get_by_label("social", exact=True).check()
        page.get_by_label("Vad ska det användas till?").fill("Stöd hemma")
        page.get_by_role("button", name="Visa frågan").click()
        page.get_by_role("button", name="Spara frågan").wait_for()

    client = signed_in(Account.objects.get(pk=house.accounts[Role.MENTOR]))
    yield Set(client, reverse("consents:ask", kwargs={"public": house.own}), fill_in)


@scene
def a_code_is_asked_for(_house: House) -> Iterator[Set]:
    somebody("asked")
    client = Client()
    yield Set(client, password_in(client, "asked"))


@scene
def who_has_an_app(_house: House) -> Iterator[Set]:
    yield Set(signed_in(somebody("holder")), reverse("mfa_index"))


@scene
def who_must_have_a_factor(house: House) -> Iterator[Set]:
    with override_settings(SECOND_FACTOR_ROLES=frozenset(role.value for role in Role)):
        account = Account.objects.get(pk=house.accounts[Role.TEACHER])
        yield Set(signed_in(account), reverse("mfa_index"))


@scene
def an_app_is_connected(_house: House) -> Iterator[Set]:
    yield Set(sure_of(somebody("connecting", with_app=False)), reverse("mfa_activate_totp"))


@scene
def an_app_is_taken_away(_house: House) -> Iterator[Set]:
    yield Set(sure_of(somebody("taker")), reverse("mfa_deactivate_totp"))


@scene
def a_passkey_is_added(_house: House) -> Iterator[Set]:
    yield Set(sure_of(somebody("adder")), reverse("mfa_add_webauthn"))


@scene
def a_passkey_is_taken_away(_house: House) -> Iterator[Set]:
    account = somebody("keyholder")
    key = Authenticator.objects.create(user=account, type="webauthn", data={"name": "Telefonen"})
    yield Set(sure_of(account), reverse("mfa_remove_webauthn", args=[key.pk]))


@scene
def new_codes_are_asked_for(_house: House) -> Iterator[Set]:
    yield Set(sure_of(somebody("coder")), reverse("mfa_generate_recovery_codes"))


@scene
def new_codes_are_shown(_house: House) -> Iterator[Set]:
    client = sure_of(somebody("reader"))
    client.post(reverse("mfa_generate_recovery_codes"))
    yield Set(client, reverse("mfa_view_recovery_codes"))


@scene
def a_code_shows_who_one_is(_house: House) -> Iterator[Set]:
    yield Set(signed_in(somebody("prover")), reverse("mfa_reauthenticate"))


@scene
def a_passkey_shows_who_one_is(_house: House) -> Iterator[Set]:
    account = somebody("bearer", with_app=False)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "Nyckeln"})
    yield Set(signed_in(account), reverse("mfa_reauthenticate_webauthn"))


@scene
def what_was_sent_too_late(_house: House) -> Iterator[Set]:
    account = somebody("late", with_app=False)
    earlier = clock.now() - timedelta(hours=1)
    with mock.patch.object(clock, "now", return_value=earlier):
        client = signed_in(account)
    client.post(
        reverse("wear_hat"), {"hat": "Pratade med hemmet i dag, och ringer igen på fredag."}
    )
    password_in(client, "late", next=reverse("draft"))
    yield Set(client, reverse("draft"))


def _at_work(house: House, role: Role) -> Client:
    return signed_in(Account.objects.get(pk=house.accounts[role]))


@scene
def a_month_of_the_log_under_review(house: House) -> Iterator[Set]:
    """Two readings at night: one has been reviewed, one is left."""
    mentor = consents.scope_for(house.accounts[Role.MENTOR], hat=None, on=clock.today())
    for days in (1, 6):
        night = clock.today() - timedelta(days=days)
        audit.record_reading(
            by=mentor,
            at=log_review.begins(night) + timedelta(hours=2),
            pupils=[str(house.own)],
            classes=[DataClass.NAME],
            action="view",
            what="pupil",
            channel="web",
        )
        log_review.look_through(night, at=clock.now())
    first = ReviewLine.objects.order_by("reading")[0]
    reviewer = consents.scope_for(house.accounts[Role.LOG_REVIEWER], hat=None, on=clock.today())
    reviewing.find(first.public, Verdict.ASK, "Varför så sent?", by=reviewer, at=clock.now())
    yield Set(_at_work(house, Role.LOG_REVIEWER), reverse("log_review", args=[first.review.public]))


@scene
def an_extract_of_the_log(house: House) -> Iterator[Set]:
    url = reverse("log_extract", kwargs={"public": house.own})
    yield Set(_at_work(house, Role.PRINCIPAL), f"{url}?for=elev")


@scene
def all_of_a_pupil_for_a_principal(house: House) -> Iterator[Set]:
    yield Set(_at_work(house, Role.PRINCIPAL), reverse("pupil_whole", args=[house.own]))


@scene
def what_the_receiver_will_see(house: House) -> Iterator[Set]:
    address = reverse("handing:of_pupil", args=[house.own])

    def look_before(page: Page) -> None:
        page.locator("input[name=items]").first.check()
        page.locator("select[name=to_zone]").select_option(index=1)
        page.get_by_role("button", name="Visa vad mottagaren får se").click()
        page.get_by_role("button", name="Lämna över", exact=True).wait_for()

    yield Set(_at_work(house, Role.COUNSELLOR), address, look_before)


@scene
def a_child_of_whom_something_was_handed_over(house: House) -> Iterator[Set]:
    chief = consents.scope_for(house.accounts[Role.PRINCIPAL], hat=None, on=clock.today())
    keys = [item.key for item in items.of_pupil(_pupil(house.own), by=chief)]
    handing_over.give(
        pupil=house.own,
        to_zone="social:9999",
        keys=keys[:1],
        by=chief,
        at=clock.now(),
        ground=handing_over.Ground(
            code=Code.GENERAL_CLAUSE, decided_by=chief.person, why="Behövs för att planera stödet."
        ),
    )
    tie = house.ties[Role.SOCIAL_SECRETARY]
    yield Set(_at_work(house, Role.SOCIAL_SECRETARY), reverse("consents:child", args=[tie]))


def _pupil(public: UUID) -> int:
    by = consents.system_scope(purpose="test", on=clock.today())
    return people.get(public, by=by).pk


def _broken(house: House, pupil: UUID, who: Role = Role.MENTOR) -> str:
    mentor = consents.scope_for(house.accounts[who], hat=None, on=clock.today())
    glass = relations.break_glass(
        pupil=_pupil(pupil),
        reason="danger",
        words="Ringde från skolgården och vågade inte gå hem.",
        signed_in_anew=True,
        by=mentor,
        at=clock.now(),
    )
    return reverse("glass_open", args=[glass.public])


@scene
def a_pupil_opened_in_an_emergency(house: House) -> Iterator[Set]:
    yield Set(_at_work(house, Role.MENTOR), _broken(house, house.foreign))


@scene
def an_emergency_that_a_chief_looks_into(house: House) -> Iterator[Set]:
    yield Set(_at_work(house, Role.PRINCIPAL), _broken(house, house.classmate))


@scene
def an_emergency_before_the_head_of_an_agency(house: House) -> Iterator[Set]:
    _broken(house, house.own, Role.PARENT_ADVISER)
    yield Set(
        _at_work(house, Role.UNIT_HEAD), "/", lambda page: page.locator("#glasses").wait_for()
    )


@scene
def a_mapping_that_is_being_written(house: House) -> Iterator[Set]:
    mentor = consents.scope_for(house.accounts[Role.MENTOR], hat=None, on=clock.today())
    when: dict[str, Any] = {"by": mentor, "at": clock.now()}
    draft = mapping.begin(house.own, depth=Depth.SIMPLE, on=clock.today(), **when)
    told = factors.Told(
        kind=factors.Kind.BELONGING, source=factors.Source.CHILD, strength=3, words="Noor väntar"
    )
    mapping.add_factor(draft, told, **when)
    yield Set(_at_work(house, Role.MENTOR), reverse("mapping:one", args=[draft]))
    mapping.discard(draft, **when)


@scene
def a_mapping_that_another_agency_reads(house: House) -> Iterator[Set]:
    consent = Consent.objects.get(public=house.consents[house.own])
    Consent.objects.filter(pk=consent.pk).update(state="given")
    for data_class in (DataClass.NAME, DataClass.ATTENDANCE, DataClass.MAPPING):
        ConsentClass.objects.create(consent=consent, data_class=data_class)
    tie = house.ties[Role.SOCIAL_SECRETARY]
    yield Set(_at_work(house, Role.SOCIAL_SECRETARY), reverse("consents:child", args=[tie]))
    ConsentClass.objects.filter(consent=consent).delete()
    Consent.objects.filter(pk=consent.pk).update(state="no_answer")
