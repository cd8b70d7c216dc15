"""A contact is kept as it is told; what it fulfils is cleared, what it promises becomes a row."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.announced import Announced, ToldBy
from samnarvaro.audit import services as audit
from samnarvaro.base import clock
from samnarvaro.kernel.access import Scope
from samnarvaro.outreach.domain import contacts as domain
from samnarvaro.outreach.domain.contacts import Missing, Promise, Told
from samnarvaro.outreach.domain.needs import Need, Whom
from samnarvaro.outreach.models import Contact, ContactVersion
from samnarvaro.outreach.queries.due import Child, may_call
from samnarvaro.outreach.services.clearing import clear, reopen
from samnarvaro.outreach.services.due import settle
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.queries import contacts as reach
from samnarvaro.worklist import services as worklist

_TOLD = tuple(Told.__dataclass_fields__)
PROMISE = "outreach.promise"
_PROMISED = frozenset({"promise", "promise_words", "promise_on"})


class NoSuchContact(Exception):
    """There is no such contact, or it is not the viewer's to see. The caller cannot tell which."""


class CannotKeep(Exception):
    """The contact is refused, with every reason at once."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Answers:
    """Which absence a contact answers; a row that is fulfilled by it is cleared with the words.

    What was announced in the call excuses its lessons; `telephone`, if one is said, is the pupil's
    own number from now on.
    """

    need: Need
    day: date
    words: str
    announced: Announced | None = None
    telephone: str | None = None


@transaction.atomic
def record(
    told: Told,
    *,
    pupil: UUID,
    answers: Answers | None = None,
    by: Scope,
    at: datetime,
    on: date,
) -> UUID:
    """Keep a contact with a pupil or its guardians, or an attempt. All of it or nothing.

    Raises people's NoSuchPupil (also when it is not the viewer's to call), CannotKeep, and
    attendance's CannotAnnounce.
    """
    child = people.get(pupil, by=by)
    if not may_call(child, answers.day if answers else None, by=by):
        raise people.NoSuchPupil
    about = answers.need if answers else None
    _stop_if_missing(told, child, about, by, on)
    row = Contact.objects.create(
        pupil=child,
        about=about.value if about else "",
        day=answers.day if answers else None,
        reaches=domain.reaches(told, about),
        informs=domain.informs(told, about),
        at=at,
        by=by.viewer,
        by_name=people.name_of_viewer(by=by),
        **_columns(told),
    )
    _promise(row, child, by, at, on)
    if answers:
        _follow(answers, told, child, by, at, on)
        clear(row, answers.words, by=by, at=at, on=on)
    _settle(row, by, at, on)
    _tell("contact.recorded", row, child, by, at)
    return row.public


@transaction.atomic
def correct(
    contact: UUID, told: Told, *, pupil: UUID, words: str, by: Scope, at: datetime, on: date
) -> None:
    """Say anew what was said of a contact: its author, the same day. What it said before is kept.

    A promise stands as it was given: its row tells what became of it. Raises NoSuchContact, CannotKeep.
    """
    row = (
        Contact.objects.visible_in(by)
        .filter(public=contact, pupil__public=pupil)
        .select_for_update(of=("self",))
        .first()
    )
    if row is None:
        raise NoSuchContact
    if missing := domain.missing_for_correction(
        by=by.viewer, author=row.by, written_on=clock.day_of(row.at), on=on
    ):
        raise CannotKeep(missing)
    child = people.get(pupil, by=by)
    about = Need(row.about) if row.about else None
    columns = {key: value for key, value in _columns(told).items() if key not in _PROMISED}
    _stop_if_missing(told, child, about, by, on)

    before = {name: getattr(row, _attname(name)) for name in _TOLD}
    ContactVersion.objects.create(
        contact=row,
        at=row.corrected_at or row.at,
        replaced_at=at,
        **{_attname(name): value for name, value in before.items()},
    )
    for name, value in columns.items():
        setattr(row, name, value)
    row.reaches, row.informs = domain.reaches(told, about), domain.informs(told, about)
    row.corrected_at = at
    row.save()
    reopen(row, by=by, at=at, on=on)
    clear(row, words, by=by, at=at, on=on)
    _settle(row, by, at, on)
    _tell("contact.corrected", row, child, by, at)


def _follow(answers: Answers, told: Told, child: Child, by: Scope, at: datetime, on: date) -> None:
    """Take down what was announced in the call, and the number that was asked for."""
    if answers.announced is not None:
        attendance.announce(
            answers.announced,
            pupil=child.public,
            told_by=ToldBy.PUPIL if told.whom is Whom.PUPIL else ToldBy.GUARDIAN,
            by=by,
            at=at,
            on=on,
        )
    if answers.telephone is not None:
        people_services.set_telephone(answers.telephone, pupil=child.public, by=by, at=at)


def _stop_if_missing(told: Told, child: Child, about: Need | None, by: Scope, on: date) -> None:
    missing = domain.missing_for(told, about=about, on=on)
    if told.guardian is not None and not _is_guardian(told.guardian, child, by, on):
        missing.append(Missing.WITH_WHOM)
    if missing:
        raise CannotKeep(missing)


def _is_guardian(guardian: int, child: Child, by: Scope, on: date) -> bool:
    known = reach.guardians(child.pk, on=on, by=by, for_call=True)
    return any(each.guardian == guardian for each in known)


def _attname(name: str) -> str:
    return "guardian_id" if name == "guardian" else name


def _columns(told: Told) -> dict[str, Any]:
    """Return what is told as the columns hold it: an Enum by its value, no choice as nothing."""
    columns: dict[str, Any] = {}
    for name, value in asdict(told).items():
        if isinstance(value, Enum):
            columns[_attname(name)] = value.value
        elif value is None and name not in {"guardian", "back_on", "face", "promise_on"}:
            columns[_attname(name)] = ""
        else:
            columns[_attname(name)] = value.strip() if isinstance(value, str) else value
    if told.whom is Whom.PUPIL:
        columns["guardian_id"] = None
    return columns


def _promise(row: Contact, child: Child, by: Scope, at: datetime, on: date) -> None:
    """Let what was promised be a row of its own, for who promised it."""
    holder = domain.PROMISES.get(by.role) if by.role else None
    if not row.promise or row.promise_on is None or holder is None:
        return
    item = worklist.NewItem(
        subject=f"{PROMISE}:{row.public}",
        kind=PROMISE,
        pupil=child.pk,
        acts=holder,
        level=1,
        figures={"promise": Promise(row.promise).value, "made_on": on.isoformat()},
        raised_on=on,
        due_on=row.promise_on,
    )
    worklist.raise_item(item, by=by, at=at)


def _settle(row: Contact, by: Scope, at: datetime, on: date) -> None:
    if row.day is not None:
        settle(row.day, on=on, by=by, at=at, pupils=[row.pupil_id])


def _tell(act: str, row: Contact, child: Child, by: Scope, at: datetime) -> None:
    audit.record(
        act,
        by=by,
        at=at,
        pupil=str(child.public),
        target=f"contact:{row.public}",
        detail={"kind": row.kind, "outcome": row.outcome, "about": row.about},
    )
