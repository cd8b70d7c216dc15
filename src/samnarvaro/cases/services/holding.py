"""What somebody does clears the row that asked for it, in the same act and with words of its own.

A row that is not the doer's stays, and is marked by the nightly look.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.kernel.access import Scope
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, Intent

ANSWERED = _("Besvarat i frånvaroregistret.")
DECIDED = _("Utredningen är beslutad.")
FOLLOWED_UP = _("Uppföljningen är inskriven.")
CLOSED = _("Avslutat.")
TOLD = _("Inskrivet i ärendet.")


def clear(
    subjects: Iterable[str], words: str | Promise, *, by: Scope, at: datetime, on: date
) -> None:
    """Clear the viewer's own rows that these subjects made and that are not cleared."""
    for row in queries.made_by(list(subjects), by=by, on=on).values():
        if row.is_held and not row.is_cleared:
            intent = Intent(act=Act.DONE, text=str(words), is_asked=True)
            services.act_on_one(row.public, intent, by=by, at=at, on=on)
