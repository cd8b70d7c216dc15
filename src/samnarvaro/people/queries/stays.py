"""Where everybody goes to school on a day, read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Enrolment
from samnarvaro.people.queries.sight import Sees


class Stays:
    """Where everybody goes to school on a day: units (ids) and school years, by pupil (id)."""

    def __init__(self, stays: Mapping[int, Sequence[tuple[int, str]]], known: set[int]) -> None:
        self._stays, self._known = stays, known

    def of(self, pupil: int) -> Sequence[tuple[int, str]]:
        return self._stays.get(pupil, ())

    def has_left(self, pupil: int) -> bool:
        """Tell whether a pupil has gone to some school and goes to none now."""
        return pupil in self._known and pupil not in self._stays


def stays(*, on: date, by: Scope) -> Stays:
    """Return where everybody whom the viewer sees goes to school on a day, read once."""
    begun = Enrolment.objects.filter(Sees("pupil", by=by), first_day__lte=on).order_by("pk")
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    known: set[int] = set()
    for pupil, unit, grade, last in begun.values_list("pupil_id", "unit_id", "grade", "last_day"):
        known.add(pupil)
        if last is None or last >= on:
            found[pupil].append((unit, grade))
    return Stays(dict(found), known)
