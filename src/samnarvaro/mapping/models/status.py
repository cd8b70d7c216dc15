"""How a pupil's attendance was on a day, as it was set; never rewritten."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import status as statuses
from samnarvaro.mapping.models.mapping import READS
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K1, K5 = (
    DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME, DataClass.MAPPING,
)  # fmt: skip


class StatusSet(models.QuerySet["AttendanceStatus"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the statuses of pupils whose mapping the viewer reads. The system reads none."""
        if scope.is_system:
            return self.none()
        return self.filter(of_readable(by=scope, classes=READS))


class AttendanceStatus(models.Model):
    """How a pupil's attendance was on a day, as somebody at work set it. Never rewritten: of two for
    the same day the later holds, and both are kept.

    `suggested` is what the marks suggested then; empty when there were too few.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    status = models.PositiveSmallIntegerField()
    occasion = models.CharField(
        max_length=10, choices=[(o.value, o.name) for o in statuses.Occasion]
    )
    set_on = models.DateField()
    set_at = models.DateTimeField()
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=statuses.LONGEST_WORDS, blank=True)
    suggested = models.PositiveSmallIntegerField(null=True)

    objects = StatusSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "author": STAFF,
    } | dict.fromkeys(["status", "occasion", "set_on", "set_at", "words", "suggested"], K5)  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "set_on"], name="status_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in statuses.Status]), name="status_1_to_8"
            )
        ]
