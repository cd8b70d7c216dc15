"""A round of the relation map is begun, filled in, and closed; what it shows is given to somebody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.mapping.domain import relations as domain
from samnarvaro.mapping.domain.relations import Contact, Fault
from samnarvaro.mapping.models import PupilView, Relation, RelationAdult, RelationRound
from samnarvaro.mapping.queries import relations as queries
from samnarvaro.mapping.queries.classes import FollowedClass, NoSuchClass
from samnarvaro.mapping.queries.relations import NoSuchColumn, Round
from samnarvaro.people import queries as people
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import NewItem


class CannotDo(Exception):
    """Nothing is changed; carries every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = tuple(faults)


@transaction.atomic
def begin(
    group: UUID, *, staff: Sequence[UUID], others: Sequence[str], by: Scope, at: datetime, on: date
) -> UUID:
    """Begin a round of a class with adults at its school (public ids) and others by their function.
    Who does not meet the class by name here is in it by the own name, and a keeper fills in.

    Raises NoSuchClass, CannotDo.
    """
    of = _kept(group, by)
    around = queries.around(of, on=on)
    wanted = [each for each in around.adults if each.public in set(staff)]
    chosen = [each.pk for each in wanted if each.pk in around.fill_in]
    names = [each.name for each in wanted if each.pk not in around.fill_in]
    named = list(
        dict.fromkeys(name for each in (*names, *others) if (name := " ".join(each.split())))
    )
    open_now = RelationRound.objects.filter(group=of.pk, closed_on=None).exists()
    if faults := domain.faults_of_round(chosen, named, goes_on=open_now):
        raise CannotDo(faults)
    try:
        with transaction.atomic():
            row = RelationRound.objects.create(group_id=of.pk, begun_on=on, begun_by_id=by.person)
    except IntegrityError:  # another began one at the same moment
        raise CannotDo([Fault.GOES_ON]) from None
    RelationAdult.objects.bulk_create(
        [
            *(RelationAdult(round=row, staff_id=each) for each in chosen),
            *(RelationAdult(round=row, function=each) for each in named),
        ]
    )
    _log("begun", row.public, by, at, adults=len(chosen) + len(named))
    return row.public


@transaction.atomic
def fill(
    group: UUID, adult: UUID, said: Mapping[UUID, Contact], *, by: Scope, at: datetime, on: date
) -> None:
    """Write a column of the open round: what contact the adult has with which pupils (public ids).
    What is not said of a pupil is left as it was.

    Raises NoSuchClass, NoSuchColumn, CannotDo.
    """
    of = queries.class_of(group, by=by)
    found, mine = queries.column(of, adult, by=by)
    _hold(found)
    pupils = {each.public: each.pk for each in queries.pupils_of(of, by=by)}
    told = {pupils[public]: contact for public, contact in said.items() if public in pupils}
    if not told:
        raise CannotDo([Fault.NOTHING_SAID])
    for pupil, contact in told.items():
        Relation.objects.update_or_create(
            adult_id=mine.pk, pupil_id=pupil, defaults={"contact": contact.value}
        )
    RelationAdult.objects.filter(pk=mine.pk).update(answered_on=on, answered_by=by.person)
    _log("filled", found.public, by, at, pupils=len(told))


@transaction.atomic
def close(group: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Close the open round: from then on its keepers read all of it, and nobody fills it in.

    Raises NoSuchClass, NoSuchColumn where no round is open, CannotDo.
    """
    of = _kept(group, by)
    row = RelationRound.objects.select_for_update().filter(group=of.pk, closed_on=None).first()
    if row is None:
        raise NoSuchColumn
    if not RelationAdult.objects.filter(round=row, answered_on__isnull=False).exists():
        raise CannotDo([Fault.NOBODY_ANSWERED])
    row.closed_on, row.closed_by_id = on, by.person
    row.save(update_fields=["closed_on", "closed_by"])
    _log("closed", row.public, by, at)


@transaction.atomic
def say(group: UUID, pupil: UUID, *, has_adult: bool, by: Scope, at: datetime, on: date) -> None:
    """Write down what a pupil says in a talk after the newest closed round: that there is an adult at
    school it trusts, or none. Said again, the later holds. Raises NoSuchClass, people's NoSuchPupil,
    NoSuchColumn where no round has been closed.
    """
    of = _kept(group, by)
    found, pk = _newest(of, by), _pupil(of, pupil, by)
    PupilView.objects.update_or_create(
        round_id=found.pk, pupil_id=pk,
        defaults={"has_adult": has_adult, "told_on": on, "told_to_id": by.person},
    )  # fmt: skip
    _log("pupil_said", found.public, by, at, pupil)


@transaction.atomic
def give(
    group: UUID, pupil: UUID, *, holder: Holder | None, due_on: date | None, by: Scope,
    at: datetime, on: date,
) -> None:  # fmt: skip
    """Let somebody take contact with a pupil by a day: a row of work, once a round.

    Raises NoSuchClass, people's NoSuchPupil, NoSuchColumn, CannotDo.
    """
    of = _kept(group, by)
    found, pk = _newest(of, by), _pupil(of, pupil, by)
    given = queries.maps(of, [found], by=by, on=on)[0].given
    faults = domain.faults_of_contact(due_on, on=on, is_given=pk in given)
    if holder not in domain.CONTACTS:
        faults.append(Fault.HOLDER)
    if faults or holder is None or due_on is None:
        raise CannotDo(faults)
    new = NewItem(
        subject=queries.subject(found.public, pk), kind=queries.ROW, pupil=pk, acts=holder,
        level=1, figures={"class": of.name}, raised_on=on, due_on=due_on,
    )  # fmt: skip
    worklist.raise_item(new, by=by, at=at)
    _log("contact_given", found.public, by, at, pupil, to=holder.value)


def _kept(group: UUID, by: Scope) -> FollowedClass:
    """Return a class whose map the viewer keeps. Raises NoSuchClass."""
    of = queries.class_of(group, by=by)
    if not queries.keeps(by=by):
        raise NoSuchClass
    return of


def _newest(of: FollowedClass, by: Scope) -> Round:
    """Return the newest closed round of a class. Raises NoSuchColumn."""
    closed = [each for each in queries.rounds(of, by=by) if each.closed_on]
    if not closed:
        raise NoSuchColumn
    return closed[0]


def _pupil(of: FollowedClass, public: UUID, by: Scope) -> int:
    """Return a pupil (id) of the class. Raises people's NoSuchPupil."""
    for each in queries.pupils_of(of, by=by):
        if each.public == public:
            return each.pk
    raise people.NoSuchPupil


def _hold(found: Round) -> None:
    """Keep the round from being closed meanwhile. Raises NoSuchColumn when it has been."""
    rows = RelationRound.objects.select_for_update().filter(pk=found.pk, closed_on=None)
    if rows.first() is None:
        raise NoSuchColumn


def _log(
    what: str, found: UUID, by: Scope, at: datetime, pupil: UUID | None = None,
    **detail: str | int | None,
) -> None:  # fmt: skip
    audit.record(
        f"relations.{what}", by=by, at=at, pupil=str(pupil) if pupil else "",
        target=f"relation_round:{found}", detail=detail,
    )  # fmt: skip
