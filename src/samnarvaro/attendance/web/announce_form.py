"""The form for absence that is announced. The domain says what is wrong with it."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.attendance.domain.announced import Announced, ToldBy, Wrong
from samnarvaro.attendance.web import announced_texts as texts

# Beside which field a reason is told.
FIELD = {
    Wrong.FIRST_DAY: "first_day",
    Wrong.LAST_BEFORE_FIRST: "last_day",
    Wrong.TOO_LONG: "last_day",
    Wrong.TOO_FAR_BACK: "first_day",
    Wrong.TOO_FAR_AHEAD: "last_day",
    Wrong.PART_OF_SEVERAL_DAYS: "begins",
    Wrong.ENDS_BEFORE_IT_BEGINS: "ends",
    Wrong.OVERLAPS: "first_day",
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class AnnounceForm(forms.Form):
    """One day, some days, or a part of one day; and who told."""

    first_day = forms.DateField(label=_("Från och med"), widget=_day())
    last_day = forms.DateField(
        label=_("Till och med"),
        help_text=_("Lämna tomt för en enda dag."),
        required=False,
        widget=_day(),
    )
    begins = forms.TimeField(
        label=_("Borta från klockan"),
        help_text=_("Bara för en del av en dag. Tomt betyder från morgonen."),
        required=False,
        widget=_time(),
    )
    ends = forms.TimeField(
        label=_("Borta till klockan"),
        help_text=_("Tomt betyder resten av dagen."),
        required=False,
        widget=_time(),
    )
    told_by = forms.ChoiceField(
        label=_("Vem anmälde?"), widget=forms.RadioSelect, choices=texts.TOLD_BY.items()
    )

    def __init__(self, data: Any, *, today: date) -> None:
        initial = {"first_day": today, "told_by": ToldBy.GUARDIAN}
        super().__init__(data, initial=initial)

    def told(self) -> Announced:
        first: date = self.cleaned_data["first_day"]
        return Announced(
            first_day=first,
            last_day=self.cleaned_data["last_day"] or first,
            begins=_minute(self.cleaned_data["begins"]),
            ends=_minute(self.cleaned_data["ends"]),
        )

    def told_by_whom(self) -> ToldBy:
        return ToldBy(self.cleaned_data["told_by"])

    def refuse(self, wrongs: list[Wrong]) -> None:
        """Put every reason beside its field."""
        for wrong in wrongs:
            self.add_error(FIELD[wrong], texts.wrong(wrong))


def _minute(of: time | None) -> int | None:
    return None if of is None else of.hour * 60 + of.minute
