"""Rows of work: for whom, about whom, why, and how the row was cleared."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.rows import CLEARED, State

INTERNAL, K1, K3 = DataClass.INTERNAL, DataClass.NAME, DataClass.ATTENDANCE


class ItemSet(models.QuerySet["Item"]):
    def visible_in(self, scope: Scope) -> Self:
        """Rows about pupils that the viewer follows. Whose row it is stands in `acts`."""
        if not scope.reads(DataClass.ATTENDANCE):
            return self.none()
        return self.filter(pupil__in=people.visible(by=scope).values("pk"))

    def uncleared(self) -> Self:
        return self.exclude(state__in=CLEARED)


class Item(models.Model):
    """One thing for one role to do about one pupil. `subject` is what made it, and makes it once.

    The row follows the pupil: whoever holds the role `acts` for the pupil today sees it. `recovered`
    tells that the ground is gone; the row stays until a person clears it.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    subject = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    acts = models.CharField(max_length=24, choices=[(r.value, r.name) for r in Role])
    level = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    raised_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in State], default=State.OPEN
    )
    wait_until = models.DateField(null=True)
    recovered_on = models.DateField(null=True)
    acted_on = models.DateField(null=True)
    acted_by = models.CharField(max_length=60, blank=True)
    acted_by_name = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=2000, blank=True)

    objects = ItemSet.as_manager()
    privacy: ClassVar = dict.fromkeys(["id", "public"], INTERNAL) | {
        "pupil": K1,
        "text": DataClass.CAUSE,  # free text about what was done may tell why
        "acted_by": DataClass.STAFF,
        "acted_by_name": DataClass.STAFF,
    }
    privacy |= dict.fromkeys(
        [
            "subject", "kind", "acts", "level", "figures", "raised_on", "due_on", "state",
            "wait_until", "recovered_on", "acted_on",
        ],
        K3,
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "state"], name="item_by_pupil"),
            models.Index(
                fields=["acts", "due_on"],
                condition=~Q(state__in=["done", "not_needed"]),
                name="item_uncleared",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (Q(acted_on__isnull=False) & ~Q(acted_by="")),
                name="item_act_has_day_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(wait_until__isnull=False),
                name="item_waits_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(text=""), name="item_act_has_words"
            ),
        ]


class Act(models.Model):
    """One act on a row, kept also when it was undone."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160)
    text = models.CharField(max_length=2000, blank=True)
    wait_until = models.DateField(null=True)

    privacy: ClassVar = {
        "id": INTERNAL, "item": INTERNAL, "act": K3, "at": K3, "by": DataClass.STAFF,
        "by_name": DataClass.STAFF, "text": DataClass.CAUSE, "wait_until": K3,
    }  # fmt: skip
