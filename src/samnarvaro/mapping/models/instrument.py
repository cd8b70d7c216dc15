"""Instruments in versions, and what was answered. A published version and a locked answer are not
rewritten: each is corrected by a new one.
"""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import instrument as domain
from samnarvaro.mapping.domain import mappings
from samnarvaro.mapping.models.mapping import READS
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K1, K5 = (
    DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME, DataClass.MAPPING,
)  # fmt: skip


class InstrumentVersion(models.Model):
    """One version of an instrument, as data. The shipped ones have nobody who made them."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=16, choices=[(a.value, a.name) for a in domain.Audience])
    depth = models.CharField(max_length=8, choices=[(d.value, d.name) for d in mappings.Depth])
    content = models.JSONField()
    state = models.CharField(max_length=8, choices=[(s.value, s.name) for s in domain.State])
    made_by = models.CharField(max_length=60, blank=True)
    made_by_name = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField(null=True)
    changed_by_name = models.CharField(max_length=160, blank=True)
    changed_at = models.DateTimeField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ["id", "public", "name", "version", "title", "audience", "depth", "content", "state",
         "made_at", "changed_at"],
        INTERNAL,
    ) | dict.fromkeys(["made_by", "made_by_name", "changed_by_name"], STAFF)  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "version"], name="instrument_version_once"),
            # Two that hold would leave it to chance which one is asked.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(state=domain.State.PUBLISHED.value),
                name="instrument_published_once",
            ),
        ]

    @property
    def is_shipped(self) -> bool:
        return not self.made_by


class ResponseSet(models.QuerySet["Response"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the answers about pupils whose mapping the viewer reads at school; a draft is its
        author's alone, and a mentor reads the simple ones. Nothing is let out to another agency, and
        the system reads none.
        """
        if scope.is_system or scope.role not in domain.READERS:
            return self.none()
        rows = self.filter(of_readable(by=scope, classes=READS))
        if scope.role in mappings.SIMPLE_ALONE:
            rows = rows.filter(instrument__depth=mappings.Depth.SIMPLE)
        return rows.filter(Q(final_at__isnull=False) | Q(author=scope.staff))


class Response(models.Model):
    """What was answered to an instrument, on a day, in some way. `who` says in a few words who answered.

    `corrects` is the locked one whose place this takes when it is locked itself.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    changed_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
    method = models.CharField(
        max_length=16, blank=True, choices=[(m.value, m.name) for m in mappings.Method]
    )
    who = models.CharField(max_length=domain.LONGEST_WHO, blank=True)
    answers = models.JSONField(default=dict)

    objects = ResponseSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "author": STAFF,
    } | dict.fromkeys(
        ["instrument", "begun_on", "changed_at", "final_at", "corrects", "held_on", "method", "who",
         "answers"],
        K5,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "held_on"], name="response_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | (Q(held_on__isnull=False) & ~Q(method="")),
                name="response_final_is_whole",
            ),
            # Two corrections of one would leave two that hold.
            models.UniqueConstraint(fields=["corrects"], name="response_corrected_once"),
        ]
