"""Who read and wrote what. Labels and ids, no foreign keys: the log outlives what it tells of."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from samnarvaro.audit.domain.chain import BEGINNING
from samnarvaro.audit.domain.reviewing import Verdict
from samnarvaro.kernel.privacy import DataClass

LOG = DataClass.READ_LOG


class NeverChanged(Exception):
    """Somebody tried to change or delete rows of the log."""


class LogSet(models.QuerySet[Any]):
    """Rows that are added and read. There is no way to change or delete one."""

    def update(self, **_named: object) -> int:
        raise NeverChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged

    def bulk_update(self, *_given: object, **_named: object) -> int:
        raise NeverChanged


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
    ground = models.CharField(max_length=60, default="duty")
    outcome = models.CharField(max_length=8, default="allowed")
    objects_shown = models.JSONField(default=list)

    objects = LogSet.as_manager()

    privacy: ClassVar = {"id": DataClass.INTERNAL} | dict.fromkeys(
        [
            "at", "viewer", "role", "zone", "purpose", "action", "channel", "what", "classes",
            "pupils", "count", "request_id", "ground", "outcome", "objects_shown",
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

    objects = LogSet.as_manager()

    privacy: ClassVar = {"id": DataClass.INTERNAL} | dict.fromkeys(
        ["at", "viewer", "role", "zone", "act", "pupil", "target", "detail", "request_id"], LOG
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="writing_by_time"),
            models.Index(fields=["pupil"], name="writing_by_pupil"),
        ]


class Seal(models.Model):
    """One row of a log, numbered without a gap and chained to the row that was sealed before it."""

    number = models.BigIntegerField(primary_key=True)
    log = models.CharField(max_length=1)
    row = models.BigIntegerField()
    form = models.PositiveSmallIntegerField()
    sealed_at = models.DateTimeField()
    hashed = models.BinaryField(max_length=32)
    marked = models.BinaryField(max_length=32, null=True)

    objects = LogSet.as_manager()

    privacy: ClassVar = dict.fromkeys(
        ["number", "log", "row", "form", "sealed_at", "hashed", "marked"], DataClass.INTERNAL
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "row"], name="seal_once_a_row"),
            models.CheckConstraint(condition=Q(log__in=["r", "w"]), name="seal_log_known"),
        ]


class SealHead(models.Model):
    """How far the chain has come. One row: who seals holds it, so that one seals at a time."""

    ONLY = 1

    number = models.BigIntegerField(default=0)
    hashed = models.BinaryField(max_length=32, default=BEGINNING)
    readings = models.BigIntegerField(default=0)
    writings = models.BigIntegerField(default=0)

    privacy: ClassVar = dict.fromkeys(
        ["id", "number", "hashed", "readings", "writings"], DataClass.INTERNAL
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="seal_head_is_one")]


class Review(models.Model):
    """A month of a unit's readings under review: what was drawn by lot, and how it can be drawn again."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    month = models.DateField()
    zone = models.CharField(max_length=60)
    unit = models.BigIntegerField()
    unit_name = models.CharField(max_length=120)
    readings = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ["id", "public", "month", "zone", "unit", "unit_name", "readings", "seed", "drawn_at"],
        DataClass.INTERNAL,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "unit"], name="review_once_a_month")
        ]


class ReviewLine(models.Model):
    """One reading to look at, and why: drawn by lot, or asked about by rules, or both."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    reading = models.BigIntegerField()
    viewer = models.CharField(max_length=60)
    reasons = models.JSONField()  # each with the pupil it is about and its figures

    privacy: ClassVar = {"id": DataClass.INTERNAL, "public": DataClass.INTERNAL} | dict.fromkeys(
        ["review", "reading", "viewer", "reasons"], LOG
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "reading"], name="review_line_once")
        ]


class LookedThrough(models.Model):
    """A day whose readings the rules have been held to. What a night missed, the next one makes up for."""

    day = models.DateField(unique=True)
    looked_at = models.DateTimeField()

    privacy: ClassVar = dict.fromkeys(["id", "day", "looked_at"], DataClass.INTERNAL)


class Finding(models.Model):
    """What a reviewer came to about a reading. Written once; a later one is a row of its own."""

    line = models.ForeignKey(ReviewLine, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=[(v.value, v.name) for v in Verdict])
    words = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = LogSet.as_manager()

    privacy: ClassVar = {"id": DataClass.INTERNAL} | dict.fromkeys(
        ["line", "verdict", "words", "by", "at"], LOG
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=[v.value for v in Verdict]),
                name="finding_verdict_known",
            )
        ]
