"""What a pupil reaches in its subjects, as it was told; never rewritten: a later telling replaces it."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import knowledge
from samnarvaro.mapping.models.mapping import READS
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K1, K5 = (
    DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME, DataClass.MAPPING,
)  # fmt: skip


class KnowledgeSet(models.QuerySet["KnowledgeResult"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the results of pupils whose mapping the viewer reads: those who also read why a pupil
        is away. A teacher reads none, nor the system a single one.
        """
        if scope.is_system:
            return self.none()
        return self.filter(of_readable(by=scope, classes=READS))

    def holding(self) -> Self:
        """Keep those that nothing has taken the place of."""
        return self.filter(replaced_at__isnull=True)


class KnowledgeResult(models.Model):
    """What was told of a pupil for a term on the day of a check: by a person, or in a file."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=12)
    day = models.DateField()
    at_risk = models.JSONField(default=list)
    not_reached = models.JSONField(default=list)
    eligibility = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.name) for e in knowledge.Eligibility]
    )
    told_at = models.DateTimeField()
    author = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    delivery = models.ForeignKey(
        "base.Delivery", null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True)

    objects = KnowledgeSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "author": STAFF, "delivery": INTERNAL,
    } | dict.fromkeys(
        ["term", "day", "at_risk", "not_reached", "eligibility", "told_at", "replaced_at"], K5
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "term"],
                condition=Q(replaced_at__isnull=True),
                name="knowledge_one_holds_a_term",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False, delivery__isnull=True)
                | Q(author__isnull=True, delivery__isnull=False),
                name="knowledge_told_or_delivered",
            ),
        ]
