"""Relations, consents and changes of the table of rights. Nothing is rewritten: rows end."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from samnarvaro.consents.domain import agreement, handing_over, policy, relations
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
K0, K1, K12 = DataClass.EXISTENCE, DataClass.NAME, DataClass.CONSENT

# What pupils' own data belongs to.


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(each.value, each.name) for each in kind]  # type: ignore[attr-defined]  # an Enum


def _one_of(name: str, kind: type) -> Q:
    return Q(**{f"{name}__in": [each.value for each in kind]})  # type: ignore[attr-defined]  # an Enum


class RelationSet(models.QuerySet["Relation"]):
    def of(self, scope: Scope) -> Self:
        """Keep the viewer's own that hold today, in the zone whose hat it wears; no glass."""
        return self.in_zone(scope).filter(staff=scope.staff)

    def in_zone(self, scope: Scope) -> Self:
        """Keep everybody's that hold today in the zone whose hat the viewer wears; no glass."""
        return self.exclude(kind=relations.Kind.GLASS).filter(
            zone=scope.zone,
            first_day__lte=scope.day,
            last_day__gte=scope.day,
            ended_at__isnull=True,
        )

    def glass_of(self, scope: Scope) -> Self:
        """Keep those glasses of the viewer that stood open when its scope was made."""
        return self.filter(
            pk__in=scope.glass, kind=relations.Kind.GLASS, zone=scope.zone, ended_at__isnull=True
        )

    def open_glass(self, *, staff: int | None, at: datetime) -> Self:
        return self.filter(
            kind=relations.Kind.GLASS, staff=staff, ended_at__isnull=True, closes_at__gt=at
        )


class Relation(models.Model):
    """One person's tie to one child in one zone, for a time. `known_as` is what the zone itself
    calls the child: what it keeps when a consent has ended.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=60)
    kind = models.CharField(max_length=24, choices=_choices(relations.Kind))
    known_as = models.CharField(max_length=80, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    closes_at = models.DateTimeField(null=True)  # of a broken glass: to the second
    reason = models.CharField(max_length=24, blank=True)
    words = models.TextField(blank=True)
    granted_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Of a glass broken outside the schools: what the chief of that agency came to. At school it is
    # a row of work.
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    finding = models.TextField(blank=True)

    objects = RelationSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        [
            "staff", "pupil", "zone", "kind", "known_as", "first_day", "last_day", "closes_at",
            "reason", "words", "granted_by", "granted_at", "ended_at", "looked_at", "looked_by",
            "finding",
        ],
        K0,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "staff"], name="relation_by_pupil"),
            models.Index(fields=["staff", "last_day"], name="relation_by_staff"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_one_of("kind", relations.Kind), name="relation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="relation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="glass", closes_at__isnull=False)
                | (~Q(kind="glass") & Q(closes_at__isnull=True)),
                name="relation_glass_closes",
            ),
        ]


class Consent(models.Model):
    """What a family has been asked, in the words it was asked, and how that stands."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    from_zone = models.CharField(max_length=60)
    to_zone = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    wording = models.TextField()
    text_version = models.CharField(max_length=40, blank=True)  # of the proposal it began as
    language = models.CharField(max_length=8, default="sv")
    conditions = models.CharField(max_length=300, blank=True)
    must_say_yes = models.CharField(max_length=16, choices=_choices(agreement.MustSayYes))
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=16, choices=_choices(agreement.State))
    asked_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)  # when the last yes that was needed came
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_how = models.CharField(max_length=8, choices=_choices(agreement.Way), blank=True)

    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        [
            "pupil", "from_zone", "to_zone", "purpose", "wording", "text_version", "language",
            "conditions", "must_say_yes", "valid_from", "valid_to", "state", "asked_by", "asked_at",
            "given_at", "replaces",
            "ended_at", "ended_by", "ended_how",
        ],
        K12,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "to_zone"], name="consent_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_one_of("state", agreement.State), name="consent_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(from_zone=F("to_zone")), name="consent_crosses_a_wall"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="consent_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "expired"], ended_at__isnull=False)
                | (~Q(state__in=["withdrawn", "expired"]) & Q(ended_at__isnull=True)),
                name="consent_ended_says_when",
            ),
        ]


class ConsentClassSet(models.QuerySet["ConsentClass"]):
    def flowing(self, data_class: DataClass, *, to_zone: str, on: object) -> Self:
        """Keep what lets a class of the school's data flow to a zone on a day: what a family lets
        another agency tell opens nothing that is not that agency's own.
        """
        return self.filter(
            data_class=data_class,
            consent__to_zone=to_zone,
            consent__from_zone__startswith=relations.SCHOOL,
            consent__state=agreement.State.GIVEN,
            consent__valid_from__lte=on,
            consent__valid_to__gte=on,
        )


class ConsentClass(models.Model):
    """One class of data that a consent is about."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=8, choices=_choices(DataClass))

    objects = ConsentClassSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "consent": K12, "data_class": K12}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "data_class"], name="consent_class_once"),
            models.CheckConstraint(
                condition=Q(data_class__in=sorted(k.value for k in policy.ASKABLE)),
                name="consent_class_shareable",
            ),
        ]


class ConsentAnswer(models.Model):
    """What one party said, and how one knows. The latest word of each holds."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=8, choices=_choices(agreement.Party))
    guardian = models.ForeignKey(
        "people.Guardian", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # none for the child, and for a guardian whose data had to go
    guardian_name = models.CharField(max_length=160, blank=True)
    said = models.CharField(max_length=4, choices=_choices(agreement.Said))
    way = models.CharField(max_length=8, choices=_choices(agreement.Way))
    maturity = models.CharField(max_length=16, choices=_choices(agreement.Maturity))
    maturity_words = models.CharField(max_length=300, blank=True)
    witness = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy: ClassVar = {"id": INTERNAL} | dict.fromkeys(
        [
            "consent", "party", "guardian", "guardian_name", "said", "way", "maturity", "maturity_words",
            "witness", "recorded_by", "at",
        ],
        K12,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["consent", "at"], name="answer_by_consent")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_one_of("said", agreement.Said), name="answer_yes_or_no"
            )
        ]


class PolicyChange(models.Model):
    """One cell of the table of rights given or taken in one zone. The latest of a cell holds."""

    zone = models.CharField(max_length=60)
    role = models.CharField(max_length=24, choices=_choices(Role))
    data_class = models.CharField(max_length=8, choices=_choices(DataClass))
    way = models.CharField(max_length=8, choices=_choices(policy.Way))
    gives = models.BooleanField()
    why = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=120)
    made_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy: ClassVar = dict.fromkeys(
        ["id", "zone", "role", "data_class", "way", "gives", "why", "decided_by", "made_by", "at"],
        STAFF,
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["zone", "id"], name="policy_change_by_zone")]


class HandOverSet(models.QuerySet["HandOver"]):
    def received_by(self, scope: Scope) -> Self:
        """Keep what the viewer's zone has been handed about children it has as its own matter.

        What came by a consent is shown while that consent lets anything flow; what came on another
        ground is the receiver's own copy.
        """
        tied = Relation.objects.of(scope).filter(pupil=OuterRef("pupil"), kind__in=relations.CASES)
        flows = Q(
            consent__state=agreement.State.GIVEN,
            consent__valid_from__lte=scope.day,
            consent__valid_to__gte=scope.day,
        )
        return self.filter(
            Q(consent__isnull=True) | flows,
            Exists(tied),
            to_zone=scope.zone,
            pupil__protection=0,
        )


class HandOver(models.Model):
    """A copy of one item that was handed to another zone: exactly what was seen before it went."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    from_zone = models.CharField(max_length=60)
    to_zone = models.CharField(max_length=60)
    item = models.CharField(max_length=80)
    data_class = models.CharField(max_length=8, choices=_choices(DataClass))
    title = models.CharField(max_length=200)
    lines = models.JSONField()
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, choices=_choices(handing_over.Code), blank=True)
    decided_by = models.ForeignKey(
        "people.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = HandOverSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        [
            "pupil", "from_zone", "to_zone", "item", "data_class", "title", "lines", "consent",
            "code", "decided_by", "why", "given_by", "at",
        ],
        DataClass.MEDICAL,  # the strictest of what one item may be of: which stands in the row
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "to_zone"], name="hand_over_by_pupil")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False, code="")
                | (Q(consent__isnull=True) & ~Q(code="") & Q(decided_by__isnull=False)),
                name="hand_over_has_one_ground",
            ),
            models.CheckConstraint(
                condition=~Q(from_zone=F("to_zone")), name="hand_over_crosses_a_wall"
            ),
        ]
