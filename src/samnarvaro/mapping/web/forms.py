"""The form of a draft, and of one thing that somebody says. The domain says what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.mapping.domain import factors, mappings
from samnarvaro.mapping.domain.factors import KINDS, Direction, Kind, Source
from samnarvaro.mapping.domain.mappings import Function, Method, Told, Trigger
from samnarvaro.mapping.web import texts

FIELD = {
    mappings.Fault.HELD_ON: "held_on",
    mappings.Fault.HELD_ON_LATER: "held_on",
    mappings.Fault.HELD_ON_TOO_OLD: "held_on",
    mappings.Fault.CHILD_WORDS_TOO_LONG: "child_words",
    mappings.Fault.NOT_HEARD_TOO_LONG: "not_heard_why",
    mappings.Fault.METHOD: "methods",
    mappings.Fault.CHILD: "child_words",
    mappings.Fault.CHILD_BOTH: "not_heard_why",
}
FACTOR_FIELD = {
    factors.Fault.KIND: "kind",
    factors.Fault.SOURCE: "source",
    factors.Fault.STRENGTH: "strength",
    factors.Fault.DIRECTION: "direction",
    factors.Fault.WORDS: "words",
    factors.Fault.WORDS_TOO_LONG: "words",
}


class _Asked(forms.Field):
    """What is asked for, but not missed here: a draft may lack it, and the domain says when not."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class AskedChoice(_Asked, forms.ChoiceField):
    pass


class AskedChoices(_Asked, forms.MultipleChoiceField):
    pass


class AskedDay(_Asked, forms.DateField):
    pass


class AskedWords(_Asked, forms.CharField):
    pass


def _several(words: Any, **more: Any) -> forms.MultipleChoiceField:
    choices = [(each.value, name) for each, name in words.items()]
    kind = AskedChoices if more.pop("asked", False) else forms.MultipleChoiceField
    needed = kind is AskedChoices
    return kind(required=needed, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def _one(words: Any, **more: Any) -> forms.ChoiceField:
    choices = [(str(each), name) for each, name in words.items()]
    return AskedChoice(choices=choices, widget=forms.RadioSelect, **more)


class DraftForm(forms.Form):
    """What stands in a mapping beside its factors. The child's own words come first."""

    child_words = forms.CharField(
        label=_("Elevens egna ord"),
        help_text=_(
            "Ordagrant, så som eleven säger det. Skriv bara det som eleven har sagt ja till att de som läser kartläggningen får se."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    not_heard_why = forms.CharField(
        label=_("Om eleven inte har hörts: varför?"),
        help_text=_("Och när ni försöker igen. Lämna tomt när eleven har hörts."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    held_on = AskedDay(
        label=_("Vilken dag kartlade ni?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    methods = _several(texts.METHOD, label=_("Hur tog ni reda på det?"), asked=True)
    functions = _several(
        texts.FUNCTION,
        label=_("Vad slipper eller får eleven genom att vara borta?"),
        help_text=_("Flera kan stämma. Gissa inte: fråga eleven."),
    )
    triggers = _several(
        texts.TRIGGER,
        label=_("Vad kan ha satt i gång det?"),
        help_text=_("Det är sällan en enda orsak."),
    )

    use_required_attribute = False  # every button saves, whatever is lacking

    FIRST = ("child_words", "not_heard_why")
    REST = ("held_on", "methods", "functions", "triggers")

    def __init__(self, told: Told, data: Any = None) -> None:
        known = {
            "child_words": told.child_words,
            "not_heard_why": told.not_heard_why,
            "held_on": told.held_on,
            "methods": [each.value for each in told.methods],
            "functions": [each.value for each in told.functions],
            "triggers": [each.value for each in told.triggers],
        }
        super().__init__(data, initial=known, auto_id="draft-%s")
        for name, longest in (
            ("child_words", mappings.LONGEST_CHILD_WORDS),
            ("not_heard_why", mappings.LONGEST_WHY),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.CharField)
            field.max_length = longest  # for the counter: the domain says when it is too long

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.REST]

    def told(self) -> Told:
        sent = self.cleaned_data
        return Told(
            held_on=sent.get("held_on"),
            methods=tuple(Method(each) for each in sent.get("methods", ())),
            child_words=sent.get("child_words", ""),
            not_heard_why=sent.get("not_heard_why", ""),
            functions=tuple(Function(each) for each in sent.get("functions", ())),
            triggers=tuple(Trigger(each) for each in sent.get("triggers", ())),
        )

    def refuse(self, faults: list[mappings.Fault]) -> None:
        """Put every reason beside its field."""
        for fault in faults:
            self.add_error(FIELD.get(fault), str(texts.FAULT[fault]))


class FactorForm(forms.Form):
    """One thing that one source says."""

    kind = AskedChoice(label=_("Vad handlar det om?"))
    source = _one(texts.SOURCE, label=_("Vem säger det?"))
    strength = _one(texts.STRENGTH, label=_("Hur mycket spelar det in?"))
    direction = _one(
        texts.DIRECTION,
        label=_("Åt vilket håll?"),
        help_text=_("Bara för elevens egna förmågor och förutsättningar."),
        required=False,
    )
    words = AskedWords(
        label=_("Vad händer, med vanliga ord?"),
        help_text=_("Skriv det någon kan se eller höra. Till exempel: stannar utanför matsalen."),
        widget=PlainTextarea(attrs={"rows": 2}),
    )

    use_required_attribute = False  # it stands in the form of the draft

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="factor-%s", prefix="factor")
        kind, words = self.fields["kind"], self.fields["words"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(words, forms.CharField)
        kind.choices = [
            ("", _("Välj …")),
            *(
                (texts.FIELD[field], [(each.value, texts.KIND[each]) for each in kinds])
                for field, kinds in KINDS.items()
            ),
        ]
        words.max_length = factors.LONGEST_WORDS

    @property
    def is_begun(self) -> bool:
        """Tell whether anything is written or chosen: then it is not to be lost."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)

    def told(self) -> factors.Told:
        sent = self.cleaned_data
        kind, source, direction = (sent.get(name) for name in ("kind", "source", "direction"))
        return factors.Told(
            kind=Kind(kind) if kind else None,
            source=Source(source) if source else None,
            strength=int(sent["strength"]) if sent.get("strength") else None,
            direction=Direction(direction) if direction else None,
            words=sent.get("words", ""),
        )

    def refuse(self, faults: list[factors.Fault]) -> None:
        for fault in faults:
            self.add_error(FACTOR_FIELD.get(fault), str(texts.FACTOR_FAULT[fault]))
