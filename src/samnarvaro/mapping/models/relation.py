"""Rounds of the relation map of a class: the adults in it, what each says, and what a pupil says."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import relations as domain
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K1, K3 = (
    DataClass.INTERNAL, DataClass.STAFF, DataClass.NAME, DataClass.ATTENDANCE,
)  # fmt: skip
OWN, WHOLE = frozenset({K1}), frozenset({K1, K3})


class RelationRound(models.Model):
    """A round of a class: from when it was begun until it was closed. It names no pupil."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    group = models.ForeignKey("organisation.Group", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    begun_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL, "group": INTERNAL} | dict.fromkeys(
        ["begun_on", "begun_by", "closed_on", "closed_by"], STAFF
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(closed_on__isnull=True),
                name="relation_round_open_once_a_class",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="relation_round_closed_by_somebody",
            ),
        ]


class RelationAdult(models.Model):
    """An adult in a round: somebody at work, or one without account by function ('skolvärd')."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    round = models.ForeignKey(RelationRound, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=domain.LONGEST_NAME, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL, "round": INTERNAL} | dict.fromkeys(
        ["staff", "function", "answered_on", "answered_by"], STAFF
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "staff"], name="relation_adult_once_a_round"),
            models.CheckConstraint(
                condition=Q(staff__isnull=False) ^ ~Q(function=""),
                name="relation_adult_at_work_or_by_function",
            ),
        ]


class RelationSet(models.QuerySet["Relation"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep what the viewer has said itself; for who keeps the map of a class it follows, also what
        was written for those without account, and when the round is closed all of it.
        """
        if scope.is_system or scope.staff is None:
            return self.none()
        own = Q(adult__staff=scope.staff) & of_readable(by=scope, classes=OWN)
        if scope.role not in domain.KEEPERS:
            return self.filter(own)
        told = Q(adult__round__closed_on__isnull=False) | Q(adult__staff__isnull=True)
        return self.filter(own | (told & of_readable(by=scope, classes=WHOLE)))


class Relation(models.Model):
    """What contact an adult has with a pupil, as the adult says."""

    adult = models.ForeignKey(RelationAdult, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    contact = models.PositiveSmallIntegerField(
        choices=[(each.value, each.name) for each in domain.Contact]
    )

    objects = RelationSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "adult": INTERNAL, "pupil": K1, "contact": K3}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adult", "pupil"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(contact__in=[each.value for each in domain.Contact]),
                name="relation_contact_known",
            ),
        ]


class PupilViewSet(models.QuerySet["PupilView"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep what pupils of classes whose map the viewer keeps have said."""
        if scope.role not in domain.KEEPERS:
            return self.none()
        return self.filter(of_readable(by=scope, classes=WHOLE))


class PupilView(models.Model):
    """What a pupil says in a talk: that there is an adult at school it trusts, or that there is none.
    Who that is, and why, is not written down.
    """

    round = models.ForeignKey(RelationRound, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    has_adult = models.BooleanField()
    told_on = models.DateField()
    told_to = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    objects = PupilViewSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "round": INTERNAL, "pupil": K1, "has_adult": K3, "told_on": K3,
        "told_to": STAFF,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "pupil"], name="pupil_view_once_a_round")
        ]
