"""What the staircase puts on the page of a pupil: why there is a signal, and the curve."""

from datetime import date, timedelta
from typing import Protocol

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base import charts, provenance
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain.rules import ShareRule
from samnarvaro.staircase.queries import pupil as queries
from samnarvaro.staircase.web import curves, reasons, texts
from samnarvaro.worklist import queries as worklist

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
CURVE_BACK = 280  # days
NO_UNIT = 0  # only what holds for all schools


class ShownPupil(Protocol):
    """What of a pupil the page has at hand."""

    @property
    def pk(self) -> int: ...


def why(*, scope: Scope, pupil: ShownPupil, today: date, **_facts: object) -> Section | None:
    """Each step that holds or held, with its rule and figures; and what every rule says today."""
    known = attendance.history(pupil.pk, until=today, by=scope)
    if not known:
        return None
    stretches = queries.stretches(pupil.pk, by=scope)
    judged = queries.today(known, on=today)
    rules = [reasons.rule_today(each) for each in judged.rules]
    return _section(
        "staircase/_why.html",
        pupil,
        now=[reasons.reason(each, judged.rules) for each in stretches if each.ended_on is None],
        ended=[reasons.reason(each) for each in stretches if each.ended_on is not None],
        none_holds=reasons.none_holds(rules, today),
        rules=rules,
        book=texts.book(judged.rule_set, judged.version),
        fresh=provenance.fresh(known.last_day, attendance.last_taken_in()),
    )


def curve(*, scope: Scope, pupil: ShownPupil, today: date, **_facts: object) -> Section | None:
    """Presence over the trailing 30 days, for each school day, with the limits of the rules."""
    known = attendance.history(pupil.pk, until=today, by=scope)
    if known.first_day is None:
        return None
    judged = queries.today(known, on=today).rules
    shares = [each.rule for each in judged if isinstance(each.rule, ShareRule)]
    rules = [rule for rule in shares if rule.days == curves.OF_DAYS]
    least = max((rule.least_scheduled for rule in rules), default=0)
    span = Window(max(known.first_day, today - timedelta(days=CURVE_BACK)), today)
    place = people.placement(pupil.pk, by=scope)
    calendar = organisation.Calendars().of(place.unit if place else NO_UNIT)
    trail = list(known.shares(calendar.school_days(span.first, span.last), curves.OF_DAYS))
    title = curves.title(trail, least)
    events = curves.events(
        queries.stretches(pupil.pk, by=scope), worklist.of_pupil(pupil.pk, by=scope, on=today), span
    )
    return _section(
        "staircase/_curve.html",
        pupil,
        title=title,
        picture=charts.curve(
            curves.points(trail, least), title=title, limits=curves.limits(rules), events=events
        ),
        weeks=curves.weeks(trail, least),
        events=events,
        fresh=provenance.fresh(known.last_day, attendance.last_taken_in()),
    )


def _section(template: str, pupil: ShownPupil, **context: object) -> Section:
    return Section(template, context, pupils=frozenset({pupil.pk}), classes=TELLS)
