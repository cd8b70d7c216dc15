"""Consultations without identity: about nobody who is named, and tied to no case."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.cases.domain import sides
from samnarvaro.cases.models.investigation import choices
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

INTERNAL, STAFF, K5 = DataClass.INTERNAL, DataClass.STAFF, DataClass.MAPPING


class StubSet(models.QuerySet["Stub"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep those one has asked oneself, and those asked of one's own zone."""
        if scope.is_system:
            return self
        return self.filter(Q(from_zone=scope.zone, asked_by=scope.staff) | Q(to_zone=scope.zone))


class Stub(models.Model):
    """A question to the intake unit, and its advice. Nothing leads from here to a pupil."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    from_zone = models.CharField(max_length=60)
    to_zone = models.CharField(max_length=60)
    ages = models.CharField(max_length=8, choices=choices(sides.Ages))
    question = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    asked_as = models.CharField(max_length=24)  # the role, which is all that is told of who asks
    advice = models.TextField(blank=True)
    advised_on = models.DateField(null=True)
    advised_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StubSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "from_zone": INTERNAL, "to_zone": INTERNAL,
        "asked_on": INTERNAL, "advised_on": INTERNAL, "asked_by": STAFF, "asked_as": STAFF,
        "advised_by": STAFF, "ages": K5, "question": K5, "advice": K5,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(advised_on__isnull=True, advice="")
                | (Q(advised_on__isnull=False) & ~Q(advice="")),
                name="stub_advised_with_words",
            )
        ]
