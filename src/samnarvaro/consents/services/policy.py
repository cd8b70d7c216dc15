"""Changes of the table of rights: one cell at a time, with who decided and why, and never undone."""

from datetime import datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.consents.domain.policy import Change, NotChangeable, against
from samnarvaro.consents.models import PolicyChange
from samnarvaro.consents.queries.policy import table_of
from samnarvaro.kernel.access import Scope


class CannotChange(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotChangeable]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def change(change: Change, *, why: str, decided_by: str, by: Scope, at: datetime) -> PolicyChange:
    """Give or take one cell of the table in the viewer's own zone, from the next request on.

    Raises CannotChange with every reason.
    """
    if reasons := against(change, table=table_of(by.zone)):
        raise CannotChange(reasons)
    made = PolicyChange.objects.create(
        zone=by.zone,
        role=change.role,
        data_class=change.data_class,
        way=change.way,
        gives=change.gives,
        why=why.strip(),
        decided_by=decided_by.strip(),
        made_by_id=by.person,
        at=at,
    )
    audit.record(
        "policy.changed",
        by=by,
        at=at,
        target=f"policy:{by.zone}",
        detail={
            "role": change.role,
            "class": change.data_class,
            "way": change.way,
            "gives": int(change.gives),
        },
    )
    return made
