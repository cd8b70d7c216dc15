"""The day's checkpoint of the log: everything sealed, then a line of figures to a file and by mail.

The mail goes to one address of the installation's choice, of whoever answers for data protection. It
holds how far the chain has come, and nothing of anybody.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.verifying import Checkpoint
from samnarvaro.audit.services.checkpoints import as_text


def keep_checkpoint(*, at: datetime) -> dict[str, int]:
    """Seal all, write the checkpoint and mail it; return what was done, in figures.

    Raises what stops the file or the mail: a job that fails is seen, and tried again.
    """
    sealed = audit.seal_all(at=at)
    point = audit.write_checkpoint(settings.CHECKPOINT_FOLDER, at=at)
    if point is None:
        return {"sealed": sealed, "seal_no": 0, "mailed": 0}
    return {"sealed": sealed, "seal_no": point.number, "mailed": _mail(point)}


def _mail(point: Checkpoint) -> int:
    if not settings.CHECKPOINT_MAIL:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        told = {"number": point.number, "address": settings.ADDRESS, "line": as_text(point)}
        return EmailMessage(
            subject=_("Samnärvaro: loggens kontrollpunkt %(number)s") % told,
            body=_(
                "Så långt har loggens kedja kommit i %(address)s:\n\n%(line)s\n\n"
                "Spara brevet. Det visar senare om loggen har kortats eller skrivits om: lägg "
                "raden i en fil och kör samnarvaro audit verify --checkpoint FIL\n"
            )
            % told,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[settings.CHECKPOINT_MAIL],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
