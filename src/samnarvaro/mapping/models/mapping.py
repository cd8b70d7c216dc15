"""Mappings and what is said in them. A locked one is not rewritten: a correction is a new one."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import factors, mappings
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K1, K5 = (
    DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME, DataClass.MAPPING,
)  # fmt: skip
READS = frozenset({K5})


class MappingSet(models.QuerySet["Mapping"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the mappings of pupils whose mapping the viewer reads; a draft is its author's alone.

        A mentor reads the simple ones. The system reads none: nothing it does needs them.
        """
        if scope.is_system:
            return self.none()
        rows = self.filter(of_readable(by=scope, classes=READS))
        if scope.role in mappings.SIMPLE_ALONE:
            rows = rows.filter(depth=mappings.Depth.SIMPLE)
        return rows.filter(Q(final_at__isnull=False) | Q(author=scope.staff))


class Mapping(models.Model):
    """What somebody found out together with a child, on a day, by some methods.

    `corrects` is the locked one whose place this takes when it is locked itself.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    depth = models.CharField(max_length=8, choices=[(d.value, d.name) for d in mappings.Depth])
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    changed_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
    methods = models.JSONField(default=list)
    child_words = models.CharField(max_length=mappings.LONGEST_CHILD_WORDS, blank=True)
    not_heard_why = models.CharField(max_length=mappings.LONGEST_WHY, blank=True)
    functions = models.JSONField(default=list)
    triggers = models.JSONField(default=list)

    objects = MappingSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "depth": K5, "author": STAFF,
        "begun_on": K5, "changed_at": K5, "final_at": K5, "corrects": K5, "held_on": K5,
        "methods": K5, "child_words": K5, "not_heard_why": K5, "functions": K5, "triggers": K5,
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "held_on"], name="mapping_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | Q(held_on__isnull=False),
                name="mapping_final_has_day",
            ),
            # Two corrections of one mapping would leave two that hold.
            models.UniqueConstraint(fields=["corrects"], name="mapping_corrected_once"),
        ]


class Factor(models.Model):
    """One thing that one source says: what it is, which way it goes, how strong, in plain words."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k.value, k.name) for k in factors.Kind])
    source = models.CharField(max_length=12, choices=[(s.value, s.name) for s in factors.Source])
    direction = models.CharField(
        max_length=8, choices=[(d.value, d.name) for d in factors.Direction]
    )
    strength = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=factors.LONGEST_WORDS)

    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        ["mapping", "kind", "source", "direction", "strength", "words"], K5
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    strength__gte=factors.LEAST_STRENGTH, strength__lte=factors.MOST_STRENGTH
                ),
                name="factor_strength_in_range",
            )
        ]
