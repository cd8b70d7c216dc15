"""The absence register: lines that the school authority reads, and never a reason why."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.models.investigation import Investigation, choices
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.readable import of_readable

INTERNAL, K0, K1 = DataClass.INTERNAL, DataClass.EXISTENCE, DataClass.NAME
READ = frozenset({DataClass.NAME, DataClass.EXISTENCE})
READERS = domain.LEADS | {Role.AUTHORITY_OFFICER}


class RegisterSet(models.QuerySet["RegisterEntry"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the lines of pupils that the authority's officer or the school's lead follows."""
        if scope.is_system and scope.about is None:
            return self
        if scope.role not in READERS and not scope.is_system:
            return self.none()
        return self.filter(of_readable(by=scope, classes=READ))


class RegisterEntry(models.Model):
    """That an investigation began, reported with its moment, and how far it has come."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    investigation = models.OneToOneField(
        Investigation, on_delete=models.PROTECT, related_name="+", unique=True
    )
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(domain.State))
    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    reported_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    look_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    must_tell_home = models.BooleanField(default=False)
    home_told_on = models.DateField(null=True)

    objects = RegisterSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "investigation": INTERNAL, "pupil": K1,
    } | dict.fromkeys(
        [
            "unit", "state", "reported_at", "reported_on", "reported_by", "look_on", "closed_on",
            "must_tell_home", "home_told_on",
        ],
        K0,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "state"], name="register_by_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="not_needed"), name="register_holds_investigations"
            )
        ]


class RegisterAnswerSet(models.QuerySet["RegisterAnswer"]):
    def visible_in(self, scope: Scope) -> Self:
        return self.filter(entry__in=RegisterEntry.objects.visible_in(scope))


class RegisterAnswer(models.Model):
    """What a school answered when the authority asked in one of its rounds."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="+")
    round = models.CharField(max_length=8)  # as 2026-W41
    answered_on = models.DateField()
    answered_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16)

    objects = RegisterAnswerSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "entry": INTERNAL} | dict.fromkeys(
        ["round", "answered_on", "answered_by", "status"], K0
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "round"], name="register_answer_once")
        ]
