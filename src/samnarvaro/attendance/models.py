"""Lesson marks, their earlier versions, and the totals carried from day to day.

The tables are written in bulk, so the database does not check their foreign keys row by row:
`attendance.imports` resolves pupils and units in the transaction that writes.
"""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from samnarvaro.attendance.domain.announced import DAYS_END, ToldBy
from samnarvaro.attendance.domain.leave import DECIDE
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.readable import of_readable

INTERNAL, K1, K3 = DataClass.INTERNAL, DataClass.NAME, DataClass.ATTENDANCE
STAFF = DataClass.STAFF

# What a delivery says of a lesson; the lesson itself is pupil, unit, day and start.
CONTENT = (
    "scheduled", "excused", "unexcused", "other", "reported", "cancelled", "late", "subject",
)  # fmt: skip


def _far(to: str, **options: Any) -> Any:
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        **options,
    )


class MarkSet(models.QuerySet["Mark"]):
    def visible_in(self, scope: Scope) -> Self:
        return self.filter(of_readable(by=scope, classes=frozenset({DataClass.ATTENDANCE})))


class Mark(models.Model):
    """What is held of one pupil at one lesson: whole minutes.

    `start` is the minute of the day on the Swedish wall clock. Only a mark that is reported, not
    cancelled and on a school day of its unit counts in a measure.
    """

    pk = models.CompositePrimaryKey("day", "pupil", "start", "unit")
    day = models.DateField()
    pupil = _far("people.Pupil")
    start = models.SmallIntegerField()
    unit = _far("organisation.Unit")
    scheduled = models.SmallIntegerField()
    excused = models.SmallIntegerField()
    unexcused = models.SmallIntegerField()
    other = models.SmallIntegerField()
    reported = models.BooleanField()
    cancelled = models.BooleanField()
    late = models.BooleanField()
    subject = models.CharField(max_length=40, blank=True)
    on_school_day = models.BooleanField()
    delivery = _far("base.Delivery")

    objects = MarkSet.as_manager()
    privacy: ClassVar = dict.fromkeys(
        ["day", "start", "unit", "scheduled", "excused", "unexcused", "other", "reported",
         "cancelled", "late", "subject", "on_school_day"],
        K3,
    ) | {"pupil": K1, "delivery": INTERNAL}  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scheduled__gte=1, scheduled__lte=1440), name="mark_1_to_1440_minutes"
            ),
            models.CheckConstraint(
                condition=Q(excused__gte=0, unexcused__gte=0, other__gte=0)
                & Q(scheduled__gte=F("excused") + F("unexcused") + F("other")),
                name="mark_parts_fit_in_lesson",
            ),
            models.CheckConstraint(
                condition=Q(start__gte=0, start__lte=1439), name="mark_start_in_a_day"
            ),
        ]


class MarkVersion(models.Model):
    """A version of a mark that another delivery replaced. All of them stay."""

    day = models.DateField()
    pupil = _far("people.Pupil")
    start = models.SmallIntegerField()
    unit = _far("organisation.Unit")
    scheduled = models.SmallIntegerField()
    excused = models.SmallIntegerField()
    unexcused = models.SmallIntegerField()
    other = models.SmallIntegerField()
    reported = models.BooleanField()
    cancelled = models.BooleanField()
    late = models.BooleanField()
    subject = models.CharField(max_length=40, blank=True)
    delivery = _far("base.Delivery")
    replaced_by = _far("base.Delivery")

    privacy: ClassVar = {"id": INTERNAL, "pupil": K1, "delivery": INTERNAL, "replaced_by": INTERNAL}
    privacy |= dict.fromkeys(["day", "start", "unit", *CONTENT], K3)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "day", "start", "unit"], name="mark_version_by_lesson")
        ]


class DayTotalSet(models.QuerySet["DayTotal"]):
    def visible_in(self, scope: Scope) -> Self:
        return self.filter(of_readable(by=scope, classes=frozenset({DataClass.ATTENDANCE})))

    def until(self, day: date) -> Self:
        return self.filter(day__lte=day)


class DayTotal(models.Model):
    """A pupil's running totals after one day with marks, all schools together; never reset.

    Minutes since the first mark; `days` counts the days with counting lessons, `run` the absent
    ones in a row up to here. `unit` is that of the last counting mark so far (before any: of the
    last mark). A window is the difference of two rows, each the last on or before its day. Rows lie
    by day: a window of everybody reads a few days; a pupil's own days are found by the index.
    """

    pk = models.CompositePrimaryKey("day", "pupil")
    day = models.DateField()
    pupil = _far("people.Pupil")
    scheduled = models.IntegerField()
    excused = models.IntegerField()
    unexcused = models.IntegerField()
    unreported = models.IntegerField()
    late = models.IntegerField()
    days = models.IntegerField()
    run = models.IntegerField()
    unit = _far("organisation.Unit")

    objects = DayTotalSet.as_manager()
    privacy: ClassVar = {"pupil": K1} | dict.fromkeys(
        ["day", "scheduled", "excused", "unexcused", "unreported", "late", "days", "run", "unit"],
        K3,
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "day"], name="day_total_by_pupil")]


class MarksState(models.Model):
    """One row: a token that every change of marks replaces, so that sums which were reckoned before
    are known to hold no longer.
    """

    token = models.CharField(max_length=32)

    privacy: ClassVar = {"id": INTERNAL, "token": INTERNAL}


class AnnouncementSet(models.QuerySet["Announcement"]):
    def visible_in(self, scope: Scope) -> Self:
        return self.filter(of_readable(by=scope, classes=frozenset({DataClass.ATTENDANCE})))

    def without_leave(self) -> Self:
        """Keep what was told to the school; granted leave is shown and withdrawn by itself."""
        return self.exclude(Exists(Leave.objects.filter(announcement=OuterRef("pk"))))


class Announcement(models.Model):
    """Absence that somebody has announced; never why. What is withdrawn stays, with who and when.

    `delivery` is the one as which it changes marks, `withdrawal` the one that gave them back.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    begins = models.SmallIntegerField(null=True)
    ends = models.SmallIntegerField(null=True)
    told_by = models.CharField(max_length=12, choices=[(t.value, t.name) for t in ToldBy])
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160, blank=True)
    delivery = models.ForeignKey("base.Delivery", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_by_name = models.CharField(max_length=160, blank=True)
    withdrawal = models.ForeignKey(
        "base.Delivery", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AnnouncementSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "first_day": K3, "last_day": K3,
        "begins": K3, "ends": K3, "told_by": K3, "at": K3, "by": STAFF, "by_name": STAFF,
        "delivery": INTERNAL, "withdrawn_at": K3, "withdrawn_by": STAFF,
        "withdrawn_by_name": STAFF, "withdrawal": INTERNAL,
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "first_day"], name="announcement_by_pupil")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="announcement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True) | Q(first_day=F("last_day")),
                name="announcement_of_a_part_is_of_one_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawal__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawal__isnull=False) & ~Q(withdrawn_by=""),
                name="announcement_withdrawn_by_somebody",
            ),
        ]


class AnnouncedDay(models.Model):
    """One day of an announcement that holds, from a minute up to another; gone when withdrawn."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(
        "people.Pupil", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    day = models.DateField()
    begins = models.SmallIntegerField(default=0)
    ends = models.SmallIntegerField(default=DAYS_END)

    privacy: ClassVar = {"id": INTERNAL, "announcement": INTERNAL, "pupil": K1} | dict.fromkeys(
        ["day", "begins", "ends"], K3
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "pupil"], name="announced_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins__gte=0, ends__lte=DAYS_END, begins__lt=F("ends")),
                name="announced_part_of_a_day",
            )
        ]


class LeaveSet(models.QuerySet["Leave"]):
    def visible_in(self, scope: Scope) -> Self:
        read = frozenset({DataClass.ATTENDANCE})
        return self.filter(of_readable(by=scope, classes=read, pupil="announcement__pupil"))


class Leave(models.Model):
    """Leave that was granted, and in which role somebody decided it; never why it was asked for.

    What it is of (pupil, days), who decided when, and that it was withdrawn, stands in the
    announcement as which it reaches the marks: the school itself knew.
    """

    announcement = models.OneToOneField(
        Announcement, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_as = models.CharField(max_length=20, choices=[(r.value, r.name) for r in DECIDE])

    objects = LeaveSet.as_manager()
    privacy: ClassVar = {"announcement": INTERNAL, "decided_as": STAFF}
