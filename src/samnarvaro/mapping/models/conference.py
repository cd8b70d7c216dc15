"""Notes of what was seen of a class as a whole, and what was decided. No pupil stands in them."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import conferences

INTERNAL, STAFF, K1 = DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME


class ClassNoteSet(models.QuerySet["ClassNote"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep those of the classes that the viewer works with; a draft is its author's alone."""
        if scope.role not in conferences.CONFERRING:
            return self.none()
        rows = self.filter(Q(group__in=scope.groups) | Q(group__unit__in=scope.units))
        return rows.filter(Q(final_at__isnull=False) | Q(author=scope.staff))


class ClassNote(models.Model):
    """One conference or knowledge check of a class, on a day. A locked one is not rewritten."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    group = models.ForeignKey("organisation.Group", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(k.value, k.name) for k in conferences.Kind])
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    final_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    present = models.CharField(max_length=conferences.LONGEST_PRESENT, blank=True)
    seen = models.TextField(blank=True)

    objects = ClassNoteSet.as_manager()
    # Of a class, as its name is: who has the class reads it, and no other agency.
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "group": INTERNAL, "kind": INTERNAL, "author": STAFF,
        "begun_on": INTERNAL, "final_at": INTERNAL, "held_on": INTERNAL, "present": STAFF,
        "seen": K1,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | Q(held_on__isnull=False),
                name="class_note_final_has_day",
            )
        ]


class ClassDecision(models.Model):
    """What is to be done for a class, by whom of the adults, until when; and that it was done."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    note = models.ForeignKey(ClassNote, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=conferences.LONGEST_WHAT, blank=True)
    who = models.CharField(max_length=conferences.LONGEST_WHO, blank=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "note": INTERNAL, "what": K1, "who": STAFF,
        "due_on": INTERNAL, "done_on": INTERNAL, "done_by": STAFF,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="class_decision_done_by_somebody",
            )
        ]
