"""Early measures: what is tried for a pupil without case, investigation or meeting."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samnarvaro.followup.domain.measures import LONGEST_HOW, LONGEST_LINE, Outcome
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.rows import ROWS_ALONE

K1, K3, STAFF = DataClass.NAME, DataClass.ATTENDANCE, DataClass.STAFF
WORDS = DataClass.CAUSE  # what is tried, and how it went, may tell why a child is away


class MeasureSet(models.QuerySet["EarlyMeasure"]):
    def visible_in(self, scope: Scope) -> Self:
        """Measures about pupils that exist for the viewer; for those who follow what is done."""
        if scope.is_system and scope.about is None:
            return self
        if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
            return self.none()
        return self.filter(people.of_visible(by=scope))

    def running(self) -> Self:
        return self.filter(closed_on__isnull=True)


class EarlyMeasure(models.Model):
    """What is tried, from when, when it is looked at again, and in the end how it went.

    `public` is what a plan takes it in by later.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=LONGEST_LINE)
    first_day = models.DateField()
    look_on = models.DateField()
    started_on = models.DateField()
    started_by = models.CharField(max_length=60)
    started_by_name = models.CharField(max_length=160)
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_by_name = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(o.value, o.name) for o in Outcome]
    )
    how = models.CharField(max_length=LONGEST_HOW, blank=True)

    objects = MeasureSet.as_manager()
    privacy: ClassVar = {
        "id": DataClass.INTERNAL, "public": DataClass.INTERNAL, "pupil": K1, "what": WORDS,
        "first_day": K3, "look_on": K3, "started_on": K3, "started_by": STAFF,
        "started_by_name": STAFF, "closed_on": K3, "closed_by": STAFF, "closed_by_name": STAFF,
        "outcome": K3, "how": WORDS,
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "first_day"], name="early_measure_by_pupil"),
            models.Index(
                fields=["look_on"],
                condition=Q(closed_on__isnull=True),
                name="early_measure_running",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(look_on__gt=F("first_day")), name="early_measure_looks_later"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="", how="", closed_by="")
                | (
                    Q(closed_on__isnull=False, outcome__in=[o.value for o in Outcome])
                    & ~Q(how="")
                    & ~Q(closed_by="")
                ),
                name="early_measure_closed_with_words",
            ),
        ]
