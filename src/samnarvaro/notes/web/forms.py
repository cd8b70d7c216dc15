"""The one field of a note; the domain says what is wrong with it."""

from typing import Any

from django import forms

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.notes.domain.notes import LONGEST, Fault
from samnarvaro.notes.web import texts


class NoteForm(forms.Form):
    text = forms.CharField(
        label=texts.TEXT,
        help_text=texts.HINT,
        required=False,
        max_length=None,
        widget=PlainTextarea,
    )

    def __init__(self, data: Any = None, *, initial: str = "") -> None:
        super().__init__(data, initial={"text": initial})
        self.fields["text"].max_length = LONGEST  # type: ignore[attr-defined]  # told beside the field

    def refuse(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.add_error("text", str(texts.FAULT[fault]))
