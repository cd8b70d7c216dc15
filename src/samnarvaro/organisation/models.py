"""Who runs the schools, which units and groups there are, and which days are school days."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samnarvaro.kernel.privacy import DataClass

NOTHING = DataClass.INTERNAL


def internal(*fields: str) -> dict[str, DataClass]:
    return dict.fromkeys(fields, NOTHING)


class SchoolAuthority(models.Model):
    """A municipality or an independent body that runs schools, with the settings it chooses."""

    LATE_AS: ClassVar = [("unexcused", "unexcused"), ("excused", "excused"), ("present", "present")]

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    late_counts_as = models.CharField(max_length=10, choices=LATE_AS, default="unexcused")

    privacy: ClassVar = internal("id", "code", "name", "late_counts_as")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(late_counts_as__in=["unexcused", "excused", "present"]),
                name="authority_late_counts_as_known",
            )
        ]


class Agency(models.Model):
    """School, social services, health care or leisure. Its zone is a controller and a branch."""

    KINDS: ClassVar = [(k, k) for k in ("school", "social", "health", "leisure")]

    authority = models.ForeignKey(SchoolAuthority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60)

    privacy: ClassVar = internal("id", "authority", "kind", "name", "zone")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "name"], name="agency_once_by_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["school", "social", "health", "leisure"]),
                name="agency_kind_known",
            ),
        ]


class Unit(models.Model):
    """A school or another workplace. A school is known by its Swedish school unit code."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001  # unique or none
    name = models.CharField(max_length=120)

    privacy: ClassVar = internal("id", "public", "agency", "code", "name")


class Group(models.Model):
    """A class of one school year. The next school year's 8B is another group."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    grade = models.CharField(max_length=4)
    school_year = models.CharField(max_length=9)

    privacy: ClassVar = internal("id", "public", "unit", "name", "grade", "school_year")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "school_year", "name"], name="group_once_a_school_year"
            )
        ]


class Term(models.Model):
    """A term of the school authority. Figures never stop at its ends; pages name them by it."""

    authority = models.ForeignKey(SchoolAuthority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField()

    privacy: ClassVar = internal("id", "authority", "name", "first_day", "last_day")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "name"], name="term_once_by_name"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="term_ends_after_it_begins"
            ),
        ]


class CalendarSpan(models.Model):
    """Days that a school authority, or one unit of it, frees or makes school days."""

    authority = models.ForeignKey(SchoolAuthority, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    is_school_day = models.BooleanField(default=False)
    label = models.CharField(max_length=80)

    privacy: ClassVar = internal(
        "id", "authority", "unit", "first_day", "last_day", "is_school_day", "label"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="calendar_span_ends_after_it_begins"
            )
        ]
