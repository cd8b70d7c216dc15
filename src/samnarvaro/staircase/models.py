"""Rule sets in versions, the episodes that they open and end, and the measures of schools."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain.school_measures import LONGEST_HOW, LONGEST_LINE, Outcome
from samnarvaro.staircase.domain.tiers import Tier

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


class SchoolMeasureSet(models.QuerySet["SchoolMeasure"]):
    def visible_in(self, scope: Scope) -> Self:
        """Those of the schools and classes that the viewer follows, and those that are one's own."""
        if scope.is_system:
            return self.filter(taken_back_at=None)
        follows = Q(unit__in=scope.units) | Q(group__in=scope.groups)
        own = Q(owner=scope.staff) if scope.staff else Q()
        return self.filter(follows | own, taken_back_at=None)


class SchoolMeasure(models.Model):
    """What a school has chosen to do, for all of it or for a class: who sees to it, between which
    days, what it is to lead to, and in the end how it went. `item` is the shipped proposal it came
    from; without one the words are the school's own. It is about no pupil.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "organisation.Group", null=True, on_delete=models.PROTECT, related_name="+"
    )
    tier = models.PositiveSmallIntegerField(choices=[(t.value, t.name) for t in Tier])
    item = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=LONGEST_LINE)
    aim = models.CharField(max_length=LONGEST_LINE)
    owner = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    chosen_on = models.DateField()
    chosen_by = models.CharField(max_length=60)
    chosen_by_name = models.CharField(max_length=160)
    outcome = models.CharField(
        max_length=8, blank=True, choices=[(o.value, o.name) for o in Outcome]
    )
    closed_on = models.DateField(null=True)
    closed_by_name = models.CharField(max_length=160, blank=True)
    how = models.CharField(max_length=LONGEST_HOW, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = SchoolMeasureSet.as_manager()
    privacy: ClassVar = dict.fromkeys(
        ["id", "public", "unit", "group", "tier", "item", "what", "aim", "first_day", "last_day",
         "chosen_on", "outcome", "closed_on", "how", "taken_back_at"],
        INTERNAL,
    ) | dict.fromkeys(["owner", "chosen_by", "chosen_by_name", "closed_by_name"], STAFF)  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "first_day"], name="school_measure_by_unit"),
            models.Index(fields=["owner"], name="school_measure_by_owner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="school_measure_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="", how="")
                | (Q(closed_on__isnull=False, outcome__in=[o.value for o in Outcome]) & ~Q(how="")),
                name="school_measure_closed_with_words",
            ),
        ]
