"""The note of a class conference or a knowledge check, as it is written."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.mapping.domain import conferences as domain
from samnarvaro.mapping.domain.conferences import MOST_DECISIONS, Decided, Fault, Kind, Told

Words = str | Promise

KIND: dict[Kind, Words] = {
    Kind.CONFERENCE: _("Klasskonferens"),
    Kind.KNOWLEDGE_CHECK: _("Kunskapskoll"),
}
BEGIN: dict[Kind, Words] = {
    Kind.CONFERENCE: _("Skriv från en klasskonferens"),
    Kind.KNOWLEDGE_CHECK: _("Skriv från en kunskapskoll"),
}
_NOBODY = _("En elev i klassen går att känna igen i texten: ett namn, ett nummer eller en adress. Skriv om gruppen, och om vuxna med deras roll. Det som gäller en elev skrivs på elevens sida.")  # fmt: skip
FAULT: dict[Fault, Words] = {
    Fault.DAY: _("Välj vilken dag det var."),
    Fault.DAY_LATER: _("Dagen har inte varit än."),
    Fault.DAY_TOO_OLD: _("Välj en dag högst 90 dagar tillbaka."),
    Fault.PRESENT: _("Skriv vilka som var med."),
    Fault.PRESENT_TOO_LONG: _("Texten är för lång: högst 400 tecken."),
    Fault.SEEN: _("Skriv vad ni såg, med några ord."),
    Fault.SEEN_TOO_LONG: _("Texten är för lång: högst 4000 tecken."),
    Fault.TELLS_NAME: _NOBODY,
    Fault.TELLS_NUMBER: _NOBODY,
    Fault.TELLS_ADDRESS: _NOBODY,
    Fault.WHAT: _("Skriv vad som ska göras, på varje rad som är påbörjad."),
    Fault.WHAT_TOO_LONG: _("Något beslut är för långt: högst 400 tecken, och 80 för vem."),
    Fault.WHO: _("Skriv vem som gör det, på varje rad som är påbörjad."),
    Fault.DUE: _("Välj till när, på varje rad som är påbörjad."),
}
_BESIDE = {
    Fault.DAY: "held_on", Fault.DAY_LATER: "held_on", Fault.DAY_TOO_OLD: "held_on",
    Fault.PRESENT: "present", Fault.PRESENT_TOO_LONG: "present", Fault.SEEN: "seen",
    Fault.SEEN_TOO_LONG: "seen", Fault.WHAT: "what-0", Fault.WHO: "who-0", Fault.DUE: "due-0",
    Fault.WHAT_TOO_LONG: "what-0",
}  # fmt: skip


class NoteForm(forms.Form):
    held_on = forms.DateField(
        label=_("Vilken dag var det?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    present = forms.CharField(
        label=_("Vilka var med?"),
        help_text=_("Vuxna, med namn eller roll."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(
        label=_("Vad såg ni av klassen som helhet?"),
        help_text=_(
            "Skriv inga elevers namn: det här är om gruppen, och om lärmiljön omkring den."
        ),
        required=False,
        widget=PlainTextarea(attrs={"rows": 6}),
    )
    use_required_attribute = False

    def __init__(self, told: Told, data: Any = None) -> None:
        known = {"held_on": told.held_on, "present": told.present, "seen": told.seen}
        super().__init__(data, initial=known, auto_id="note-%s")
        for name, longest in (
            ("present", domain.LONGEST_PRESENT),
            ("seen", domain.LONGEST_SEEN),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.CharField)
            field.max_length = longest  # for the counter: the domain says when it is too long
        for number in range(MOST_DECISIONS):
            held = told.decided[number] if number < len(told.decided) else Decided()
            self._add(number, held)
        self.asked = frozenset(self.fields)  # of a decision that is begun all is asked for

    def _add(self, number: int, held: Decided) -> None:
        self.fields |= {
            f"what-{number}": forms.CharField(
                label=_("Vad ska göras?"), required=False, initial=held.what
            ),
            f"who-{number}": forms.CharField(
                label=_("Vem gör det?"), required=False, initial=held.who
            ),
            f"due-{number}": forms.DateField(
                label=_("Till när?"), required=False, initial=held.due_on,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            ),
        }  # fmt: skip

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("held_on", "present", "seen")]

    @property
    def decisions(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{part}-{number}"] for part in ("what", "who", "due")]
            for number in range(MOST_DECISIONS)
        ]

    def told(self) -> Told:
        sent = self.cleaned_data
        return Told(
            held_on=sent.get("held_on"),
            present=sent.get("present", ""),
            seen=sent.get("seen", ""),
            decided=tuple(
                Decided(
                    what=sent.get(f"what-{number}", ""),
                    who=sent.get(f"who-{number}", ""),
                    due_on=sent.get(f"due-{number}"),
                )
                for number in range(MOST_DECISIONS)
            ),
        )

    def refuse(self, faults: list[Fault]) -> None:
        """Put every reason beside its field, and what tells of somebody once above them all."""
        beside = {(_BESIDE.get(fault), str(FAULT[fault])): None for fault in faults}
        for name, words in beside:
            self.add_error(name, words)
