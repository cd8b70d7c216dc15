"""One row for each pupil of a class, to be filled in with the keys at a knowledge check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.mapping.domain import knowledge as domain
from samnarvaro.mapping.domain.knowledge import LAST_YEAR, Eligibility, Fault, Written
from samnarvaro.mapping.queries.knowledge import InClass
from samnarvaro.mapping.services.knowledge import CannotTell, Row
from samnarvaro.mapping.web import knowledge_texts as texts

LONGEST = 200
AT_RISK, NOT_REACHED, ALL, ELIGIBLE, HELD = "risk", "inte", "alla", "behorig", "stod"
# Beside which field of a row a fault is told.
BESIDE = {
    Fault.SUBJECT_TWICE: NOT_REACHED,
    Fault.ALL_AND_SOME: ALL,
    Fault.ELIGIBLE_BEFORE_YEAR_9: ELIGIBLE,
    Fault.ELIGIBLE_WITHOUT_CORE: ELIGIBLE,
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A pupil's fields, as they are drawn."""

    name: str
    before: str
    held: forms.BoundField
    fields: Sequence[forms.BoundField]


class KnowledgeForm(forms.Form):
    """The day of the check, and a row for each pupil. A row left blank says nothing."""

    day = forms.DateField(
        label=_("Vilken dag var kunskapskollen?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    use_required_attribute = False

    def __init__(
        self, pupils: Sequence[InClass], grade: str, today: date, data: Any = None
    ) -> None:
        super().__init__(data, initial={"day": today}, auto_id="kunskap-%s")
        self.pupils, self.grade = pupils, grade
        for each in pupils:
            self._add(each)
        self.asked = frozenset(self.fields)  # the words above say what may be left blank

    def _add(self, of: InClass) -> None:
        told = of.result.told if of.result else None
        words = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
        self.fields |= {
            _name(AT_RISK, of): forms.CharField(
                label=_("Riskerar att inte nå"), required=False, widget=words, max_length=LONGEST,
                initial=" ".join(told.at_risk) if told else "",
            ),
            _name(NOT_REACHED, of): forms.CharField(
                label=_("Når inte"), required=False, widget=words, max_length=LONGEST,
                initial=" ".join(told.not_reached) if told else "",
            ),
            _name(ALL, of): forms.BooleanField(
                label=_("Når alla ämnen"), required=False,
                initial=bool(told and told.is_all_reached),
            ),
            _name(HELD, of): forms.UUIDField(
                required=False, widget=forms.HiddenInput,
                initial=of.result.public if of.result else None,
            ),
        }  # fmt: skip
        if self.grade == LAST_YEAR:
            self.fields[_name(ELIGIBLE, of)] = forms.ChoiceField(
                label=_("Behörig till"),
                required=False,
                choices=[("", "–"), *((e.value, texts.ELIGIBILITY[e]) for e in Eligibility)],
                initial=(told.eligibility or "") if told else "",
            )

    @property
    def rows(self) -> Iterator[ShownRow]:
        for each in self.pupils:
            names = [_name(part, each) for part in (AT_RISK, NOT_REACHED, ALL, ELIGIBLE)]
            before = texts.line(each.before) if each.before else ""
            fields = [self[name] for name in names if name in self.fields]
            yield ShownRow(each.pupil.name, before, self[_name(HELD, each)], fields)

    def told(self) -> list[Row]:
        """Return what each row says, with every fault beside its row: none is there if it is valid."""
        rows = []
        for each in self.pupils:
            sent = {part: self.cleaned_data.get(_name(part, each)) for part in _PARTS}
            written = Written(
                at_risk=sent[AT_RISK] or "",
                not_reached=sent[NOT_REACHED] or "",
                reaches_all=bool(sent[ALL]),
                eligibility=Eligibility(str(sent[ELIGIBLE])) if sent[ELIGIBLE] else None,
            )
            found = domain.understand(written, grade=self.grade, names=texts.names())
            for fault in found.faults:
                self._tell(each, fault, ", ".join(found.unknown))
            rows.append(Row(each.pupil.public, found.told, sent[HELD]))
        return rows

    def refuse(self, refused: CannotTell) -> None:
        """Put every reason beside its row."""
        if refused.day:
            self.add_error("day", str(texts.DAY_FAULT[refused.day]))
        of: dict[UUID, InClass] = {each.pupil.public: each for each in self.pupils}
        for public, faults in refused.rows.items():
            for fault in faults:
                self._tell(of[public], fault, "")

    def _tell(self, of: InClass, fault: Fault, unknown: str) -> None:
        words = str(texts.FAULT[fault]) % {"unknown": unknown}
        name = _name(BESIDE.get(fault, AT_RISK), of)
        self.add_error(name if name in self.fields else None, f"{of.pupil.name}: {words}")


_PARTS = (AT_RISK, NOT_REACHED, ALL, ELIGIBLE, HELD)


def _name(part: str, of: InClass) -> str:
    return f"{part}-{of.pupil.public}"
