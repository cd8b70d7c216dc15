"""The words of the staircase: its rules, its steps, and what is to be done. Never of blame."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.base import dates, figures, labels, provenance
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.reading import kind_of
from samnarvaro.staircase.domain.rules import Reach, Rule, ShareRule, Task, Verdict
from samnarvaro.staircase.web import rule_words
from samnarvaro.worklist.domain.rows import State
from samnarvaro.worklist.queries import Explanation, Row

Words = str | Promise
_MOST_PLACES = 4

TASK: dict[Task, Words] = {
    Task.FOLLOW_UP_AND_MAP: gettext_lazy("följ upp och kartlägg"),
    Task.JUDGE_AND_INVESTIGATE: gettext_lazy("bedöm frånvaron och öppna en utredning"),
    Task.CALL: gettext_lazy("ring ett omtankessamtal"),
    Task.CONTACT_GUARDIAN: gettext_lazy("kontakta vårdnadshavare, per telefon"),
    Task.MEET_GUARDIAN: gettext_lazy("fysiskt möte med vårdnadshavare"),
    Task.BOOK_STUDENT_HEALTH: gettext_lazy("boka tid hos elevhälsoteamet"),
}
VERDICT: dict[Verdict, Words] = {
    Verdict.HOLDS: gettext_lazy("Ja"),
    Verdict.FAILS: gettext_lazy("Nej"),
    Verdict.UNKNOWN: gettext_lazy("För få lektioner för att säga"),
}
VERDICT_TONE = {Verdict.HOLDS: "attention", Verdict.FAILS: "good", Verdict.UNKNOWN: "plain"}


def rule(of: Rule) -> str:
    return rule_words.of_rule(of)


def short_rule(of: ShareRule) -> str:
    """Write a rule where there is little room: beside a line in a picture."""
    told = {"percent": figures.percent(Fraction(of.percent, 100), 0), "who": who(of.acts).lower()}
    if of.reach is Reach.OVER:
        return _("över %(percent)s borta: %(who)s") % told
    return _("minst %(percent)s borta: %(who)s") % told


def rule_in_list(of: Rule) -> str:
    """Write a rule in a column that is about absence: mer än 10 % på 30 dagar."""
    if not isinstance(of, ShareRule):
        return rule(of)
    told = {"percent": figures.percent(Fraction(of.percent, 100), 0), "days": of.days}
    if of.reach is Reach.OVER:
        return _("mer än %(percent)s på %(days)d dagar") % told
    return _("minst %(percent)s på %(days)d dagar") % told


def percent_of(of: Rule) -> int | None:
    """Return the limit of a rule about shares; the others have none."""
    return of.percent if isinstance(of, ShareRule) else None


def step(level: int) -> str:
    return _("Steg %(level)d") % {"level": level}


def who(holder: Holder) -> str:
    return str(labels.HOLDER[holder])


def book(name: str, version: int, *, counts_leave: bool = True) -> str:
    told = {"name": name, "version": version}
    if counts_leave:
        return _("%(name)s, version %(version)d") % told
    return _("%(name)s, version %(version)d, utan beviljad ledighet") % told


def share(absence: Absence, percent: int | None) -> str:
    """Write a share beside its limit: with as many decimals as it takes not to deny the rule."""
    if not absence.scheduled:
        return figures.NOTHING
    if percent is None:
        return figures.share(absence.absent, absence.scheduled)
    exact = Fraction(absence.absent * 100, absence.scheduled)
    for places in range(1, _MOST_PLACES):
        scale = 10**places
        rounded = Fraction(int(exact * scale + Fraction(1, 2)), scale)
        if (rounded > percent, rounded >= percent) == (exact > percent, exact >= percent):
            break
    return figures.percent(exact / 100, places)


def missed(absence: Absence, window: Window, percent: int | None) -> str:
    """Say how much was missed, when: the fact that a signal stands on."""
    if percent is None and absence.absent == absence.scheduled:
        return _("Borta alla lektioner %(span)s: %(absent)s.") % {
            "span": dates.span(window.first, window.last),
            "absent": figures.hours(absence.absent),
        }
    return _("Borta %(share)s av lektionstiden %(span)s: %(absent)s av %(scheduled)s.") % {
        "share": share(absence, percent),
        "span": dates.span(window.first, window.last),
        "absent": figures.hours(absence.absent),
        "scheduled": figures.hours(absence.scheduled),
    }


def denominator(scheduled: int) -> str:
    return _("%(time)s (%(minutes)s minuter) schemalagd lektionstid som är rapporterad") % {
        "time": figures.hours(scheduled),
        "minutes": figures.thousands(scheduled),
    }


def by_hand(of: Rule, absence: Absence) -> list[str]:
    """Show the sum that decides, so that anybody can do it again: whole minutes, nothing rounded."""
    told = {
        "absent": figures.thousands(absence.absent),
        "scheduled": figures.thousands(absence.scheduled),
    }
    if not isinstance(of, ShareRule):
        return [
            _("Minuter borta: %(absent)s av %(scheduled)s lektionsminuter") % told,
            _("Regeln: %(rule)s") % {"rule": rule(of)},
        ]
    left, right = absence.absent * 100, of.percent * absence.scheduled
    told |= {
        "left": figures.thousands(left),
        "percent": str(of.percent),
        "right": figures.thousands(right),
        "sign": ">" if left > right else "=" if left == right else "<",
    }
    return [
        _("Minuter borta × 100: %(absent)s × 100 = %(left)s") % told,
        _("Gränsen × lektionsminuter: %(percent)s × %(scheduled)s = %(right)s") % told,
        _("Jämför: %(left)s %(sign)s %(right)s") % told,
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures that a signal left with its row of work."""

    absence: Absence
    window: Window
    limit: str
    percent: int | None


def why(about: Mapping[str, Any]) -> str:
    """Say why there is a row of work."""
    told = _told(about)
    if told is None:
        return _("En regel i frånvarotrappan gäller.")
    words = {"missed": missed(told.absence, told.window, told.percent), "rule": told.limit}
    if told.percent is None:
        words["task"] = str(TASK[Task(about["task"])])
        return _("%(missed)s Regel: %(rule)s. Att göra: %(task)s.") % words
    return _("%(missed)s Regel: %(rule)s.") % words


def explain(about: Mapping[str, Any]) -> Explanation:
    """Say what stands behind a row of work's figures."""
    told = _told(about)
    if told is None:
        return Explanation()
    named = str(about.get("rule_set_name") or about.get("rule_set", ""))
    words = {"rule": told.limit, "book": book(named, int(about.get("version", 1)))}
    return Explanation(
        rule=_("%(rule)s (%(book)s)") % words,
        window=provenance.window(told.window),
        denominator=denominator(told.absence.scheduled),
    )


def _told(about: Mapping[str, Any]) -> _Told | None:
    """Read the figures; rows of other versions, or with less, have none that can be told."""
    try:
        window = Window(
            date.fromisoformat(about["window_first"]), date.fromisoformat(about["window_last"])
        )
        absence = Absence(int(about["scheduled"]), int(about["absent"]))
        percent = int(about["percent"]) if kind_of(about) == ShareRule.kind else None
        said = rule_words.of_figures(about)
    except (KeyError, TypeError, ValueError):
        return None
    return _Told(absence, window, said, percent)


def state(row: Row | None) -> tuple[str, str]:
    """Say how it stands with a row of work, and in which tone; red is for what adults let lapse."""
    if row is None:
        return _("Ingen rad"), "plain"
    if row.state is State.OPEN and row.last is None:
        return _("Ingen har agerat"), "attention"
    told = {"day": date_format(row.last.on, "j b") if row.last else ""}
    if row.state is State.OPEN:
        return _("Åter att göra"), "attention"
    if row.state is State.WAITING and row.last and row.last.wait_until:
        until = {"day": date_format(row.last.wait_until, "j b")}
        return _("Väntar till %(day)s") % until, "info"
    if row.state is State.DONE:
        return _("Klart %(day)s") % told, "good"
    return _("Behövdes inte, %(day)s") % told, "good"
