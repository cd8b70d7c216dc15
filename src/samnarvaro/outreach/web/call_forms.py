"""The form of a call that is due, and the reasons for not making it."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.attendance.domain.announced import Announced, Wrong
from samnarvaro.outreach.domain.contacts import LONGEST_WORDS
from samnarvaro.outreach.domain.needs import Need, Skipped, Whom
from samnarvaro.outreach.web import texts
from samnarvaro.outreach.web.forms import Asked, ContactForm, day_field
from samnarvaro.people.queries.contacts import Reachable
from samnarvaro.worklist.domain.rows import FEWEST_LETTERS

WRONG_FIELD = {
    Wrong.FIRST_DAY: "first_day",
    Wrong.LAST_BEFORE_FIRST: "last_day",
    Wrong.TOO_LONG: "last_day",
    Wrong.TOO_FAR_BACK: "first_day",
    Wrong.TOO_FAR_AHEAD: "last_day",
    Wrong.PART_OF_SEVERAL_DAYS: "begins",
    Wrong.ENDS_BEFORE_IT_BEGINS: "ends",
    Wrong.OVERLAPS: "announce",
}
NO, TODAY, OTHER_TIME = "no", "today", "other"


def time_field(**more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(required=False, widget=widget, **more)


class CallForm(ContactForm):
    """The outcome of a call that is due: with what was announced in it, and the pupil's number."""

    made_on = None  # type: ignore[assignment]  # Django's way to leave a field out: it is today
    guardian_informed = forms.BooleanField(
        label=_("Jag har också berättat för en vårdnadshavare"),
        help_text=_("Skolan ska berätta för vårdnadshavare samma dag."),
        required=False,
    )
    announce = Asked(
        label=_("Anmäldes frånvaron i samtalet?"),
        widget=forms.RadioSelect,
        initial=NO,
        choices=[
            (NO, _("Nej")),
            (TODAY, _("Ja, hela dagen i dag")),
            (OTHER_TIME, _("Ja, en annan tid:")),
        ],
    )
    first_day = day_field(label=_("Från och med"))
    last_day = day_field(label=_("Till och med"))
    begins = time_field(label=_("Borta från klockan"))
    ends = time_field(label=_("Borta till klockan"))
    telephone = forms.CharField(
        label=_("Elevens telefonnummer"),
        help_text=_("Rätta eller skriv in det, så finns det nästa gång."),
        required=False,
        max_length=40,
    )

    MAIN = ("whom", "outcome", "guardian_informed")
    TIMES = ("first_day", "last_day", "begins", "ends")
    MORE = ("kind", *ContactForm.MORE, "telephone")

    def __init__(
        self,
        data: Any,
        *,
        reachable: Sequence[Reachable],
        today: date,
        day: date,
        calls: Whom,
        need: Need,
        **more: Any,
    ):
        super().__init__(data, reachable=reachable, today=today, **more)
        self._day = day
        pupil = next((each for each in reachable if each.guardian is None), None)
        first = next(iter(self._guardians), Whom.GUARDIAN.value)
        is_pupil = calls is Whom.PUPIL and need is Need.FIRST_DAY
        self.fields["whom"].initial = Whom.PUPIL.value if is_pupil else first
        self.fields["first_day"].initial = day
        if not is_pupil:
            del self.fields["guardian_informed"]
        if pupil is None:
            del self.fields["telephone"]
        else:
            self.fields["telephone"].initial = pupil.telephone

    @property
    def times(self) -> list[forms.BoundField]:
        return self.parts(self.TIMES)

    @property
    def times_are_open(self) -> bool:
        """Another time that was chosen, or is wrong, is not to lie folded."""
        return self["announce"].value() == OTHER_TIME or any(n in self.errors for n in self.TIMES)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("announce") == OTHER_TIME and not sent.get("first_day"):
            self.add_error("first_day", _("Välj en dag."))
        return sent

    def announced(self) -> Announced | None:
        """Return what was announced in the call, if anything was."""
        sent = self.cleaned_data
        if sent.get("announce") == TODAY:
            return Announced(first_day=self._day, last_day=self._day)
        if sent.get("announce") != OTHER_TIME:
            return None
        return Announced(
            first_day=sent["first_day"],
            last_day=sent.get("last_day") or sent["first_day"],
            begins=_minute(sent.get("begins")),
            ends=_minute(sent.get("ends")),
        )

    def refuse_announced(self, wrongs: Sequence[Wrong]) -> None:
        for reason in wrongs:
            self.add_error(WRONG_FIELD[reason], texts.wrong(reason))


def _minute(of: time | None) -> int | None:
    return None if of is None else of.hour * 60 + of.minute


class SkipForm(forms.Form):
    """Why the home is not told, or not called, the same day."""

    reason = forms.ChoiceField(
        label=_("Varför behövs det inte?"),
        choices=texts.SKIPPED.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett skäl.")},
    )
    words = forms.CharField(
        label=_("Med dina ord"),
        help_text=_("Behövs vid särskilda skäl."),
        required=False,
        max_length=LONGEST_WORDS,
    )

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        said = sum(sign.isalpha() for sign in sent.get("words", ""))
        if sent.get("reason") == Skipped.SPECIAL and said < FEWEST_LETTERS:
            self.add_error("words", _("Skriv vilka skälen är."))
        return sent

    def why(self) -> tuple[Skipped, str]:
        """Return the reason, and the words for the row."""
        reason = Skipped(self.cleaned_data["reason"])
        return reason, texts.skipped_words(reason, self.cleaned_data["words"].strip())
