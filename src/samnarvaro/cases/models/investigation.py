"""Investigations of absence. What is written is not rewritten: a later row of a kind holds."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.cases.domain import investigation as domain
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF, K0, K1 = (
    DataClass.INTERNAL,
    DataClass.STAFF,
    DataClass.EXISTENCE,
    DataClass.NAME,
)
K3, K5 = DataClass.ATTENDANCE, DataClass.MAPPING
READ = frozenset({DataClass.EXISTENCE, DataClass.MAPPING})


def choices(kind: type) -> list[tuple[str, str]]:
    return [(each.value, each.name) for each in kind]  # type: ignore[attr-defined]  # an Enum


class InvestigationSet(models.QuerySet["Investigation"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep those of pupils whose analysis the viewer reads, among who investigates at school.

        A mentor maps, and does not read the investigation; another agency reads none.
        """
        if scope.is_system and scope.about is None:
            return self
        if scope.role not in domain.INVESTIGATORS and not scope.is_system:
            return self.none()
        return self.filter(of_readable(by=scope, classes=READ))

    def going_on(self) -> Self:
        return self.filter(state__in=sorted(domain.GOING_ON))


class Investigation(models.Model):
    """The principal's judgement of one pupil's absence, and the investigation it led to.

    `version` counts the writes: who wrote while somebody else did is told so.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(domain.State))
    version = models.PositiveIntegerField(default=0)
    judgement = models.CharField(max_length=12, choices=choices(domain.Judgement))
    why = models.TextField()
    judged_on = models.DateField()
    judged_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    # Minutes of lessons in the days before the judgement, as they were known then.
    days = models.PositiveSmallIntegerField(default=0)
    scheduled = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    unexcused = models.PositiveIntegerField(default=0)
    investigator = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    analysis = models.TextField(blank=True)
    analysed_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    analysed_on = models.DateField(null=True)
    support = models.CharField(max_length=12, blank=True, choices=choices(domain.Support))
    support_words = models.TextField(blank=True)
    support_on = models.DateField(null=True)
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True)
    look_on = models.DateField(null=True)  # when the measures are followed up next
    closed_on = models.DateField(null=True)
    closed_words = models.TextField(blank=True)

    objects = InvestigationSet.as_manager()
    privacy: ClassVar = (
        {"id": INTERNAL, "public": INTERNAL, "version": INTERNAL, "pupil": K1}
        | dict.fromkeys(
            ["unit", "state", "judged_on", "look_on", "decided_on", "closed_on", "analysed_on"], K0
        )
        | dict.fromkeys(["judged_by", "investigator", "analysed_by", "decided_by"], STAFF)
        | dict.fromkeys(["days", "scheduled", "excused", "unexcused"], K3)
        | dict.fromkeys(
            [
                "judgement", "why", "analysis", "support", "support_words", "support_on", "decision",
                "closed_words",
            ],
            K5,
        )
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "judged_on"], name="investigation_by_pupil")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(state__in=["open", "decided"]),
                name="investigation_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="not_needed", judgement="not_needed")
                | (~Q(state="not_needed") & ~Q(judgement="not_needed")),
                name="investigation_as_judged",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="investigation_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "not_needed"], decided_on__isnull=True)
                | (
                    Q(state__in=["decided", "closed"], decided_on__isnull=False)
                    & ~Q(decision="")
                    & ~Q(analysis="")
                    & ~Q(support="")
                ),
                name="investigation_decided_whole",
            ),
        ]


def _part_of() -> "models.ForeignKey[Investigation]":
    """Of which investigation: a part is told with it alone."""
    return models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="+")


class Consultation(models.Model):
    """One consultation: with whom, when, what was said; or why it could not be held."""

    investigation = _part_of()
    consulted = models.CharField(max_length=16, choices=choices(domain.Consulted))
    held_on = models.DateField()
    was_held = models.BooleanField()
    text = models.TextField()
    written_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL} | dict.fromkeys(
        ["consulted", "held_on", "was_held", "text", "written_by", "written_at"], K5
    )


class PerspectiveText(models.Model):
    """How one profession sees it. `ground` is what the medical branch handed its text over by."""

    investigation = _part_of()
    kind = models.CharField(max_length=16, choices=choices(domain.Perspective))
    text = models.TextField()
    whose = models.CharField(max_length=160)  # whose judgement it is, by name and profession
    written_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ground = models.CharField(max_length=16, blank=True)

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL} | dict.fromkeys(
        ["kind", "text", "whose", "written_by", "written_at", "ground"], K5
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="medical") | ~Q(ground=""), name="perspective_medical_is_handed"
            )
        ]


class Measure(models.Model):
    """What is to be done, by whom; of which round, the first being the decision's."""

    investigation = _part_of()
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=domain.LONGEST_LINE)
    responsible = models.CharField(max_length=160)
    written_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL} | dict.fromkeys(
        ["number", "what", "responsible", "written_by", "written_at"], K5
    )


class FollowUp(models.Model):
    """One round: how it went, in words, and when it is looked at next."""

    investigation = _part_of()
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=choices(domain.Outcome))
    text = models.TextField()
    look_on = models.DateField()
    written_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL, "investigation": INTERNAL} | dict.fromkeys(
        ["number", "held_on", "outcome", "text", "look_on", "written_by", "written_at"], K5
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["investigation", "number"], name="follow_up_once")
        ]
