"""What a person chooses about its own messages."""

from datetime import datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.messages.models import Choice


@transaction.atomic
def choose_digest(account: int, *, wanted: bool, by: Scope, at: datetime) -> None:
    """Switch one's own weekly digest on or off. Holds from now on, also for what waits."""
    Choice.objects.update_or_create(
        account_id=account, defaults={"digest": wanted, "chosen_at": at}
    )
    audit.record(
        "messages.digest_chosen",
        by=by,
        at=at,
        target=f"viewer:{by.viewer}",
        detail={"wanted": int(wanted)},
    )
