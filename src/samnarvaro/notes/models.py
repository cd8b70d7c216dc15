"""Working notes. A note is not rewritten: a correction is a new one that replaces it."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes.domain import notes as domain
from samnarvaro.people.queries.readable import readable

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
# The strictest of the four classes that a note may be of: which one stands in the row.
TEXT = DataClass.MEDICAL


class NoteSet(models.QuerySet["Note"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the notes of the viewer's own zone about children it has as its own matter.

        What is the author's alone is that, and the named readers'. The system reads none: nothing
        it does needs them.
        """
        of_class = domain.class_of(scope.zone)
        if scope.is_system or of_class is None:
            return self.none()
        children = readable(by=scope, classes=frozenset({of_class}))
        rows = self.filter(
            Exists(children.filter(pk=OuterRef("pupil"))), zone=scope.zone, data_class=of_class
        )
        if domain.only_author_reads(scope.zone):
            named = NoteReader.objects.filter(note=OuterRef("pk"), staff=scope.staff)
            rows = rows.filter(Q(author=scope.staff) | Q(Exists(named.filter(ended_at=None))))
        return rows

    def known_in(self, scope: Scope) -> Self:
        """Keep those of the viewer's own zone of which it may know that they are there, read or not."""
        if scope.is_system or not domain.may_know(scope.role, scope.zone):
            return self.none()
        children = readable(by=scope, classes=frozenset({DataClass.EXISTENCE}))
        return self.filter(Exists(children.filter(pk=OuterRef("pupil"))), zone=scope.zone)

    def standing(self) -> Self:
        return self.filter(replaced_by__isnull=True)


class Note(models.Model):
    """What somebody at work wrote down about a child for its own zone."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=60)
    data_class = models.CharField(
        max_length=8, choices=[(k.value, k.name) for k in domain.CLASS_OF.values()]
    )
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField()
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = NoteSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL,
        "public": INTERNAL,
        "data_class": INTERNAL,
    } | dict.fromkeys(["pupil", "zone", "author", "written_at", "text", "replaced_by"], TEXT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "zone"], name="note_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(data_class__in=sorted(k.value for k in domain.CLASS_OF.values())),
                name="note_class_known",
            )
        ]


class NoteReader(models.Model):
    """Somebody besides the author who was named to read a note."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy: ClassVar = {"id": INTERNAL} | dict.fromkeys(
        ["note", "staff", "named_at", "ended_at"], TEXT
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "staff"],
                condition=Q(ended_at__isnull=True),
                name="note_reader_once",
            )
        ]
