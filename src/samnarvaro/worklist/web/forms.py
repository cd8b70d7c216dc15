"""One small form for each act. They read what was written; the domain says what is missing of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from samnarvaro.base import labels
from samnarvaro.base.forms import PlainTextarea
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist.domain.rows import (
    LONGEST_TEXT,
    LONGEST_WAIT,
    RECEIVERS,
    WITH_DAY,
    Act,
    Intent,
    Missing,
)
from samnarvaro.worklist.web import texts


class Words(forms.CharField):
    """Asked for, but not missed here: the domain misses it together with all the rest."""

    def validate(self, value: Any) -> None:
        """Leave it to the domain."""


class Day(forms.DateField):
    """A day; what is no day is read as none."""

    def validate(self, value: Any) -> None:
        """Leave it to the domain."""

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class Receiver(forms.TypedChoiceField):
    """To whom a row goes; who is none of them is read as nobody."""

    def __init__(self) -> None:
        named = [(holder.value, labels.HOLDER[holder]) for holder in RECEIVERS]
        super().__init__(
            label=texts.RECEIVER,
            choices=[("", texts.CHOOSE), *named],
            coerce=Holder,
            empty_value=None,
        )

    def validate(self, value: Any) -> None:
        """Leave it to the domain."""

    def clean(self, value: Any) -> Holder | None:
        return Holder(value) if value in list(Holder) else None


# Beside which field a reason is told; the others stand above the form.
FIELD = {
    Missing.TEXT: "text",
    Missing.TEXT_SHORT: "text",
    Missing.TEXT_LONG: "text",
    Missing.DAY: "wait_until",
    Missing.DAY_NOT_AHEAD: "wait_until",
    Missing.DAY_TOO_LATE: "wait_until",
    Missing.RECEIVER: "to",
    Missing.RECEIVER_HAS_IT: "to",
    Missing.RECEIVER_NOBODY: "to",
}


# What is missing of the form itself; the rest a row has against it.
OF_FORM = frozenset(FIELD) - {Missing.RECEIVER_HAS_IT, Missing.RECEIVER_NOBODY}


class ActForm(forms.Form):
    """The words of one act, on one row or on many."""

    kind: Act

    to = Receiver()
    wait_until = Day(
        label=texts.DAY, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = Words(widget=PlainTextarea(attrs={"rows": 2, "maxlength": LONGEST_TEXT}))

    def __init__(
        self,
        kind: Act,
        row: UUID | str,
        today: date,
        data: Any = None,
        *,
        takes_focus: bool = False,
    ) -> None:
        super().__init__(data, auto_id=f"{kind}-{row}-%s")
        self.kind = kind
        self.fields["text"].label = str(texts.QUESTION[kind])
        self.fields["text"].help_text = str(texts.HINT[kind])
        if kind in WITH_DAY:
            self._bound_the_day(today)
        else:
            del self.fields["wait_until"]
        if kind is not Act.HAND_OVER:
            del self.fields["to"]
        if takes_focus:  # somebody has just asked for it, to write in it
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def _bound_the_day(self, today: date) -> None:
        day = self.fields["wait_until"]
        day.label = str(texts.DAYS[self.kind])
        day.help_text = str(texts.DAY_HINT) % texts.LIMITS
        day.widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": (today + timedelta(days=LONGEST_WAIT)).isoformat(),
        }

    @property
    def submit(self) -> str:
        return str(texts.SUBMIT[self.kind])

    @property
    def intent(self) -> Intent:
        """What was asked for; the form has been read."""
        return Intent(
            act=self.kind,
            text=self.cleaned_data["text"],
            wait_until=self.cleaned_data.get("wait_until"),
            to=self.cleaned_data.get("to"),
        )

    def refuse(self, missing: list[Missing]) -> None:
        """Put every reason beside its field."""
        for reason in missing:
            field = FIELD.get(reason)
            self.add_error(field if field in self.fields else None, texts.missing(reason))

    def told_without_form(self) -> list[str]:
        """Return the reasons, and what was written, for a row that has no forms any more."""
        reasons = [str(error) for error in self.non_field_errors()]
        text = str(self.data.get("text", ""))
        return [*reasons, texts.you_wrote(text)] if text else reasons


KINDS = tuple(texts.QUESTION)  # the acts that have a form; an undo is but a button
OWN_LIST = (Act.DONE, Act.WAIT, Act.HAND_OVER, Act.NOT_NEEDED)  # in one's day
MEETING = (Act.DECIDED, Act.DONE, Act.HAND_OVER, Act.NOT_NEEDED)  # where several sit together
