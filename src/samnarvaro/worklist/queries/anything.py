"""Whether there is anything to do, for a reminder that says no more than that."""

from datetime import date

from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.worklist.domain.rows import State
from samnarvaro.worklist.models import Item


def has_something_to_do(*, by: Scope, until: date) -> bool:
    """Tell whether the viewer holds a row to act on up to a day.

    Rows about pupils with protected personal data do not count: nothing is sent because of them.
    """
    open_to_all = Q(pupil=None) | Q(pupil__protection=0)
    asleep = Q(state=State.WAITING, wait_until__gt=until)
    held = Item.objects.held_in(by).uncleared().filter(open_to_all, recovered_on=None)
    return held.exclude(asleep).exists()
