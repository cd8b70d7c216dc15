"""The form of a survey that is being made. It reads what was written; the domain says what is missing."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.mapping.domain.survey import (
    LONGEST_TITLE,
    Answer,
    Fault,
    Item,
    Question,
    Wanted,
)
from samnarvaro.mapping.queries.surveys import Whole
from samnarvaro.mapping.web import survey_texts as texts
from samnarvaro.mapping.web.forms import AskedChoices, AskedDay, AskedWords
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of

USUAL_PERIOD = timedelta(days=13)
FIELD = {
    Fault.TITLE: "title", Fault.TITLE_TOO_LONG: "title", Fault.OPENS: "opens_on",
    Fault.CLOSES: "closes_on", Fault.CLOSES_TOO_EARLY: "closes_on",
    Fault.CLOSES_PAST: "closes_on", Fault.TOO_LONG_OPEN: "closes_on",
    Fault.NO_QUESTION: "items", Fault.TOO_MANY_QUESTIONS: "items",
    Fault.QUESTION_TOO_SHORT: "own", Fault.QUESTION_TOO_LONG: "own", Fault.ASKED_TWICE: "own",
    Fault.NO_CLASS: "groups", Fault.NAMES_A_PUPIL: "own",
}  # fmt: skip
Classes = Sequence[tuple[int, str, str]]


def classes(unit: int, *, on: date) -> Classes:
    """Return a school's (id) classes this school year: id, public id, name."""
    found = organisation.groups(of_unit=unit, school_year=school_year_of(on))
    return [(each.pk, str(each.public), each.name) for each in found]


def proposal(among: Classes, *, on: date) -> Wanted:
    """What a new survey begins as: all our questions to all classes, from today for two weeks."""
    return Wanted(
        title=_("Hur har du det i skolan, %(month)s?") % {"month": date_format(on, "F Y")},
        opens_on=on,
        closes_on=on + USUAL_PERIOD,
        questions=tuple(Question(item) for item in Item),
        groups=frozenset(pk for pk, _public, _name in among),
    )


class SurveyForm(forms.Form):
    title = AskedWords(
        label=gettext_lazy("Vad heter enkäten?"),
        help_text=gettext_lazy("Det här läser eleverna överst."),
    )
    opens_on = AskedDay(
        label=gettext_lazy("Öppnar"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    closes_on = AskedDay(
        label=gettext_lazy("Sista dag att svara"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    items = AskedChoices(
        label=gettext_lazy("Frågor"),
        help_text=gettext_lazy(
            "Ett förslag. Vill du ändra en fråga: ta bort den här och skriv den med egna ord nedanför."
        ),
        choices=[(each.value, words) for each, words in texts.ITEM.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=gettext_lazy("Egna frågor, en på varje rad"),
        help_text=gettext_lazy(
            "Svaren är alltid, ofta, sällan, aldrig eller vill inte svara. Ställ frågan så att alltid är det bästa. Fråga hur skolan är, inte om elevens hem, hälsa eller kamrater vid namn."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    groups = AskedChoices(
        label=gettext_lazy("Klasser som får svara"), widget=forms.CheckboxSelectMultiple
    )
    use_required_attribute = False

    def __init__(self, among: Classes, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="survey-%s")
        groups, title = self.fields["groups"], self.fields["title"]
        assert isinstance(groups, forms.MultipleChoiceField)
        groups.choices = [(public, name) for _pk, public, name in among]
        title.widget.attrs["maxlength"] = LONGEST_TITLE
        self._ids = {public: pk for pk, public, _name in among}

    def wanted(self) -> Wanted:
        """Return what was asked for, as far as it could be read."""
        sent = self.cleaned_data
        chosen = [Question(Item(each)) for each in sent.get("items") or ()]
        own = [line.strip() for line in sent.get("own", "").splitlines()]
        return Wanted(
            title=sent.get("title") or "",
            opens_on=sent.get("opens_on"),
            closes_on=sent.get("closes_on"),
            questions=(*chosen, *(Question(words=line) for line in own if line)),
            groups=frozenset(self._ids[each] for each in sent.get("groups") or ()),
        )

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put every reason beside its field, once."""
        for found in faults:
            name = FIELD.get(found)
            if name is None or name not in self.errors:
                self.add_error(name, texts.fault(found))


def as_it_is(whole: Whole) -> dict[str, Any]:
    """What the form begins with for a draft."""
    return {
        "title": whole.line.title,
        "opens_on": whole.line.opens_on,
        "closes_on": whole.line.closes_on,
        "items": [each.item.value for each in whole.questions if each.item],
        "own": "\n".join(each.words for each in whole.questions if not each.item),
        "groups": [str(each.public) for each in whole.classes],
    }


class CodeForm(forms.Form):
    """The code of a slip. Whether it is one is not the form's to know."""

    code = AskedWords(
        label=gettext_lazy("Kod"),
        widget=forms.TextInput(
            attrs={
                "class": "survey-code", "autocomplete": "off", "autocapitalize": "characters",
                "spellcheck": "false", "data-slip": True,
            }
        ),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, written: str = "", error: str = "") -> None:
        super().__init__({"code": written.replace("\0", "")} if error else None, auto_id="%s")
        self._error = error

    def clean_code(self) -> None:
        raise forms.ValidationError(self._error)


class AnswerForm(forms.Form):
    """One choice for each question; not wanting to say is one of them."""

    use_required_attribute = False

    def __init__(self, questions: Sequence[Question], data: Any = None) -> None:
        super().__init__(data, auto_id="%s")
        self.questions = questions
        for number, asked in enumerate(questions):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=texts.question(asked),
                choices=[(each.value, words) for each, words in texts.ANSWER.items()],
                error_messages={"required": _("Välj ett svar.")},
                widget=forms.RadioSelect,
            )

    def said(self) -> list[Answer]:
        return [Answer(self.cleaned_data[f"q{n}"]) for n in range(len(self.questions))]
