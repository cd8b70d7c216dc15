"""Who read and wrote what. Labels and ids, no foreign keys: the log outlives what it tells of."""

from typing import ClassVar

from django.db import models

from samnarvaro.kernel.privacy import DataClass

LOG = DataClass.READ_LOG


class Reading(models.Model):
    """One answer that held pupils' data, written before the answer left. Never content or names."""

    at = models.DateTimeField()
    viewer = models.CharField(max_length=60)
    role = models.CharField(max_length=24)
    zone = models.CharField(max_length=60)
    purpose = models.CharField(max_length=80)
    action = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    what = models.CharField(max_length=120)
    classes = models.JSONField()
    pupils = models.JSONField()
    count = models.PositiveIntegerField()
    request_id = models.CharField(max_length=64, blank=True)

    privacy: ClassVar = {"id": DataClass.INTERNAL} | dict.fromkeys(
        [
            "at", "viewer", "role", "zone", "purpose", "action", "channel", "what", "classes",
            "pupils", "count", "request_id",
        ],
        LOG,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="reading_by_time")]


class Writing(models.Model):
    """One thing somebody did: the act, the target, before and after as codes, never free text."""

    at = models.DateTimeField()
    viewer = models.CharField(max_length=60)
    role = models.CharField(max_length=24)
    zone = models.CharField(max_length=60)
    act = models.CharField(max_length=60)
    pupil = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    privacy: ClassVar = {"id": DataClass.INTERNAL} | dict.fromkeys(
        ["at", "viewer", "role", "zone", "act", "pupil", "target", "detail", "request_id"], LOG
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="writing_by_time"),
            models.Index(fields=["pupil"], name="writing_by_pupil"),
        ]
