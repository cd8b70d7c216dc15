"""The form of a contact. It reads what was written; the domain says what is missing of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.outreach.domain.contacts import (
    FACES,
    LONGEST_TEXT,
    LONGEST_WORDS,
    Answer,
    Cause,
    Kind,
    Missing,
    Outcome,
    Promise,
    Told,
    WayReason,
)
from samnarvaro.outreach.domain.needs import Whom
from samnarvaro.outreach.queries.contacts import Shown
from samnarvaro.outreach.web import texts
from samnarvaro.people.queries.contacts import Reachable

# Beside which field a reason is told; the others stand above the form.
FIELD = {
    Missing.WITH_WHOM: "whom",
    Missing.OUTCOME: "outcome",
    Missing.WAY_REASON: "way_reason",
    Missing.WAY_WORDS: "text",
    Missing.TOLD_BY_NOBODY: "outcome",
    Missing.BACK_IN_THE_PAST: "back_on",
    Missing.BACK_TOO_FAR: "back_on",
    Missing.PROMISE_WHAT: "promise",
    Missing.PROMISE_WORDS: "promise_words",
    Missing.PROMISE_WHEN: "promise_on",
    Missing.PROMISE_IN_THE_PAST: "promise_on",
    Missing.PROMISE_TOO_FAR: "promise_on",
    Missing.TEXT_LONG: "text",
    Missing.MADE_AHEAD: "made_on",
    Missing.MADE_LONG_AGO: "made_on",
}
_EMPTY = ("", "–")


class Asked(forms.ChoiceField):
    """A choice that is asked for, but not missed here: the domain misses it with all the rest."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def day_field(**more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=False, widget=widget, **more)


def _choice(words: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[_EMPTY, *words.items()], **more)


def _radio(words: Any, **more: Any) -> forms.ChoiceField:
    return Asked(choices=words.items(), widget=forms.RadioSelect, **more)


class ContactForm(forms.Form):
    """A contact by hand. Who was called and how it went are asked for; all else may be empty."""

    made_on = day_field(label=_("Vilken dag?"))
    kind = forms.ChoiceField(label=_("Hur?"), choices=texts.KIND.items(), initial=Kind.PHONE)
    whom = Asked(label=_("Vem?"), widget=forms.RadioSelect)
    outcome = _radio(texts.OUTCOME, label=_("Hur gick det?"))
    cause = _choice(
        texts.CAUSE, label=_("Skäl som sades"), help_text=_("Bara i stora drag. Inga diagnoser.")
    )
    may_last = _choice(texts.ANSWER, label=_("Kan det bli långvarigt?"))
    back_on = day_field(label=_("Väntas tillbaka"))
    text = forms.CharField(
        label=_("Anteckning"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
    )
    promise = _choice(texts.PROMISE, label=_("Jag lovade att"))
    promise_words = forms.CharField(
        label=_("Mer om löftet"), required=False, max_length=LONGEST_WORDS
    )
    promise_on = day_field(label=_("Senast"))
    way_reason = _choice(texts.WAY_REASON, label=_("Skäl till annat sätt än telefon"))
    language = _choice(texts.LANGUAGE, label=_("Språk i samtalet"))
    interpreter = forms.BooleanField(label=_("Tolk var med"), required=False)
    face = forms.ChoiceField(
        label=_("Elevens egen bild av hur det känns, 1–5"),
        required=False,
        choices=[_EMPTY, *texts.FACE.items()],
    )
    mood = forms.CharField(
        label=_("Stämningen, med dina ord"), required=False, max_length=LONGEST_WORDS
    )
    wants_work = _choice(texts.ANSWER, label=_("Vill ha något att arbeta med"))
    knows_how = _choice(texts.ANSWER, label=_("Vet hur man får tag på det"))

    MAIN: tuple[str, ...] = ("made_on", "kind", "whom", "outcome")
    SAID = ("cause", "may_last", "back_on", "text")
    PROMISED = ("promise", "promise_words", "promise_on")
    MORE: tuple[str, ...] = (
        "way_reason", "language", "interpreter", "face", "mood", "wants_work", "knows_how",
    )  # fmt: skip

    def __init__(self, data: Any, *, reachable: Sequence[Reachable], today: date, **more: Any):
        super().__init__(data, **more)
        self._today = today
        self._guardians = {str(each.public): each for each in reachable if each.guardian}
        known = [(key, each.name) for key, each in self._guardians.items()]
        other = _("Någon annan vårdnadshavare") if known else _("Vårdnadshavare")
        self.fields["whom"].choices = [  # type: ignore[attr-defined]  # it is a choice
            *known,
            (Whom.GUARDIAN.value, other),
            (Whom.PUPIL.value, _("Eleven")),
        ]
        if "made_on" in self.fields:
            self.fields["made_on"].initial = today

    def parts(self, names: Sequence[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def main(self) -> list[forms.BoundField]:
        return self.parts(self.MAIN)

    @property
    def said(self) -> list[forms.BoundField]:
        return self.parts(self.SAID)

    @property
    def promised(self) -> list[forms.BoundField]:
        return self.parts(self.PROMISED)

    @property
    def more(self) -> list[forms.BoundField]:
        return self.parts(self.MORE)

    @property
    def promise_is_open(self) -> bool:
        """What was promised, or is wrong with it, is not to lie folded."""
        return any(self[name].value() for name in self.PROMISED if name in self.fields)

    @property
    def more_has_errors(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    def told(self) -> Told:
        """Return what was written, as the domain knows it."""
        sent = self.cleaned_data
        whom, guardian = self._whom(sent.get("whom", ""))
        return Told(
            made_on=sent.get("made_on") or self._today,
            kind=Kind(sent["kind"]),
            whom=whom,
            guardian=guardian,
            outcome=Outcome(sent["outcome"]) if sent.get("outcome") else None,
            way_reason=WayReason(sent["way_reason"]) if sent.get("way_reason") else None,
            language=sent.get("language", ""),
            interpreter=sent.get("interpreter", False),
            guardian_informed=sent.get("guardian_informed", False),
            cause=Cause(sent["cause"]) if sent.get("cause") else None,
            may_last=_answer(sent.get("may_last")),
            back_on=sent.get("back_on"),
            face=int(sent["face"]) if sent.get("face") in set(map(str, FACES)) else None,
            mood=sent.get("mood", ""),
            wants_work=_answer(sent.get("wants_work")),
            knows_how=_answer(sent.get("knows_how")),
            promise=Promise(sent["promise"]) if sent.get("promise") else None,
            promise_words=sent.get("promise_words", ""),
            promise_on=sent.get("promise_on"),
            text=sent.get("text", ""),
        )

    def _whom(self, chosen: str) -> tuple[Whom | None, int | None]:
        if chosen in self._guardians:
            return Whom.GUARDIAN, self._guardians[chosen].guardian
        return (Whom(chosen), None) if chosen else (None, None)

    def refuse(self, missing: Sequence[Missing]) -> None:
        """Put every reason beside its field."""
        for reason in missing:
            field = FIELD.get(reason)
            self.add_error(field if field in self.fields else None, texts.missing(reason))


def _answer(value: str | None) -> Answer | None:
    return Answer(value) if value else None


class CorrectForm(ContactForm):
    """A contact told anew. What was promised stands: its row tells what became of it."""

    promise = promise_words = promise_on = None  # type: ignore[assignment]  # Django's way to leave fields out
    guardian_informed = forms.BooleanField(
        label=_("Jag har också berättat för en vårdnadshavare"), required=False
    )
    MAIN = ("made_on", "kind", "whom", "outcome", "guardian_informed")

    def __init__(self, data: Any, *, shown: Shown, reachable: Sequence[Reachable], today: date):
        told = shown.told
        initial = {name: getattr(told, name) for name in told.__dataclass_fields__}
        known = {each.guardian: str(each.public) for each in reachable if each.guardian}
        whom = told.whom.value if told.whom else ""
        initial["whom"] = known.get(told.guardian or 0, whom)
        super().__init__(data, reachable=reachable, today=today, initial=initial)
        self.fields["made_on"].initial = told.made_on
        if shown.about is None or told.whom is not Whom.PUPIL:
            del self.fields["guardian_informed"]
