"""The few for whom a pupil with protected personal data exists, and who they may be."""

from dataclasses import dataclass
from datetime import date

from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import NamedHandler, Staff
from samnarvaro.people.queries import visible


class NoSuchStaff(Exception):
    """No account with that name belongs to anybody at work here."""


def staff_by_username(username: str) -> int:
    """Return the id of the person with that account. Raises NoSuchStaff."""
    found = Staff.objects.filter(account__username=username).values_list("pk", flat=True).first()
    if found is None:
        raise NoSuchStaff
    return found


@dataclass(frozen=True, slots=True)
class Handling:
    """One of the few for whom a protected pupil exists, and since when."""

    pk: int
    staff: int
    name: str
    first_day: date
    last_day: date | None


def handlers(pupil: int, *, by: Scope, on: date) -> list[Handling]:
    """Return the named handlers of a pupil (id) on a day or later; none for who may not see it."""
    if not visible(by=by).filter(pk=pupil).exists():
        return []
    named = NamedHandler.objects.filter(pupil=pupil).exclude(last_day__lt=on)
    return [
        Handling(each.pk, each.staff_id, each.staff.name, each.first_day, each.last_day)
        for each in named.select_related("staff").order_by("first_day", "pk")
    ]
