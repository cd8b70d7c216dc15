"""Investigations and cases in the states that one reaches only by going through them."""

from collections.abc import Iterator

from django.urls import reverse

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.models import Account
from tests.browser.scenes import Set, scene
from tests.house import House
from tests.rooms.cases import filling
from tests.rooms.project.entering import signed_in


def key_of(house: House, role: Role) -> Scope:
    return consents.scope_for(house.accounts[role], hat=None, on=clock.today())


@scene
def an_investigation_that_is_followed_up(house: House) -> Iterator[Set]:
    by = key_of(house, Role.PRINCIPAL)
    filling.decided(house.classmate, by=by, at=clock.now(), on=clock.today())
    client = signed_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    yield Set(client, reverse("cases:investigation", args=[house.classmate]))
