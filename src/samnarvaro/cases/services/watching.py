"""The nightly look for days that have come and for what is late: rows for who leads the school.

Each row is made once. What has been done since is marked as gone; its holder clears it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from samnarvaro.cases.domain import register, rules, watching
from samnarvaro.cases.domain.investigation import GOING_ON, State
from samnarvaro.cases.domain.steps import Fact, Step
from samnarvaro.cases.domain.watching import Kind
from samnarvaro.cases.models import Case, CaseFact, Investigation, RegisterAnswer, RegisterEntry
from samnarvaro.cases.queries import rules as rule_queries
from samnarvaro.cases.queries.register import entry_of
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.people import queries as people
from samnarvaro.worklist import queries as worklist_queries
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.services import NewItem


@transaction.atomic
def raise_rows(*, on: date, by: Scope, at: datetime) -> int:
    """Raise what there is to hold on to on a day, and mark what has been done. Return how many are new.

    Without pupils whose personal data is protected: their handlers look at the page itself.
    """
    rows = [*_of_register(on, by), *_follow_ups(on), *_of_cases(on)]
    raised = worklist.raise_items(rows, by=by, at=at)
    gone = worklist_queries.standing(set(Kind), by=by) - {row.subject for row in rows}
    worklist.mark_recovered(gone, on=on, by=by, at=at)
    return raised


def _of_register(on: date, by: Scope) -> Iterator[NewItem]:
    found = RegisterEntry.objects.filter(state__in=sorted(GOING_ON), pupil__protection=0)
    entries = list(found.order_by("pk"))
    versions = rule_queries.rules()
    key = rules.round_on(on, versions)
    answered = set(
        RegisterAnswer.objects.filter(entry__in=entries, round=key).values_list("entry", flat=True)
    )
    places = people.placements({row.pupil_id for row in entries}, by=by)
    waits: set[int] = set()
    for row in entries:
        entry = entry_of(row, frozenset({key} if row.pk in answered else ()))
        if places.get(row.pupil_id) and register.asks(entry, key):
            waits.add(places[row.pupil_id][0].unit)
        last = register.decide_by(entry, versions)
        if entry.state is State.OPEN and on > last:
            yield _row(
                Kind.DECISION_LATE, watching.of_decision(row.investigation_id), on, due_on=last,
                pupil=row.pupil_id, since=row.reported_on, last=last,
            )  # fmt: skip
    yield from _of_round(key, waits, on)


def _of_round(key: str, units: set[int], on: date) -> Iterator[NewItem]:
    """A row for each school that has something to answer; overdue when its week is over."""
    ends, week = register.ends(key), int(key.partition("-W")[2])
    for unit in sorted(units):
        subject = watching.of_round(unit, key)
        yield _row(Kind.ROUND, subject, on, due_on=ends, unit=unit, until=ends, week=week)


def _follow_ups(on: date) -> Iterator[NewItem]:
    rows = Investigation.objects.filter(
        state=State.DECIDED, look_on__lte=on, pupil__protection=0
    ).order_by("pk")
    for row in rows:
        assert row.look_on is not None
        yield _row(
            Kind.FOLLOW_UP, watching.of_day(Kind.FOLLOW_UP, row.pk, row.look_on), on,
            due_on=row.look_on, pupil=row.pupil_id, day=row.look_on,
        )  # fmt: skip


def _of_cases(on: date) -> Iterator[NewItem]:
    rows = list(Case.objects.all().open().filter(pupil__protection=0).order_by("pk"))
    days = days_waited_for(rows)
    for row in rows:
        waiting = watching.Waiting(Step(row.step), days[row.pk], row.paused_until)
        for kind, day in watching.days_come(waiting, on=on):
            yield _row(
                kind, watching.of_day(kind, row.pk, day), on, due_on=day, pupil=row.pupil_id,
                day=day,
            )  # fmt: skip


def days_waited_for(cases: Sequence[Case]) -> dict[int, date | None]:
    """Return the agreed day of follow-up that each case (id) waits for."""
    told: defaultdict[int, list[tuple[bool, date | None]]] = defaultdict(list)
    facts = CaseFact.objects.filter(
        case__in=cases, fact__in=[Fact.LOOK_ON, Fact.EVALUATION], round=F("case__round")
    )
    for case, fact, day in facts.order_by("at", "pk").values_list("case", "fact", "day"):
        told[case].append((fact == Fact.EVALUATION, day))
    return {case.pk: watching.day_to_wait_for(told[case.pk]) for case in cases}


def _row(  # a row is told by all of these
    kind: Kind, subject: str, on: date, *, due_on: date, pupil: int | None = None,
    unit: int | None = None, **figures: date | int,
) -> NewItem:  # fmt: skip
    """A row that nobody sees but who leads the school: that there is an investigation is not others'."""
    told = {
        name: each.isoformat() if isinstance(each, date) else each for name, each in figures.items()
    }
    return NewItem(
        subject=subject, kind=kind, pupil=pupil, unit=unit, acts=Holder.PRINCIPAL, level=0,
        figures=told, raised_on=on, due_on=due_on, own_alone=True,
    )  # fmt: skip
