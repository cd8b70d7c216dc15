"""Well-being surveys: what is asked, of which classes, the slips that are out, and the sums of answers.

There is no table of answers. The sums of a class are one row, rewritten whole by each answer; a slip
that has been used is gone. So no row, key, order or moment leads from a sum back to a child.
"""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import survey as domain

INTERNAL, STAFF, K11 = DataClass.INTERNAL, DataClass.STAFF, DataClass.CHILD_WORDS
DIGEST = 64


class SurveySet(models.QuerySet["Survey"]):
    def visible_in(self, scope: Scope) -> Self:
        """Those of the schools that the viewer follows; a mentor's, those that its class is asked."""
        if scope.is_system:
            return self
        if scope.role not in domain.READERS:
            return self.none()
        asked = SurveyClass.objects.filter(survey=models.OuterRef("pk"), group__in=scope.groups)
        return self.filter(Q(unit__in=scope.units) | Q(models.Exists(asked)))


class Survey(models.Model):
    """A survey of one school. Once it is no draft its questions are what they are."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=domain.LONGEST_TITLE)
    is_draft = models.BooleanField(default=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True)
    made_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    objects = SurveySet.as_manager()
    privacy: ClassVar = dict.fromkeys(
        ["id", "public", "unit", "title", "is_draft", "opens_on", "closes_on", "closed_on"],
        INTERNAL,
    ) | {"made_by": STAFF}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens"
            )
        ]


class SurveyQuestion(models.Model):
    """One question, by its place: one that comes with the program, or the school's own words."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=domain.LONGEST_QUESTION, blank=True)

    privacy: ClassVar = dict.fromkeys(["id", "survey", "number", "item", "words"], INTERNAL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_question_once"),
            models.CheckConstraint(
                condition=Q(item="", words__gt="") | Q(item__gt="", words=""),
                name="survey_question_of_one_kind",
            ),
        ]


class SurveyClass(models.Model):
    """A class that is asked."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("organisation.Group", on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar = dict.fromkeys(["id", "survey", "group"], INTERNAL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "group"], name="survey_class_once")
        ]


class SurveySum(models.Model):
    """How many of a class have answered, and how many said what to each question, in their order."""

    of = models.OneToOneField(SurveyClass, on_delete=models.CASCADE, related_name="+")
    answers = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField()

    privacy: ClassVar = {"id": INTERNAL, "of": INTERNAL, "answers": K11, "counts": K11}


class SurveySlip(models.Model):
    """A slip that is out and has not been used, by the keyed digest of its code."""

    of = models.ForeignKey(SurveyClass, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=DIGEST, unique=True)

    privacy: ClassVar = dict.fromkeys(["id", "of", "digest"], INTERNAL)
