"""What somebody has begun to write into an investigation, and what it said before it was written over."""

from typing import ClassVar

from django.db import models

from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.models.investigation import Investigation, choices
from samnarvaro.kernel.privacy import DataClass

INTERNAL, STAFF, K5 = DataClass.INTERNAL, DataClass.STAFF, DataClass.MAPPING


class PartDraft(models.Model):
    """The text of a part as its author left it: read by nobody else, and gone when the part is written."""

    investigation = models.ForeignKey(Investigation, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=12, choices=choices(domain.Part))
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL, "author": STAFF} | (
        dict.fromkeys(["part", "text", "saved_at"], K5)
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["investigation", "part", "author"], name="part_draft_once"
            )
        ]


class EarlierWording(models.Model):
    """What a part said until it was written over: never changed, read by who reads the investigation."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=choices(domain.Part))
    choice = models.CharField(max_length=12, blank=True)  # of special support, what was answered
    text = models.TextField()
    written_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField()
    replaced_at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL, "written_by": STAFF} | (
        dict.fromkeys(["part", "choice", "text", "written_on", "replaced_at"], K5)
    )
