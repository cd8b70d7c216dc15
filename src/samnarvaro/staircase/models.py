"""Rule sets in versions, and the episodes that they open and end."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

INTERNAL, K1, K3 = DataClass.INTERNAL, DataClass.NAME, DataClass.ATTENDANCE


class RuleSet(models.Model):
    """One version of a rule set, as data, from the day it holds. A used version is never changed."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    holds_from = models.DateField()
    name = models.CharField(max_length=120)
    rules = models.JSONField()

    privacy: ClassVar = dict.fromkeys(
        ["id", "key", "version", "holds_from", "name", "rules"], INTERNAL
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_set_version_once")
        ]


class EpisodeSet(models.QuerySet["Episode"]):
    def visible_in(self, scope: Scope) -> Self:
        if not scope.reads(DataClass.ATTENDANCE):
            return self.none()
        return self.filter(Exists(people.visible(by=scope).filter(pk=OuterRef("pupil"))))


class Episode(models.Model):
    """A stretch of days during which a level of the staircase holds for a pupil.

    Keeps the signal that opened it: rule, rule version, window and minutes, so that a person can
    check it by hand. `ended_on` is the first school day on which no rule of the level held.
    """

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=40)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    window_first = models.DateField()
    window_last = models.DateField()
    scheduled = models.IntegerField()
    absent = models.IntegerField()

    objects = EpisodeSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "pupil": K1, "rule_set": INTERNAL, "key": INTERNAL} | dict.fromkeys(
        [
            "level", "rule", "opened_on", "ended_on", "window_first", "window_last", "scheduled",
            "absent",
        ],
        K3,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "opened_on"], name="episode_by_pupil"),
            models.Index(fields=["opened_on"], name="episode_by_opening"),
            models.Index(fields=["ended_on"], name="episode_by_end"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "key", "level"],
                condition=Q(ended_on__isnull=True),
                name="episode_open_once_a_level",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("opened_on")),
                name="episode_ends_after_it_opens",
            ),
        ]
