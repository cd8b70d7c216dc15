"""Forms of cases: one shape for every fact, drawn from the domain's table."""

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from samnarvaro.cases.domain.sides import Ages, Kind
from samnarvaro.cases.domain.steps import SHAPES, Fact, Fault, Referrer
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.services.sides import Fault as SideFault
from samnarvaro.cases.web import case_words as words
from samnarvaro.cases.web.forms import PartForm, day, radio, text


class CaseForm(PartForm):
    """A form whose reasons have the words of cases."""

    WORDS: ClassVar = {**words.FAULT, **words.SIDE_FAULT}


class OpenForm(CaseForm):
    """The need comes first, and who took the contact."""

    FIELD: ClassVar = {Fault.NEED: "need", Fault.TOO_LONG: "need", Fault.REFERRER: "referrer"}
    need = text(
        _("Vilket behov ser ni?"),
        _("Skriv vad eleven behöver, inte vad som är fel."),
    )
    referrer = radio(_("Vem tog kontakten?"), words.REFERRER)

    @property
    def by_whom(self) -> Referrer | None:
        found: Referrer | None = self.chosen("referrer", Referrer)
        return found


class FactForm(CaseForm):
    """One fact: a choice, words, a day, as its shape says."""

    FIELD: ClassVar = {
        Fault.CHOICE: "choice", Fault.TOO_YOUNG: "choice", Fault.WORDS: "words",
        Fault.TOO_LONG: "words", Fault.DAY: "day", Fault.DAY_NOT_AHEAD: "day",
    }  # fmt: skip

    def __init__(self, data: Any = None, *, fact: Fact, today: date, **more: Any) -> None:
        self.fact, self.label = fact, words.FACT[fact]
        super().__init__(data, today=today, name=fact.value, **more)
        shape, hint = SHAPES[fact], words.HINT.get(fact, "")
        if shape.choices:
            told = {each: words.choice(fact, each) for each in shape.choices}
            self.fields["choice"] = radio(self.label, told, hint)
        if shape.words:
            label = _("Mer om det") if shape.choices else self.label
            self.fields["words"] = text(label, "" if shape.choices else hint, rows=3)
        if shape.day:
            alone = not (shape.choices or shape.words)
            self.fields["day"] = day(self.label if alone else _("Vilken dag?"))

    @property
    def told(self) -> Told:
        return Told(
            fact=self.fact, choice=self.said("choice"), words=self.said("words"),
            day=self.cleaned_data.get("day"),
        )  # fmt: skip


class PauseForm(CaseForm):
    FIELD: ClassVar = {
        Fault.WORDS: "words", Fault.TOO_LONG: "words", Fault.DAY: "until",
        Fault.DAY_NOT_AHEAD: "until",
    }  # fmt: skip
    words = text(_("Varför vilar ärendet?"), rows=2)
    until = day(_("Till vilken dag?"))


class SideForm(CaseForm):
    FIELD: ClassVar = {SideFault.KIND: "kind", SideFault.WORDS: "words"}
    kind = radio(
        _("Vad är det?"),
        {kind: told for kind, told in words.SIDE.items() if kind is not Kind.CONSULTATION},
    )
    words = text(_("Vad gäller det?"), rows=3)


class EndSideForm(CaseForm):
    FIELD: ClassVar = {SideFault.WORDS: "outcome"}
    outcome = text(_("Vad blev det?"), rows=2)


class StubForm(CaseForm):
    """A question to the intake unit that tells nobody who the pupil is."""

    FIELD: ClassVar = {
        SideFault.AGES: "ages", SideFault.WORDS: "question", SideFault.TELLS_NUMBER: "question",
        SideFault.TELLS_ADDRESS: "question", SideFault.TELLS_NAME: "question",
    }  # fmt: skip
    ages = radio(_("Ungefär hur gammalt är barnet?"), words.AGES)
    question = text(
        _("Vad vill du ha råd om?"),
        _("Skriv vad som händer, utan namn, nummer, skola eller klass, och utan det som bara stämmer på ett barn."),
        rows=6,
    )  # fmt: skip

    @property
    def band(self) -> Ages | None:
        found: Ages | None = self.chosen("ages", Ages)
        return found


class AdviceForm(CaseForm):
    FIELD: ClassVar = {SideFault.WORDS: "advice"}
    advice = text(_("Ert råd"), rows=4)
