"""Rows of work: for whom, about whom, why, and how the row was cleared; and saved ways to look."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.choosing import LONGEST_NAME
from samnarvaro.worklist.domain.rows import (
    CLEARED,
    LONGEST_TEXT,
    ROWS_ALONE,
    Done,
    State,
    held_by,
    stands_in,
)
from samnarvaro.worklist.domain.rows import Act as Kind

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF
HOLDERS = [(h.value, h.name) for h in Holder]
STANDING = [k for k in Kind if k is not Kind.UNDO]
K1, K3 = DataClass.NAME, DataClass.ATTENDANCE
WORDS = DataClass.CAUSE  # free text about what was done may tell why a child is away


def own(scope: Scope) -> Q:
    """Which of the rows that a viewer sees are its own to act on."""
    held = Q(acts__in=held_by(scope.role))
    return held | Q(pupil__protection__gt=0) if stands_in(scope.role) else held


def _about(scope: Scope) -> Q:
    """About pupils, classes and schools; with a key to one pupil about that one alone."""
    pupils = people.of_visible(by=scope)
    if scope.about is not None:
        return pupils
    groups = Q(group__in=scope.groups) | Q(group__unit__in=scope.units)
    return pupils | groups | Q(unit__in=scope.units)


class ItemSet(models.QuerySet["Item"]):
    def visible_in(self, scope: Scope) -> Self:
        """Rows about pupils that exist for the viewer, and about its own classes and schools.

        Whose row it is stands in `acts`; some rows are seen by nobody else. A teacher and a school administrator have their own rows
        and no other: what else is done about a pupil is not theirs to read.
        """
        if scope.is_system and scope.about is None:
            return self
        rows = self.filter(_about(scope)).filter(
            Q(own_alone=False) | Q(acts__in=held_by(scope.role))
        )
        if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
            return rows.filter(acts__in=held_by(scope.role))
        return rows

    def held_in(self, scope: Scope) -> Self:
        """Rows that are the viewer's own to act on."""
        return self.visible_in(scope).filter(own(scope))

    def at_hand_in(self, scope: Scope) -> Self:
        """The viewer's own rows, and those it has acted on today: handed over, they can come back."""
        at_hand = own(scope)
        if scope.role is not None:
            at_hand |= Q(acted_by=scope.viewer, acted_on=scope.day)
        return self.visible_in(scope).filter(at_hand)

    def uncleared(self) -> Self:
        return self.exclude(state__in=CLEARED)

    def untouched(self) -> Self:
        """Rows on which no act stands: raised, and nobody has acted."""
        return self.filter(state=State.OPEN)


class Item(models.Model):
    """One thing for one role to do about one pupil, or a class, or a school.

    `subject` is what made it, and makes it once. The row follows the pupil: whoever holds what
    stands in `acts` for the pupil today sees it. `recovered` tells that the ground is gone; the row
    stays until a person clears it.

    From `state` on, the act that stands is repeated from `Act`: an open row has none. A row that
    waited stays 'waiting' here; on its day the domain calls it open.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    subject = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    pupil = models.ForeignKey("people.Pupil", null=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "organisation.Group", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acts = models.CharField(max_length=24, choices=HOLDERS)
    level = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    raised_on = models.DateField()
    due_on = models.DateField()
    # What the row says, others who follow the pupil may not know.
    own_alone = models.BooleanField(default=False)
    recovered_on = models.DateField(null=True)
    lain_on = models.DateField(null=True)  # when it was noticed that it had been left lying
    state = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in State], default=State.OPEN.value
    )
    act = models.CharField(max_length=12, blank=True, choices=[(k.value, k.name) for k in STANDING])
    act_number = models.PositiveSmallIntegerField(default=0)
    acted_on = models.DateField(null=True)
    acted_by = models.CharField(max_length=60, blank=True)
    acted_by_name = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    wait_until = models.DateField(null=True)

    objects = ItemSet.as_manager()
    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "pupil": K1, "group": INTERNAL, "unit": INTERNAL,
        "lain_on": K3, "act": K3, "subject": K3, "kind": K3, "acts": K3,
        "level": K3, "figures": K3, "raised_on": K3, "due_on": K3, "recovered_on": K3,
        "state": K3, "act_number": K3, "acted_on": K3, "acted_by": STAFF, "acted_by_name": STAFF,
        "text": WORDS, "wait_until": K3, "own_alone": INTERNAL,
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
                condition=Q(pupil__isnull=False, group__isnull=True, unit__isnull=True)
                | Q(pupil__isnull=True, group__isnull=False, unit__isnull=True)
                | Q(pupil__isnull=True, group__isnull=True, unit__isnull=False),
                name="item_is_about_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open", act="", act_number=0, acted_on__isnull=True, acted_by="", text=""
                )
                | (
                    ~Q(state="open")
                    & Q(act_number__gt=0, acted_on__isnull=False)
                    & ~Q(act="")
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
    handed_from = models.CharField(max_length=24, blank=True, choices=HOLDERS)
    handed_to = models.CharField(max_length=24, blank=True, choices=HOLDERS)

    privacy: ClassVar = {
        "id": INTERNAL, "item": INTERNAL, "number": K3, "act": K3, "at": K3, "acted_on": K3,
        "handed_from": K3, "handed_to": K3,
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
                condition=Q(act__in=["wait", "decided"], wait_until__isnull=False)
                | (~Q(act__in=["wait", "decided"]) & Q(wait_until__isnull=True)),
                name="act_waits_until_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(act="hand_over") & ~Q(handed_from="") & ~Q(handed_to=""))
                | (~Q(act="hand_over") & Q(handed_from="", handed_to="")),
                name="act_hands_over_from_and_to",
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
            handed_from=Holder(self.handed_from) if self.handed_from else None,
            handed_to=Holder(self.handed_to) if self.handed_to else None,
        )


class SavedView(models.Model):
    """A way to look at the work list that somebody has given a name: its choices, as in the address.

    It belongs to a viewer in a role; one of them may be what the list opens with.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    viewer = models.CharField(max_length=60)
    role = models.CharField(max_length=24, choices=[(r.value, r.name) for r in Role])
    name = models.CharField(max_length=LONGEST_NAME)
    choices = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)

    privacy: ClassVar = {
        "id": INTERNAL, "public": INTERNAL, "viewer": STAFF, "role": STAFF, "name": STAFF,
        "choices": STAFF, "is_default": STAFF,
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["viewer", "role", "name"], name="view_once_by_name"),
            models.UniqueConstraint(
                fields=["viewer", "role"], condition=Q(is_default=True), name="view_one_default"
            ),
        ]
