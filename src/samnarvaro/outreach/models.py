"""Calls that are due, contacts as they were told, and how a school calls."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.outreach.domain import contacts as told
from samnarvaro.outreach.domain.guide import LONGEST_WORDS, Step
from samnarvaro.outreach.domain.needs import Need, Skipped, Stage, Whom
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.rows import ROWS_ALONE

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
K1, K2, K3, K4 = DataClass.NAME, DataClass.CONTACT, DataClass.ATTENDANCE, DataClass.CAUSE


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(each.value, each.name) for each in kind]  # type: ignore[attr-defined]  # an Enum


def _one_of(name: str, kind: type, *, empty: bool = False) -> Q:
    values = [each.value for each in kind]  # type: ignore[attr-defined]  # an Enum
    return Q(**{f"{name}__in": [*values, ""] if empty else values})


class DueSet(models.QuerySet["Due"]):
    def visible_in(self, scope: Scope) -> Self:
        if not scope.reads(DataClass.ATTENDANCE):
            return self.none()
        return self.filter(people.of_visible(by=scope))


class Due(models.Model):
    """That a day's absence asked for a call, or that the guardians be told; its row stands in the
    work list under `subject`. `holds` is False when the ground is gone: the pupil was there, or
    the absence is announced.
    """

    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    need = models.CharField(max_length=20, choices=_choices(Need))
    whom = models.CharField(max_length=10, choices=_choices(Whom))
    holder = models.CharField(max_length=24, choices=_choices(Holder))
    holds = models.BooleanField(default=True)
    skipped = models.CharField(max_length=20, choices=_choices(Skipped), blank=True)

    objects = DueSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "pupil": K1} | dict.fromkeys(
        ["day", "need", "whom", "holder", "holds", "skipped"], K3
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "pupil"], name="due_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pupil", "day", "need"], name="due_once_a_day"),
            models.CheckConstraint(condition=_one_of("need", Need), name="due_need_known"),
            models.CheckConstraint(
                condition=_one_of("skipped", Skipped, empty=True), name="due_skipped_known"
            ),
        ]

    @property
    def subject(self) -> str:
        return subject_of(self.pupil_id, Need(self.need), self.day.isoformat())


def subject_of(pupil: int, need: Need, day: str) -> str:
    return f"{need}:{pupil}:{day}"


class Telling(models.Model):
    """What is told of a contact: the same columns for what holds and for what held before."""

    made_on = models.DateField()
    kind = models.CharField(max_length=12, choices=_choices(told.Kind))
    whom = models.CharField(max_length=10, choices=_choices(Whom))
    guardian = models.ForeignKey(
        "people.Guardian", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=14, choices=_choices(told.Outcome))
    way_reason = models.CharField(max_length=12, choices=_choices(told.WayReason), blank=True)
    language = models.CharField(max_length=8, blank=True)
    interpreter = models.BooleanField(default=False)
    guardian_informed = models.BooleanField(default=False)
    cause = models.CharField(max_length=14, choices=_choices(told.Cause), blank=True)
    may_last = models.CharField(max_length=8, choices=_choices(told.Answer), blank=True)
    back_on = models.DateField(null=True)
    face = models.PositiveSmallIntegerField(null=True)
    mood = models.CharField(max_length=told.LONGEST_WORDS, blank=True)
    wants_work = models.CharField(max_length=8, choices=_choices(told.Answer), blank=True)
    knows_how = models.CharField(max_length=8, choices=_choices(told.Answer), blank=True)
    promise = models.CharField(max_length=12, choices=_choices(told.Promise), blank=True)
    promise_words = models.CharField(max_length=told.LONGEST_WORDS, blank=True)
    promise_on = models.DateField(null=True)
    text = models.CharField(max_length=told.LONGEST_TEXT, blank=True)

    class Meta:
        abstract = True


TOLD: dict[str, DataClass] = {
    "made_on": K3, "kind": K3, "whom": K3, "guardian": K2, "outcome": K3, "way_reason": K2, "language": K2,
    "interpreter": K2, "guardian_informed": K3, "cause": K4, "may_last": K4, "back_on": K4,
    "face": K4, "mood": K4, "wants_work": K4, "knows_how": K4, "promise": K3,
    "promise_words": K4, "promise_on": K3, "text": K4,
}  # fmt: skip


class ContactSet(models.QuerySet["Contact"]):
    def visible_in(self, scope: Scope) -> Self:
        """Contacts about pupils that exist for the viewer; who has but rows of its own sees those
        that it has made itself.
        """
        rows = self.filter(people.of_visible(by=scope))
        if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
            return rows.filter(by=scope.viewer)
        return rows


class Contact(Telling):
    """A contact, or an attempt, as it is told now. `about` and `day` are of the absence it answers."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20, choices=_choices(Need), blank=True)
    day = models.DateField(null=True)
    reaches = models.BooleanField(default=False)
    informs = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160, blank=True)
    corrected_at = models.DateTimeField(null=True)

    objects = ContactSet.as_manager()
    privacy: ClassVar = TOLD | {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "about": K3, "day": K3, "reaches": K3,
        "informs": K3, "at": K3, "by": STAFF, "by_name": STAFF, "corrected_at": K3,
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "at"], name="contact_by_pupil"),
            models.Index(
                fields=["day", "pupil"], condition=Q(day__isnull=False), name="contact_by_day"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(about="", day__isnull=True) | (~Q(about="") & Q(day__isnull=False)),
                name="contact_about_a_day",
            ),
            models.CheckConstraint(
                condition=Q(face__isnull=True) | Q(face__gte=1, face__lte=5),
                name="contact_face_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(promise="", promise_on__isnull=True)
                | (~Q(promise="") & Q(promise_on__isnull=False)),
                name="contact_promise_has_a_day",
            ),
        ]


class ContactVersion(Telling):
    """What a contact said before its author corrected it the same day."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()  # when it was written
    replaced_at = models.DateTimeField()

    privacy: ClassVar = TOLD | {
        "id": INTERNAL, "contact": INTERNAL, "at": K3, "replaced_at": K3,
    }  # fmt: skip


class Routine(models.Model):
    """How a school authority calls for a stage, where it is another than the shipped way."""

    stage = models.CharField(max_length=10, unique=True, choices=_choices(Stage))
    grades = models.JSONField()
    whom = models.CharField(max_length=10, choices=_choices(Whom))
    caller = models.CharField(max_length=24, choices=_choices(Holder))

    privacy: ClassVar = dict.fromkeys(["id", "stage", "grades", "whom", "caller"], INTERNAL)


class GuideWords(models.Model):
    """The words of one step of the guide, where a school authority has its own."""

    stage = models.CharField(max_length=10, choices=_choices(Stage))
    step = models.CharField(max_length=12, choices=_choices(Step))
    words = models.CharField(max_length=LONGEST_WORDS)

    privacy: ClassVar = dict.fromkeys(["id", "stage", "step", "words"], INTERNAL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "step"], name="guide_step_once_a_stage")
        ]
