"""Rule sets in versions, and the episodes that they open and end."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
K1, K3 = DataClass.NAME, DataClass.ATTENDANCE


class RuleSet(models.Model):
    """One version of a rule set, as data, from the day it holds. A used version is never changed.

    The shipped ones have nobody who made them. One that was taken back before its first day stays, to
    be looked up, and never holds.
    """

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    holds_from = models.DateField()
    name = models.CharField(max_length=120)
    rules = models.JSONField()
    counts_leave = models.BooleanField(default=True)
    made_by = models.CharField(max_length=60, blank=True)
    made_by_name = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ["id", "key", "version", "holds_from", "name", "rules", "counts_leave", "made_at",
         "taken_back_at"],
        INTERNAL,
    ) | {"made_by": STAFF, "made_by_name": STAFF}  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_set_version_once")
        ]

    @property
    def is_shipped(self) -> bool:
        return not self.made_by


class Choice(models.Model):
    """That a rule set holds from a day on: at some units (ids), for some school years and school
    types; where none is named, at all and for all. One that was taken back before its first day stays, and never holds.
    `ended_for` is the one that came instead.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    key = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    units = models.JSONField(default=list)
    grades = models.JSONField(default=list)
    types = models.JSONField(default=list)
    ended_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.CharField(max_length=60, blank=True)
    chosen_by_name = models.CharField(max_length=160, blank=True)
    chosen_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ["id", "public", "key", "first_day", "last_day", "units", "grades", "types", "ended_for",
         "chosen_at", "taken_back_at"],
        INTERNAL,
    ) | {"chosen_by": STAFF, "chosen_by_name": STAFF}  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="choice_ends_after_it_begins",
            )
        ]


class EpisodeSet(models.QuerySet["Episode"]):
    def visible_in(self, scope: Scope) -> Self:
        if not scope.reads(DataClass.ATTENDANCE):
            return self.none()
        return self.filter(people.of_visible(by=scope))


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
