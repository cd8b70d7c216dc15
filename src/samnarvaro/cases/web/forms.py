"""A form for each part of an investigation. It reads what was written; the domain says what is missing."""

from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy as _

from samnarvaro.base.forms import PlainTextarea
from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import (
    Consulted,
    Fault,
    Judgement,
    Outcome,
    Part,
    Perspective,
    Support,
)
from samnarvaro.cases.services import appointing, investigating
from samnarvaro.cases.services.investigating import Round, Talk
from samnarvaro.cases.web import words
from samnarvaro.kernel.access import Scope
from samnarvaro.people.queries.at_work import AtWork

USUAL_LOOK = timedelta(days=42)  # six weeks


class Asked(forms.ChoiceField):
    """A choice that is asked for, but not missed here: the domain misses it with all the rest."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def text(label: Any, hint: Any = "", *, rows: int = 4, initial: str = "") -> forms.CharField:
    field = forms.CharField(
        label=label, help_text=hint, required=False, initial=initial,
        widget=PlainTextarea({"rows": rows}),
    )  # fmt: skip
    field.max_length = domain.LONGEST_TEXT  # told beside the field; the domain refuses it
    return field


def line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False,
        widget=forms.TextInput({"maxlength": domain.LONGEST_LINE}),
    )  # fmt: skip


def day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


def radio(label: Any, of: Any, hint: Any = "") -> Asked:
    choices = [(str(each), told) for each, told in of.items()]
    return Asked(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect)


class PartForm(forms.Form):
    """A form that tells every reason beside its field; what belongs to none stands above."""

    FIELD: ClassVar[dict[StrEnum, str]] = {}
    WORDS: ClassVar[dict[Any, Any]] = words.FAULT
    MAY_BE_LEFT: ClassVar[frozenset[str]] = frozenset()

    @property
    def asked(self) -> frozenset[str]:
        """What the domain misses when it is left out, so that nothing asked for is called optional."""
        return frozenset(self.FIELD.values()) - self.MAY_BE_LEFT

    def __init__(self, data: Any = None, *, today: date, name: str, **more: Any) -> None:
        self.today = today
        super().__init__(data, auto_id=f"{name}-%s", **more)

    def refuse(self, faults: Iterable[StrEnum]) -> None:
        for fault in faults:
            self.add_error(self.FIELD.get(fault), str(self.WORDS[fault]))

    def said(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def chosen(self, name: str, kind: Callable[[str], Any]) -> Any:
        sent = self.said(name)
        return kind(sent) if sent else None


class JudgeForm(PartForm):
    """What the principal judges the absence to be, and why."""

    FIELD: ClassVar = {Fault.JUDGEMENT: "judgement", Fault.WHY: "why", Fault.TOO_LONG: "why"}
    judgement = radio(
        _("Vad är din bedömning?"), words.JUDGEMENT,
        _("Giltig och ogiltig frånvaro räknas lika. Ingen gräns i procent avgör: du bedömer varje elev för sig."),
    )  # fmt: skip
    why = text(_("Varför bedömer du det så?"))

    @property
    def judged(self) -> Judgement | None:
        found: Judgement | None = self.chosen("judgement", Judgement)
        return found


class _OfAPart(DeclarativeFieldsMetaclass, ABCMeta):
    """A form of which nobody forgets to say what it writes."""


class Writes(PartForm, metaclass=_OfAPart):
    """The form of a part; `version` tells what was on the page when it was filled in."""

    part: ClassVar[Part]
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    draft_at: datetime | None = None  # when what stands in it was kept, not yet written

    @property
    def is_drafted(self) -> bool:
        return self.part in domain.DRAFTED

    @property
    def seen(self) -> int:
        return int(self.cleaned_data.get("version") or 0)

    @abstractmethod
    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        """Write down what was sent. Raises Refused."""


class AppointForm(Writes):
    part: ClassVar = Part.APPOINT
    FIELD: ClassVar = {Fault.WHO: "person"}
    person = Asked(
        label=_("Vem utreder?"),
        help_text=_("Den du väljer får ett ärende med eleven, och kan då läsa och skriva här."),
    )

    def __init__(self, data: Any = None, *, people: Sequence[AtWork] = (), **more: Any) -> None:
        super().__init__(data, **more)
        known = [(str(each.public), each.name) for each in people]
        self.fields["person"].choices = [("", "–"), *known]  # type: ignore[attr-defined]  # it is a choice

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        person = self.chosen("person", UUID)
        appointing.appoint(investigation, person=person, by=by, at=at, on=self.today)


class ConsultForm(Writes):
    part: ClassVar = Part.CONSULT
    FIELD: ClassVar = {
        Fault.KIND: "consulted", Fault.DAY: "held_on", Fault.DAY_AHEAD: "held_on",
        Fault.TEXT: "text", Fault.TOO_LONG: "text",
    }  # fmt: skip
    consulted = radio(_("Med vem?"), words.CONSULTED)
    held_on = day(_("Vilken dag?"))
    not_held = forms.BooleanField(
        label=_("Samrådet kunde inte hållas"), required=False,
        help_text=_("Skriv då nedan vad ni har gjort för att få till det, och varför det inte gick."),
    )  # fmt: skip
    text = text(
        _("Vad sades?"),
        _("Det eleven vill ha för sig själv skrivs inte här."),
    )

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        talk = Talk(
            consulted=self.chosen("consulted", Consulted),
            held_on=self.cleaned_data.get("held_on"),
            was_held=not self.cleaned_data.get("not_held"),
            text=self.said("text"),
        )
        investigating.consult(investigation, talk=talk, by=by, at=at, on=self.today)


class PerspectiveForm(Writes):
    part: ClassVar = Part.PERSPECTIVE
    FIELD: ClassVar = {
        Fault.KIND: "kind", Fault.MEDICAL_ELSEWHERE: "kind", Fault.TEXT: "text",
        Fault.TOO_LONG: "text", Fault.WHO: "whose",
    }  # fmt: skip
    kind = radio(
        _("Vilket perspektiv?"),
        {each: told for each, told in words.PERSPECTIVE.items() if each != Perspective.MEDICAL},
        _("Det medicinska skriver elevhälsans medicinska insats själv."),
    )
    whose = line(_("Vems bedömning är det?"), _("Namn och yrke."))
    text = text(_("Hur ser det ut från det perspektivet?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        kind = self.chosen("kind", Perspective)
        investigating.see_it(
            investigation, kind=kind, text=self.said("text"), whose=self.said("whose"), by=by, at=at
        )


class AnalyseForm(Writes):
    part: ClassVar = Part.ANALYSE
    FIELD: ClassVar = {Fault.TEXT: "text", Fault.TOO_LONG: "text"}
    text = text(
        _("Vad förklarar frånvaron, och vad kan prövas?"),
        _("Skriv vad som händer runt eleven: i skolan, hemma och på vägen mellan dem."),
        rows=8,
    )

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        investigating.analyse(
            investigation, text=self.said("text"), version=self.seen, by=by, at=at, on=self.today
        )


class SupportForm(Writes):
    part: ClassVar = Part.SUPPORT
    FIELD: ClassVar = {Fault.KIND: "support", Fault.WHY: "words", Fault.TOO_LONG: "words"}
    support = radio(_("Behöver särskilt stöd utredas också?"), words.SUPPORT)
    words = text(_("Varför?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        investigating.check_support(
            investigation, support=self.chosen("support", Support), words=self.said("words"),
            version=self.seen, by=by, at=at, on=self.today,
        )  # fmt: skip


class MeasureForm(Writes):
    part: ClassVar = Part.MEASURE
    FIELD: ClassVar = {Fault.TEXT: "what", Fault.TOO_LONG: "what", Fault.WHO: "responsible"}
    what = line(_("Vad ska göras?"))
    responsible = line(_("Vem ansvarar?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        investigating.plan(
            investigation,
            what=self.said("what"),
            responsible=self.said("responsible"),
            by=by,
            at=at,
        )


class DecideForm(Writes):
    part: ClassVar = Part.DECIDE
    FIELD: ClassVar = {
        Fault.TEXT: "text", Fault.TOO_LONG: "text", Fault.LOOK_ON: "look_on",
        Fault.LOOK_ON_TOO_SOON: "look_on", Fault.LOOK_ON_TOO_LATE: "look_on",
    }  # fmt: skip
    text = text(_("Vad beslutar du?"))
    look_on = day(_("När följs åtgärderna upp?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        investigating.decide(
            investigation, text=self.said("text"), look_on=self.cleaned_data.get("look_on"),
            version=self.seen, by=by, at=at, on=self.today,
        )  # fmt: skip


class FollowUpForm(Writes):
    part: ClassVar = Part.FOLLOW_UP
    FIELD: ClassVar = {
        Fault.OUTCOME: "outcome", Fault.TEXT: "text", Fault.NO_NEW_MEASURE: "new_measure",
        Fault.WHO: "responsible", Fault.TOO_LONG: "text", Fault.LOOK_ON: "look_on",
        Fault.LOOK_ON_TOO_SOON: "look_on", Fault.LOOK_ON_TOO_LATE: "look_on",
    }  # fmt: skip
    MAY_BE_LEFT: ClassVar = frozenset({"new_measure", "responsible"})  # when it is better
    WORDS: ClassVar = {**words.FAULT, Fault.OUTCOME: _("Välj hur det har gått.")}
    outcome = radio(_("Hur har det gått?"), words.OUTCOME)
    text = text(_("Vad har hjälpt, och vad har inte hjälpt?"))
    new_measure = line(_("Ny åtgärd"), _("Behövs när det inte har blivit bättre."))
    responsible = line(_("Vem ansvarar för den?"))
    look_on = day(_("När följs det upp nästa gång?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        told = Round(
            outcome=self.chosen("outcome", Outcome),
            text=self.said("text"),
            look_on=self.cleaned_data.get("look_on"),
            new_measure=self.said("new_measure"),
            responsible=self.said("responsible"),
        )
        investigating.follow_up(
            investigation, told=told, version=self.seen, by=by, at=at, on=self.today
        )


class CloseForm(Writes):
    part: ClassVar = Part.CLOSE
    FIELD: ClassVar = {Fault.TEXT: "text", Fault.TOO_LONG: "text"}
    text = text(_("Varför avslutas utredningen?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        investigating.close(
            investigation, text=self.said("text"), version=self.seen, by=by, at=at, on=self.today
        )


class TellHomeForm(Writes):
    part: ClassVar = Part.TELL_HOME
    FIELD: ClassVar = {Fault.DAY: "told_on", Fault.DAY_AHEAD: "told_on"}
    told_on = day(_("Vilken dag?"))

    def write(self, investigation: UUID, *, by: Scope, at: datetime) -> None:
        told_on = self.cleaned_data.get("told_on")
        appointing.tell_home(investigation, told_on=told_on, by=by, at=at, on=self.today)


FORMS: dict[Part, type[Writes]] = {
    each.part: each
    for each in (
        AppointForm, ConsultForm, PerspectiveForm, AnalyseForm, SupportForm, MeasureForm, DecideForm,
        FollowUpForm, CloseForm, TellHomeForm,
    )
}  # fmt: skip


class MedicalForm(PartForm):
    """What the medical branch hands over, and on which ground."""

    FIELD: ClassVar = {Fault.TEXT: "text", Fault.TOO_LONG: "text", Fault.NO_GROUND: "ground"}
    text = text(
        _("Din bedömning ur ett medicinskt perspektiv"),
        _("Skriv bara det som behövs för att förstå frånvaron och välja stöd."),
        rows=6,
    )
    ground = radio(_("På vilken grund lämnar du det till skolan?"), words.GROUND)
