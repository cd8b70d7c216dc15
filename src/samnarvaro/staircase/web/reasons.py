"""Why a step holds, or held, made ready for the page: the rule in words and every figure behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.base import dates, figures, provenance
from samnarvaro.staircase.domain.rules import Verdict
from samnarvaro.staircase.queries.pupil import Judged, Stretch
from samnarvaro.staircase.web import texts


@dataclass(frozen=True, slots=True)
class Reason:
    """A step that holds or held, and the signal that began it."""

    step: str
    acts: str
    task: str
    missed: str
    rule: str
    window: str
    denominator: str
    by_hand: list[str]
    today: str
    book: str
    since: date
    until: date | None


def reason(stretch: Stretch, judged: Sequence[Judged] = ()) -> Reason:
    """Make a stretch ready; with what the rules say today, also how its own rule stands now."""
    signal = stretch.signal
    rule, absence = signal.rule, signal.absence
    return Reason(
        step=texts.step(rule.level),
        acts=texts.who(rule.acts),
        task=_("%(who)s: %(task)s, inom %(days)d skoldagar.")
        % {
            "who": texts.who(rule.acts),
            "task": texts.TASK[rule.task],
            "days": rule.within_school_days,
        },
        missed=texts.missed(absence, signal.window, texts.percent_of(rule)),
        rule=texts.rule(rule),
        window=provenance.window(signal.window),
        denominator=texts.denominator(absence.scheduled),
        by_hand=texts.by_hand(rule, absence),
        today=next((_now(each) for each in judged if each.rule.key == rule.key), ""),
        book=texts.book(stretch.rule_set, stretch.version, counts_leave=stretch.counts_leave),
        since=stretch.opened_on,
        until=stretch.ended_on,
    )


def _now(judged: Judged) -> str:
    """Say the figures of today. A step ends on the first school day on which its rule fails."""
    told = {
        "span": dates.span(judged.window.first, judged.window.last),
        "share": texts.share(judged.absence, texts.percent_of(judged.rule)),
        "absent": figures.hours(judged.absence.absent),
        "scheduled": figures.hours(judged.absence.scheduled),
    }
    if judged.verdict is Verdict.HOLDS:
        return (
            _("I dag gäller regeln: %(share)s borta %(span)s, %(absent)s av %(scheduled)s.") % told
        )
    if judged.verdict is Verdict.FAILS:
        return (
            _("I dag gäller regeln inte: %(share)s borta %(span)s, %(absent)s av %(scheduled)s.")
            % told
        )
    return _("I dag finns för få lektioner att räkna på: %(scheduled)s %(span)s.") % told


@dataclass(frozen=True, slots=True)
class RuleToday:
    """A rule and what it says today."""

    step: str
    rule: str
    window: str
    absence: Absence
    share: str
    verdict: str
    tone: str


def rule_today(judged: Judged) -> RuleToday:
    return RuleToday(
        step=texts.step(judged.rule.level),
        rule=texts.rule(judged.rule),
        window=provenance.window(judged.window),
        absence=judged.absence,
        share=texts.share(judged.absence, texts.percent_of(judged.rule)),
        verdict=str(texts.VERDICT[judged.verdict]),
        tone=texts.VERDICT_TONE[judged.verdict],
    )


def none_holds(rules: list[RuleToday], today: date) -> str:
    """Say that no step holds, and how near the nearest limit is: the highest share of all windows."""
    told = {"day": date_format(today, "j F")}
    if not rules or not any(rule.absence.scheduled for rule in rules):
        return (
            _("Inget steg i trappan gäller den %(day)s: det finns inga lektioner att räkna på.")
            % told
        )
    return _("Inget steg i trappan gäller den %(day)s.") % told
