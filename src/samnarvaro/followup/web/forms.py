"""The two small forms of an early measure. They read what was written; the domain says what is missing."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.safestring import SafeString

from samnarvaro.base.writing import remembered
from samnarvaro.followup.domain.measures import (
    EARLIEST_START,
    LONGEST_HOW,
    LONGEST_LINE,
    LONGEST_RUN,
    Fault,
    Outcome,
)
from samnarvaro.followup.web import texts

USUAL_RUN = timedelta(days=21)
ANY = UUID(int=0)  # stands for the measure in what is drawn once

FIELD = {
    Fault.WHAT: "what",
    Fault.WHAT_TOO_LONG: "what",
    Fault.FIRST_DAY: "first_day",
    Fault.FIRST_DAY_TOO_FAR: "first_day",
    Fault.LOOK_ON: "look_on",
    Fault.LOOK_ON_TOO_SOON: "look_on",
    Fault.LOOK_ON_TOO_LATE: "look_on",
    Fault.OUTCOME: "outcome",
    Fault.HOW: "how",
    Fault.HOW_TOO_LONG: "how",
}


class _Form(forms.Form):
    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put every reason beside its field."""
        for fault in faults:
            self.add_error(FIELD.get(fault), str(texts.FAULT[fault]))

    @property
    def fields_drawn(self) -> SafeString:
        """All its fields; those of a form that nothing is written in are drawn once."""
        return _drawn(self) if self.is_bound else self._unwritten()

    def _unwritten(self) -> SafeString:
        return _drawn(self)


def _drawn(form: forms.Form) -> SafeString:
    return SafeString(
        "".join(field.as_field_group() for field in form)
    )  # each drawn by its template


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class StartForm(_Form):
    """What, from when, and when it is looked at again: three weeks ahead if nothing else is said."""

    asked = ("what", "first_day", "look_on")

    what = forms.CharField(
        label=texts.WHAT,
        help_text=texts.WHAT_HINT,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_LINE}),
    )
    first_day = _day(texts.FIRST_DAY)
    look_on = _day(texts.LOOK_ON, texts.LOOK_ON_HINT)

    def __init__(self, today: date, data: Any = None) -> None:
        self._today = today
        start = {"first_day": today, "look_on": today + USUAL_RUN}
        super().__init__(data, initial=start, auto_id="measure-%s")
        _bound(self.fields["first_day"], today, -EARLIEST_START, EARLIEST_START)
        _bound(self.fields["look_on"], today, 1, LONGEST_RUN)

    def _unwritten(self) -> SafeString:
        return SafeString(_unwritten_start(self._today))


@remembered
def _unwritten_start(today: date) -> str:
    return _drawn(StartForm(today))


def _bound(field: forms.Field, today: date, first: int, last: int) -> None:
    field.widget.attrs |= {
        "min": (today + timedelta(days=first)).isoformat(),
        "max": (today + timedelta(days=last)).isoformat(),
    }


class CloseForm(_Form):
    """How the attendance became, and how it went in words."""

    asked = ("outcome", "how")

    outcome = forms.ChoiceField(
        label=texts.OUTCOME,
        required=False,
        choices=[(each.value, texts.OUTCOMES[each]) for each in Outcome],
        widget=forms.RadioSelect,
    )
    how = forms.CharField(
        label=texts.HOW,
        help_text=texts.HOW_HINT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_HOW}),
    )

    def __init__(self, measure: UUID, data: Any = None) -> None:
        self._measure = measure
        super().__init__(data, auto_id=f"close-{measure}-%s")

    def _unwritten(self) -> SafeString:
        return SafeString(_unwritten_close().replace(str(ANY), str(self._measure)))

    @property
    def chosen(self) -> Outcome | None:
        sent = self.cleaned_data.get("outcome", "")
        return Outcome(sent) if sent else None


@remembered
def _unwritten_close() -> str:
    return _drawn(CloseForm(ANY))
