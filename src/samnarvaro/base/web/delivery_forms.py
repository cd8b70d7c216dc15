"""The form for a new delivery: the file, what it is, and how it is to be taken in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import deliveries


class NewDelivery(forms.Form):
    """Asked once for all kinds; a choice that the kind does not know is left out."""

    kind = forms.ChoiceField(label=_("Vad är det för fil?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Fil"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        max_length=1000,
    )
    as_of = forms.DateField(
        label=_("Elevlistan gäller från"),
        help_text=_(
            "Den dag då det är så som listan säger. För lektionsmarkeringar används den inte."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    profile = forms.CharField(
        label=_("Varifrån kommer filen?"),
        help_text=_(
            "Samma namn varje gång, till exempel systemets namn. En rad som det systemet redan har "
            "lämnat ändrar ingenting, även om någon har rättat den här sedan dess."
        ),
        max_length=40,
        initial="csv",
    )
    create_missing = forms.BooleanField(
        label=_("Skapa elever och skolor som saknas"),
        help_text=_("Bara för lektionsmarkeringar. De skapas utan namn."),
        required=False,
    )
    all_or_nothing = forms.BooleanField(
        label=_("Allt eller inget"),
        help_text=_("Bara för lektionsmarkeringar. Är någon rad fel skrivs ingen."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.key, kind.label) for kind in deliveries.kinds()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # it is a choice
        self.fields["as_of"].initial = today
        self._day = today

    def clean_profile(self) -> str:
        profile: str = self.cleaned_data["profile"]
        if not profile.isprintable():
            raise forms.ValidationError(_("Skriv ett namn med vanliga tecken."))
        return profile

    def wanted(self) -> deliveries.Wanted:
        """Return what was chosen, for a form that is valid."""
        said = self.cleaned_data
        return deliveries.Wanted(
            kind=said["kind"],
            file_name=said["file"].name,
            profile=said["profile"],
            options={
                "as_of": (said["as_of"] or self._day).isoformat(),
                "create_missing": said["create_missing"],
                "all_or_nothing": said["all_or_nothing"],
            },
        )
