"""What deliveries still quote of a pupil, and how it is blanked when the pupil is protected.

A delivery keeps the report of what was wrong in its file, with the faulty values. On a line that
quotes anything of the pupil, all values are blanked: the others on that line are the pupil's too.
"""

from typing import Any

from samnarvaro.base.models import Delivery
from samnarvaro.people.domain.sort_key import folded
from samnarvaro.people.models import ExternalId, Pupil

_LEAST_TELLING = 3  # letters; shorter names stand in half of all words


def wipe_quotes(pupil: Pupil) -> None:
    """Blank every value that a stored report quotes of the pupil."""
    tells = _telling(pupil)
    quoting = Delivery.objects.exclude(report={})
    for pk, report in quoting.values_list("pk", "report").iterator(chunk_size=100):
        if _blanked(report, tells):
            Delivery.objects.filter(pk=pk).update(report=report)


def _telling(pupil: Pupil) -> list[str]:
    """Return what gives the pupil away, folded, so that case and accents hide nothing."""
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


def _blanked(report: dict[str, Any], tells: list[str]) -> bool:
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


def _tells_of(text: str, tells: list[str]) -> bool:
    said = _letters(text)
    return any(word in said for word in tells)
