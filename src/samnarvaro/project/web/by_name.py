"""A pupil told by both its names and its school, by somebody who follows no such pupil."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries import parties

NOBODY = _("Ingen elev där har exakt de namnen. Kontrollera stavningen, eller ring skolan.")


class ByNameForm(forms.Form):
    """Exactly these names, at this school; nothing is offered, and nothing near is found."""

    given_name = forms.CharField(label=_("Elevens förnamn"), max_length=80)
    family_name = forms.CharField(label=_("Elevens efternamn"), max_length=80)
    school = forms.ChoiceField(label=_("Skola"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        schools = [(str(unit.public), unit.name) for unit in organisation.schools()]
        self.fields["school"].choices = schools  # type: ignore[attr-defined]  # a field of choices

    def pupil(self, *, on: date) -> int | None:
        """Return the pupil (id); none for nobody, for two, and for one whose data is protected."""
        told = self.cleaned_data
        unit = organisation.unit(UUID(told["school"])).pk
        return parties.unprotected_by_name(
            told["given_name"], told["family_name"], unit=unit, on=on
        )
