"""Rows of work: for whom, about whom, why, and how the row was cleared."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.rows import CLEARED, LONGEST_TEXT, ROWS_ALONE, Done, State, held_by
from samnarvaro.worklist.domain.rows import Act as Kind

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
K1, K3 = DataClass.NAME, DataClass.ATTENDANCE
WORDS = DataClass.CAUSE  # free text about what was done may tell why a child is away


class ItemSet(models.QuerySet["Item"]):
    def visible_in(self, scope: Scope) -> Self:
        """Rows about pupils that exist for the viewer. Whose row it is stands in `acts`.

        A teacher and a school administrator have their own rows and no other: what else is done
        about a pupil is not theirs to read.
        """
        if scope.is_system:
            return self
        rows = self.filter(Exists(people.visible(by=scope).filter(pk=OuterRef("pupil"))))
        if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
            return rows.filter(acts__in=held_by(scope.role))
        return rows

    def held_in(self, scope: Scope) -> Self:
        """Rows that are the viewer's own to act on."""
        return self.visible_in(scope).filter(acts__in=held_by(scope.role))

    def uncleared(self) -> Self:
        return self.exclude(state__in=CLEARED)

    def untouched(self) -> Self:
        """Rows on which no act stands: raised, and nobody has acted."""
        return self.filter(state=State.OPEN)


class Item(models.Model):
    """One thing for one role to do about one pupil. `subject` is what made it, and makes it once.

    The row follows the pupil: whoever holds what stands in `acts` for the pupil today sees it. `recovered`
    tells that the ground is gone; the row stays until a person clears it.

    From `state` on, the act that stands is repeated from `Act`: an open row has none. A row that
    waited stays 'waiting' here; on its day the domain calls it open.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    subject = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    acts = models.CharField(max_length=24, choices=[(h.value, h.name) for h in Holder])
    level = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    raised_on = models.DateField()
    due_on = models.DateField()
    recovered_on = models.DateField(null=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in State], default=State.OPEN.value
    )
    act_number = models.PositiveSmallIntegerField(default=0)
    acted_on = models.DateField(null=True)
    acted_by = models.CharField(max_length=60, blank=True)
    acted_by_name = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    wait_until = models.DateField(null=True)

    objects = ItemSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "subject": K3, "kind": K3, "acts": K3,
        "level": K3, "figures": K3, "raised_on": K3, "due_on": K3, "recovered_on": K3,
        "state": K3, "act_number": K3, "acted_on": K3, "acted_by": STAFF, "acted_by_name": STAFF,
        "text": WORDS, "wait_until": K3,
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pupil", "raised_on"], name="item_by_pupil"),
            models.Index(
                fields=["acts", "due_on"],
                condition=~Q(state__in=["done", "not_needed"]),
                name="item_uncleared",
            ),
            models.Index(fields=["raised_on"], condition=Q(state="open"), name="item_untouched"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", act_number=0, acted_on__isnull=True, acted_by="", text="")
                | (
                    ~Q(state="open")
                    & Q(act_number__gt=0, acted_on__isnull=False)
                    & ~Q(acted_by="")
                    & ~Q(text="")
                ),
                name="item_act_has_day_person_and_words",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", wait_until__isnull=False)
                | (~Q(state="waiting") & Q(wait_until__isnull=True)),
                name="item_waits_until_a_day",
            ),
        ]


class Act(models.Model):
    """One act on a row, kept also when it was undone; `number` counts the acts of the row."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=12, choices=[(k.value, k.name) for k in Kind])
    at = models.DateTimeField()
    acted_on = models.DateField()
    by = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    wait_until = models.DateField(null=True)

    privacy: ClassVar = {
        "id": INTERNAL, "item": INTERNAL, "number": K3, "act": K3, "at": K3, "acted_on": K3,
        "by": STAFF, "by_name": STAFF, "text": WORDS, "wait_until": K3,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="act_number_once_a_row"),
            models.CheckConstraint(
                condition=Q(act__in=[k.value for k in Kind]), name="act_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(act="undo", text="") | (~Q(act="undo") & ~Q(text="")),
                name="act_has_words_unless_undone",
            ),
            models.CheckConstraint(
                condition=Q(act="wait", wait_until__isnull=False)
                | (~Q(act="wait") & Q(wait_until__isnull=True)),
                name="act_waits_until_a_day",
            ),
        ]

    @property
    def done(self) -> Done:
        """The act as the domain knows it."""
        return Done(
            number=self.number,
            act=Kind(self.act),
            on=self.acted_on,
            by=self.by,
            by_name=self.by_name,
            text=self.text,
            wait_until=self.wait_until,
        )
