"""What the second wall has looked up it keeps for the next question, and never a moment too long:
nothing that somebody else commits is missed, and nothing that a request could make up is believed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from samnarvaro.base import wall
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.models import Relation
from samnarvaro.consents.services import agreements
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Account
from tests.rooms.consents.agreed import NOON, later, scope
from tests.rooms.project.walled import WalledTown, fetch, on_postgres
from tests.rooms.worklist.school import system

# What has written keeps nothing: each of these is a transaction of its own, as a request is.
pytestmark = [pytest.mark.django_db(transaction=True), on_postgres]
PUPILS = "SELECT id FROM public.people_pupil ORDER BY id"
KEPT = "SELECT current_setting('app.seen_visible_K1', true)"


def elsewhere(do: Callable[[], object]) -> None:
    """Do something on another connection, and commit it."""

    def whole() -> None:
        try:
            with transaction.atomic():
                do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(whole).result()


@pytest.fixture
def town() -> WalledTown:
    return WalledTown()


class TestWhatOthersCommit:
    def test_who_has_written_keeps_nothing(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.mira), NOON):
            fetch("SELECT pg_current_xact_id()")  # as if it had
            assert len(fetch(PUPILS)) == 2
            assert fetch(KEPT) in ([("",)], [(None,)])

    def test_the_answer_is_kept_while_nothing_happens(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.mira), NOON):
            assert fetch(KEPT) in ([("",)], [(None,)])
            seen = fetch(PUPILS)
            kept = fetch(KEPT)
            assert fetch(PUPILS) == seen == [(town.saga.pk,), (town.noor.pk,)]
            assert fetch(KEPT) == kept != [("",)]

    def test_a_consent_withdrawn_meanwhile_lets_nothing_more_out(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.sonja), NOON):
            assert fetch(PUPILS) == [(town.saga.pk,)]
            elsewhere(
                lambda: agreements.withdraw(
                    consent=town.consent, way=Way.PHONE, by=system(), at=later(1)
                )
            )
            assert fetch(PUPILS) == []

    def test_a_relation_that_ends_and_an_account_that_is_shut_are_missed_no_more(
        self, town: WalledTown
    ) -> None:
        with wall.request_of(scope(town.sonja), NOON):
            assert fetch(PUPILS)
            elsewhere(lambda: Relation.objects.filter(staff=town.sonja).update(ended_at=NOON))
            assert fetch(PUPILS) == []
        with wall.request_of(scope(town.mira), NOON):
            assert fetch(PUPILS)
            elsewhere(lambda: Account.objects.filter(username="mira").update(is_active=False))
            assert fetch(PUPILS) == []

    def test_protection_that_comes_meanwhile_hides_at_once(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.mira), NOON):
            assert len(fetch(PUPILS)) == 2
            elsewhere(
                lambda: people.protect(
                    pupil=town.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(1)
                )
            )
            assert fetch(PUPILS) == [(town.noor.pk,)]


class TestMadeUp:
    """By one that can run any statement within its request, and knows how answers are kept."""

    def keep(self, value: str) -> None:
        fetch("SELECT set_config('app.seen_visible_K1', %s, true)", value)

    def test_an_answer_without_the_mark_is_not_believed(self, town: WalledTown) -> None:
        everybody = "{" + ",".join(str(town.child(name).pk) for name in ("saga", "robin")) + "}"
        with wall.request_of(scope(town.samir), NOON):
            for mark in ("", "0" * 64, "x"):
                self.keep(mark + everybody)
                assert fetch(PUPILS) == []

    def test_neither_is_anothers_nor_one_that_was_changed(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.mira), NOON):
            fetch(PUPILS)
            (kept,) = fetch(KEPT)[0]
        with wall.request_of(scope(town.samir), NOON):
            self.keep(kept)
            assert fetch(PUPILS) == []
        with wall.request_of(scope(town.mira), NOON):
            self.keep(f"{kept[:-1]},{town.robin.pk}}}")
            assert (town.robin.pk,) not in fetch(PUPILS)

    def test_one_of_other_classes_is_worth_nothing_for_these(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.sonja), NOON):
            fetch("SELECT wall.app_visible('own')")
            (kept,) = fetch("SELECT current_setting('app.seen_visible_own', true)")[0]
            assert str(town.saga.pk) in kept
            fetch("SELECT set_config('app.seen_visible_K3_K4', %s, true)", kept)
            assert fetch("SELECT pupil_id FROM worklist_item") == []

    @pytest.mark.parametrize(
        "call",
        ["wall.mark('x')", "wall.keep('x', 'y')", "wall.seen('x')", "wall.of_now('x', 'y')"],
    )
    def test_what_marks_and_keeps_is_called_by_nobody(self, town: WalledTown, call: str) -> None:
        with (
            pytest.raises(Exception, match="permission denied"),
            wall.request_of(scope(town.mira), NOON),
            transaction.atomic(),
        ):
            fetch(f"SELECT {call}")
