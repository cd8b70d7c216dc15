"""Guardians are not told the same day after all, for a reason that is said."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.kernel.access import Scope
from samnarvaro.outreach.domain.needs import Need, Skipped
from samnarvaro.outreach.models import Due
from samnarvaro.outreach.queries.due import row_of
from samnarvaro.people import queries as people
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act, Intent, Missing


class NothingDue(Exception):
    """Nothing of the kind is the viewer's to do. The caller cannot tell why."""


class CannotSkip(Exception):
    """The skipping is refused, with every reason at once."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def skip(
    reason: Skipped, *, pupil: UUID, day: date, words: str, by: Scope, at: datetime, on: date
) -> Need:
    """Clear a day's row as not needed, for a reason: 'special' is said in words of its own.

    `words` stand beside the act. Return what was skipped. Raises NothingDue and CannotSkip.
    """
    try:
        child = people.get(pupil, by=by)
    except people.NoSuchPupil:
        raise NothingDue from None
    found = row_of(child.pk, day, by=by, on=on)
    if found is None or not found.is_held:
        raise NothingDue
    need = Need(found.kind)
    try:
        intent = Intent(act=Act.NOT_NEEDED, text=words, is_asked=True)
        worklist.act_on_one(found.public, intent, by=by, at=at, on=on)
    except worklist.CannotAct as refused:
        raise CannotSkip(refused.missing) from None
    Due.objects.filter(pupil=child, day=day, need=need.value).update(skipped=reason.value)
    return need
