"""What the staircase puts on other pages: of a pupil why there is a signal, and the curve; and in
the day of who sees to it what a school does.
"""

from datetime import date

from django.utils.translation import gettext as _

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base import provenance, sections
from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.staircase.queries import pupil as queries
from samnarvaro.staircase.queries import school_measures
from samnarvaro.staircase.web import curves, measure_shown, reasons, texts

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
CURVE = "kurva"  # the part, by key


def my_day(*, scope: Scope | None, today: date, **_facts: object) -> Section | None:
    """The measures of a school that the viewer sees to; nothing when there is none."""
    found = school_measures.own(by=scope, on=today) if scope else []
    if not found:
        return None
    return Section("measures/_my_day.html", {"found": [measure_shown.show(m) for m in found]})


def why(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, **_facts: object
) -> Section | None:
    """Each step that holds or held, with its rule and figures; and what every rule says today."""
    known = once(attendance.history, pupil.pk, until=today, by=scope)
    if not known:
        return None
    stretches = once(queries.stretches, pupil.pk, by=scope)
    places = once(people.places_of, pupil.pk, by=scope)
    books = once(queries.today, pupil.pk, known, places, on=today, by=scope)
    rules = [reasons.rule_today(rule) for book in books for rule in book.rules]
    said = {book.key: book.rules for book in books}
    return _section(
        "staircase/_why.html",
        pupil,
        now=[
            reasons.reason(each, said.get(each.key, ()))
            for each in stretches
            if each.ended_on is None
        ],
        ended=[reasons.reason(each) for each in stretches if each.ended_on is not None],
        none_holds=reasons.none_holds(rules, today),
        rules=rules,
        book="; ".join(
            texts.book(book.rule_set, book.version, counts_leave=book.counts_leave)
            for book in books
        ),
        fresh=provenance.fresh(known.last_day, once(attendance.last_taken_in)),
    )


def curve(
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    whole: bool = False,
    opened: bool = False,
    **_facts: object,
) -> Section | None:
    """Presence over time, with the limits of the rules and what happened on the way."""
    seen = curves.seen(pupil.pk, by=scope, on=today, once=once)
    if seen is None:
        return None
    title = _("Närvaro över tid")
    if not whole:
        return sections.later(
            pupil, CURVE, id="curve", title=title, label=_("Visa kurvan"),
            said=curves.sentence(seen), classes=TELLS,
        )  # fmt: skip
    shown, events = curves.picture(seen, pupil.public)
    return _section(
        "staircase/_curve.html",
        pupil,
        title,
        title=title,
        shown=shown,
        events=events,
        opened=opened,
    )


def _section(template: str, of: ShownPupil, title: str = "", /, **context: object) -> Section:
    return Section(template, context, frozenset({of.pk}), TELLS, title)
