"""The people of Vik whom one meets by name: who works where, and which pupils have a story."""

from dataclasses import dataclass
from typing import Final

from samnarvaro.kernel.access import Role

AUTHORITY_NAME: Final = "Viks kommun"
AUTHORITY_CODE: Final = "9999"

EKSKOLAN: Final = "99000001"
STRANDSKOLAN: Final = "99000002"
BERGSKOLAN: Final = "99000003"
SCHOOL_HEALTH: Final = "Skolhälsovården"
OPEN_CARE: Final = "Förebyggande enheten"
CHILD_PSYCHIATRY: Final = "BUP Vik"


@dataclass(frozen=True, slots=True)
class Agency:
    key: str
    kind: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A school is known by its school unit code, any other unit by its name."""

    key: str
    name: str
    agency: str
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A duty somebody holds: a role at a unit (its key), and for a mentor the class."""

    role: Role
    unit: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class StaffMember:
    username: str
    given_name: str
    family_name: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class GuardianOfStory:
    given_name: str
    family_name: str
    pupil_id: str
    telephone: str
    agrees: bool = True  # whether this guardian is for sharing between the agencies


@dataclass(frozen=True, slots=True)
class StoryPupil:
    """A pupil whose marks are planted, so that the story holds on any day."""

    pupil_id: str
    given_name: str
    family_name: str
    sex: str
    unit: str
    group: str
    story: str
    has_number: bool = True
    protection: int = 0
    alias: str = ""

    @property
    def grade(self) -> str:
        return self.group[:-1]


SCHOOL, MEDICAL, SOCIAL, REGION = "school", "medical", "social", "region"

# Each of them is a secrecy zone of its own; so is the school's medical branch.
AGENCIES: Final = (
    Agency(SCHOOL, "school", "Viks skolor", "school:9999"),
    Agency(MEDICAL, "health", "Elevhälsans medicinska insats", "student_health:9999"),
    Agency(SOCIAL, "social", "Socialtjänsten i Vik", "social:9999"),
    Agency(REGION, "health", "Regionens barn- och ungdomspsykiatri", "health:99"),
)

YEARS: Final = ("F", "1", "2", "3", "4", "5", "6", "7", "8", "9")

UNITS: Final = (
    Unit(EKSKOLAN, "Ekskolan", SCHOOL, YEARS[:6]),
    Unit(STRANDSKOLAN, "Strandskolan", SCHOOL, YEARS),
    Unit(BERGSKOLAN, "Bergskolan", SCHOOL, YEARS[7:]),
    Unit(SCHOOL_HEALTH, SCHOOL_HEALTH, MEDICAL),
    Unit(OPEN_CARE, OPEN_CARE, SOCIAL),
    Unit(CHILD_PSYCHIATRY, CHILD_PSYCHIATRY, REGION),
)
SCHOOLS: Final = tuple(unit for unit in UNITS if unit.agency == SCHOOL)


def _everywhere(role: Role) -> tuple[Post, ...]:
    return tuple(Post(role, school.key) for school in SCHOOLS)


STAFF: Final = (
    StaffMember("mira", "Mira", "Ek", (Post(Role.MENTOR, STRANDSKOLAN, "8B"),)),
    StaffMember("ragnar", "Ragnar", "Holm", (Post(Role.PRINCIPAL, STRANDSKOLAN),)),
    StaffMember("karin", "Karin", "Sjö", (Post(Role.COUNSELLOR, STRANDSKOLAN),)),
    StaffMember("sten", "Sten", "Alm", (Post(Role.SPECIAL_EDUCATOR, STRANDSKOLAN),)),
    StaffMember(
        "tove",
        "Tove",
        "Lindgren",
        tuple(Post(Role.TEACHER, STRANDSKOLAN, name) for name in ("8A", "8B", "9A", "9B")),
    ),
    StaffMember("ylva", "Ylva", "Norén", (Post(Role.PSYCHOLOGIST, STRANDSKOLAN),)),
    StaffMember("eva", "Eva", "Rask", (Post(Role.NURSE, SCHOOL_HEALTH),)),
    StaffMember("elin", "Elin", "Dahl", (Post(Role.MENTOR, EKSKOLAN, "4A"),)),
    StaffMember("petra", "Petra", "Ström", (Post(Role.PRINCIPAL, EKSKOLAN),)),
    StaffMember("nils", "Nils", "Lund", (Post(Role.MENTOR, BERGSKOLAN, "7C"),)),
    StaffMember("ulla", "Ulla", "Vik", (Post(Role.PRINCIPAL, BERGSKOLAN),)),
    StaffMember("agda", "Agda", "Nyberg", _everywhere(Role.SCHOOL_ADMINISTRATOR)),
    StaffMember("isa", "Isa", "Falk", (Post(Role.SYSTEM_ADMINISTRATOR, STRANDSKOLAN),)),
    StaffMember("lova", "Lova", "Grip", (Post(Role.LOG_REVIEWER, STRANDSKOLAN),)),
    StaffMember("vera", "Vera", "Hult", _everywhere(Role.AUTHORITY_OFFICER)),
    StaffMember("anton", "Anton", "Berg", (Post(Role.ANALYST, STRANDSKOLAN),)),
    StaffMember("sonja", "Sonja", "Frisk", (Post(Role.SCHOOL_SOCIAL_WORKER, OPEN_CARE),)),
    StaffMember("hanna", "Hanna", "Wik", (Post(Role.UNIT_HEAD, OPEN_CARE),)),
    StaffMember("bo", "Bo", "Kvist", (Post(Role.CLINICIAN, CHILD_PSYCHIATRY),)),
    StaffMember("olle", "Olle", "Sand", (Post(Role.UNIT_HEAD, CHILD_PSYCHIATRY),)),
)

SAGA: Final = "vik-saga"
ROBIN: Final = "vik-robin"
LEO: Final = "vik-leo"
ALVA: Final = "vik-alva"
NOOR: Final = "vik-noor"
ELLIOT: Final = "vik-elliot"
TINDRA: Final = "vik-tindra"
MELVIN: Final = "vik-melvin"

STORIES: Final = (
    StoryPupil(SAGA, "Saga", "Lind", "F", STRANDSKOLAN, "8B", "a slow slide"),
    StoryPupil(ROBIN, "Robin", "Åberg", "M", EKSKOLAN, "4A", "short spells; first day today"),
    StoryPupil(LEO, "Leo", "Strand", "M", STRANDSKOLAN, "9A", "more absent than not"),
    StoryPupil(ALVA, "Alva", "Berg", "F", BERGSKOLAN, "7C", "Mondays"),
    StoryPupil(NOOR, "Noor", "Haddad", "F", STRANDSKOLAN, "8B", "avoids one subject"),
    StoryPupil(ELLIOT, "Elliot", "Hav", "M", STRANDSKOLAN, "6A", "was away, has returned"),
    StoryPupil(
        TINDRA, "Tindra", "Sund", "F", STRANDSKOLAN, "8A", "protected identity",
        has_number=False, protection=1, alias="T",
    ),
    StoryPupil(MELVIN, "Melvin", "Ås", "M", STRANDSKOLAN, "8A", "changed school"),
)  # fmt: skip

# Melvin's class before he moved.
MELVIN_BEFORE: Final = (BERGSKOLAN, "8A")

# Telephone numbers from the range that the authority keeps free for fiction.
GUARDIANS: Final = (
    GuardianOfStory("Lena", "Lind", SAGA, "070-174 06 05"),
    GuardianOfStory("Johan", "Modig", SAGA, "070-174 06 06"),
    GuardianOfStory("Maria", "Åberg", ROBIN, "070-174 06 07"),
    GuardianOfStory("Peter", "Strand", LEO, "070-174 06 08"),
    GuardianOfStory("Annika", "Strand", LEO, "070-174 06 09"),
    GuardianOfStory("Susanne", "Berg", ALVA, "070-174 06 10"),
    GuardianOfStory("Rima", "Haddad", NOOR, "070-174 06 11"),
    GuardianOfStory("Samir", "Haddad", NOOR, "070-174 06 12", agrees=False),
    GuardianOfStory("Jenny", "Hav", ELLIOT, "070-174 06 13"),
    GuardianOfStory("Fredrik", "Ås", MELVIN, "070-174 06 14"),
)

# For whom Tindra exists, and the two others who decided it.
HANDLERS_OF_TINDRA: Final = ("karin", "ragnar")
DECIDED_BY: Final = ("agda", "ulla")
LOOKS_AFTER_RULES: Final = "agda"


def story_pupil(pupil_id: str) -> StoryPupil:
    return next(pupil for pupil in STORIES if pupil.pupil_id == pupil_id)


def staff_member(username: str) -> StaffMember:
    return next(member for member in STAFF if member.username == username)
