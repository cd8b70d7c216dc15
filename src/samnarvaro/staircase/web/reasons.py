"""Why a step holds, or held, made ready for the page: the rule in words and every figure behind it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.base import provenance
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
    by_hand: str
    book: str
    since: date
    until: date | None


def reason(stretch: Stretch) -> Reason:
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
        missed=texts.missed(absence, signal.window, rule.percent),
        rule=texts.rule(rule),
        window=provenance.window(signal.window),
        denominator=texts.denominator(absence.scheduled),
        by_hand=texts.by_hand(rule, absence),
        book=texts.book(stretch.rule_set, stretch.version),
        since=stretch.opened_on,
        until=stretch.ended_on,
    )


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
        share=texts.share(judged.absence, judged.rule.percent),
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
