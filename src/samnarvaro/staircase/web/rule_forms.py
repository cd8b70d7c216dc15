"""The form of a rule set: a name, and every figure of every rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import labels
from samnarvaro.kernel.access import Holder
from samnarvaro.staircase.domain.holding import Missing
from samnarvaro.staircase.domain.reading import FIGURES, LIMITS, Fault, Wrong, kind_of
from samnarvaro.staircase.domain.rules import Band, Reach, ShareRule, Task
from samnarvaro.staircase.web import rule_texts, texts

NEW: dict[str, dict[str, Any]] = {
    ShareRule.kind: {"days": 30, "percent": 10, "least_scheduled": 600, "reach": Reach.OVER},
    "unexcused": {"least_minutes": 1},
    "first_day": {},
    "run": {"least_days": 3},
    Band.kind: {"days": 60, "least_percent": 15, "most_percent": 30, "least_scheduled": 600},
}
_OF_A_STEP = {
    "level": 1,
    "within_school_days": 5,
    "acts": Holder.MENTOR,
    "task": Task.FOLLOW_UP_AND_MAP,
    "raises": True,
}
_MOST_RULES = 20
COUNTS, COUNTS_NOT = "counts", "counts_not"  # of granted leave


def new_rule(kind: str, number: int) -> dict[str, Any]:
    """Return a rule to begin from, of a kind that can be added."""
    own = {} if kind == Band.kind else _OF_A_STEP
    return {"key": f"{kind.replace('_', '-')}-{number}", "kind": kind, **own, **NEW[kind]}


class RulesForm(forms.Form):
    """A rule set as it is written. Which rules there are, of which kinds, stands in `layout`."""

    name = forms.CharField(
        label=gettext_lazy("Vad regelverket ska heta"), max_length=120, strip=True
    )
    layout = forms.CharField(widget=forms.HiddenInput)
    leave = forms.ChoiceField(
        label=gettext_lazy("Beviljad ledighet"),
        help_text=gettext_lazy(
            "Det vanliga är att den räknas som annan frånvaro. Räknas den inte, räknas de dagarna "
            "varken som frånvaro eller som lektionstid."
        ),
        choices=[(COUNTS, gettext_lazy("Räknas")), (COUNTS_NOT, gettext_lazy("Räknas inte"))],
        widget=forms.RadioSelect,
    )
    add = forms.ChoiceField(
        label=gettext_lazy("Slag av regel"),
        choices=[(kind, rule_texts.KIND[kind]) for kind in NEW],
        required=False,
    )

    def __init__(
        self,
        rules: Sequence[Mapping[str, Any]],
        *,
        name: str = "",
        tomorrow: date | None = None,
        counts_leave: bool = True,
        data: Any = None,
    ) -> None:
        leave = COUNTS if counts_leave else COUNTS_NOT
        super().__init__(data, initial={"name": name, "layout": _as_layout(rules), "leave": leave})
        self.rules = list(rules)
        if tomorrow is not None:
            self.fields["holds_from"] = _day(tomorrow)
        for number, rule in enumerate(self.rules):
            self.fields |= {f"{number}-{field}": each for field, each in _fields(rule)}

    @classmethod
    def sent(cls, data: Any, *, tomorrow: date | None = None) -> "RulesForm":
        """Read what was sent; a layout that nobody's page has written has no rules."""
        return cls(_of_layout(str(data.get("layout", ""))), tomorrow=tomorrow, data=data)

    @property
    def counts_leave(self) -> bool:
        """Tell what a valid form says of granted leave."""
        return bool(self.cleaned_data["leave"] == COUNTS)

    @property
    def groups(self) -> Iterator["Group"]:
        """Yield the fields of each rule, for the page."""
        for number, rule in enumerate(self.rules):
            names = [name for name in self.fields if name.startswith(f"{number}-")]
            title = _("Regel %(number)d: %(kind)s") % {
                "number": number + 1,
                "kind": str(rule_texts.KIND[kind_of(rule)]).lower(),
            }
            yield Group(title, [self[name] for name in names])

    def as_rules(self) -> list[dict[str, Any]]:
        """Return the rules as data, for a form that is valid; removed ones are left out."""
        return [
            self._as_rule(number, rule)
            for number, rule in enumerate(self.rules)
            if not self.cleaned_data[f"{number}-remove"]
        ]

    def _as_rule(self, number: int, rule: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {"key": rule["key"], "kind": kind_of(rule)}
        if "after" in rule:
            told["after"] = rule["after"]
        names = [name for name in self.fields if name.startswith(f"{number}-")]
        for name in names:
            field = name.partition("-")[2]
            if field != "remove":
                told[field] = self.cleaned_data[name]
        return told

    def with_one_more(self) -> "RulesForm":
        """Return the form with what was written, and a rule of the kind that was asked for."""
        kind = self.data.get("add", "")
        if kind not in NEW or len(self.rules) >= _MOST_RULES:
            return self
        taken = {rule["key"] for rule in self.rules}
        added = next(
            rule
            for number in range(1, _MOST_RULES + 2)
            if (rule := new_rule(kind, number))["key"] not in taken
        )
        rules = [*self.rules, added]
        data = self.data.dict() if isinstance(self.data, QueryDict) else dict(self.data)
        data["layout"] = _as_layout(rules)
        for name, value in added.items():
            if name not in ("key", "kind"):
                data[f"{len(self.rules)}-{name}"] = value
        return RulesForm(rules, tomorrow=_tomorrow_of(self), data=data)

    def tell(self, faults: Sequence[Fault]) -> None:
        """Put each fault beside its field, or above the form where it has none."""
        places = {rule["key"]: number for number, rule in enumerate(self.rules)}
        for fault in faults:
            field = f"{places.get(fault.rule, '')}-{fault.field}"
            if fault.wrong is Wrong.NOTHING_BEFORE_IT:
                field = f"{places.get(fault.rule, '')}-remove"
            known = field if field in self.fields else None
            self.add_error(known, str(rule_texts.WRONG[fault.wrong]))

    def refuse(self, missing: Sequence[Missing]) -> None:
        """Put every reason beside its field."""
        for reason in missing:
            field = "name" if reason is Missing.NAME else "holds_from"
            known = field if field in self.fields else None
            self.add_error(known, str(rule_texts.MISSING[reason]))


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one rule."""

    title: str
    fields: list[forms.BoundField]


def _tomorrow_of(form: RulesForm) -> date | None:
    field = form.fields.get("holds_from")
    return date.fromisoformat(field.widget.attrs["min"]) if field else None


def day_after(today: date) -> date:
    return today + timedelta(days=1)


def _day(tomorrow: date) -> forms.DateField:
    return forms.DateField(
        label=_("Gäller från och med"),
        help_text=_("Till dess kan versionen tas tillbaka. Den gamla gäller till dagen före."),
        widget=forms.DateInput(
            attrs={"type": "date", "min": tomorrow.isoformat()}, format="%Y-%m-%d"
        ),
        initial=tomorrow,
    )


def _fields(rule: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    kind = kind_of(rule)
    for name in FIGURES[kind]:
        yield name, _figure(name, rule.get(name))
    if kind == ShareRule.kind:
        yield "reach", _choice(_("Jämförelse"), rule_texts.REACH, rule.get("reach"))
    if kind != Band.kind:
        yield "acts", _choice(_("Vem agerar"), labels.HOLDER, rule.get("acts"))
        yield "task", _choice(_("Vad ska göras"), texts.TASK, rule.get("task"))
        yield (
            "raises",
            forms.BooleanField(
                label=_("Ge den som agerar en rad att göra"),
                required=False,
                initial=rule.get("raises", True),
            ),
        )
    yield "remove", forms.BooleanField(label=_("Ta bort regeln"), required=False)


def _figure(name: str, value: Any) -> forms.IntegerField:
    least, most = LIMITS[name]
    return forms.IntegerField(
        label=str(rule_texts.FIGURE[name]),
        help_text=str(rule_texts.HINT.get(name, "")),
        min_value=least,
        max_value=most,
        initial=value,
    )


def _choice(label: str, words: Mapping[Any, Any], value: Any) -> forms.ChoiceField:
    choices = [(each.value, said) for each, said in words.items()]
    return forms.ChoiceField(label=label, choices=choices, initial=value)


def _as_layout(rules: Sequence[Mapping[str, Any]]) -> str:
    return ",".join(
        "/".join([str(rule["key"]), kind_of(rule), str(rule.get("after", ""))]) for rule in rules
    )


def _of_layout(layout: str) -> list[dict[str, Any]]:
    rules = []
    for each in layout.split(",")[:_MOST_RULES]:
        key, _slash, rest = each.partition("/")
        kind, _slash, after = rest.partition("/")
        if key and kind in FIGURES:
            rules.append({"key": key, "kind": kind} | ({"after": after} if after else {}))
    return rules
