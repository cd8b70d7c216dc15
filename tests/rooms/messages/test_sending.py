"""Messages are put once, handed over once, tried again when the server is away, and then given up."""

import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction

from samnarvaro.audit.models import Writing
from samnarvaro.messages import queries, services
from samnarvaro.messages.domain.outbox import PAUSES, Kind, State
from samnarvaro.messages.models import Choice, Message
from samnarvaro.people import services as people
from samnarvaro.people.models import Account, Duty, Staff
from tests.rooms.worklist.school import NOON, WEDNESDAY, School, scope, system

KEY = "digest:2026-W43"


def addressed(*staff: Staff) -> list[int]:
    for member in staff:
        assert member.account_id is not None
        people.set_email(
            member.account_id, f"{member.given_name.lower()}@vik.example", by=system(), at=NOON
        )
    return [member.account_id for member in staff if member.account_id]


def put(*staff: Staff) -> int:
    return services.put(Kind.DIGEST, KEY, addressed(*staff), by=system(), at=NOON)


def send(at: datetime = NOON, on: date = WEDNESDAY) -> services.Report:
    return services.send_due(by=system(on), at=at)


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """Let the mail server answer with a fault, until told otherwise."""
    real = EmailMultiAlternatives.send

    def answer(fault: Exception | None) -> None:
        def fail(_mail: EmailMultiAlternatives, *_args: Any, **_more: Any) -> int:
            assert fault is not None
            raise fault

        monkeypatch.setattr(EmailMultiAlternatives, "send", fail if fault else real)

    return answer


def test_a_message_is_sent_once_to_each(school: School) -> None:
    assert put(school.mira, school.ragnar) == 2
    assert queries.anything_to_send(at=NOON)

    assert send().as_dict() == {"sent": 2, "again": 0, "failed": 0, "dropped": 0}
    assert [sent.to for sent in mail.outbox] == [["mira@vik.example"], ["ragnar@vik.example"]]
    assert not any(sent.cc or sent.bcc for sent in mail.outbox)
    assert not queries.anything_to_send(at=NOON + timedelta(days=9))
    assert send(NOON + timedelta(days=1)).as_dict()["sent"] == 0


def test_putting_the_same_week_again_gives_nobody_a_second_one(school: School) -> None:
    put(school.mira)
    send()
    assert put(school.mira, school.ragnar) == 1
    send()
    assert [sent.to[0] for sent in mail.outbox] == ["mira@vik.example", "ragnar@vik.example"]


def test_the_database_holds_one_of_each(school: School) -> None:
    put(school.mira)
    twin = Message.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_while_the_server_is_away_it_is_tried_again_later_and_then_given_up(
    school: School, broken: Callable[[Exception | None], None]
) -> None:
    put(school.mira)
    broken(ConnectionRefusedError("10.0.0.1 says Saga Lind"))
    at = NOON
    for pause in PAUSES:
        assert send(at).as_dict() == {"sent": 0, "again": 1, "failed": 0, "dropped": 0}
        assert send(at + pause - timedelta(seconds=1)).as_dict()["again"] == 0
        at += pause
    assert send(at).as_dict() == {"sent": 0, "again": 0, "failed": 1, "dropped": 0}

    message = Message.objects.get()
    assert (message.state, message.tries, message.fault) == ("failed", 5, "ConnectionRefusedError")
    broken(None)
    assert send(at + timedelta(days=30)).as_dict()["sent"] == 0


def test_when_the_server_is_back_the_next_try_arrives(
    school: School, broken: Callable[[Exception | None], None]
) -> None:
    put(school.mira)
    broken(TimeoutError())
    send()
    broken(None)
    assert send(NOON + PAUSES[0]).sent == 1
    assert states() == ["sent"]


def test_an_address_that_is_refused_is_not_tried_again_and_the_next_one_is_sent(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = EmailMultiAlternatives.send

    def refuse_mira(letter: EmailMultiAlternatives, *args: Any, **more: Any) -> int:
        if letter.to == ["mira@vik.example"]:
            raise smtplib.SMTPRecipientsRefused({"mira@vik.example": (550, b"no such box")})
        return real(letter, *args, **more)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse_mira)
    put(school.mira, school.ragnar)
    assert send().as_dict() == {"sent": 1, "again": 0, "failed": 1, "dropped": 0}


def test_what_was_cut_off_on_the_way_is_not_sent_a_second_time(school: School) -> None:
    put(school.mira)
    Message.objects.update(state="sending", tries=1)
    assert queries.anything_to_send(at=NOON)
    assert send().failed == 1
    assert mail.outbox == []
    assert Message.objects.get().fault == "interrupted"


def test_who_left_said_no_or_lost_the_address_meanwhile_gets_nothing(school: School) -> None:
    put(school.mira, school.ragnar, school.diana, school.nils)
    services.choose_digest(
        school.mira.account_id or 0, wanted=False, by=scope(school.mira), at=NOON
    )
    people.set_email(school.ragnar.account_id or 0, "", by=system(), at=NOON)
    Duty.objects.filter(staff=school.diana).update(last_day=WEDNESDAY - timedelta(days=1))
    Account.objects.filter(pk=school.nils.account_id or 0).update(is_active=False)

    assert send().as_dict() == {"sent": 0, "again": 0, "failed": 0, "dropped": 4}
    assert mail.outbox == []
    assert states() == ["dropped"] * 4


def test_a_choice_is_kept_changed_and_logged(school: School) -> None:
    account = school.mira.account_id or 0
    assert queries.wants_digest(account)
    for wanted in (False, True, False):
        services.choose_digest(account, wanted=wanted, by=scope(school.mira), at=NOON)
        assert queries.wants_digest(account) is wanted
    assert queries.without_digest([account, school.ragnar.account_id or 0]) == {account}
    assert Choice.objects.count() == 1
    assert Writing.objects.filter(act="messages.digest_chosen").count() == 3


def test_what_is_sent_is_logged_in_counts(school: School) -> None:
    put(school.mira)
    send()
    assert Writing.objects.get(act="messages.put").detail == {"messages": 1}
    row = Writing.objects.get(act="messages.sent")
    assert (row.viewer, row.detail["sent"]) == ("system:test", 1)


def test_a_round_takes_a_bounded_number_and_the_rest_comes_in_the_next(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samnarvaro.messages.services.outbox.MOST_AT_ONCE", 2)
    put(school.mira, school.ragnar, school.diana)
    seen: list[int] = []
    report = services.send_due(by=system(), at=NOON, seen=lambda: seen.append(1))
    assert (report.sent, len(seen)) == (2, 2)
    assert queries.anything_to_send(at=NOON)
    assert send().sent == 1


@pytest.mark.parametrize("state", [s for s in State if s is not State.FAILED])
def test_only_what_has_ended_has_an_end(school: School, state: State) -> None:
    put(school.mira)
    ended = state in {State.SENT, State.DROPPED}
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(state=state, ended_at=None if ended else NOON)
