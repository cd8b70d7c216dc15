"""The form in which an answer of one party is written down."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.consents.domain.agreement import Maturity, NotAnswered, Said, Way
from samnarvaro.consents.services.agreements import Told
from samnarvaro.consents.web import texts
from samnarvaro.people.queries.at_work import AtWork

LONGEST_WORDS = 300
FIELD = {
    NotAnswered.NO_WITNESS: "witness",
    NotAnswered.WITNESS_IS_ONESELF: "witness",
}


class AnswerForm(forms.Form):
    """What was said and how it came; of the child also what was judged of its maturity."""

    party = forms.CharField(widget=forms.HiddenInput)
    said = forms.ChoiceField(
        label=_("Svaret"), choices=texts.SAID.items(), widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label=_("Hur kom svaret?"), choices=texts.WAY.items())
    witness = forms.ChoiceField(
        label=_("Vem mer hörde det?"),
        required=False,
        help_text=_("Behövs för ett svar som gavs muntligt eller i telefon."),
    )
    maturity = forms.ChoiceField(
        label=_("Barnets mognad för just den här frågan"), choices=texts.MATURITY.items()
    )
    maturity_words = forms.CharField(
        label=_("Hur ni bedömde det, och barnets egna ord"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=PlainTextarea,
    )

    def __init__(self, data: Any, *, party: str, witnesses: Sequence[AtWork], is_child: bool):
        super().__init__(data, initial={"party": party}, auto_id=f"id_{party}_%s")
        self._by_public = {str(each.public): each.pk for each in witnesses}
        names = [(str(each.public), each.name) for each in witnesses]
        self.fields["witness"].choices = [("", "–"), *names]  # type: ignore[attr-defined]  # it is a choice
        if not is_child:
            del self.fields["maturity"], self.fields["maturity_words"]

    def told(self, guardian: UUID | None) -> Told:
        sent = self.cleaned_data
        return Told(
            guardian=guardian,
            said=Said(sent["said"]),
            way=Way(sent["way"]),
            witness=self._by_public.get(sent.get("witness", "")),
            maturity=Maturity(sent.get("maturity") or Maturity.NOT_JUDGED),
            maturity_words=sent.get("maturity_words", ""),
        )

    def refuse(self, reasons: Sequence[NotAnswered]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(texts.NOT_ANSWERED[reason]))
