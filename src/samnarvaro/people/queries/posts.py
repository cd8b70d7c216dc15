"""Who was what, where, and when: what the log's lines are told with, years afterwards."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samnarvaro.people.models import Duty
from samnarvaro.people.queries import is_uuid


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody had at a unit (id), in a zone, between two days."""

    name: str
    role: str
    zone: str
    unit: int
    unit_name: str
    first_day: date
    last_day: date | None

    def holds(self, role: str, zone: str, on: date) -> bool:
        return (
            (self.role, self.zone) == (role, zone)
            and self.first_day <= on
            and (self.last_day is None or on <= self.last_day)
        )


def posts_of(viewers: Collection[str]) -> dict[str, list[Post]]:
    """Return every post, past or present, of some viewers (public ids of accounts)."""
    rows = (
        Duty.objects.filter(staff__account__public__in=[each for each in viewers if is_uuid(each)])
        .select_related("staff__account", "unit__agency")
        .order_by("first_day", "pk")
    )
    found: defaultdict[str, list[Post]] = defaultdict(list)
    for duty in rows:
        assert duty.staff.account is not None
        found[str(duty.staff.account.public)].append(
            Post(
                duty.staff.name,
                duty.role,
                duty.unit.agency.zone,
                duty.unit_id,
                duty.unit.name,
                duty.first_day,
                duty.last_day,
            )
        )
    return found
