"""Investigations and cases in the states that one reaches only by going through them."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from samnarvaro.base import clock
from samnarvaro.cases.domain.investigation import Judgement, Part
from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.domain.steps import Fact
from samnarvaro.cases.models import Investigation
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.services import concerns, drafting, investigating, judging, sides, watching
from samnarvaro.consents import services as consents
from samnarvaro.consents.models import Consent, ConsentClass
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes import services as notes
from samnarvaro.people.models import Account
from tests.browser.scenes import Set, scene
from tests.house import House
from tests.rooms.cases import filling, way
from tests.rooms.project.entering import signed_in


def key_of(house: House, role: Role) -> Scope:
    return consents.scope_for(house.accounts[role], hat=None, on=clock.today())


@scene
def an_investigation_that_is_followed_up(house: House) -> Iterator[Set]:
    by = key_of(house, Role.PRINCIPAL)
    filling.decided(house.classmate, by=by, at=clock.now(), on=clock.today())
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("cases:investigation", args=[house.classmate]))
    # Another scene begins one of its own of the same pupil.
    ours = Investigation.objects.filter(pupil__public=house.classmate, closed_on=None)
    ours.update(state="closed", closed_on=clock.today(), closed_words="Åter i skolan.")


@scene
def an_investigation_with_a_draft_and_what_was_written_over(house: House) -> Iterator[Set]:
    by, at, on = key_of(house, Role.PRINCIPAL), clock.now(), clock.today()
    public = Investigation.objects.get(pupil__public=house.own).public
    for text in ("Först trodde vi att det var matsalen.", "Det är vägen till skolan."):
        version = filling.version_of(public)
        investigating.analyse(public, text=text, version=version, by=by, at=at, on=on)
    drafting.keep(public, Part.CONSULT, "Vi pratade om", by=by, at=at)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("cases:investigation", args=[house.own]))


@scene
def a_case_with_all_that_can_stand_in_one(house: House) -> Iterator[Set]:
    """Begun long ago, paused once, a meeting beside it, a wish to end it, an older one."""
    by, at, on = key_of(house, Role.PRINCIPAL), clock.now(), clock.today()
    ago = timedelta(days=900)
    old = way.open_case(house.classmate, by=by, at=at - ago, on=on - ago - timedelta(days=1))
    way.close(old, by=by, at=at, on=on)
    case = way.open_case(house.classmate, by=by, at=at - ago, on=on - ago)
    way.tell(case, Fact.WISH, Fact.TRIGGER, by=by, at=at, on=on)
    sides.begin(case, kind=Kind.MEETING, words="med BUP", by=by, at=at, on=on)
    until = on + timedelta(days=9)
    services.pause(case, words="familjen är borta", until=until, by=by, at=at, on=on)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("cases:case", args=[house.classmate]))


@scene
def a_case_with_a_note_that_the_viewer_does_not_read(house: House) -> Iterator[Set]:
    by, tie = key_of(house, Role.COUNSELLOR), house.ties[Role.COUNSELLOR]
    notes.write(tie=tie, text="Vi pratade om lunchen.", by=by, at=clock.now())
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("cases:case", args=[house.own]))


@scene
def a_day_with_everything_to_hold_on_to(house: House) -> Iterator[Set]:
    """A decision is late, and the authority has asked and had no answer."""
    by, at = key_of(house, Role.PRINCIPAL), clock.now()
    long_ago = clock.today() - timedelta(days=400)
    judging.judge(
        house.classmate, judgement=Judgement.LONG, why="borta länge", by=by, at=at, on=long_ago
    )
    night = consents.system_scope(purpose="nightly", on=clock.today())
    watching.raise_rows(on=clock.today(), by=night, at=at)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, "/")


@scene
def a_case_that_another_agency_reads(house: House) -> Iterator[Set]:
    """The family of the house's own pupil has agreed that social services read the mapping."""
    consent = Consent.objects.get(public=house.consents[house.own])
    for each in (DataClass.NAME, DataClass.MAPPING):
        ConsentClass.objects.get_or_create(consent=consent, data_class=each)
    Consent.objects.filter(pk=consent.pk).update(state="given", given_at=clock.now())
    tie = house.ties[Role.SOCIAL_SECRETARY]
    client = signed_in(Account.objects.get(pk=house.accounts[Role.SOCIAL_SECRETARY]))
    yield Set(client, reverse("cases:shared", args=[tie]))


@scene
def the_childs_page_with_the_schools_case(house: House) -> Iterator[Set]:
    consent = Consent.objects.get(public=house.consents[house.own])
    for each in (DataClass.NAME, DataClass.MAPPING):
        ConsentClass.objects.get_or_create(consent=consent, data_class=each)
    Consent.objects.filter(pk=consent.pk).update(state="given", given_at=clock.now())
    tie = house.ties[Role.SOCIAL_SECRETARY]
    client = signed_in(Account.objects.get(pk=house.accounts[Role.SOCIAL_SECRETARY]))
    yield Set(client, reverse("consents:child", args=[tie]))


@scene
def a_question_that_waits_for_advice(house: House) -> Iterator[Set]:
    by, at, on = key_of(house, Role.COUNSELLOR), clock.now(), clock.today()
    sides.ask(
        question="Ett barn kommer inte iväg.", ages=Ages.OLDER, pupil=None, by=by, at=at, on=on
    )
    client = signed_in(Account.objects.get(pk=house.accounts[Role.SCHOOL_SOCIAL_WORKER]))
    yield Set(client, reverse("cases:consultations"))


@scene
def a_day_when_feedback_should_have_come(house: House) -> Iterator[Set]:
    by, at, on = key_of(house, Role.PRINCIPAL), clock.now(), clock.today()
    made_on = on - timedelta(days=22)
    concerns.write_down(house.own, made_on=made_on, asked_for_feedback=True, by=by, at=at, on=on)
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, "/")


@scene
def a_child_whose_absence_the_school_investigates_for_its_nurse(house: House) -> Iterator[Set]:
    client = signed_in(Account.objects.get(pk=house.accounts[Role.NURSE]))
    yield Set(client, reverse("consents:child", args=[house.ties[Role.NURSE]]))
