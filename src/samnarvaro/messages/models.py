"""Messages on their way out, and who does not want them. No message holds anything of a child."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.privacy import DataClass
from samnarvaro.messages.domain.outbox import ENDED, Channel, Kind, State

_ENDED = sorted(state.value for state in ENDED)
INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF


class Message(models.Model):
    """One message to one person. `key` is what makes it, and makes it once for each.

    Neither address nor words are kept: both are taken when it is sent.
    """

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=[(c.value, c.name) for c in Channel])
    kind = models.CharField(max_length=16, choices=[(k.value, k.name) for k in Kind])
    key = models.CharField(max_length=40)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.name) for s in State], default=State.WAITING.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    put_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)

    privacy: ClassVar = {"account": STAFF} | dict.fromkeys(
        [
            "id", "channel", "kind", "key", "state", "tries", "next_try_at", "put_at", "ended_at",
            "fault",
        ],
        INTERNAL,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="message_not_ended",
            ),
            models.Index(fields=["put_at"], name="message_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="message_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="message_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_at__isnull=False)
                | (~Q(state__in=_ENDED) & Q(ended_at__isnull=True)),
                name="message_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(fault=""), name="message_failed_says_why"
            ),
        ]


class Choice(models.Model):
    """What a person has chosen about its messages. Without a row: as the installation has it."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, related_name="+", unique=True
    )
    digest = models.BooleanField()
    chosen_at = models.DateTimeField()

    privacy: ClassVar = dict.fromkeys(["id", "account", "digest", "chosen_at"], STAFF)
