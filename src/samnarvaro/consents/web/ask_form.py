"""The form in which a family's consent is asked for: first what, then in which words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import labels
from samnarvaro.base.forms import PlainTextarea
from samnarvaro.consents.domain.agreement import MustSayYes, NotAsked, usual_end
from samnarvaro.consents.services.agreements import Terms
from samnarvaro.consents.web import texts
from samnarvaro.kernel.privacy import DataClass

FIELD = {
    NotAsked.SAME_ZONE: "to_zone",
    NotAsked.NOT_A_RECEIVER: "to_zone",
    NotAsked.NO_CLASS: "classes",
    NotAsked.CLASS_NOT_SHAREABLE: "classes",
    NotAsked.NAME_LEFT_OUT: "classes",
    NotAsked.NO_PURPOSE: "purpose",
    NotAsked.CHILD_NAMED_IN_PURPOSE: "purpose",
    NotAsked.NO_WORDING: "wording",
    NotAsked.ENDS_BEFORE_IT_BEGINS: "valid_to",
    NotAsked.BEGINS_IN_THE_PAST: "valid_from",
    NotAsked.LASTS_TOO_LONG: "valid_to",
}
USUAL = (DataClass.NAME, DataClass.ATTENDANCE)
LONGEST_WORDING = 6000


class _Asked(forms.Field):
    """A field that is asked for, but not missed here: the domain misses it with all the rest."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class _Choice(_Asked, forms.ChoiceField):
    pass


class _Choices(_Asked, forms.MultipleChoiceField):
    pass


class _Text(_Asked, forms.CharField):
    pass


class _Date(_Asked, forms.DateField):
    pass


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return _Date(widget=widget, **more)


class AskForm(forms.Form):
    """What is asked. Nothing is missed here: the domain misses it, with all the rest."""

    to_zone = _Choice(label=_("Vem ska få läsa?"), widget=forms.RadioSelect)
    classes = _Choices(
        label=_("Vad får delas?"),
        choices=[(key.value, name) for key, name in labels.DATA_CLASS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Välj så lite som behövs."),
    )
    purpose = _Text(
        label=_("Vad ska det användas till?"),
        max_length=200,
        help_text=_(
            "Skriv kort, utan barnets namn. Så här: Att stödet hemma och i skolan hänger ihop."
        ),
    )
    conditions = forms.CharField(
        label=_("Något som familjen vill lägga till"), required=False, max_length=300
    )
    valid_from = _day(label=_("Från och med"))
    valid_to = _day(
        label=_("Till och med"), help_text=_("Vanligen ett halvår, högst tolv månader.")
    )
    must = _Choice(
        label=_("Vem måste säga ja?"),
        choices=texts.MUST.items(),
        widget=forms.RadioSelect,
        help_text=_("Vad barnet själv säger skrivs alltid upp."),
    )
    wording = _Text(
        label=_("Frågan, ord för ord"),
        max_length=LONGEST_WORDING,
        widget=PlainTextarea(attrs={"rows": 24}),
        help_text=_(
            "Ändra så att just den här familjen förstår. Det är den här texten som sparas."
        ),
    )
    proposed = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    fornya = forms.UUIDField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False  # a browser would tell of one at a time
    WHAT = ("to_zone", "classes", "purpose", "conditions", "valid_from", "valid_to", "must")

    def __init__(
        self,
        data: Any,
        *,
        receivers: Sequence[tuple[str, str]],
        today: date,
        initial: dict[str, Any] | None = None,
    ):
        super().__init__(data, initial=initial)
        self._today = today
        self.fields["to_zone"].choices = receivers  # type: ignore[attr-defined]  # it is a choice
        for name, value in usual_terms(today).items():
            self.fields[name].initial = value

    @property
    def what(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WHAT]

    @property
    def is_amiss(self) -> bool:
        """Whether something is wrong with what is asked, and not only with its words."""
        return any(name in self.errors for name in (*self.WHAT, "__all__"))

    def terms(self) -> Terms:
        """Return what was filled in; what is missing or unreadable as the usual, told on its own."""
        sent = self.cleaned_data
        first = sent.get("valid_from") or self._today
        return Terms(
            to_zone=sent.get("to_zone", ""),
            classes=[DataClass(one) for one in sent.get("classes", [])],
            purpose=sent.get("purpose", ""),
            wording=sent.get("wording", ""),
            text_version=sent.get("proposed", ""),
            conditions=sent.get("conditions", ""),
            must=MustSayYes(sent.get("must") or MustSayYes.ALL_GUARDIANS),
            valid_from=first,
            valid_to=sent.get("valid_to") or usual_end(first),
        )

    def refuse(self, reasons: Sequence[NotAsked]) -> None:
        """Put every reason beside its field."""
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(texts.NOT_ASKED[reason]))


def usual_terms(today: date) -> dict[str, object]:
    """What a consent is about unless the family wants something else."""
    return {
        "classes": [one.value for one in USUAL],
        "valid_from": today,
        "valid_to": usual_end(today),
        "must": MustSayYes.ALL_GUARDIANS.value,
    }
