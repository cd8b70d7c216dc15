"""Pupils, guardians, staff and their duties in time. What has happened is never rewritten."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass

K1, K2 = DataClass.NAME, DataClass.CONTACT
INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF


# The collation that compares byte by byte; PostgreSQL learns SQLite's name for it.
BYTEWISE = "BINARY"


def _in_force(day: object) -> Q:
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))


class Account(AbstractUser):
    """A way to sign in. Who the person is and what it does stands in `Staff` and `Duty`."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)

    privacy: ClassVar = {
        "id": INTERNAL,
        "public": INTERNAL,
        "password": INTERNAL,
        "last_login": STAFF,
        "is_superuser": INTERNAL,
        "username": STAFF,
        "first_name": STAFF,
        "last_name": STAFF,
        "email": STAFF,
        "is_staff": INTERNAL,
        "is_active": INTERNAL,
        "date_joined": STAFF,
    }


class Staff(models.Model):
    """A person who works at an agency."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    account = models.OneToOneField(
        Account, null=True, on_delete=models.PROTECT, related_name="+", unique=True
    )
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)

    privacy: ClassVar = {
        "id": INTERNAL,
        "public": INTERNAL,
        "account": INTERNAL,
        "given_name": STAFF,
        "family_name": STAFF,
    }

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class DutySet(models.QuerySet["Duty"]):
    def on(self, day: object) -> Self:
        return self.filter(_in_force(day))


class Duty(models.Model):
    """What a person does, where, from which day and until which."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "organisation.Group", null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=24, choices=[(r.value, r.name) for r in Role])
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    objects = DutySet.as_manager()
    privacy: ClassVar = dict.fromkeys(
        ["id", "staff", "unit", "group", "role", "first_day", "last_day"], STAFF
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]), name="duty_role_known"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="duty_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(role="mentor") | Q(group__isnull=False), name="mentor_has_a_group"
            ),
        ]


class PupilSet(models.QuerySet["Pupil"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the pupils that this viewer follows on the scope's day. The rest do not exist.

        A pupil with protected personal data exists for its named handlers only. A key narrowed to
        one pupil was cut where that pupil was seen, and opens no other.
        """
        if scope.about is not None:
            return self.filter(pk=scope.about)
        if scope.is_system:
            return self
        placed = Enrolment.objects.filter(_in_force(scope.day), pupil=OuterRef("pk")).filter(
            Q(unit__in=scope.units) | Q(group__in=scope.groups)
        )
        handled = NamedHandler.objects.filter(
            _in_force(scope.day), pupil=OuterRef("pk"), staff=scope.staff
        )
        return self.filter(
            (Q(protection=Pupil.OPEN) & Exists(placed))
            | (Q(protection__gt=Pupil.OPEN) & Exists(handled))
        )


class Pupil(models.Model):
    """A child. Known by one text id within the school authority; all else may be missing."""

    OPEN, CONFIDENTIAL, PROTECTED_REGISTRATION = 0, 1, 2

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    authority = models.ForeignKey(
        "organisation.SchoolAuthority", on_delete=models.PROTECT, related_name="+"
    )
    pupil_id = models.CharField(max_length=64, db_collation=BYTEWISE)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    sort_key = models.CharField(max_length=200, blank=True, db_collation=BYTEWISE)
    alias = models.CharField(max_length=80, blank=True)
    identity_number = models.CharField(max_length=12, blank=True)
    birth_date = models.DateField(null=True)
    legal_sex = models.CharField(max_length=1, blank=True)
    home_municipality = models.CharField(max_length=4, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    protection = models.PositiveSmallIntegerField(default=OPEN)

    objects = PupilSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL,
        "public": INTERNAL,
        "authority": INTERNAL,
        "pupil_id": K1,
        "given_name": K1,
        "family_name": K1,
        "sort_key": K1,
        "alias": K1,
        "identity_number": K2,
        "birth_date": K1,
        "legal_sex": K1,
        "home_municipality": K2,
        "telephone": K2,
        "protection": DataClass.EXISTENCE,
    }

    class Meta:
        indexes: ClassVar = [  # few, and asked for by every question that crosses the second wall
            models.Index(fields=["id"], condition=Q(protection__gt=0), name="pupil_protected"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "pupil_id"], name="pupil_once_by_id"),
            models.UniqueConstraint(
                fields=["authority", "identity_number"],
                condition=~Q(identity_number=""),
                name="pupil_once_by_identity_number",
            ),
            models.CheckConstraint(condition=Q(protection__lte=2), name="pupil_protection_0_1_2"),
            models.CheckConstraint(
                condition=Q(legal_sex__in=["", "F", "M"]), name="pupil_legal_sex_known"
            ),
            models.CheckConstraint(
                condition=Q(protection=0) | Q(telephone=""), name="pupil_protected_has_no_telephone"
            ),
        ]

    @property
    def name(self) -> str:
        """The name to show: the agreed alias for a protected pupil, the id for one without name.

        A pupil whose protection has ended keeps the alias until a roster brings the name.
        """
        if self.protection:
            return self.alias or "•••"
        return f"{self.given_name} {self.family_name}".strip() or self.alias or self.pupil_id


class ExternalId(models.Model):
    """What another system calls the pupil."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    privacy: ClassVar = {"id": INTERNAL, "pupil": K1, "system": INTERNAL, "value": K1}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "value"], name="external_id_means_one_pupil")
        ]


class EnrolmentSet(models.QuerySet["Enrolment"]):
    def on(self, day: object) -> Self:
        return self.filter(_in_force(day))


class Enrolment(models.Model):
    """A pupil's time at a unit and in a class. Moving ends one and begins another."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "organisation.Group", null=True, on_delete=models.PROTECT, related_name="+"
    )
    grade = models.CharField(max_length=4, blank=True)
    school_type = models.CharField(max_length=8, blank=True)  # empty: the school year says it
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    objects = EnrolmentSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL} | dict.fromkeys(
        ["pupil", "unit", "group", "grade", "school_type", "first_day", "last_day"], K1
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "last_day"], name="enrolment_by_unit"),
            models.Index(fields=["group", "pupil", "first_day"], name="enrolment_by_group"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "unit"],
                condition=Q(last_day__isnull=True),
                name="enrolment_open_once_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="enrolment_ends_after_it_begins",
            ),
        ]


class Guardian(models.Model):
    """A legal guardian. Never stored for a pupil with protected personal data."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="sv")
    needs_interpreter = models.BooleanField(default=False)

    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        ["given_name", "family_name", "telephone", "email", "language", "needs_interpreter"], K2
    )


class Guardianship(models.Model):
    """Whose guardian a person is, and between which days."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    privacy: ClassVar = {"id": INTERNAL} | dict.fromkeys(
        ["pupil", "guardian", "first_day", "last_day"], K2
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "guardian"],
                condition=Q(last_day__isnull=True),
                name="guardianship_open_once",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="guardianship_ends_after_it_begins",
            ),
        ]


class NamedHandlerSet(models.QuerySet["NamedHandler"]):
    def on(self, day: object) -> Self:
        return self.filter(_in_force(day))


class NamedHandler(models.Model):
    """One of the at most five for whom a protected pupil exists; two persons decided it."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_also_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    objects = NamedHandlerSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL} | dict.fromkeys(
        ["pupil", "staff", "decided_by", "decided_also_by", "first_day", "last_day"],
        DataClass.EXISTENCE,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "staff"],
                condition=Q(last_day__isnull=True),
                name="handler_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("decided_also_by"))
                & ~Q(staff=F("decided_by"))
                & ~Q(staff=F("decided_also_by")),
                name="handler_decided_by_two_others",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="handler_ends_after_it_begins",
            ),
        ]


class RosterDay(models.Model):
    """A day of which a roster has told who goes to a unit. It speaks until the unit's next one."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    privacy: ClassVar = dict.fromkeys(["id", "unit", "day"], INTERNAL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day"], name="roster_once_a_unit_and_day")
        ]
