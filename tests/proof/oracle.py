"""An oracle of its own: who may see what of whom, from the permission model's text and plain facts.

Nothing here is taken from the rooms that decide it in the program: the table below was written by
hand from the model, and the facts come from what was seeded, not from the database. What the program
shows beyond this is a leak; where the table and the program's differ, a test says so.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

PAEDAGOGUES = ("teacher", "resource_teacher", "career_counsellor", "leisure_staff")
PRINCIPALS = ("principal", "deputy_principal")
STUDENT_HEALTH = ("counsellor", "psychologist", "special_educator")
MEDICAL = ("nurse", "doctor")
OPEN_SUPPORT = ("school_social_worker", "parent_adviser", "field_worker", "consultation_member")
SOCIAL = ("social_secretary", "family_therapist")
HEALTH = ("health_counsellor", "clinician")
# Those who lead, run, count or steer work without children's data.
NOBODYS = (
    "unit_head", "analyst", "system_administrator", "steering_member", "evaluator",
    "log_reviewer",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What a role reads: of whom its duty reaches, of its own case, and by consent besides."""

    reach: str = ""  # "group", "unit" or nobody
    duty: str = ""
    case: str = ""
    consent: str = ""

    def way(self, name: str) -> frozenset[str]:
        return frozenset(getattr(self, name).split())


# Sections 3 and 9 of the model, column by column. The addresses that social services and health care
# keep of their own (K2) are not kept in here, so none that is here is theirs.
TABLE: dict[str, Row] = {
    **dict.fromkeys(PAEDAGOGUES, Row("group", "K1", consent="K10")),
    "mentor": Row("group", "K0 K1 K2 K3 K4 K5 K12", consent="K10"),
    **dict.fromkeys(PRINCIPALS, Row("unit", "K0 K1 K2 K3 K4 K5 K10 K12")),
    **dict.fromkeys(
        STUDENT_HEALTH, Row("unit", "K1 K3 K12", "K0 K1 K2 K3 K4 K5 K6 K12", "K10")
    ),
    **dict.fromkeys(MEDICAL, Row(case="K0 K1 K2 K4 K7 K12", consent="K4 K5 K10")),
    "coordinator": Row(case="K0 K1 K10 K12", consent="K1 K3 K4 K5 K10"),
    **dict.fromkeys(SOCIAL, Row(case="K0 K8 K12", consent="K1 K3 K4 K5 K10")),
    **dict.fromkeys(OPEN_SUPPORT, Row(case="K0 K8 K12", consent="K1 K3 K5 K10")),
    **dict.fromkeys(HEALTH, Row(case="K0 K9 K12", consent="K1 K3 K4 K5 K10")),
    "school_administrator": Row("unit", "K1 K3"),
    "authority_officer": Row("unit", "K0 K1"),
    **dict.fromkeys(NOBODYS, Row()),
}  # fmt: skip
# Where the program opens less than the model would let it: role, way, classes, and why.
NARROWER = {
    ("resource_teacher", "reach", "group"): "follows nobody before timetables tell whom it works with",
    ("career_counsellor", "reach", "group"): "as the resource teacher",
    ("leisure_staff", "reach", "group"): "as the resource teacher",
    ("resource_teacher", "duty", "K1"): "follows nobody",
    ("career_counsellor", "duty", "K1"): "follows nobody",
    ("leisure_staff", "duty", "K1"): "follows nobody",
    ("resource_teacher", "consent", "K10"): "there are no plans yet",
    ("career_counsellor", "consent", "K10"): "there are no plans yet",
    ("leisure_staff", "consent", "K10"): "there are no plans yet",
    ("mentor", "consent", "K10"): "there are no plans yet",
    ("principal", "duty", "K10"): "there are no plans yet",
    ("deputy_principal", "duty", "K10"): "there are no plans yet",
    ("counsellor", "case", "K12"): "its duty reads consents already",
    ("psychologist", "case", "K12"): "its duty reads consents already",
    ("special_educator", "case", "K12"): "its duty reads consents already",
    ("nurse", "case", "K4"): "the school's causes come by consent; its own stand in its notes",
    ("doctor", "case", "K4"): "as the nurse",
    ("coordinator", "case", "K1"): "names come by consent",
    ("coordinator", "case", "K10"): "there are no plans yet",
}  # fmt: skip
GLASS = frozenset({"K1", "K3", "K10"})
GLASS_LASTS = timedelta(hours=3)
CASE_KINDS = frozenset({"student_health_case", "medical_case", "handler", "coordinator"})
# Which zone's branch each role's own notes are of, and whether a note there is its author's alone.
NOTES = {"K6": ("school", True), "K7": ("student_health", False), "K8": ("social", False)}
NOTES |= {"K9": ("health", False)}


@dataclass(frozen=True)
class Post:
    """A duty: where, as what, of which class if of one, and until when."""

    role: str
    zone: str
    unit: str
    group: str = ""
    last: date | None = None


@dataclass(frozen=True)
class Persona:
    """Somebody before the screen with one hat on; `person` is who it is."""

    key: str
    person: str
    post: Post | None = None
    is_closed: bool = False

    def works(self, day: date) -> bool:
        if self.post is None or self.is_closed:
            return False
        return self.post.last is None or self.post.last >= day


@dataclass(frozen=True)
class Stay:
    """Where a child goes to school, in which class, between which days."""

    unit: str
    group: str
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class Child:
    key: str
    stays: list[Stay]
    handlers: frozenset[str] = frozenset()
    is_protected: bool = False


@dataclass(frozen=True)
class Tie:
    person: str
    zone: str
    child: str
    kind: str
    first: date
    last: date


@dataclass
class Agreed:
    """What a family was asked, and what became of it."""

    child: str
    from_zone: str
    to_zone: str
    classes: frozenset[str]
    first: date
    last: date
    needs: int
    said_yes: int = 0
    is_withdrawn: bool = False

    def flows(self, day: date) -> bool:
        whole = self.said_yes == self.needs and not self.is_withdrawn
        return whole and self.first <= day <= self.last


@dataclass(frozen=True)
class Glass:
    person: str
    child: str
    broken_at: datetime

    def stands(self, at: datetime) -> bool:
        return self.broken_at <= at < self.broken_at + GLASS_LASTS


@dataclass
class Token:
    """One seeded text: about which child, of which class, of which zone, and what else opens it."""

    text: str
    child: str
    data_class: str
    zone: str
    author: str = ""
    is_draft: bool = False  # read by its author alone
    readers: frozenset[str] = frozenset()  # persons named to read it
    of: Agreed | None = None  # the consent that it is a text of
    said: list[Agreed] = field(default_factory=list)  # the consents whose giver this names
    copies: list[tuple[str, Agreed | None]] = field(default_factory=list)  # to whom, by what


@dataclass
class Facts:
    """All that was seeded, as whoever reads these lines knows it."""

    children: dict[str, Child] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    glasses: list[Glass] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)

    def may(self, who: Persona, token: Token, day: date, at: datetime) -> bool:
        """Whether a person with that hat may see a text on a day and at a moment."""
        post, child = who.post, self.children.get(token.child)
        if post is None or child is None or not who.works(day) or self._is_anothers(who, token):
            return False
        if child.is_protected:
            return self._handles(who, child, token)
        if token.data_class in NOTES:
            return self._note(who, post, token, day)
        if token.data_class == "K14":  # no table of rights opens it
            leads = post.role in PRINCIPALS and self._follows(post, "unit", child.key, day)
            return leads or who.person == token.author
        if token.data_class == "K0" and token.author:
            return who.person == token.author and post.zone == token.zone
        if token.of is not None and post.zone not in (token.of.from_zone, token.of.to_zone):
            return False
        if token.author == who.person and self._follows(
            post, TABLE[post.role].reach, child.key, day
        ):
            return True  # its own words, of a child that it still has
        reads = self.reads(who, child.key, day, at)
        # A consent names its givers: to those of the zone that asked, and where it lets data flow.
        named = any(
            each.from_zone == post.zone or (each.to_zone == post.zone and each.flows(day))
            for each in token.said
        )
        return token.data_class in reads or (named and "K12" in reads)

    def gives(self, who: Persona, token: Token, day: date) -> bool:
        """Whether a log reviewer may see a text in the extract that it gives a family of its zone:
        whom it is about, and whom it is for. Of nobody who is protected.
        """
        child = self.children.get(token.child)
        return (
            who.works(day)
            and who.post is not None
            and who.post.role == "log_reviewer"
            and who.post.zone.startswith("school:")
            and child is not None
            and not child.is_protected
            and token.data_class in ("K1", "K2")
        )

    def _is_anothers(self, who: Persona, token: Token) -> bool:
        """A draft is read by its author alone."""
        return token.is_draft and who.person != token.author

    def allowed(self, who: Persona, day: date, at: datetime) -> set[str]:
        return {text for text, token in self.tokens.items() if self.may(who, token, day, at)}

    def reads(self, who: Persona, child: str, day: date, at: datetime) -> frozenset[str]:
        """Which classes of an unprotected child's data."""
        post = who.post
        if post is None or not who.works(day):
            return frozenset()
        row, found = TABLE[post.role], frozenset[str]()
        if self._follows(post, row.reach, child, day):
            found |= row.way("duty")
        kinds = self._kinds(who, child, day)
        if kinds & CASE_KINDS:
            found |= row.way("case")
        if self._glass(who, child, at):
            found |= GLASS if post.zone.startswith("school:") else frozenset()
        if kinds:
            found |= row.way("consent") & self._flowing(child, post.zone, day)
        return found

    def knows_of(self, who: Persona, child: str, day: date, at: datetime) -> bool:
        """Whether the person may know that there is such a child here at all."""
        found = self.children[child]
        if found.is_protected:
            return who.works(day) and who.person in found.handlers
        return bool(self.reads(who, child, day, at)) or bool(self._kinds(who, child, day))

    def _handles(self, who: Persona, child: Child, token: Token) -> bool:
        if who.person not in child.handlers or who.post is None:
            return False
        if token.data_class == "K14":
            return who.post.role in PRINCIPALS
        return (
            token.data_class in TABLE[who.post.role].way("duty") and token.data_class not in NOTES
        )

    def _follows(self, post: Post, reach: str, child: str, day: date) -> bool:
        stays = [stay for stay in self.children[child].stays if stay.holds(day)]
        if reach == "group":
            return any(post.group and stay.group == post.group for stay in stays)
        return reach == "unit" and any(stay.unit == post.unit for stay in stays)

    def _kinds(self, who: Persona, child: str, day: date) -> set[str]:
        zone = who.post.zone if who.post else ""
        mine = [tie for tie in self.ties if (tie.person, tie.zone) == (who.person, zone)]
        return {tie.kind for tie in mine if tie.child == child and tie.first <= day <= tie.last}

    def _glass(self, who: Persona, child: str, at: datetime) -> bool:
        mine = [each for each in self.glasses if (each.person, each.child) == (who.person, child)]
        return any(each.stands(at) for each in mine)

    def _flowing(self, child: str, zone: str, day: date) -> frozenset[str]:
        live = [each for each in self.agreed if (each.child, each.to_zone) == (child, zone)]
        return frozenset[str]().union(*(each.classes for each in live if each.flows(day)))

    def _note(self, who: Persona, post: Post, token: Token, day: date) -> bool:
        """A note is its zone's; besides, a copy that was handed over is the receiving handler's."""
        if not self._kinds(who, token.child, day) & CASE_KINDS:
            return False
        branch, authors_alone = NOTES[token.data_class]
        if post.zone == token.zone and post.zone.startswith(f"{branch}:"):
            reads = token.data_class in TABLE[post.role].way("case")
            mine = who.person == token.author or who.person in token.readers
            return reads and (mine or not authors_alone)
        return any(zone == post.zone and (by is None or by.flows(day)) for zone, by in token.copies)


def positive(facts: Facts, personas: Collection[Persona], day: date, at: datetime) -> set[str]:
    """The personas that see something: each must be seen to, or an empty page would pass."""
    return {who.key for who in personas if facts.allowed(who, day, at)}
