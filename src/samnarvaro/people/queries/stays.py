"""Where everybody goes to school on a day, read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from samnarvaro.kernel.access import Scope
from samnarvaro.organisation.domain.school_types import school_type_of
from samnarvaro.people.models import Enrolment
from samnarvaro.people.queries.sight import Sees

Stay = tuple[int, str, str]


class Stays:
    """Where everybody goes to school on a day, by pupil (id): units (ids), school years and school
    types.
    """

    def __init__(self, stays: Mapping[int, Sequence[Stay]], known: set[int]) -> None:
        self._stays, self._known = stays, known

    def of(self, pupil: int) -> Sequence[Stay]:
        return self._stays.get(pupil, ())

    def has_left(self, pupil: int) -> bool:
        """Tell whether a pupil has gone to some school and goes to none now."""
        return pupil in self._known and pupil not in self._stays


def stays(*, on: date, by: Scope) -> Stays:
    """Return where everybody whom the viewer sees goes to school on a day, read once."""
    begun = Enrolment.objects.filter(Sees("pupil", by=by), first_day__lte=on).order_by("pk")
    found: defaultdict[int, list[Stay]] = defaultdict(list)
    known: set[int] = set()
    rows = begun.values_list("pupil_id", "unit_id", "grade", "school_type", "last_day")
    for pupil, unit, grade, told, last in rows:
        known.add(pupil)
        if last is None or last >= on:
            found[pupil].append((unit, grade, school_type_of(told, grade)))
    return Stays(dict(found), known)
