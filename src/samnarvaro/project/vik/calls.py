"""Calls in Vik: those of the last days were made, those of this morning wait; homes to call, a
promise to follow up, and absence that somebody has announced.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, Final
from uuid import UUID

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.announced import Announced, ToldBy
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.outreach import services as outreach
from samnarvaro.outreach.domain.contacts import Answer, Cause, Kind, Outcome, Promise, Told
from samnarvaro.outreach.domain.needs import Need, Whom
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.queries import contacts as reach
from samnarvaro.project.vik import cast, names
from samnarvaro.project.vik.history import as_who_works, moment
from samnarvaro.project.vik.settle import Maker, Person
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.queries import Row

DAYS_CALLED: Final = 4  # school days before the last whose calls were made
NOT_MADE: Final = 0.12  # of those of the days before
INFORMED: Final = "Vårdnadshavare informerad."
SPEAK: Final = (("ar", True), ("so", True), ("uk", True), ("en", False), ("fi", False))
# The range of numbers that the authority keeps free for fiction.
FREE_NUMBERS: Final = [f"070-174 06 {number}" for number in range(20, 100)]
SAID: Final = (
    (Cause.ILLNESS, "Förkyld sedan i går. Hoppas vara tillbaka snart."),
    (Cause.TIRED, "Hade svårt att somna och orkade inte upp. Kommer i morgon."),
    (Cause.APPOINTMENT, "Var hos tandläkaren. Mamma hade glömt att anmäla."),
    (Cause.FEELING_LOW, "Orolig för grupparbetet. Vi bestämde att prata innan lektionen."),
    (Cause.UNKNOWN, "Ville inte säga så mycket, men tyckte att det var bra att vi ringde."),
)


NO_NUMBER = 0.3  # of the homes that are new the last day


@dataclass(frozen=True, slots=True)
class _Vik:
    maker: Maker
    staff: Mapping[str, Person]
    pupils: Mapping[str, int]

    def scope(self, username: str, on: date) -> Scope:
        return as_who_works(self.staff[username].account, on)

    def at(self, day: date, hour: int) -> datetime:
        return moment(day, hour, self.maker.at)

    def public(self, pupil_id: str, by: Scope) -> UUID:
        (found,) = people.publics([self.pupils[pupil_id]], by=by)
        return UUID(found)


def make_calls(
    maker: Maker, staff: Mapping[str, Person], pupils: Mapping[str, int], days: Sequence[date]
) -> None:
    """Let the last school days have asked for calls: the earlier ones made, the last one waiting."""
    vik = _Vik(maker, staff, pupils)
    for day in days[-DAYS_CALLED - 1 :]:
        by = consents.system_scope(purpose="demo", on=day)
        outreach.settle(day, on=day, by=by, at=vik.at(day, 9))
        rows = list(_rows(vik, day))
        _give_homes(vik, [row for _, row in rows], lacking=day == days[-1])
        if day != days[-1]:
            for holder, row in rows:
                _call(vik, holder, row, day)
    last = consents.system_scope(purpose="nightly", on=days[-1])
    outreach.raise_missing_numbers(on=days[-1], by=last, at=vik.at(days[-1], 18))
    _tell_stories(vik, days)


def _rows(vik: _Vik, day: date) -> Iterator[tuple[Person, Row]]:
    """The day's rows, each with the mentor who holds it."""
    for person in vik.staff.values():
        if person.role is Role.MENTOR:
            by = as_who_works(person.account, day)
            for row in worklist.mine(by=by, on=day).rows:
                if row.figures.get("day") == day.isoformat() and row.pupil is not None:
                    yield person, row


def _give_homes(vik: _Vik, rows: Sequence[Row], *, lacking: bool) -> None:
    """Give the pupils who are to be called about a guardian, and the older ones a number; with
    `lacking` some homes have none.
    """
    by, at = vik.maker.by, vik.maker.at
    told_of = {vik.pupils[told.pupil_id] for told in cast.GUARDIANS}
    for row in rows:
        if row.pupil is None or row.pupil_public is None:
            continue
        chance = Random(f"home {row.sort_key} {row.group}")
        if row.figures["whom"] == Whom.PUPIL:
            number = chance.choice(FREE_NUMBERS)
            people_services.set_telephone(number, pupil=row.pupil_public, by=by, at=at)
        known = reach.guardians(row.pupil, on=vik.maker.today, by=by)
        if known or row.pupil in told_of:
            continue
        language, interpreter = chance.choice(SPEAK) if chance.random() < 0.2 else ("sv", False)
        contact = Contact(
            chance.choice(names.GROWN_UPS),
            row.name.rsplit(" ", 1)[-1],
            telephone=""
            if lacking and chance.random() < NO_NUMBER
            else chance.choice(FREE_NUMBERS),
            language=language,
            needs_interpreter=interpreter,
        )
        guardian = people_services.ensure_guardian(contact, by=by, at=at)
        people_services.set_guardianship(
            pupil=row.pupil,
            guardian=guardian.pk,
            first_day=vik.maker.terms[0].first,
            by=by,
            at=at,
        )


def _call(vik: _Vik, holder: Person, row: Row, day: date) -> None:
    """One call of a day that has been: most often somebody answered."""
    chance = Random(f"call {row.sort_key} {day}")
    draw = chance.random()
    if draw < NOT_MADE or row.pupil is None or row.pupil_public is None:
        return
    by = as_who_works(holder.account, day)
    need = Need(row.kind)
    calls_pupil = row.figures["whom"] == Whom.PUPIL and need is Need.FIRST_DAY
    guardians = reach.guardians(row.pupil, on=day, by=by)
    reached = draw > 0.2
    cause, text = chance.choice(SAID)
    told = Told(
        made_on=day,
        whom=Whom.PUPIL if calls_pupil else Whom.GUARDIAN,
        guardian=guardians[0].guardian if guardians and not calls_pupil else None,
        outcome=Outcome.REACHED if reached else Outcome.NOT_REACHED,
        guardian_informed=calls_pupil and reached,
        cause=cause if reached else None,
        face=chance.randint(2, 4) if calls_pupil and reached else None,
        text=text if reached else "Inget svar.",
    )
    words = "Omtankessamtal." if need is Need.FIRST_DAY else INFORMED
    outreach.record(
        told,
        pupil=row.pupil_public,
        answers=outreach.Answers(need, day, words),
        by=by,
        at=vik.at(day, 10),
        on=day,
    )


def _tell_stories(vik: _Vik, days: Sequence[date]) -> None:
    """What the people one meets by name have told each other."""
    last = days[-1]
    lena = _guardian(vik, cast.SAGA, "Lena Lind")
    maria = _guardian(vik, cast.ROBIN, "Maria Åberg")
    _contact(
        vik, "mira", cast.SAGA, days[-9], lena,
        kind=Kind.MEETING,
        text="Möte i skolan med Saga och Lena. Mornarna är tyngst. Vi prövar en lugn start.",
    )  # fmt: skip
    _contact(
        vik, "mira", cast.SAGA, days[-4], lena,
        outcome=Outcome.NOT_REACHED, text="Inget svar, försöker igen i morgon.",
    )  # fmt: skip
    _contact(
        vik, "mira", cast.SAGA, days[-3], lena,
        about=Need.INFORM,
        cause=Cause.FEELING_LOW, wants_work=Answer.YES, knows_how=Answer.NO,
        text="Saga vill gärna ha matematiken hemma men hittar den inte.",
        promise=Promise.CALL_AGAIN, promise_words="höra hur det gick med uppgifterna",
        promise_on=last,
    )  # fmt: skip
    _contact(
        vik, "elin", cast.ROBIN, days[-11], maria,
        cause=Cause.ILLNESS, back_on=days[-9], text="Feber i natt. Hälsar till klassen.",
    )  # fmt: skip
    by = vik.scope("nils", last)
    attendance.announce(
        Announced(first_day=last, last_day=last, begins=13 * 60, ends=15 * 60),
        pupil=vik.public(cast.ALVA, by),
        told_by=ToldBy.GUARDIAN,
        by=by,
        at=vik.at(last, 8),
        on=last,
    )


def _guardian(vik: _Vik, pupil_id: str, name: str) -> int | None:
    known = reach.guardians(vik.pupils[pupil_id], on=vik.maker.today, by=vik.maker.by)
    return next((each.guardian for each in known if each.name == name), None)


def _contact(
    vik: _Vik,
    username: str,
    pupil_id: str,
    day: date,
    guardian: int | None,
    *,
    about: Need | None = None,
    **told: Any,
) -> None:
    by = vik.scope(username, day)
    facts = {"outcome": Outcome.REACHED} | told
    outreach.record(
        Told(made_on=day, whom=Whom.GUARDIAN, guardian=guardian, **facts),
        pupil=vik.public(pupil_id, by),
        answers=outreach.Answers(about, day, INFORMED) if about else None,
        by=by,
        at=vik.at(day, 14),
        on=day,
    )
