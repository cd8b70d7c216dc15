"""The form that an instrument is loaded by: as a file, or as text that can be changed on the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.mapping.domain.instrument_faults import NotAnInstrument
from samnarvaro.mapping.domain.instrument_reading import LARGEST
from samnarvaro.mapping.imports.instrument_faults import in_words

_BYTES_A_CHARACTER = 4


class LoadForm(forms.Form):
    """A file goes before the text."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Fil med formuläret (JSON)"),
        help_text=gettext_lazy(
            "Ett FHIR R4-formulär, till exempel ett som har exporterats härifrån."
        ),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Eller som text"),
        help_text=gettext_lazy("Används när ingen fil är vald."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
    )
    may_be_used = forms.BooleanField(
        label=gettext_lazy("Vi har rätt att använda formuläret"),
        help_text=gettext_lazy(
            "Många formulär ägs av någon. Vem som intygade det här skrivs i loggen."
        ),
        error_messages={
            "required": gettext_lazy("Kryssa i att ni har rätt att använda formuläret.")
        },
    )
    asked = ("file", "text")

    def clean(self) -> dict[str, Any]:
        """Gather the text, from wherever it came."""
        sent = self.cleaned_data
        upload = sent.get("file")
        if upload is not None:
            if upload.size > LARGEST * _BYTES_A_CHARACTER:
                self.add_error("file", _("Filen är för stor. Ett formulär rymmer 300 000 tecken."))
                return sent
            try:
                sent["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("Filen är inte skriven i UTF-8. Spara om den så."))
        elif not sent.get("text", "").strip():
            self.add_error("file", _("Välj en fil, eller klistra in formuläret som text."))
        return sent

    def refuse(self, refused: NotAnInstrument) -> None:
        """Say every fault, line by line, beside what was sent."""
        field = "file" if self.cleaned_data.get("file") else "text"
        for fault in refused.faults:
            self.add_error(field, in_words(fault))
