"""A house where every text about a child is a canary: told twice, as rows and as plain facts.

Rows are made through the services, as people at work would; what an oracle needs to know of them is
written down beside, and is never read back from the database.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.announced import Announced, ToldBy
from samnarvaro.attendance.services import announcing, leave
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.agreement import Said, Way
from samnarvaro.consents.domain.handing_over import Code
from samnarvaro.consents.domain.relations import SUITS, Kind, last_day_possible
from samnarvaro.consents.queries import handed_over
from samnarvaro.consents.services import agreements, handing_over, relations
from samnarvaro.followup.services import measures
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.notes import services as notes
from samnarvaro.organisation.models import Group, SchoolAuthority, Unit
from samnarvaro.outreach.domain.contacts import Outcome, Told
from samnarvaro.outreach.domain.needs import Whom
from samnarvaro.outreach.services import contacts as outreach
from samnarvaro.people import services as people
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Account, Duty, Enrolment, Guardianship, Pupil, Staff
from samnarvaro.people.services import accounts, addresses
from samnarvaro.staircase import services as staircase
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests import house as houses
from tests.proof import seeding_cases, seeding_mapping
from tests.proof.oracle import Agreed, Child, Facts, Glass, Persona, Post, Stay, Tie, Token

DAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
SCHOOL, SOCIAL, HEALTH, MEDICAL = "school:9999", "social:9999", "health:9999", "student_health:9999"
HERE, THERE = "strand", "berg"
LONG_AGO = DAY - timedelta(days=200)
# Names of children for what is the matter with them; who has which is written in `Seeder.build`.
OURS = (
    "own", "mate", "cause", "expired", "lately", "withdrawn", "waiting", "elsewhere", "tied",
    "agreed", "review",
)  # fmt: skip
THEIRS = ("foreign", "opened", "closed")


def system(on: date = DAY) -> Scope:
    return consents.system_scope(purpose="test", on=on)


class Seeder:
    """Builds the house and the facts side by side."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.pupils: dict[str, Pupil] = {}
        self.staff: dict[str, Staff] = {}
        self.personas: dict[str, Persona] = {}
        self.ties: dict[tuple[str, str], UUID] = {}  # person, child
        self.notes: dict[str, list[UUID]] = {}  # of whose hand
        self.glasses: dict[str, UUID] = {}
        self.consents: list[tuple[str, UUID]] = []  # of which child
        self.items: dict[str, list[UUID]] = {}  # of which child
        self.gone = UUID(int=0)  # a pupil that was, and is deleted
        self.names: dict[str, list[tuple[str, str]]] = {}  # of each child's guardians
        self._numbers = count(1)

    def token(
        self, child: str, data_class: str, zone: str = SCHOOL, *, author: str = "",
        of: Agreed | None = None, is_draft: bool = False,
    ) -> str:  # fmt: skip
        branch = zone.partition(":")[0].replace("_", "")
        text = f"CNR-{child}-{data_class}-{branch}-{next(self._numbers)}"
        self.facts.tokens[text] = Token(text, child, data_class, zone, author, is_draft, of=of)
        return text

    def scope(self, who: str, on: date = DAY, at: datetime = NOW) -> Scope:
        account = self.staff[who].account_id
        assert account is not None
        return consents.scope_for(account, hat=None, on=on, at=at)

    def person(
        self, who: str, role: Role, unit: Unit, post: Post, group: Group | None = None
    ) -> Staff:
        account = Account.objects.create(username=who)
        staff = Staff.objects.create(account=account, given_name="Test", family_name=who)
        self.staff[who] = staff
        self.duty(staff, role, unit, post, group)
        self.personas[who] = Persona(who, who, post)
        return staff

    def duty(
        self, staff: Staff, role: Role, unit: Unit, post: Post, group: Group | None = None
    ) -> None:
        Duty.objects.create(
            staff=staff, unit=unit, group=group, role=role, first_day=LONG_AGO, last_day=post.last
        )

    def child(self, key: str, group: Group, at: str) -> Pupil:
        """A pupil whose names, number and id are canaries."""
        pupil = self.pupils.get(key) or Pupil.objects.create(
            authority=group.unit.agency.authority, pupil_id=f"vik-{key}", sort_key=f"cnr {key}"
        )
        if not Enrolment.objects.filter(pupil=pupil).exists():
            Enrolment.objects.create(
                pupil=pupil, unit=group.unit, group=group, grade=group.grade, first_day=LONG_AGO
            )
        pupil.given_name, pupil.family_name = self.token(key, "K1"), self.token(key, "K1")
        pupil.telephone = self.token(key, "K2")
        pupil.save()
        self.pupils[key] = pupil
        self.facts.children[key] = Child(key, [Stay(at, group.name, LONG_AGO)])
        for _each in range(2):
            name = (self.token(key, "K2"), self.token(key, "K2"))
            self.names.setdefault(key, []).append(name)
            guardian = people.ensure_guardian(
                Contact(
                    *name, self.token(key, "K2"),
                    f"{self.token(key, 'K2')}@example.org",
                ),
                by=system(), at=NOW,
            )  # fmt: skip
            people.set_guardianship(
                pupil=pupil.pk, guardian=guardian.pk, first_day=LONG_AGO, by=system(), at=NOW
            )
        return pupil

    def tie(self, who: str, child: str, kind: Kind, zone: str) -> None:
        last = last_day_possible(DAY)
        made = relations.grant(
            pupil=self.pupils[child].pk, staff=self.staff[who].pk, kind=kind, zone=zone,
            last_day=last, by=system(DAY - timedelta(days=70)), at=NOW,
        )  # fmt: skip
        self.ties[who, child] = made.public
        self.facts.ties.append(Tie(who, zone, child, kind, DAY - timedelta(days=70), last))

    def agree(
        self, child: str, to_zone: str, *classes: K, first: date = DAY - timedelta(days=20),
        days: int = 60, yes: int = 2,
    ) -> tuple[Agreed, UUID]:  # fmt: skip
        """A mentor asks the family; so many of its two guardians say yes."""
        fact = Agreed(
            child, SCHOOL, to_zone, frozenset(classes), first, first + timedelta(days=days - 1),
            needs=2, said_yes=yes,
        )  # fmt: skip
        self.facts.agreed.append(fact)
        by = self.scope("mentor", first)
        asked = agreements.ask(
            pupil=self.pupils[child].public,
            terms=agreements.Terms(
                to_zone=to_zone, classes=classes, purpose=self.token(child, "K12", of=fact),
                wording=self.token(child, "K12", of=fact),
                conditions=self.token(child, "K12", of=fact),
                valid_from=fact.first, valid_to=fact.last,
            ),
            by=by, at=NOW,
        )  # fmt: skip
        self.consents.append((child, asked.public))
        given = zip(people_of(self.pupils[child].pk), self.names[child], strict=True)
        for guardian, name in list(given)[:yes]:
            for text in name:
                self.facts.tokens[text].said.append(fact)
            agreements.answer(
                consent=asked.public,
                told=agreements.Told(guardian=guardian, said=Said.YES, way=Way.PAPER),
                by=by, at=NOW,
            )  # fmt: skip
        return fact, asked.public

    def note(self, who: str, child: str, data_class: str, zone: str) -> str:
        text = self.token(child, data_class, zone, author=who)
        made = notes.write(tie=self.ties[who, child], text=text, by=self.scope(who), at=NOW)
        self.notes.setdefault(who, []).append(made.public)
        return text

    def hand(self, child: str, text: str, to_zone: str, agreed: Agreed | None) -> None:
        """The counsellor hands a note of hers over: by the consent, or as the law lets it."""
        by, pupil = self.scope("counsellor"), self.pupils[child]
        key = next(
            item.key for item in handed_over.offered(pupil.pk, by=by) if text in item.lines
        )  # fmt: skip
        ground = None
        if agreed is None:
            ground = handing_over.Ground(
                code=Code.GENERAL_CLAUSE, decided_by=self.staff["principal"].pk,
                why=self.token(child, "K6", SCHOOL, author="counsellor"),
            )  # fmt: skip
        handing_over.give(
            pupil=pupil.public, to_zone=to_zone, keys=[key], by=by, at=NOW, ground=ground
        )
        self.facts.tokens[text].copies.append((to_zone, agreed))

    def glass(self, who: str, child: str, at: datetime) -> None:
        made = relations.break_glass(
            pupil=self.pupils[child].pk, reason="danger", signed_in_anew=True,
            words=f"{self.token(child, 'K0')} ringde och vågar inte gå hem i dag.",
            by=self.scope(who, at=at), at=at,
        )  # fmt: skip
        self.glasses[child] = made.public
        self.facts.glasses.append(Glass(who, child, at))

    def contact(self, who: str, child: str) -> None:
        outreach.record(
            Told(
                made_on=DAY, whom=Whom.PUPIL, outcome=Outcome.REACHED,
                mood=self.token(child, "K4"), text=self.token(child, "K4"),
            ),
            pupil=self.pupils[child].public, by=self.scope(who), at=NOW, on=DAY,
        )  # fmt: skip

    def marks(self, keys: Iterable[str], code: str, days: int = 8) -> None:
        """Lessons whose subject is a canary, half of them missed without a word."""
        lines = ["pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"]
        school_days = [DAY - timedelta(days=n) for n in range(1, 30)]
        for key in keys:
            subject = self.token(key, "K3")
            for number, day in enumerate([d for d in school_days if d.weekday() < 5][:days]):
                kind = "unexcused" if number % 2 else "present"
                lines.append(f"{self.pupils[key].pupil_id},{code},{day},10:30,60,{subject},{kind},")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "marks.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            report = attendance.take_in(path, attendance.Options(), by=system(), at=NOW)
        assert report.new == len(lines) - 1, report


def people_of(pupil: int) -> list[UUID]:
    rows = Guardianship.objects.filter(pupil=pupil).order_by("pk")
    return list(rows.values_list("guardian__public", flat=True))


def build() -> Seeder:
    """Everybody, everything that can be said of a child, and every way in or out."""
    seeder = Seeder()
    house = houses.build(DAY)
    here, there = Unit.objects.get(code="99000002"), Unit.objects.get(code="99000003")
    ours, theirs = Group.objects.get(unit=here), Group.objects.get(unit=there)
    _roles(seeder, house)
    _others(seeder, here, there, ours, theirs)
    _children(seeder, house, ours, theirs)
    _agreements(seeder)
    _written(seeder)
    _work(seeder)
    _shield(seeder)
    gone = Pupil.objects.create(
        authority=SchoolAuthority.objects.get(), pupil_id="vik-gone", sort_key="gone"
    )
    seeder.gone = gone.public
    gone.delete()
    return seeder


def _roles(seeder: Seeder, house: houses.House) -> None:
    branch = {"social": "förebyggande", "health": "bup", "student_health": "emi"}
    for role in Role:
        kind = houses.NOT_IN_SCHOOL.get(role, "school")
        group = "8B" if role in (Role.MENTOR, Role.TEACHER) else ""
        post = Post(role.value, f"{kind}:9999", branch.get(kind, HERE), group)
        seeder.personas[role.value] = Persona(role.value, role.value, post)
        seeder.staff[role.value] = Staff.objects.get(account=house.accounts[role])


def _others(seeder: Seeder, here: Unit, there: Unit, ours: Group, theirs: Group) -> None:
    """Another school's people, somebody without any child, two hats, a leaver, a closed account."""
    care = Unit.objects.get(agency__zone=SOCIAL)
    seeder.person("there_mentor", Role.MENTOR, there, Post("mentor", SCHOOL, THERE, "7A"), theirs)
    seeder.person("there_principal", Role.PRINCIPAL, there, Post("principal", SCHOOL, THERE))
    seeder.person(
        "idle_secretary", Role.SOCIAL_SECRETARY, care, Post("social_secretary", SOCIAL, "x")
    )
    first = Post("mentor", SCHOOL, THERE, "7A")
    both = seeder.person("two_hats", Role.MENTOR, there, first, theirs)
    second = Post("social_secretary", SOCIAL, "x")
    seeder.duty(both, Role.SOCIAL_SECRETARY, care, second)
    seeder.personas["two_hats"] = Persona("two_hats", "two_hats", first)
    seeder.personas["two_hats_social"] = Persona("two_hats_social", "two_hats", second)
    left = Post("mentor", SCHOOL, HERE, "8B", last=DAY - timedelta(days=1))
    seeder.person("leaver", Role.MENTOR, here, left, ours)
    shut = seeder.person("shut_out", Role.PRINCIPAL, here, Post("principal", SCHOOL, HERE))
    seeder.personas["shut_out"] = Persona(
        "shut_out", "shut_out", Post("principal", SCHOOL, HERE), is_closed=True
    )
    assert shut.account_id is not None
    accounts.close_account(account=shut.account_id, by=system(), at=NOW)
    seeder.personas["nobody"] = Persona("nobody", "")


def _children(seeder: Seeder, house: houses.House, ours: Group, theirs: Group) -> None:
    known = {
        "own": house.own, "mate": house.classmate, "foreign": house.foreign,
        "protected": house.protected,
    }  # fmt: skip
    seeder.pupils = {key: Pupil.objects.get(public=public) for key, public in known.items()}
    tindra = seeder.pupils["protected"]
    seeder.facts.children["protected"] = Child(
        "protected", [Stay(HERE, "8B", LONG_AGO)], frozenset({"unit_head"}), is_protected=True
    )
    people.set_alias(pupil=tindra.pk, alias=seeder.token("protected", "K1"), by=system(), at=NOW)
    for key in (*OURS, "shielded"):
        seeder.child(key, ours, HERE)
    for key in THEIRS:
        seeder.child(key, theirs, THERE)
    moved = seeder.child("moved", ours, HERE)
    left = DAY - timedelta(days=30)
    Enrolment.objects.filter(pupil=moved).update(last_day=left)
    Enrolment.objects.create(
        pupil=moved, unit=theirs.unit, group=theirs, grade="7", first_day=left + timedelta(days=1)
    )
    seeder.facts.children["moved"].stays = [
        Stay(HERE, "8B", LONG_AGO, left), Stay(THERE, "7A", left + timedelta(days=1))
    ]  # fmt: skip
    for role, public in house.ties.items():
        zone = f"{houses.NOT_IN_SCHOOL.get(role, 'school')}:9999"
        seeder.ties[role.value, "own"] = public
        kind = next(kind for kind in _CASES if role in SUITS[kind])
        seeder.facts.ties.append(
            Tie(role.value, zone, "own", kind, DAY, last_day_possible(DAY))
        )  # fmt: skip


def zone_of(seeder: Seeder, who: str) -> str:
    post = seeder.personas[who].post
    assert post is not None
    return post.zone


_CASES = (Kind.STUDENT_HEALTH_CASE, Kind.MEDICAL_CASE, Kind.HANDLER, Kind.COORDINATOR)


def _agreements(seeder: Seeder) -> None:
    handled = ("cause", "expired", "lately", "withdrawn", "waiting", "elsewhere", "tied", "review")
    for key in handled:
        seeder.tie("social_secretary", key, Kind.HANDLER, SOCIAL)
        seeder.tie("school_social_worker", key, Kind.HANDLER, SOCIAL)
        seeder.tie("clinician", key, Kind.HANDLER, HEALTH)
    seeder.tie("two_hats", "tied", Kind.HANDLER, SOCIAL)
    seeder.tie("two_hats", "agreed", Kind.HANDLER, SOCIAL)
    for key in ("withdrawn", "elsewhere"):
        seeder.tie("counsellor", key, Kind.STUDENT_HEALTH_CASE, SCHOOL)
    live = (K.NAME, K.ATTENDANCE, K.COUNSELLOR_NOTE)
    own, _ = seeder.agree("own", SOCIAL, *live)
    seeder.agree("agreed", SOCIAL, K.NAME, K.ATTENDANCE)
    seeder.agree("cause", SOCIAL, K.NAME, K.CAUSE)  # a name, causes, and no minutes
    seeder.agree("expired", SOCIAL, *live, K.CAUSE, first=DAY - timedelta(days=60), days=30)
    seeder.agree("lately", SOCIAL, *live, K.CAUSE, first=DAY - timedelta(days=30), days=30)
    seeder.agree("waiting", SOCIAL, *live, K.CAUSE, yes=1)
    seeder.agree("elsewhere", HEALTH, *live, K.CAUSE)
    taken, public = seeder.agree("withdrawn", SOCIAL, *live, K.CAUSE)
    shaken, _ = seeder.agree("review", SOCIAL, *live, K.CAUSE)
    kept = seeder.note("counsellor", "own", "K6", SCHOOL)
    gone = seeder.note("counsellor", "withdrawn", "K6", SCHOOL)
    by_law = seeder.note("counsellor", "elsewhere", "K6", SCHOOL)
    seeder.hand("own", kept, SOCIAL, own)
    seeder.hand("withdrawn", gone, SOCIAL, taken)
    seeder.hand("elsewhere", by_law, SOCIAL, None)
    agreements.withdraw(consent=public, way=Way.PHONE, by=seeder.scope("mentor"), at=NOW)
    taken.is_withdrawn = True
    agreements.shake(pupil=seeder.pupils["review"].pk)  # as when a giver is no guardian any more
    shaken.is_withdrawn = True


def _written(seeder: Seeder) -> None:
    """Notes of each zone, what a zone itself calls a child, glasses."""
    seeder.note("counsellor", "own", "K6", SCHOOL)
    seeder.note("psychologist", "own", "K6", SCHOOL)
    seeder.note("nurse", "own", "K7", MEDICAL)
    for child in ("own", "tied", "withdrawn", "expired"):
        seeder.note("social_secretary", child, "K8", SOCIAL)
    for child in ("own", "elsewhere"):
        seeder.note("clinician", child, "K9", HEALTH)
    named = (("social_secretary", "own"), ("social_secretary", "tied"), ("clinician", "own"))
    for who, child in named:
        relations.call_child(
            relation=seeder.ties[who, child], known_as=seeder.token(child, "K0", zone_of(seeder, who), author=who),
            by=seeder.scope(who), at=NOW,
        )  # fmt: skip
    for child, hours in (("opened", 1), ("closed", 4)):
        seeder.glass("counsellor", child, NOW - timedelta(hours=hours))


def _work(seeder: Seeder) -> None:
    """Lessons, calls, measures, announced days, granted leave, and rows of work with words."""
    seeder.marks(OURS, "99000002")
    seeder.marks((*THEIRS, "moved"), "99000003")
    staircase.nightly(as_of=DAY, by=system(), at=NOW)
    for key in (*OURS, *THEIRS):
        mentor, principal = (
            ("there_mentor", "there_principal") if key in THEIRS else ("mentor", "principal")
        )
        seeder.contact(mentor, key)
        public = seeder.pupils[key].public
        measures.start_measure(
            public, what=seeder.token(key, "K4"), days=(DAY, DAY + timedelta(days=20)),
            by=seeder.scope(mentor), at=NOW, on=DAY,
        )  # fmt: skip
        announcing.announce(
            Announced(first_day=DAY, last_day=DAY), pupil=public, told_by=ToldBy.GUARDIAN,
            by=seeder.scope(mentor), at=NOW, on=DAY,
        )  # fmt: skip
        seeding_mapping.map_with(seeder, mentor, key)
        leave.grant(
            (DAY + timedelta(days=5), DAY + timedelta(days=6)), pupil=public,
            by=seeder.scope(principal), at=NOW, on=DAY,
        )  # fmt: skip
    seeding_cases.investigate(seeder, OURS, THEIRS)
    _act(seeder)
    for who in ("mentor", "principal", "counsellor", "social_secretary"):
        account = seeder.staff[who].account_id
        assert account is not None
        addresses.set_email(account, f"{who.replace('_', '.')}@example.org", by=system(), at=NOW)


def _act(seeder: Seeder) -> None:
    keys = {pupil.pk: key for key, pupil in seeder.pupils.items()}
    for item in Item.objects.exclude(pupil=None).order_by("pk"):
        key = keys[item.pupil_id or 0]
        seeder.items.setdefault(key, []).append(item.public)
    for item in Item.objects.filter(state="open", pupil__in=keys).order_by("pk"):
        key = keys[item.pupil_id or 0]
        if (who := item.acts) not in seeder.personas or key not in ("own", "withdrawn", "expired"):
            continue
        worklist.act(
            item.public, Act.WAIT, text=seeder.token(key, "K4", author=who),
            wait_until=DAY + timedelta(days=3), by=seeder.scope(who), at=NOW, on=DAY,
        )  # fmt: skip


def _shield(seeder: Seeder) -> None:
    """Protection that comes late, to a pupil of whom all was written; a mentor is named to handle."""
    pupil, fact = seeder.pupils["shielded"], seeder.facts.children["shielded"]
    people.protect(pupil=pupil.pk, level=Level.CONFIDENTIAL, by=system(), at=NOW)
    fact.is_protected = True
    alias = seeder.token("shielded", "K1")
    people.set_alias(pupil=pupil.pk, alias=alias, by=system(), at=NOW)
    people.name_handler(
        pupil=pupil.pk, staff=seeder.staff["mentor"].pk,
        decided_by=(seeder.staff["unit_head"].pk, seeder.staff["analyst"].pk), first_day=DAY,
        by=system(), at=NOW,
    )  # fmt: skip
    fact.handlers = frozenset({"mentor"})
