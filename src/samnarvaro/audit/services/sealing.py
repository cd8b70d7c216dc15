"""Sealing: the rows of both logs are numbered without a gap and chained, after they were written.

A request only adds its row: nobody waits for a chain. One sealer at a time does the rest, within a
minute. Ids come from the database and may be committed out of order; the seal's own number is dense.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from samnarvaro.audit.domain import chain
from samnarvaro.audit.domain.chain import FORM, Log
from samnarvaro.audit.models import Seal, SealHead
from samnarvaro.audit.queries import sealed
from samnarvaro.base import wall

AT_ONCE = 2000  # in one transaction: SQLite's one writer is not to be held for long
LOOKBACK = 5000  # ids; what was committed later than that many others is found by the daily pass


def seal_new(*, at: datetime) -> int:
    """Seal what has been written since last; return how many rows. The look is cheap when it is none."""
    return sum(_passes(at, {log: max(0, sealed.last_row(log) - LOOKBACK) for log in Log}))


def seal_all(*, at: datetime) -> int:
    """Seal every row that has no seal, however old its id is; return how many."""
    return sum(_passes(at, dict.fromkeys(Log, 0)))


def seal_history(*, at: datetime) -> int:
    """Seal every row that has no seal, the earliest first; return how many. For a history that is laid
    down in one go and out of its order, before anybody works: what lies in an installation at work is
    sealed as it was written, so that a row dated back is seen.
    """
    made = 0
    for log in Log:
        ids = list(sealed.unsealed(log).order_by("at", "pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            with transaction.atomic(), wall.sealer():
                head = _head()
                _seal_rows(head, log, some, at)
                head.save()
            made += len(some)
    return made


def _head() -> SealHead:
    head, _ = SealHead.objects.select_for_update().get_or_create(pk=SealHead.ONLY)
    return head


def _passes(at: datetime, above: dict[Log, int]) -> Iterator[int]:
    """Seal some at a time, in the order of their ids, above where the last ones were."""
    while any(_waiting(log, above[log]) for log in Log):  # looked at without the lock
        with transaction.atomic(), wall.sealer():  # nobody else may write seals
            head, made = _head(), 0
            for log in Log:
                ids = _waiting(log, above[log])
                _seal_rows(head, log, ids, at)
                made += len(ids)
                above[log] = max([above[log], *ids])
            head.save()
        yield made


def _waiting(log: Log, above: int) -> list[int]:
    return list(sealed.unsealed(log, above=above).values_list("pk", flat=True)[:AT_ONCE])


def _seal_rows(head: SealHead, log: Log, ids: list[int], at: datetime) -> None:
    keys = settings.SEAL_KEYS
    texts = sealed.texts(log, FORM, ids)
    moment = chain.moment(f"{at:%Y-%m-%d %H:%M:%S.%f}")
    hashed, new = bytes(head.hashed), []
    for pk in ids:
        head.number += 1
        content = chain.content(head.number, log, FORM, moment, texts[pk])
        hashed = chain.seal(hashed, content)
        new.append(
            Seal(
                number=head.number,
                log=log.value,
                row=pk,
                form=FORM,
                sealed_at=at,
                hashed=hashed,
                marked=chain.mark(keys[0], hashed) if keys else None,
            )
        )
    head.hashed = hashed
    if log is Log.READING:
        head.readings += len(new)
    else:
        head.writings += len(new)
    Seal.objects.bulk_create(new, batch_size=500)
