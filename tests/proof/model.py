"""Who may see what of whom, told once more: facts in plain Python, and one question, `may`.

Written from the permission model and apart from the code that it is held against: nothing of that
is imported here. A day and a moment are part of the facts; what was is not asked about.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.proof import oracle

SCHOOL = "school:9999"
CASES = {"student_health_case", "medical_case", "handler", "coordinator"}
GLASS_SHOWS = {"K1", "K3", "K10"}
GLASS_SHOWS_ELSEWHERE = {"K0"}  # outside the schools: whose the child is there
# What a note is, by the branch of the zone whose note it is.
NOTE_CLASS = {"school": "K6", "student_health": "K7", "social": "K8", "health": "K9"}


@dataclass(frozen=True)
class Row:
    """A line of the table of rights: through what a role reads which classes."""

    follows: str = ""  # "unit", "group" or nobody
    duty: frozenset[str] = frozenset()
    case: frozenset[str] = frozenset()
    consent: frozenset[str] = frozenset()


def _rights(role: str) -> Row:
    """The oracle's row, without what is not opened yet."""
    row = oracle.TABLE[role]
    shut = {(way, what) for who, way, what in oracle.NARROWER if who == role}
    read = {
        way: frozenset(one for one in row.way(way) if (way, one) not in shut)
        for way in ("duty", "case", "consent")
    }
    return Row("" if ("reach", row.reach) in shut else row.reach, **read)


RIGHTS = {role: _rights(role) for role in oracle.TABLE}


@dataclass(frozen=True)
class Hat:
    person: str
    zone: str
    role: str


@dataclass
class Span:
    """Something that holds from a first day to a last one, both included."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class Duty(Span):
    person: str = ""
    zone: str = ""
    role: str = ""
    unit: str = ""
    group: str = ""


@dataclass
class Place(Span):
    child: str = ""
    unit: str = ""
    group: str = ""


@dataclass
class Custody(Span):
    child: str = ""
    guardian: str = ""


@dataclass
class Handler(Span):
    child: str = ""
    person: str = ""


@dataclass
class Tie(Span):
    """A relation; a glass is one that closes at a moment."""

    person: str = ""
    child: str = ""
    zone: str = ""
    kind: str = ""
    closes: datetime | None = None
    ended: bool = False


@dataclass
class Consent(Span):
    child: str = ""
    source: str = ""
    target: str = ""
    classes: frozenset[str] = frozenset()
    must: str = "all_guardians"
    status: str = "open"  # open, some (a yes is missing), given, review, ended
    words: dict[str, tuple[bool, bool]] = field(default_factory=dict)  # yes?, judged too young?


@dataclass
class Note:
    child: str
    zone: str
    author: str
    readers: set[str] = field(default_factory=set)


@dataclass
class Handed:
    child: str
    target: str
    data_class: str
    consent: int | None  # which one, None on a ground of the law


@dataclass
class Facts:
    day: date
    at: datetime
    born: dict[str, date | None]
    active: dict[str, bool]
    duties: list[Duty]
    places: list[Place]
    custody: list[Custody]
    protected: set[str] = field(default_factory=set)
    handlers: list[Handler] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    table: dict[tuple[str, str], Row] = field(default_factory=dict)  # what a zone has changed

    def hats(self, person: str) -> set[Hat]:
        """Nobody is anything without an open account and a duty that holds."""
        if not self.active[person]:
            return set()
        held = [d for d in self.duties if d.person == person and d.holds(self.day)]
        return {Hat(person, duty.zone, duty.role) for duty in held}

    def rights(self, hat: Hat) -> Row:
        return self.table.get((hat.zone, hat.role), RIGHTS[hat.role])

    def may(self, hat: Hat, child: str, data_class: str) -> bool:
        """The question: does this person, as what it is now, read this of this child?"""
        if hat not in self.hats(hat.person):
            return False
        row = self.rights(hat)
        if child in self.protected:
            return self._handles(hat, child) and data_class in row.duty
        if data_class in row.duty and self._follows(hat, child):
            return True
        if data_class in row.case and self.has_case(hat, child):
            return True
        shown = GLASS_SHOWS if hat.zone == SCHOOL else GLASS_SHOWS_ELSEWHERE
        if data_class in shown and self.glass(hat, child):
            return True
        glass = data_class in GLASS_SHOWS | GLASS_SHOWS_ELSEWHERE and self.glass(hat, child)
        tied = bool(self._ties(hat, child)) or glass
        return data_class in row.consent and tied and self.agreed(child, data_class, hat.zone)

    def exists(self, hat: Hat, child: str) -> bool:
        """Does the child stand in the lists of who follows it by duty?"""
        if child in self.protected:
            return self._handles(hat, child)
        return self._follows(hat, child)

    def lets_out(self, hat: Hat, child: str, data_class: str) -> bool:
        """Does an answer with this of this child leave? Of whom a duty follows, each page says by
        itself what it shows to whom; of anybody else, what is read or was handed over.
        """
        if self.exists(hat, child) or self.may(hat, child, data_class):
            return True
        copies = {one.data_class for one in self.handed if self.receives(hat, one)}
        return child in {one.child for one in self.handed if self.receives(hat, one)} and (
            data_class in copies and self.may(hat, child, "K0")
        )

    def reads_note(self, hat: Hat, note: Note) -> bool:
        """A note is its own zone's; in school its author's and the named readers'."""
        branch = hat.zone.split(":", maxsplit=1)[0]
        if note.zone != hat.zone or not self.may(hat, note.child, NOTE_CLASS[branch]):
            return False
        return branch != "school" or hat.person == note.author or hat.person in note.readers

    def receives(self, hat: Hat, copy: Handed) -> bool:
        """A copy is seen by who has the child as its own matter where it went, and one that came
        by a consent only while that lets anything flow.
        """
        if copy.target != hat.zone or copy.child in self.protected:
            return False
        flows = copy.consent is None or self._flows(self.consents[copy.consent])
        return flows and self.has_case(hat, copy.child)

    def agreed(self, child: str, data_class: str, target: str) -> bool:
        """What is read so is the school's: only what the family lets go from there flows."""
        return any(
            one.child == child
            and one.source == SCHOOL
            and one.target == target
            and data_class in one.classes
            and self._flows(one)
            for one in self.consents
        )

    def _flows(self, consent: Consent) -> bool:
        return consent.status == "given" and consent.holds(self.day)

    def listed(self, child: str, source: str, target: str) -> dict[str, int]:
        """Which consent lists each class, from a zone to a zone; of several the one asked first."""
        found: dict[str, int] = {}
        for number, one in enumerate(self.consents):
            if (one.child, one.source, one.target) == (child, source, target) and self._flows(one):
                for data_class in one.classes:
                    found.setdefault(data_class, number)
        return found

    def _handles(self, hat: Hat, child: str) -> bool:
        return any(
            one.child == child and one.person == hat.person and one.holds(self.day)
            for one in self.handlers
        )

    def _follows(self, hat: Hat, child: str) -> bool:
        reach = self.rights(hat).follows
        places = [one for one in self.places if one.child == child and one.holds(self.day)]
        mine = [
            duty
            for duty in self.duties
            if (duty.person, duty.zone, duty.role) == (hat.person, hat.zone, hat.role)
            and duty.holds(self.day)
        ]
        if reach == "unit":
            return bool({duty.unit for duty in mine} & {place.unit for place in places})
        if reach == "group":
            return bool({d.group for d in mine if d.group} & {place.group for place in places})
        return False

    def _ties(self, hat: Hat, child: str) -> list[Tie]:
        return [
            tie
            for tie in self.ties
            if (tie.person, tie.child, tie.zone) == (hat.person, child, hat.zone)
            and tie.kind != "glass"
            and not tie.ended
            and tie.holds(self.day)
        ]

    def has_case(self, hat: Hat, child: str) -> bool:
        return any(tie.kind in CASES for tie in self._ties(hat, child))

    def glass(self, hat: Hat, child: str) -> bool:
        """Three hours, to the second, whatever the clock strikes meanwhile."""
        return any(
            (tie.person, tie.child, tie.zone) == (hat.person, child, hat.zone)
            and tie.closes is not None
            and not tie.ended
            and self.at < tie.closes
            for tie in self.ties
        )

    def guardians(self, child: str) -> set[str]:
        if child in self.protected:
            return set()
        return {c.guardian for c in self.custody if c.child == child and c.holds(self.day)}

    def age(self, child: str) -> int | None:
        born = self.born[child]
        if born is None:
            return None
        had_birthday = (self.day.month, self.day.day) >= (born.month, born.day)
        return self.day.year - born.year - (0 if had_birthday else 1)

    def weigh(self, consent: Consent) -> str:
        """What the family's latest words come to: given, some, no, or open."""
        child = consent.words.get("child")
        if consent.must == "child_alone":
            return "open" if child is None else "given" if child[0] else "no"
        asked = self.guardians(consent.child)
        adults = [consent.words[one][0] for one in asked if one in consent.words]
        if child is not None and not child[0] and self._child_stops(consent.child, young=child[1]):
            return "no"
        if False in adults:
            return "no"
        if True not in adults:
            return "open"
        enough = consent.must == "one_guardian" or len(adults) == len(asked)
        return "given" if enough else "some"

    def _child_stops(self, child: str, *, young: bool) -> bool:
        age = self.age(child)
        return (age is not None and age >= 15) or ((age is None or age >= 12) and not young)

    def edges(self) -> list[date]:
        """Days to come on which something begins or ends, and the days after."""
        spans: list[Span] = [
            *self.consents, *self.ties, *self.duties, *self.custody, *self.places, *self.handlers
        ]  # fmt: skip
        days = {span.first for span in spans} | {span.last for span in spans if span.last}
        days |= {day + timedelta(days=1) for day in days} | {date(self.day.year, 7, 1)}
        return sorted(day for day in days if self.day < day < date(2027, 12, 1))
