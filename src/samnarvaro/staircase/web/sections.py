"""What the staircase puts on the page of a pupil: why there is a signal, and the curve."""

from datetime import date

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base import provenance
from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.staircase.queries import pupil as queries
from samnarvaro.staircase.web import curves, reasons, texts

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


def why(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, **_facts: object
) -> Section | None:
    """Each step that holds or held, with its rule and figures; and what every rule says today."""
    known = once(attendance.history, pupil.pk, until=today, by=scope)
    if not known:
        return None
    stretches = once(queries.stretches, pupil.pk, by=scope)
    books = once(queries.today, pupil.pk, known, on=today, by=scope)
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
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, **_facts: object
) -> Section | None:
    """Presence over time, with the limits of the rules and what happened on the way."""
    found = curves.picture(pupil.pk, pupil.public, by=scope, on=today, once=once)
    if found is None:
        return None
    shown, events = found
    return _section("staircase/_curve.html", pupil, shown=shown, events=events)


def _section(template: str, pupil: ShownPupil, **context: object) -> Section:
    return Section(template, context, pupils=frozenset({pupil.pk}), classes=TELLS)
