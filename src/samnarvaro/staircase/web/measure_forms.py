"""The two forms of a school's measure. They read what was written; the domain says what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms

from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.queries import at_work
from samnarvaro.staircase.domain.school_measures import (
    OWNERS,
    Fault,
    Outcome,
    Wanted,
)
from samnarvaro.staircase.domain.tiers import SHIPPED, Item, Tier
from samnarvaro.staircase.queries.school_measures import Measure
from samnarvaro.staircase.web import measure_texts as texts
from samnarvaro.staircase.web import support_texts

USUAL_PERIOD = timedelta(weeks=6)

_FIELD = {
    Fault.WHAT: "what",
    Fault.WHAT_TOO_LONG: "what",
    Fault.NAMES_A_PUPIL: "what",
    Fault.AIM: "aim",
    Fault.AIM_TOO_LONG: "aim",
    Fault.OWNER: "owner",
    Fault.GROUP: "group",
    Fault.FIRST_DAY: "first_day",
    Fault.FIRST_DAY_TOO_FAR: "first_day",
    Fault.LAST_DAY: "last_day",
    Fault.LAST_DAY_TOO_EARLY: "last_day",
    Fault.LAST_DAY_PAST: "last_day",
    Fault.LAST_DAY_TOO_LATE: "last_day",
    Fault.OUTCOME: "outcome",
    Fault.HOW: "how",
    Fault.HOW_TOO_LONG: "how",
    Fault.HOW_NAMES_A_PUPIL: "how",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom one can choose among at a school: (public id, name), and the ids behind."""

    classes: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]
    class_ids: dict[str, int]
    owner_ids: dict[str, int]

    def owner_of(self, staff: int | None) -> str:
        """The public id of somebody who can be the owner; the empty text for others."""
        return next((public for public, pk in self.owner_ids.items() if pk == staff), "")


def choices(unit: int, *, on: date) -> Choices:
    """Return the classes of a school (id) this school year, and who there can see to a measure."""
    classes = organisation.groups(of_unit=unit, school_year=school_year_of(on))
    owners = [each for each in at_work.at_units([unit], on=on) if each.roles & OWNERS]
    return Choices(
        classes=[(str(each.public), each.name) for each in classes],
        owners=[(str(each.public), each.name) for each in owners],
        class_ids={str(each.public): each.pk for each in classes},
        owner_ids={str(each.public): each.pk for each in owners},
    )


class _Form(forms.Form):
    use_required_attribute = False  # a browser would tell of one at a time

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put every reason beside its field, once."""
        for fault in faults:
            name = _FIELD.get(fault)
            if name not in self.fields:
                self.add_error(None, str(texts.FAULT[fault]))
            elif name not in self.errors:
                self.add_error(name, str(texts.FAULT[fault]))


def _line(label: Any, hint: Any, missing: Fault) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, error_messages=_missing(missing))


def _day(label: Any, missing: Fault, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    told = _missing(missing, "invalid")
    return forms.DateField(label=label, help_text=hint, widget=widget, error_messages=told)


def _missing(fault: Fault, also: str = "invalid_choice") -> dict[str, Any]:
    """What a field says when nothing was chosen, or nothing that it knows."""
    return {"required": texts.FAULT[fault], also: texts.FAULT[fault]}


class MeasureForm(_Form):
    """What, what it is to lead to, who sees to it, and between which days."""

    what = _line(texts.WHAT, texts.WHAT_HINT, Fault.WHAT)
    aim = _line(texts.AIM, texts.AIM_HINT, Fault.AIM)
    owner = forms.ChoiceField(
        label=texts.OWNER,
        help_text=texts.OWNER_HINT,
        error_messages=_missing(Fault.OWNER),
    )
    first_day = _day(texts.FIRST_DAY, Fault.FIRST_DAY)
    last_day = _day(texts.LAST_DAY, Fault.LAST_DAY, texts.LAST_DAY_HINT)

    def __init__(self, among: Choices, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="measure-%s")
        self._among = among
        offer(self.fields["owner"], [("", texts.CHOOSE), *among.owners])

    def wanted(self, tier: Tier) -> Wanted:
        """Return what was asked for, as far as it could be read."""
        told = self.cleaned_data
        return Wanted(
            tier=tier,
            what=told.get("what", ""),
            aim=told.get("aim", ""),
            owner=self._among.owner_ids.get(told.get("owner", "")),
            first_day=told.get("first_day"),
            last_day=told.get("last_day"),
        )


class ChooseForm(MeasureForm):
    """The same, and for whom, on which tier, and which proposal it came from."""

    asked = ("group",)  # which says the whole school where no class is chosen

    group = forms.ChoiceField(
        label=texts.FOR,
        required=False,
        error_messages=_missing(Fault.GROUP),
    )
    tier = forms.TypedChoiceField(
        label=texts.TIER,
        coerce=lambda sent: Tier(int(sent)),
        error_messages={"required": texts.NO_TIER, "invalid_choice": texts.NO_TIER},
    )
    item = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((each.value, each.value) for each in Item)],
        widget=forms.HiddenInput,
    )
    field_order = ("what", "aim", "group", "tier", "owner", "first_day", "last_day", "item")

    def __init__(self, among: Choices, data: Any = None, initial: Any = None) -> None:
        super().__init__(among, data, initial)
        whole = ("", texts.WHOLE_SCHOOL)
        offer(self.fields["group"], [whole, *among.classes])
        offer(self.fields["tier"], [(str(each.value), texts.tier(each)) for each in Tier])
        if self["item"].value():
            self.fields["what"].help_text = texts.WHAT_HINT_OF_PROPOSAL

    def chosen(self) -> Wanted:
        """Return what was asked for, for a form whose tier and class could be read."""
        told = self.cleaned_data
        item = told.get("item", "")
        return replace(
            self.wanted(told["tier"]),
            item=Item(item) if item else None,
            group=self._among.class_ids.get(told.get("group", "")),
        )


def offer(field: forms.Field, among: Sequence[tuple[str, Any]]) -> None:
    field.choices = list(among)  # type: ignore[attr-defined]  # it is a choice field


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks to choose: a tier, a proposal of it, a class; as it was sent."""

    tier: str
    item: str
    group: str


def begun(asked: Asked, among: Choices, *, by: Scope, on: date) -> dict[str, Any]:
    """What a form begins with: the proposal and the class that were pressed, the viewer, six weeks."""
    tier, item = proposal(asked.tier, asked.item)
    return {
        "what": support_texts.ITEM[item] if item else "",
        "item": item.value if item else "",
        "tier": str(tier.value),
        "group": asked.group,
        "owner": among.owner_of(by.staff),
        "first_day": on,
        "last_day": on + USUAL_PERIOD,
    }


def proposal(tier: str, item: str) -> tuple[Tier, Item | None]:
    """Return the tier and the proposal that an address asks for; what cannot be read is the first
    tier, and no proposal.
    """
    known = {str(each.value): each for each in Tier}.get(tier, Tier.UNIVERSAL)
    return known, next((each for each in SHIPPED[known] if each.value == item), None)


def as_it_is(measure: Measure, among: Choices) -> dict[str, Any]:
    """What the form begins with that alters a measure."""
    return {
        "what": measure.what,
        "aim": measure.aim,
        "owner": among.owner_of(measure.owner),
        "first_day": measure.first_day,
        "last_day": measure.last_day,
    }


class CloseForm(_Form):
    """Whether it was done or ended, and how it went in words."""

    outcome = forms.ChoiceField(
        label=texts.OUTCOME,
        choices=list(texts.OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages=_missing(Fault.OUTCOME),
    )
    how = forms.CharField(
        label=texts.HOW,
        help_text=texts.HOW_HINT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_missing(Fault.HOW),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="close-%s")

    @property
    def said(self) -> Outcome | None:
        sent = self.cleaned_data.get("outcome", "")
        return Outcome(sent) if sent else None
