"""Whom the weekly digest goes to: people at work with something to do, an address, and no no."""

from datetime import date, datetime, timedelta

from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.messages import queries as messages
from samnarvaro.messages import services as outbox
from samnarvaro.messages.domain.outbox import Kind, key_of_week
from samnarvaro.people import queries as people
from samnarvaro.worklist import queries as worklist

_SUNDAY = 6


def put_digest(*, on: date, by: Scope, at: datetime) -> int:
    """Put the week's digest in the outbox, one for each who is to have it; return how many are new."""
    accounts = people.mail_addresses(on=on).keys()
    refused = messages.without_digest(accounts)
    wanted = [each for each in accounts if each not in refused and _has_something(each, on)]
    return outbox.put(Kind.DIGEST, key_of_week(Kind.DIGEST, on), wanted, by=by, at=at)


def _has_something(account: int, on: date) -> bool:
    """Tell whether one of the person's jobs has something to be done, as the person would see it."""
    scopes = (
        consents.scope_for(account, hat=hat.key, on=on) for hat in consents.hats(account, on=on)
    )
    sunday = on + timedelta(days=_SUNDAY - on.weekday())
    return any(worklist.has_something_to_do(by=scope, until=sunday) for scope in scopes)
