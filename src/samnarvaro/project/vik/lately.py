"""What lies nearest in Vik: this week's looks, early measures, what was handed on and left lying."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from samnarvaro.consents import services as consents
from samnarvaro.followup import services as followup
from samnarvaro.followup.domain.measures import Outcome
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.people import queries as people
from samnarvaro.project.vik import cast, history
from samnarvaro.project.vik.settle import Person
from samnarvaro.worklist import queries as worklist_queries
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act, Intent

# Who tries what for whom: the mentor, the pupil, school days back, days until it is looked at, what.
MEASURES = (
    (
        "mira",
        cast.SAGA,
        10,
        14,
        "Jag möter Saga vid grinden och följer med in till första lektionen.",
    ),
    (
        "mira",
        cast.NOOR,
        12,
        28,
        "Noor byter om i ett eget rum och börjar idrotten fem minuter efter.",
    ),
    ("nils", cast.ALVA, 6, 28, "Alva får måndagens schema på söndagen och ringer mig på morgonen."),
    ("elin", cast.ROBIN, 25, 21, "Robin har en kompis som väntar på honom vid bussen."),
)
# What was handed to the team so many school days back.
HANDED_ON = (
    ("Mamma vill prata med er om mornarna. Kan ni ringa henne?", 12),
    ("Vi behöver tänka tillsammans om grupparbetena.", 16),
)
WENT = "Robin kommer tio minuter tidigare nu och säger att det är skönt med sällskap."
ROLLS_SEEN = 10  # school days whose nights looked for rolls that nobody called
LOOKED = "Gick igenom klassens frånvaro med arbetslaget. Två elever tas upp på konferensen."


def look_again(
    staff: Mapping[str, Person], pupils: Mapping[str, int], today: date, *, now: datetime
) -> None:
    """Raise the week's looks and let most mentors do them; start measures; find what was left lying."""
    days = history.school_days_up_to(today)
    for day in [day for day in days if day > today - timedelta(days=today.weekday() + 1)]:
        by = consents.system_scope(purpose="nightly", on=day)
        followup.raise_looks(on=day, by=by, at=history.moment(day, 18, now))
    for day in days[-ROLLS_SEEN:]:
        by = consents.system_scope(purpose="nightly", on=day)
        followup.raise_rolls(on=day, by=by, at=history.moment(day, 4, now))
    for person in staff.values():
        if person.role is Role.MENTOR:
            _look_through(person, days[-1], now)
    _try_early(staff, pupils, days, now)
    if "karin" in staff:
        _decide(staff["karin"], days, now)
    last = consents.system_scope(purpose="nightly", on=days[-1])
    worklist.raise_left_lying(on=days[-1], by=last, at=history.moment(days[-1], 18, now))


def _key(person: Person, day: date) -> Scope:
    return consents.scope_for(person.account, hat=None, on=day)


def _look_through(person: Person, day: date, now: datetime) -> None:
    """Two mentors of three have looked through their class this week."""
    by = _key(person, day)
    for row in worklist_queries.mine(by=by, on=day).rows:
        if row.pupil is None and Random(f"look {person.account}").random() < 0.67:
            worklist.act(
                row.public, Act.DONE, text=LOOKED, by=by, at=history.moment(day, 9, now), on=day
            )


def _try_early(
    staff: Mapping[str, Person], pupils: Mapping[str, int], days: list[date], now: datetime
) -> None:
    for username, pupil_id, ago, run, what in MEASURES:
        if username not in staff or pupil_id not in pupils:
            continue
        day = days[-1 - ago]
        by, at = _key(staff[username], day), history.moment(day, 14, now)
        public = followup.start_measure(
            _public(pupils[pupil_id], by),
            what=what,
            days=(day, day + timedelta(days=run)),
            by=by,
            at=at,
            on=day,
        )
        if pupil_id == cast.ROBIN:
            by, at = _key(staff[username], days[-3]), history.moment(days[-3], 14, now)
            followup.close_measure(
                public, outcome=Outcome.BETTER, how=WENT, by=by, at=at, on=days[-3]
            )


def _public(pupil: int, by: Scope) -> UUID:
    return UUID(people.publics([pupil], by=by)[0])


def hand_on(staff: Mapping[str, Person], today: date, *, now: datetime) -> None:
    """Some weeks ago two rows were handed to the student health team, and then left lying."""
    days, strand = history.school_days_up_to(today), history.with_student_health()
    handed: set[UUID] = set()
    for text, ago in HANDED_ON:
        day = days[-1 - ago]
        for person in [each for each in staff.values() if each.role is Role.MENTOR]:
            by = _key(person, day)
            rows = worklist_queries.mine(by=by, on=day).rows
            found = [r for r in rows if r.unit == strand and not r.last and r.raised_on <= day]
            found.sort(key=lambda row: row.recovered_on is not None)
            if found and found[0].public not in handed:
                intent = Intent(act=Act.HAND_OVER, text=text, to=Holder.STUDENT_HEALTH_TEAM)
                at = history.moment(day, 15, now)
                worklist.act_on_one(found[0].public, intent, by=by, at=at, on=day)
                handed.add(found[0].public)
                break


def _decide(karin: Person, days: list[date], now: datetime) -> None:
    day = days[-3]
    by = _key(karin, day)
    agenda = worklist_queries.agenda(worklist_queries.STUDENT_HEALTH, by=by, on=day)
    taken_up = [row for row in agenda.now if row.pupil and row.last and row.last.on <= day]
    for row in sorted(taken_up, key=lambda row: row.last.on if row.last else day)[-1:]:
        intent = Intent(
            act=Act.DECIDED,
            text="Sten är med på två lektioner i veckan. Karin ringer hem.",
            wait_until=days[-1] + timedelta(days=4),
        )
        worklist.act_on_one(row.public, intent, by=by, at=history.moment(day, 11, now), on=day)
