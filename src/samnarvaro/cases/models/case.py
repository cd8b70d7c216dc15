"""Cases of the school social team. Moves and facts are added, never rewritten."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.cases.domain import investigation, sides, steps
from samnarvaro.cases.models.investigation import choices
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.readable import of_readable

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
K0, K1, K5 = DataClass.EXISTENCE, DataClass.NAME, DataClass.MAPPING
AT_SCHOOL = frozenset({K0, K5})
# Another agency sees a case with a consent that lists the name and the mapping, and not before.
ELSEWHERE = frozenset({K0, K1, K5})


class CaseSet(models.QuerySet["Case"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep the cases that the viewer reads: at school who works with them, elsewhere by consent."""
        if scope.is_system and scope.about is None:
            return self
        if scope.is_system or not in_school(scope.zone):
            return self.filter(of_readable(by=scope, classes=ELSEWHERE))
        if scope.role not in investigation.INVESTIGATORS:
            return self.none()
        return self.filter(of_readable(by=scope, classes=AT_SCHOOL))

    def known_in(self, scope: Scope) -> Self:
        """Keep the cases of which the viewer may know that they are there: at school, also the mentor."""
        if not in_school(scope.zone) and not scope.is_system:
            return self.none()
        return self.filter(of_readable(by=scope, classes=frozenset({K0})))

    def open(self) -> Self:
        return self.exclude(step=steps.Step.CLOSURE)


class Case(models.Model):
    """One pupil's way through the seven steps. `version` counts the writes."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16, choices=choices(steps.Step))
    since = models.DateField()  # when the step began
    version = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)  # counted up when it is opened anew
    need = models.TextField()
    referrer = models.CharField(max_length=12, choices=choices(steps.Referrer))
    opened_on = models.DateField()
    opened_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    paused_until = models.DateField(null=True)

    objects = CaseSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "version": INTERNAL, "pupil": K1, "opened_by": STAFF,
        "need": K5, "referrer": K5,
    } | dict.fromkeys(["unit", "step", "since", "round", "opened_on", "paused_until"], K0)  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil"], condition=~Q(step="closure"), name="case_one_open_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(need=""), name="case_begins_with_a_need"),
        ]


class CaseMove(models.Model):
    """A move, a pause, a resuming: numbered, with words where there are any."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)  # opened, moved, paused, resumed, reopened
    from_step = models.CharField(max_length=16, blank=True)
    to_step = models.CharField(max_length=16, choices=choices(steps.Step))
    words = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar = {"id": INTERNAL, "case": INTERNAL, "number": INTERNAL, "by": STAFF} | (
        dict.fromkeys(["kind", "from_step", "to_step", "on", "at"], K0) | {"words": K5}
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="case_move_once")
        ]


class CaseFact(models.Model):
    """What was told of a case: of which round of it, and in which step's stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=16, choices=choices(steps.Fact))
    round = models.PositiveSmallIntegerField()
    after_move = models.PositiveSmallIntegerField()  # the number of the move before it
    choice = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    day = models.DateField(null=True)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar = {
        "id": INTERNAL, "case": INTERNAL, "round": INTERNAL, "after_move": INTERNAL, "by": STAFF,
    } | dict.fromkeys(["fact", "choice", "words", "day", "at", "on"], K5)  # fmt: skip


class CaseSide(models.Model):
    """A side track: a meeting, a plan by law, an inquiry of support, beside the seven steps."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices(sides.Kind))
    words = models.TextField()
    begun_on = models.DateField()
    begun_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    # The consultation without identity that it is, known to the school alone.
    stub = models.UUIDField(null=True)

    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "case": INTERNAL, "begun_by": STAFF,
    } | dict.fromkeys(["kind", "words", "begun_on", "ended_on", "outcome", "stub"], K5)  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="")
                | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="case_side_ends_with_words",
            )
        ]
