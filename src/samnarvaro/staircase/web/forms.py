"""What a list can be narrowed by."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.staircase.web.school import SchoolClass


class ClassFilter(forms.Form):
    """One class of the school, or all."""

    klass = forms.ChoiceField(label=_("Klass"), required=False)

    def __init__(self, data: Any, classes: Iterable[SchoolClass]) -> None:
        super().__init__(data)
        self._classes = {str(each.public): each for each in classes}
        in_order = sorted(self._classes.values(), key=lambda each: each.order)
        self.fields["klass"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            ("", _("Alla klasser")),
            *((str(each.public), each.name) for each in in_order),
        ]

    @property
    def chosen(self) -> SchoolClass | None:
        """The class that is asked for; an unknown one asks for nothing."""
        asked = self.cleaned_data.get("klass", "") if self.is_valid() else ""
        return self._classes.get(asked)
