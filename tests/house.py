"""A small house with somebody in every role: for the tests that try every address as everyone."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock
from samnarvaro.cases.domain.investigation import Judgement
from samnarvaro.cases.domain.steps import Referrer
from samnarvaro.cases.services import cases, judging
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.relations import SUITS, Kind, last_day_possible
from samnarvaro.consents.models import Consent
from samnarvaro.consents.services import relations
from samnarvaro.kernel.access import Holder, Role
from samnarvaro.mapping.models import Factor, InstrumentVersion, Mapping, Response
from samnarvaro.organisation.domain.school_days import SchoolCalendar, school_year_of
from samnarvaro.organisation.models import Agency, Group, SchoolAuthority, Unit
from samnarvaro.people.models import Account, Duty, Enrolment, NamedHandler, Pupil, Staff
from samnarvaro.staircase import services as staircase
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.models import Item

NOT_IN_SCHOOL = {
    Role.SCHOOL_SOCIAL_WORKER: "social",
    Role.SOCIAL_SECRETARY: "social",
    Role.FAMILY_THERAPIST: "social",
    Role.PARENT_ADVISER: "social",
    Role.FIELD_WORKER: "social",
    Role.UNIT_HEAD: "social",
    Role.CONSULTATION_MEMBER: "social",
    Role.CLINICIAN: "health",
    Role.HEALTH_COUNSELLOR: "health",
    Role.NURSE: "student_health",
    Role.DOCTOR: "student_health",
}
DAYS = 20  # school days with marks


@dataclass(slots=True)
class House:
    """Ids of those who matter: one's own pupil, another school's, and a protected one."""

    accounts: dict[Role, int] = field(default_factory=dict)
    own: UUID = field(default_factory=lambda: UUID(int=0))
    classmate: UUID = field(default_factory=lambda: UUID(int=0))
    foreign: UUID = field(default_factory=lambda: UUID(int=0))
    protected: UUID = field(default_factory=lambda: UUID(int=0))
    unit: UUID = field(default_factory=lambda: UUID(int=0))
    foreign_unit: UUID = field(default_factory=lambda: UUID(int=0))
    group: UUID = field(default_factory=lambda: UUID(int=0))
    foreign_group: UUID = field(default_factory=lambda: UUID(int=0))
    items: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    ties: dict[Role, UUID] = field(default_factory=dict)
    consents: dict[UUID, UUID] = field(default_factory=dict)  # of each pupil who can have one
    mappings: dict[UUID, UUID] = field(default_factory=dict)  # of the own pupil and the foreign one
    responses: dict[UUID, UUID] = field(default_factory=dict)  # to an instrument; likewise


def build(today: date) -> House:
    """Build it: two schools, social services and health care; 20 days of marks; one nightly run.

    The own pupil and the protected one are absent enough for both levels.
    """
    house = House()
    authority = SchoolAuthority.objects.create(code="9999", name="Vik")
    agencies = {
        kind: Agency.objects.create(
            authority=authority,
            kind="health" if kind == "student_health" else kind,
            name=kind,
            zone=f"{kind}:9999",
        )
        for kind in ("school", "social", "health", "student_health")
    }
    here = Unit.objects.create(agency=agencies["school"], code="99000002", name="Strandskolan")
    there = Unit.objects.create(agency=agencies["school"], code="99000003", name="Bergskolan")
    places = {
        "school": here,
        "social": Unit.objects.create(agency=agencies["social"], name="Förebyggande enheten"),
        "health": Unit.objects.create(agency=agencies["health"], name="BUP"),
        "student_health": Unit.objects.create(agency=agencies["student_health"], name="EMI"),
    }
    year = school_year_of(today)
    ours = Group.objects.create(unit=here, name="8B", grade="8", school_year=year)
    theirs = Group.objects.create(unit=there, name="7A", grade="7", school_year=year)
    house.unit, house.foreign_unit = here.public, there.public
    house.group, house.foreign_group = ours.public, theirs.public
    saga = _pupil(authority, "saga", "Saga", ours, today)
    noor = _pupil(authority, "noor", "Noor", ours, today)
    alva = _pupil(authority, "alva", "Alva", theirs, today)
    tindra = _pupil(authority, "tindra", "Tindra", ours, today, protection=1)
    house.own, house.classmate, house.foreign, house.protected = (
        saga.public, noor.public, alva.public, tindra.public,
    )  # fmt: skip
    staff = _employ(house, places, ours, today)
    house.ties = _tie(saga, staff, today)
    NamedHandler.objects.create(
        pupil=tindra,
        staff=staff[Role.UNIT_HEAD],
        decided_by=staff[Role.ANALYST],
        decided_also_by=staff[Role.EVALUATOR],
        first_day=today - timedelta(days=100),
    )
    _mark(today)
    staircase.nightly(
        as_of=today, by=consents.system_scope(purpose="test", on=today), at=clock.now()
    )
    _raise_for_everybody([saga, alva, tindra], today)
    house.items = {
        (item.pupil.public, item.acts): item.public
        for item in Item.objects.select_related("pupil")
        if item.pupil
    }
    _agree(house, staff, [saga, alva])
    _investigate(house, saga, today)
    house.mappings = {
        each.public: mapped(each, staff[Role.COUNSELLOR], today) for each in (saga, alva)
    }
    house.responses = {
        each.public: answered(each, staff[Role.COUNSELLOR], today) for each in (saga, alva)
    }
    return house


def _tie(pupil: Pupil, staff: dict[Role, Staff], today: date) -> dict[Role, UUID]:
    """Everybody who can have a child as its own matter has this one."""
    zone = {role: NOT_IN_SCHOOL.get(role, "school") for role in Role}
    kinds = (Kind.STUDENT_HEALTH_CASE, Kind.MEDICAL_CASE, Kind.HANDLER, Kind.COORDINATOR)
    return {
        role: relations.grant(
            pupil=pupil.pk,
            staff=staff[role].pk,
            kind=kind,
            zone=f"{zone[role]}:9999",
            last_day=last_day_possible(today),
            by=consents.system_scope(purpose="test", on=today),
            at=clock.now(),
        ).public
        for role in Role
        if (kind := next((kind for kind in kinds if role in SUITS[kind]), None))
    }


def _raise_for_everybody(pupils: list[Pupil], today: date) -> None:
    """A row about each pupil for each who can hold one, beside those that the staircase raised."""
    by = consents.system_scope(purpose="test", on=today)
    worklist.raise_items(
        [
            worklist.NewItem(
                subject=f"house:{holder}:{pupil.pk}",
                kind="house",
                pupil=pupil.pk,
                acts=holder,
                level=1,
                figures={},
                raised_on=today,
                due_on=today,
            )
            for pupil in pupils
            for holder in set(Holder) - {Holder.MENTOR, Holder.PRINCIPAL}
        ],
        by=by,
        at=clock.now(),
    )


def mapped(pupil: Pupil, author: Staff, today: date) -> UUID:
    """A simple mapping that is locked, in which the child and the school see it differently."""
    row = Mapping.objects.create(
        pupil=pupil, depth="simple", author=author, begun_on=today, changed_at=clock.now(),
        final_at=clock.now(), held_on=today, methods=["talk"],
        child_words="Det är så högt i matsalen.", triggers=["adaptation_missing"],
    )  # fmt: skip
    for source, strength in (("child", 3), ("school", 1)):
        Factor.objects.create(
            mapping=row, kind="stressful_place", source=source, direction="away",
            strength=strength, words="Äter inte i matsalen.",
        )  # fmt: skip
    return row.public


def answered(pupil: Pupil, author: Staff, today: date) -> UUID:
    """A simple instrument that the pupil has answered, locked."""
    instrument = InstrumentVersion.objects.get(name="samnarvaro-elev-aldre-enkel", state="active")
    return Response.objects.create(
        pupil=pupil, instrument=instrument, author=author, begun_on=today, changed_at=clock.now(),
        final_at=clock.now(), held_on=today, method="self_rating",
        answers={"2.1": "3", "2.2": "ofta", "2.3": "ibland", "4.2": "Äta någon annanstans."},
    ).public  # fmt: skip


def _agree(house: House, staff: dict[Role, Staff], pupils: list[Pupil]) -> None:
    """Ask for a consent about each pupil, to social services; nobody has answered."""
    by = consents.system_scope(purpose="test", on=clock.today())
    for pupil in pupils:
        row = Consent.objects.create(
            pupil=pupil, from_zone="school:9999", to_zone="social:9999", purpose="Stöd hemma",
            wording="Får vi berätta?", must_say_yes="all_guardians", state="no_answer",
            valid_from=by.day, valid_to=by.day + timedelta(days=30),
            asked_by=staff[Role.PRINCIPAL], asked_at=clock.now(),
        )  # fmt: skip
        house.consents[pupil.public] = row.public


def _investigate(house: House, pupil: Pupil, today: date) -> None:
    """The principal judges the own pupil's absence; it is investigated, and a case is opened."""
    by = consents.scope_for(house.accounts[Role.PRINCIPAL], hat=None, on=today)
    judging.judge(
        pupil.public, judgement=Judgement.REPEATED, why="Borta varannan dag", by=by, at=clock.now(),
        on=today,
    )  # fmt: skip
    cases.open_case(
        pupil.public, need="Någon som möter på morgonen", referrer=Referrer.SCHOOL, by=by,
        at=clock.now(), on=today,
    )  # fmt: skip


def _pupil(
    authority: SchoolAuthority, key: str, name: str, group: Group, today: date, protection: int = 0
) -> Pupil:
    pupil = Pupil.objects.create(
        authority=authority,
        pupil_id=f"vik-{key}",
        given_name="" if protection else name,
        family_name="" if protection else "Hemlig" + name,
        sort_key=f"hemlig{key}",
        alias=f"Alias{name}" if protection else "",
        protection=protection,
    )
    Enrolment.objects.create(
        pupil=pupil,
        unit=group.unit,
        group=group,
        grade=group.grade,
        first_day=today - timedelta(days=200),
    )
    return pupil


def _employ(house: House, places: dict[str, Unit], group: Group, today: date) -> dict[Role, Staff]:
    staff: dict[Role, Staff] = {}
    for role in Role:
        account = Account.objects.create(username=role.value)
        staff[role] = Staff.objects.create(
            account=account, given_name="Test", family_name=role.value
        )
        Duty.objects.create(
            staff=staff[role],
            unit=places[NOT_IN_SCHOOL.get(role, "school")],
            group=group if role in (Role.MENTOR, Role.TEACHER) else None,
            role=role,
            first_day=today - timedelta(days=100),
        )
        house.accounts[role] = account.pk
    return staff


def _mark(today: date) -> None:
    calendar = SchoolCalendar()
    days = [today - timedelta(days=n) for n in range(60)]
    school_days = [day for day in days if calendar.is_school_day(day)][:DAYS]
    lines = ["pupil_id,school_unit_code,date,start,minutes,subject,kind,absent_minutes"]
    for number, day in enumerate(school_days):
        kind = "unexcused" if number % 2 else "present"
        for pupil, code, what in (
            ("vik-saga", "99000002", kind),
            ("vik-noor", "99000002", "present"),
            ("vik-alva", "99000003", kind),
            ("vik-tindra", "99000002", kind),
        ):
            lines += [f"{pupil},{code},{day},{start},60,MA,{what}," for start in ("08:10", "09:20")]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "marks.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = attendance.take_in(
            path,
            attendance.Options(),
            by=consents.system_scope(purpose="test", on=today),
            at=clock.now(),
        )
    assert report.new == report.rows == len(lines) - 1
