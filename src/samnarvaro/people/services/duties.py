"""Who works where, as what, from which day and until which."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.domain.duties import NoSuchDuty, Post, Standing, against
from samnarvaro.people.models import Duty, Staff
from samnarvaro.people.services.relations import end_by


class CannotGiveDuty(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NoSuchDuty]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def ensure_staff(
    *, given_name: str, family_name: str, account: int | None = None, by: Scope, at: datetime
) -> Staff:
    """Return the person of that account, or without account of that name; made if need be."""
    same = {"account_id": account} if account is not None else {"account_id__isnull": True}
    known = Staff.objects.filter(**same)
    if account is None:
        known = known.filter(given_name=given_name, family_name=family_name)
    staff = known.order_by("pk").first()
    if staff and (staff.given_name, staff.family_name) == (given_name, family_name):
        return staff
    act = "staff.renamed" if staff else "staff.added"
    staff = staff or Staff(account_id=account)
    staff.given_name, staff.family_name = given_name, family_name
    staff.save()
    audit.record(act, by=by, at=at, target=f"staff:{staff.public}")
    return staff


@transaction.atomic
def give_duty(post: Post, *, staff: int, by: Scope, at: datetime) -> Duty:
    """Give a person a duty. Raises CannotGiveDuty."""
    person = Staff.objects.select_for_update().get(pk=staff)
    standing = Standing(
        is_own=staff == by.staff,
        is_held=_held(post, staff),
        unit_of_class=organisation.unit_of_group(post.group) if post.group is not None else None,
    )
    if reasons := against(post, standing):
        raise CannotGiveDuty(reasons)
    duty = Duty.objects.create(
        staff=person,
        unit_id=post.unit,
        group_id=post.group,
        role=post.role,
        first_day=post.first_day,
        last_day=post.last_day,
    )
    audit.record(
        "duty.given",
        by=by,
        at=at,
        target=f"duty:{duty.pk}",
        detail={
            "staff": str(person.public),
            "role": post.role,
            "unit": post.unit,
            "group": post.group,
            "first_day": post.first_day.isoformat(),
        },
    )
    return duty


def _held(post: Post, staff: int) -> bool:
    """Tell whether the person has that very duty on any of the days already."""
    same = Duty.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=post.first_day),
        staff=staff,
        unit=post.unit,
        group=post.group,
        role=post.role,
    )
    if post.last_day is not None:
        same = same.filter(first_day__lte=post.last_day)
    return same.exists()


@transaction.atomic
def end_duty(*, duty: int, last_day: date, by: Scope, at: datetime) -> None:
    """Let a duty end with that day. One that would not have begun by then never was."""
    ending = Duty.objects.select_for_update().get(pk=duty)
    audit.record(
        "duty.ended",
        by=by,
        at=at,
        target=f"duty:{duty}",
        detail={"role": ending.role, "last_day": last_day.isoformat()},
    )
    end_by(ending, last_day)
