"""Many who look at the same moment leave a line each: none is lost, none is written twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests import house as houses

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
THREADS, TIMES = 8, 50


def test_eight_who_look_fifty_times_each_leave_exactly_four_hundred_lines() -> None:
    house = houses.build(clock.today())
    url = reverse("followup:measures", kwargs={"public": house.own})
    mentor = Account.objects.get(pk=house.accounts[Role.MENTOR])
    clients = [Client() for _ in range(THREADS)]
    for client in clients:
        client.force_login(mentor, backend="django.contrib.auth.backends.ModelBackend")
    before = Reading.objects.count()
    start, answers = Barrier(THREADS), list[int]()

    def look(client: Client) -> None:
        start.wait()
        try:
            for _ in range(TIMES):
                answers.append(client.get(url).status_code)
        finally:
            connection.close()

    threads = [Thread(target=look, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * THREADS * TIMES
    assert Reading.objects.count() - before == THREADS * TIMES
