"""Whether the log is whole: all of it, held against its seals and against checkpoints."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from samnarvaro.audit.domain.chain import Log
from samnarvaro.audit.domain.verifying import Checkpoint, SealRow, Verdict, Verifier
from samnarvaro.audit.models import SealHead
from samnarvaro.audit.queries import sealed

ALLOWED = timedelta(minutes=10)  # how long a row may lie without a seal
_AT_A_TIME = 10_000


def verify(
    *,
    at: datetime,
    keys: Collection[bytes] = (),
    checkpoints: Iterable[Checkpoint] = (),
    allowed: timedelta = ALLOWED,
    progress: Callable[[float], object] = lambda _share: None,
) -> Verdict:
    """Go through every seal and its row; tell what does not fit. Reads all, changes nothing."""
    verifier = Verifier(keys=list(keys), checkpoints=checkpoints)
    head = SealHead.objects.first()
    reached = head.number if head else 0
    done = 0
    for some in sealed.seals(at_a_time=_AT_A_TIME):
        verifier.take(some, _texts_of(some))
        done += len(some)
        progress(min(1.0, done / max(reached, 1)))
    lying, waiting = [], 0
    for log in Log:
        old, young = sealed.unsealed_since(log, before=at - allowed)
        lying += [(log.value, row) for row in old]
        waiting += young
    return verifier.end(reached=reached, unsealed=lying, waiting=waiting)


def _texts_of(some: list[SealRow]) -> dict[str, dict[int, str]]:
    wanted: dict[tuple[str, int], list[int]] = {}
    for _number, log, row, form, *_ in some:
        wanted.setdefault((log, form), []).append(row)
    found: dict[str, dict[int, str]] = {log.value: {} for log in Log}
    for (log, form), ids in wanted.items():
        found[log].update(sealed.texts(log, form, ids))
    return found
