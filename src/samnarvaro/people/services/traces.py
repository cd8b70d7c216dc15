"""What deliveries still tell of a pupil, and how it is taken away when the pupil is protected.

A delivery keeps the report of what was wrong in its file, with the faulty values. On a line that
quotes anything of the pupil, all values are blanked: the others on that line are the pupil's too.
A roster that waits for somebody's yes lies as a file; one that names the pupil is thrown away.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from samnarvaro.base.deliveries import files
from samnarvaro.base.models import Delivery
from samnarvaro.people.domain.sort_key import folded
from samnarvaro.people.models import ExternalId, Pupil

_LEAST_TELLING = 3  # letters; shorter names stand in half of all words
_ROSTER = "roster"
# What lies as a file and is not being written just now: that one may be what brought the mark.
_WAITING = ("received", "reading", "previewed", "confirmed", "failed")


def wipe(pupil: Pupil) -> None:
    """Blank what stored reports quote of the pupil, and throw away the rosters that wait."""
    tells = _telling(pupil)
    told = Delivery.objects.exclude(report={}).values_list("pk", "report")
    for pk, report in told.iterator(chunk_size=100):
        if _blanked(report, tells):
            Delivery.objects.filter(pk=pk).update(report=report)
    for delivery in Delivery.objects.filter(kind=_ROSTER, state__in=_WAITING):
        if _names(delivery, tells):
            Delivery.objects.filter(pk=delivery.pk).update(state="stopped", file_name="")
            transaction.on_commit(partial(files.remove, delivery.public))


def _telling(pupil: Pupil) -> list[str]:
    """Return what gives the pupil away, in plain letters: case, accents and signs hide nothing."""
    number = pupil.identity_number
    external = ExternalId.objects.filter(pupil=pupil).values_list("value", flat=True)
    given, family = pupil.given_name, pupil.family_name
    words = [pupil.pupil_id, *external, number, number[2:]]
    words += [name for name in (given, family) if len(name) >= _LEAST_TELLING]
    if given and family:
        words += [f"{given} {family}", f"{family} {given}"]
    return [_letters(word) for word in words if word]


def _letters(text: str) -> str:
    return folded(text).replace("-", "")


def _blanked(report: dict[str, Any], tells: Sequence[str]) -> bool:
    errors = report.get("errors", [])
    warnings = report.get("warnings", [])
    lines = {error[0] for error in errors if _tells_of(error[2], tells)}
    lines |= {warning[1] for warning in warnings if _tells_of(warning[3], tells)}
    quotes = [error for error in errors if error[0] in lines and error[2]]
    details = [warning for warning in warnings if warning[1] in lines and warning[3]]
    for error in quotes:
        error[2] = ""
    for warning in details:
        warning[3] = ""
    return bool(quotes or details)


def _names(delivery: Delivery, tells: Sequence[str]) -> bool:
    try:
        with files.path_of(delivery.public).open(encoding="utf-8", errors="replace") as lines:
            return any(_tells_of(line, tells) for line in lines)
    except OSError:  # it is gone already
        return False


def _tells_of(text: str, tells: Sequence[str]) -> bool:
    said = _letters(text)
    return any(word in said for word in tells)
