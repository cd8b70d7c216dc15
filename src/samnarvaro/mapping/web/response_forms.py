"""The form of an instrument, one page of it: made from its questions, with last time's answers beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.mapping.domain.factors import Source
from samnarvaro.mapping.domain.instrument import (
    LONGEST_TEXT_ANSWER,
    LONGEST_WHO,
    Item,
    Type,
    Value,
    walk,
)
from samnarvaro.mapping.domain.instrument_answers import (
    Fault,
    Told,
    Wrong,
    asked,
    faults_of_draft,
    wrong_with,
)
from samnarvaro.mapping.domain.mappings import Method
from samnarvaro.mapping.queries.responses import Seen
from samnarvaro.mapping.web import instrument_texts as texts
from samnarvaro.mapping.web.instrument_pictures import draw
from samnarvaro.mapping.web.response_words import answer_words
from samnarvaro.mapping.web.texts import METHOD

FIELD = {
    Fault.METHOD: "method",
    Fault.HELD_ON: "held_on",
    Fault.HELD_ON_LATER: "held_on",
    Fault.HELD_ON_TOO_OLD: "held_on",
    Fault.WHO_TOO_LONG: "who",
}


@dataclass(frozen=True, slots=True)
class Node:
    """An item as it stands on the page, with what stands in it. `number` names it there."""

    item: Item
    number: int
    is_shown: bool
    bound: forms.BoundField | None
    inside: "list[Node]"

    @property
    def is_conditional(self) -> bool:
        return bool(self.item.conditions)

    @property
    def picture(self) -> str:
        return draw(self.item.picture)


class ResponseForm(forms.Form):
    """One page of an instrument. What is written is checked by the domain, question by question."""

    use_required_attribute = False  # every button saves, whatever is lacking

    def __init__(
        self, seen: Seen, step: int, *, on: date, before: Seen | None = None, data: Any = None
    ) -> None:
        steps = seen.instrument.steps()
        self.seen, self.on, self.before = seen, on, before
        self.items = steps[step]
        self.is_last = step == len(steps) - 1
        self.numbers = {item.link: n for n, item in enumerate(seen.instrument.all_items(), 1)}
        self.questions = {
            f"q{self.numbers[item.link]}": item for item in walk(self.items) if item.is_question
        }
        super().__init__(data, initial=self._initial(), auto_id="svar-%s")
        for name, item in self.questions.items():
            self.fields[name] = self._field(item)
        if self.is_last:
            self.fields |= _about()
        # An optional question needs no mark: it is said at the top that one may pass over any.
        self.asked = {name for name in self.fields if name != "who"}

    def _initial(self) -> dict[str, Any]:
        told = self.seen.told
        known: dict[str, Any] = {
            "held_on": told.held_on, "method": told.method or "", "who": told.who,
        }  # fmt: skip
        for name, item in self.questions.items():
            value = told.answers.get(item.link)
            known[name] = {True: "yes", False: "no"}[bool(value)] if item.type is Type.BOOLEAN and value is not None else value  # fmt: skip
        return known

    def _field(self, item: Item) -> forms.Field:
        named: dict[str, Any] = {
            "label": item.text, "required": False, "help_text": self._help(item),
        }  # fmt: skip
        match item.type:
            case Type.CHOICE:
                choices = [(each.code, _pictured(each.picture, each.text)) for each in item.options]
                return forms.ChoiceField(choices=_or_none(item, choices), widget=forms.RadioSelect, **named)  # fmt: skip
            case Type.BOOLEAN:
                choices = [("yes", str(texts.YES)), ("no", str(texts.NO))]
                return forms.ChoiceField(choices=_or_none(item, choices), widget=forms.RadioSelect, **named)  # fmt: skip
            case Type.INTEGER:
                return forms.IntegerField(**named)
            case Type.DATE:
                return forms.DateField(widget=_day(), **named)
        field = forms.CharField(widget=self._textarea(), **named)
        field.max_length = (
            LONGEST_TEXT_ANSWER  # for the counter: the domain says when it is too long
        )
        return field

    def _textarea(self) -> forms.Textarea:
        """The pupil's and the home's words are theirs; the school's describe what happens."""
        kind = PlainTextarea if self.seen.instrument.source is Source.SCHOOL else forms.Textarea
        return kind(attrs={"rows": 3})

    def _help(self, item: Item) -> str:
        """Say what is needed, and what was answered last time to the same question."""
        said = [str(texts.NEEDS_ANSWER)] if item.required else []
        if self.before and (was := answer_words(self.before, item)):
            told = {"day": date_format(self.before.day, "j F"), "answer": was}
            said.append(_("Förra gången, %(day)s: %(answer)s") % told)
        return " ".join(said)

    def clean(self) -> None:
        """Ask the domain of each answer, and of the day."""
        for name, value in self._answers().items():
            if wrong := wrong_with(self.questions[name], value):
                self.add_error(name, str(texts.WRONG[wrong]))
        if self.is_last:
            begun = self.seen.begun_on
            self.refuse(faults_of_draft(self._told_about(), begun_on=begun, on=self.on))

    def refuse(self, faults: Sequence[Fault], wrong: dict[str, Wrong] | None = None) -> None:
        """Put every reason beside its field, where it stands on this page."""
        for fault in faults:
            field = FIELD.get(fault)
            self.add_error(field if field in self.fields else None, str(texts.FAULT[fault]))
        for link, each in (wrong or {}).items():
            self.add_error(f"q{self.numbers[link]}" if link in self.numbers else None, str(texts.WRONG[each]))  # fmt: skip

    def ask_for(self, items: Sequence[Item]) -> list[Item]:
        """Mark the questions that have to be answered; return those that stand on other pages."""
        elsewhere = []
        for item in items:
            name = f"q{self.numbers[item.link]}"
            if name in self.fields:
                self.add_error(name, str(texts.UNANSWERED))
            else:
                elsewhere.append(item)
        return elsewhere

    def told(self) -> Told:
        """What is to be saved: all that can be, also when something else on the page cannot."""
        answers = {self.questions[name].link: value for name, value in self._answers().items()}
        about = self._told_about() if self.is_last else self.seen.told
        return Told(held_on=about.held_on, method=about.method, who=about.who, answers=answers)

    def about(self) -> list[str]:
        """The questions that were on the page and whose answers can be kept."""
        sent = set(self.data.get("shown", "").split("-"))
        return [
            item.link
            for name, item in self.questions.items()
            if name.removeprefix("q") in sent and name not in self.errors
        ]

    def _answers(self) -> dict[str, Value]:
        on_page = set(self.data.get("shown", "").split("-"))
        found: dict[str, Value] = {}
        for name, item in self.questions.items():
            value = self.cleaned_data.get(name)
            if value in (None, "") or name.removeprefix("q") not in on_page:
                continue
            if item.type is Type.BOOLEAN:
                value = value == "yes"
            found[name] = value.isoformat() if isinstance(value, date) else value
        return found

    def _told_about(self) -> Told:
        sent, was = self.cleaned_data, self.seen.told
        method = sent.get("method")
        return Told(
            held_on=was.held_on if "held_on" in self.errors else sent.get("held_on"),
            method=Method(method) if method else None,
            who=was.who if "who" in self.errors else sent.get("who", ""),
        )

    @property
    def nodes(self) -> list[Node]:
        return self._nodes(self.items, asked(self.seen.instrument, self.seen.told.answers))

    def _nodes(self, items: tuple[Item, ...], shown: frozenset[str]) -> list[Node]:
        found = []
        for item in items:
            number = self.numbers[item.link]
            bound = self[f"q{number}"] if item.is_question else None
            inside = self._nodes(item.items, shown)
            found.append(Node(item, number, item.link in shown, bound, inside))
        return found

    @property
    def shown(self) -> str:
        """The questions on the page by their numbers, as the page sends them back."""
        shown = asked(self.seen.instrument, self.seen.told.answers)
        numbers = [self.numbers[i.link] for i in self.questions.values() if i.link in shown]
        return "-".join(map(str, numbers))

    @property
    def last(self) -> list[forms.BoundField]:
        return [self[name] for name in ("held_on", "method", "who") if name in self.fields]


def _about() -> dict[str, forms.Field]:
    who = forms.CharField(
        label=gettext_lazy("Vem svarade?"),
        help_text=gettext_lazy("Till exempel: eleven själv, mamma, de som undervisar i 8B."),
        required=False,
    )
    who.max_length = LONGEST_WHO
    return {
        "held_on": forms.DateField(
            label=gettext_lazy("Vilken dag gavs svaren?"), widget=_day(), required=False
        ),
        "method": forms.ChoiceField(
            label=gettext_lazy("Hur kom svaren till?"),
            choices=[(each.value, name) for each, name in METHOD.items()],
            widget=forms.RadioSelect,
            required=False,
        ),
        "who": who,
    }


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _or_none(item: Item, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A question may be passed over again after it was answered, if it may be at all."""
    return choices if item.required else [*choices, ("", str(texts.NO_ANSWER))]


def _pictured(picture: str, words: str) -> str:
    return format_html("{}<span>{}</span>", draw(picture), words) if picture else words
