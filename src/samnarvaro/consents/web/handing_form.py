"""What is handed over, to whom and on what ground; the domain says what speaks against it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.items import Item
from samnarvaro.consents.domain.handing_over import Code, NotHanded
from samnarvaro.consents.services.handing_over import Ground
from samnarvaro.consents.web import handing_texts as texts

FIELD = {
    NotHanded.SAME_ZONE: "to_zone",
    NotHanded.NOT_A_RECEIVER: "to_zone",
    NotHanded.NO_ITEM: "items",
    NotHanded.CLASS_STAYS: "items",
    NotHanded.NO_CONSENT: "items",
    NotHanded.ONE_AT_A_TIME: "items",
    NotHanded.HANDED_ALREADY: "items",
    NotHanded.GROUND_NOT_FROM_HERE: "ground",
    NotHanded.GROUND_NOT_TO_THERE: "ground",
    NotHanded.NOT_UNDER_18: "ground",
    NotHanded.NO_DECIDER: "decided_by",
    NotHanded.NO_WHY: "why",
}


class HandingForm(forms.Form):
    """Everything may be missing here; what is, is told in one go."""

    to_zone = forms.ChoiceField(label=_("Till vem?"), required=False)
    items = forms.MultipleChoiceField(
        label=_("Vad lämnas över?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.ChoiceField(label=_("På vilken grund?"), required=False)
    decided_by = forms.ChoiceField(
        label=_("Vem har beslutat?"),
        help_text=_("Behövs när grunden är en annan än familjens samtycke."),
        required=False,
    )
    why = forms.CharField(
        label=_("Varför behöver uppgiften lämnas?"),
        help_text=_("Behövs när grunden är en annan än familjens samtycke."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        zones: Collection[tuple[str, str]],
        offered: Collection[Item],
        deciders: Collection[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self._choose("to_zone", [("", _("Välj mottagare")), *zones])
        self._choose("items", [(item.key, item.title) for item in offered])
        by_consent = [("", _("Familjens samtycke"))]
        self._choose("ground", [*by_consent, *((c.value, texts.GROUND[c]) for c in Code)])
        self._choose("decided_by", [("", _("Ingen vald")), *deciders])

    def _choose(self, name: str, choices: Collection[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    @property
    def chosen_ground(self) -> Ground | None:
        """Return the ground, or None for the family's consent."""
        code = self.cleaned_data.get("ground")
        if not code:
            return None
        decider = self.cleaned_data.get("decided_by")
        return Ground(
            code=Code(code),
            decided_by=int(decider) if decider else None,
            why=self.cleaned_data.get("why", ""),
        )

    def refuse(self, reasons: list[NotHanded]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(texts.REFUSED[reason]))
