"""What a list of lessons can be narrowed by."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.attendance.queries.lessons import Kind, Wanted
from samnarvaro.attendance.web import texts

ALL = ""
NO_SUBJECT = "-"  # lessons whose system tells no subject


class LessonFilter(forms.Form):
    """A subject, what was held of the lessons, and the last day to look at."""

    amne = forms.ChoiceField(label=_("Ämne"), required=False)
    visa = forms.ChoiceField(label=_("Visa"), required=False)
    till = forms.DateField(
        label=_("Till och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, subjects: Iterable[str]) -> None:
        super().__init__(data)
        named = [(name or NO_SUBJECT, texts.subject(name)) for name in subjects]
        self.fields["amne"].choices = [(ALL, _("Alla ämnen")), *named]  # type: ignore[attr-defined]  # it is a choice field
        kinds = [(kind.value, texts.KIND[kind]) for kind in Kind]
        self.fields["visa"].choices = [(ALL, _("Alla lektioner")), *kinds]  # type: ignore[attr-defined]  # likewise

    def wanted(self, today: date) -> Wanted:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data if self.is_bound else {}
        subject, kind = asked.get("amne", ALL), asked.get("visa", ALL)
        return Wanted(
            until=min(asked.get("till") or today, today),
            subject=None if subject == ALL else subject.removeprefix(NO_SUBJECT),
            kind=Kind(kind) if kind else None,
        )
