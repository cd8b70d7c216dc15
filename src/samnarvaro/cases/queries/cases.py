"""Cases as people read them: the step, what is next and whose, what has been told and done."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.base.asked import of_one
from samnarvaro.cases.domain import steps
from samnarvaro.cases.domain.sides import Kind
from samnarvaro.cases.domain.steps import Fact, Known, Referrer, Step, Yes
from samnarvaro.cases.models import Case, CaseFact, CaseMove, CaseSide
from samnarvaro.consents.domain.agreement import State
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.consents.queries import agreed
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.mapping.queries import mappings
from samnarvaro.people import queries as people

TELLS = frozenset({K.NAME, K.EXISTENCE, K.MAPPING})
SOCIAL = "social:"
# A family that has said something has answered, be it no; who has not been asked, or not all, has not.
ANSWERED = frozenset(
    {State.GIVEN, State.REFUSED, State.CONFLICTING, State.WITHDRAWN, State.EXPIRED}
)


class NoSuchCase(Exception):
    """There is none, or it is not the viewer's to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case in brief."""

    pk: int
    public: UUID
    pupil: int
    unit: int
    step: Step
    since: date
    opened_on: date
    paused_until: date | None
    version: int
    round: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it was told. `holds` is whether a later one has taken its place, or a new opening."""

    fact: Fact
    choice: str
    words: str
    day: date | None
    at: datetime
    on: date
    by_name: str
    holds: bool
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Moved:
    number: int
    kind: str
    from_step: Step | None
    to_step: Step
    words: str
    at: datetime
    on: date
    by_name: str


@dataclass(frozen=True, slots=True)
class Side:
    public: UUID
    kind: Kind
    words: str
    begun_on: date
    by_name: str
    ended_on: date | None
    outcome: str
    stub: UUID | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the family was asked about sharing with a zone: until when it flows, or if it has answered."""

    to_zone: str
    until: date | None
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All of a case that the viewer reads. `shares` tells whether something flows to social services;
    None is nobody has answered. `is_mapped` tells that somebody has mapped why the pupil is away.
    """

    seen: Seen
    need: str
    referrer: Referrer
    opened_by: str
    shares: bool | None
    sharing: list[Shared]
    is_mapped: bool
    facts: list[Told]
    moves: list[Moved]
    sides: list[Side]

    @property
    def latest(self) -> dict[Fact, Told]:
        return {told.fact: told for told in self.facts if told.holds}

    @property
    def known(self) -> Known:
        """What the moves ask of it."""
        latest = self.latest
        facts = set(latest)
        facts |= {Fact.SHARING} if self.shares is not None else set()
        facts |= {Fact.MAPPING} if self.is_mapped else set()
        support = latest.get(Fact.YES_SUPPORT)
        return Known(
            step=self.seen.step,
            facts=frozenset(facts),
            fresh=frozenset(fact for fact, told in latest.items() if told.is_fresh),
            is_paused=self.seen.paused_until is not None,
            said_no=support is not None and support.choice == Yes.NO,
        )


def of_pupil(pupil: int, *, by: Scope) -> list[Seen]:
    """Return the cases of a pupil (id) that the viewer reads, the latest first."""
    return [_seen(row) for row in _rows_of(pupil, by)]


@of_one
def _rows_of(by: Scope) -> QuerySet[Case, Case]:
    return Case.objects.visible_in(by).filter(pupil=NOBODY).order_by("-opened_on", "-pk")


def known_of(pupil: int, *, by: Scope) -> Seen | None:
    """Return the open case of a pupil (id), for who may know that it is there and at which step."""
    return next(map(_seen, _open_of(pupil, by)), None)


@of_one
def _open_of(by: Scope) -> QuerySet[Case, Case]:
    """The one that is open: the database holds that there is no other."""
    return Case.objects.known_in(by).open().filter(pupil=NOBODY)


def whole(public: UUID, *, by: Scope) -> Whole:
    """Return all of a case. Raises NoSuchCase."""
    rows = Case.objects.visible_in(by).select_related("opened_by")
    row = rows.filter(public=public).first()
    if row is None:
        raise NoSuchCase
    moves, sharing = _moves(row), _sharing(row.pupil_id, by)
    return Whole(
        seen=_seen(row),
        need=row.need,
        referrer=Referrer(row.referrer),
        opened_by=row.opened_by.name,
        shares=_shares(sharing, by),
        sharing=sharing,
        is_mapped=_is_mapped(row.pupil_id, by),
        facts=_facts(row, moves[-1].number if moves else 0),
        moves=moves,
        sides=_sides(row),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A case on the board: whose, since when, what its next step lacks."""

    seen: Seen
    name: str
    public: UUID
    place: str


def board(*, by: Scope) -> dict[Step, list[Line]]:
    """Return the open cases at the viewer's schools by their step, the longest there first.

    Without pupils whose personal data is protected.
    """
    rows = list(
        Case.objects.visible_in(by).open().filter(pupil__protection=0).select_related("pupil")
    )
    places = people.placements([row.pupil_id for row in rows], by=by)
    found: defaultdict[Step, list[Line]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: (each.since, each.pk)):
        place = next(iter(places.get(row.pupil_id, [])), None)
        where = ", ".join(filter(None, [place.unit_name, place.group])) if place else ""
        found[Step(row.step)].append(Line(_seen(row), row.pupil.name, row.pupil.public, where))
    return {step: found[step] for step in Step if step is not Step.CLOSURE}


def _sharing(pupil: int, by: Scope) -> list[Shared]:
    """The consents that the school has asked for, each as it stands on the day."""
    if not in_school(by.zone):
        return []
    return [
        Shared(
            each.to_zone,
            each.valid_to if _flows(each, by.day) else None,
            each.state in ANSWERED,
        )
        for each in agreed.of_pupil(pupil, by=by)
        if each.from_zone == by.zone
    ]


def _flows(asked: agreed.Agreed, on: date) -> bool:
    return asked.state is State.GIVEN and asked.valid_from <= on <= asked.valid_to


def _shares(sharing: list[Shared], by: Scope) -> bool | None:
    """Whether data flows to social services by the family's yes; None where it has not answered."""
    if not in_school(by.zone):
        return True  # who reads it from elsewhere does so by that yes
    asked = [each for each in sharing if each.to_zone.startswith(SOCIAL)]
    if any(each.until for each in asked):
        return True
    return False if any(each.is_answered for each in asked) else None


def _is_mapped(pupil: int, by: Scope) -> bool:
    """Whether somebody has finished a mapping; a draft is none yet."""
    return in_school(by.zone) and any(each.is_final for each in mappings.of_pupil(pupil, by=by))


def _seen(row: Case) -> Seen:
    return Seen(
        pk=row.pk,
        public=row.public,
        pupil=row.pupil_id,
        unit=row.unit_id,
        step=Step(row.step),
        since=row.since,
        opened_on=row.opened_on,
        paused_until=row.paused_until,
        version=row.version,
        round=row.round,
    )


def _facts(row: Case, last_move: int) -> list[Told]:
    rows = list(CaseFact.objects.filter(case=row).select_related("by").order_by("at", "pk"))
    latest = {each.fact: each.pk for each in rows if each.round == row.round}
    return [
        Told(
            fact=Fact(each.fact), choice=each.choice, words=each.words, day=each.day, at=each.at,
            on=each.on, by_name=each.by.name, holds=latest.get(each.fact) == each.pk,
            is_fresh=each.after_move == last_move,
        )
        for each in rows
    ]  # fmt: skip


def _moves(row: Case) -> list[Moved]:
    rows = CaseMove.objects.filter(case=row).select_related("by").order_by("number")
    return [
        Moved(
            each.number, each.kind, Step(each.from_step) if each.from_step else None,
            Step(each.to_step), each.words, each.at, each.on, each.by.name,
        )
        for each in rows
    ]  # fmt: skip


def _sides(row: Case) -> list[Side]:
    rows = CaseSide.objects.filter(case=row).select_related("begun_by").order_by("begun_on", "pk")
    return [
        Side(
            each.public, Kind(each.kind), each.words, each.begun_on, each.begun_by.name,
            each.ended_on, each.outcome, each.stub,
        )
        for each in rows
    ]  # fmt: skip


def lacks(whole_: Whole) -> Collection[Fact]:
    """Return what the next step asks for and is not there."""
    to = steps.next_of(whole_.seen.step)
    return steps.missing(whole_.known, to) if to else []
