"""Every address of the web, and the roles it opens to: the one table behind the middleware, the
tests and the page in docs. An address that is not here is closed.
"""

from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.cases.domain.concern import REPORTERS
from samnarvaro.cases.domain.investigation import INVESTIGATORS, MEDICAL_BRANCH
from samnarvaro.cases.domain.sides import ADVISERS
from samnarvaro.cases.domain.telling import OPENERS
from samnarvaro.consents.domain.policy import EXTRACT_BY_DUTY, EXTRACT_IN_ZONE, IN_CHARGE
from samnarvaro.kernel.access import Holder, Role
from samnarvaro.mapping.domain.conferences import CONFERRING as CONFERRING_ON_CLASSES
from samnarvaro.mapping.domain.relations import FILLERS as MAP_FILLERS
from samnarvaro.mapping.domain.survey import MAKERS, READERS
from samnarvaro.notes.domain.notes import WRITERS
from samnarvaro.staircase.domain.school_measures import CHOOSERS, OWNERS
from samnarvaro.worklist.domain.rows import HOLDS


class To(StrEnum):
    """Which rows an address shows to those it opens to."""

    PUBLIC = "public"  # nobody's data
    OWN = "own"  # the viewer's own, whatever the role
    OWN_ROLES = "own_roles"  # the viewer's own, for some roles
    PUPIL = "pupil"  # one pupil in the viewer's scope; any other does not exist
    UNIT = "unit"  # one unit in the viewer's scope
    TIE = "tie"  # a child that the viewer has a tie of its own to; any other does not exist
    GROUP = "group"  # one class in the viewer's scope
    DESK = "desk"  # what a unit head hands out, by code; no child is read
    KEPT = "kept"  # what the viewer's own session keeps; any other does not exist
    LOG = "log"  # lines of the log in the viewer's zone, for who reviews it
    HOUSE = "house"  # the installation's running, no pupil's data
    CLOSED = "closed"  # nobody, ever


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    to: To
    roles: frozenset[Role] = frozenset()
    is_setup: bool = False  # open also to who must have a second factor and has none yet

    @property
    def is_public(self) -> bool:
        return self.to is To.PUBLIC

    def opens_to(self, role: Role | None) -> bool:
        """A person without any duty has only what is its own."""
        if self.to is To.OWN:
            return True
        return role in self.roles


ALL = frozenset(Role)
FOLLOWERS = frozenset(
    {
        Role.MENTOR,
        Role.PRINCIPAL,
        Role.DEPUTY_PRINCIPAL,
        Role.COUNSELLOR,
        Role.PSYCHOLOGIST,
        Role.SPECIAL_EDUCATOR,
    }
)
SCHOOL_WIDE = FOLLOWERS - {Role.MENTOR}
ACTORS = frozenset(HOLDS)
CONFERRING = frozenset(role for role in HOLDS if Holder.TEAM_CONFERENCE in HOLDS[role])
STUDENT_HEALTH = frozenset(role for role in HOLDS if Holder.STUDENT_HEALTH_TEAM in HOLDS[role])
# Who is in contact with homes and pupils, and so is told why a child is away.
CONTACTS = frozenset({Role.MENTOR, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})
# Who writes notes about children it has as its own matter, in whatever zone.
NOTE_WRITERS = frozenset[Role]().union(*WRITERS.values())
LEADS = CONTACTS - {Role.MENTOR}
# Who may have a call that is due as its own row of work.
CALLERS = CONTACTS | {Role.COUNSELLOR, Role.SCHOOL_ADMINISTRATOR}
OFFICE = frozenset({Role.SCHOOL_ADMINISTRATOR})
HEADS = frozenset({Role.UNIT_HEAD})
RUNNING = frozenset({Role.SCHOOL_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR})
REVIEWERS = frozenset({Role.LOG_REVIEWER})
# Those who look after the rules of the staircase, and those who answer for a school.
RULE_READERS = RUNNING | {Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL}

TABLE = (
    Rule("home", To.OWN),
    Rule("pupil", To.PUPIL, FOLLOWERS),
    Rule("pupil_whole", To.PUPIL, FOLLOWERS),
    Rule("pupil_part", To.PUPIL, FOLLOWERS),
    Rule("log_extract", To.PUPIL, EXTRACT_BY_DUTY),
    Rule("log_extract_find", To.OWN_ROLES, EXTRACT_IN_ZONE),
    Rule("log_extract_zone", To.LOG, EXTRACT_IN_ZONE),
    Rule("log_reviews", To.OWN_ROLES, REVIEWERS),
    Rule("log_review", To.LOG, REVIEWERS),
    Rule("log_finding", To.LOG, REVIEWERS),
    Rule("my_schools", To.OWN_ROLES, SCHOOL_WIDE),
    Rule("search", To.OWN_ROLES, ALL),
    Rule("rights:policy", To.HOUSE, frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Rule("glass", To.OWN_ROLES, FOLLOWERS | IN_CHARGE),
    Rule("glass_open", To.KEPT, FOLLOWERS | IN_CHARGE | HEADS),
    Rule("blank", To.PUBLIC),
    Rule("round_begin", To.OWN_ROLES, FOLLOWERS),
    Rule("round", To.KEPT, FOLLOWERS),
    Rule("round_pupil", To.KEPT, FOLLOWERS),
    Rule("round_end", To.KEPT, FOLLOWERS),
    Rule("my_settings", To.OWN),
    Rule("wear_hat", To.OWN),
    Rule("set_language", To.PUBLIC),
    Rule("set_look", To.PUBLIC),
    Rule("accessibility", To.PUBLIC),
    Rule("health", To.PUBLIC),
    Rule("demo", To.PUBLIC),  # its address exists in demo mode only
    Rule("style", To.PUBLIC),  # likewise
    Rule("account_login", To.PUBLIC),
    Rule("account_logout", To.PUBLIC),
    Rule("account_inactive", To.PUBLIC),
    Rule("account_change_password", To.OWN),
    Rule("account_reauthenticate", To.OWN, is_setup=True),
    Rule("sitting", To.OWN, is_setup=True),
    Rule("draft", To.OWN),
    Rule("sign_in_end", To.OWN),
    Rule("sign_in_end_others", To.OWN),
    Rule("reset_factor", To.HOUSE, frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Rule("mfa_authenticate", To.PUBLIC),
    Rule("mfa_login_webauthn", To.PUBLIC),
    Rule("mfa_index", To.OWN, is_setup=True),
    Rule("mfa_activate_totp", To.OWN, is_setup=True),
    Rule("mfa_add_webauthn", To.OWN, is_setup=True),
    Rule("mfa_view_recovery_codes", To.OWN),
    Rule("mfa_generate_recovery_codes", To.OWN),
    Rule("mfa_deactivate_totp", To.OWN),
    Rule("mfa_remove_webauthn", To.OWN),
    Rule("mfa_reauthenticate", To.OWN),
    Rule("mfa_reauthenticate_webauthn", To.OWN),
    Rule("account_signup", To.CLOSED),
    Rule("account_reset_password", To.CLOSED),
    Rule("followup:measures", To.PUPIL, FOLLOWERS),
    Rule("consents:children", To.OWN_ROLES, IN_CHARGE),
    Rule("consents:child", To.TIE, IN_CHARGE),
    Rule("consents:call", To.TIE, IN_CHARGE),
    Rule("consents:list", To.PUPIL, FOLLOWERS),
    Rule("consents:ask", To.PUPIL, FOLLOWERS),
    Rule("consents:one", To.PUPIL, FOLLOWERS),
    Rule("consents:card", To.PUPIL, FOLLOWERS),
    Rule("consents:withdraw", To.PUPIL, FOLLOWERS | IN_CHARGE),
    Rule("consents:cases", To.PUPIL, LEADS),
    Rule("consents:arrivals", To.DESK, HEADS),
    Rule("consents:end", To.DESK, HEADS | LEADS),
    Rule("worklist:list", To.OWN_ROLES, ACTORS),
    Rule("worklist:conference", To.OWN_ROLES, CONFERRING),
    Rule("worklist:student_health", To.OWN_ROLES, STUDENT_HEALTH),
    Rule("worklist:many", To.OWN_ROLES, ACTORS),
    Rule("worklist:save_view", To.OWN_ROLES, ACTORS),
    Rule("worklist:change_view", To.OWN_ROLES, ACTORS),
    Rule("worklist:item", To.PUPIL, ACTORS),
    Rule("worklist:undo", To.PUPIL, ACTORS),
    Rule("handing:of_pupil", To.PUPIL, FOLLOWERS),
    Rule("handing:of_child", To.TIE, IN_CHARGE - FOLLOWERS),
    Rule("handing:received", To.TIE, IN_CHARGE),
    Rule("notes:all", To.TIE, NOTE_WRITERS),
    Rule("notes:one", To.TIE, NOTE_WRITERS),
    Rule("attendance:lessons", To.PUPIL, FOLLOWERS),
    Rule("attendance:lessons_file", To.PUPIL, FOLLOWERS),
    Rule("attendance:announce", To.PUPIL, CONTACTS),
    Rule("attendance:withdraw", To.PUPIL, CONTACTS),
    Rule("attendance:grant_leave", To.PUPIL, LEADS),
    Rule("attendance:withdraw_leave", To.PUPIL, LEADS),
    Rule("attendance:picture", To.PUPIL, FOLLOWERS),
    Rule("attendance:picture_file", To.PUPIL, FOLLOWERS),
    Rule("mapping:of_pupil", To.PUPIL, FOLLOWERS),
    Rule("mapping:status", To.PUPIL, FOLLOWERS),
    Rule("mapping:one", To.PUPIL, FOLLOWERS),
    Rule("class_mapping:patterns", To.GROUP, FOLLOWERS),
    Rule("classes:knowledge", To.GROUP, CONTACTS),
    Rule("classes:notes", To.GROUP, CONFERRING_ON_CLASSES),
    Rule("classes:note", To.GROUP, CONFERRING_ON_CLASSES),
    Rule("classes:school_knowledge", To.UNIT, SCHOOL_WIDE),
    Rule("surveys:answer", To.PUBLIC),  # who has a slip; nobody is to be known there
    Rule("surveys:thanks", To.PUBLIC),
    Rule("surveys:list", To.OWN_ROLES, READERS),
    Rule("surveys:one", To.UNIT, READERS),
    Rule("surveys:slips", To.UNIT, MAKERS),
    Rule("surveys:file", To.UNIT, READERS),
    Rule("mapping:responses", To.PUPIL, FOLLOWERS),
    Rule("mapping:response", To.PUPIL, FOLLOWERS),
    Rule("instruments:shelf", To.HOUSE, RUNNING),
    Rule("instruments:load", To.HOUSE, RUNNING),
    Rule("instruments:one", To.HOUSE, RUNNING),
    Rule("instruments:copy", To.HOUSE, RUNNING),
    Rule("instruments:export", To.HOUSE, RUNNING),
    Rule("instruments:publish", To.HOUSE, RUNNING),
    Rule("instruments:withdraw", To.HOUSE, RUNNING),
    Rule("instruments:paper", To.HOUSE, RUNNING | FOLLOWERS),
    Rule("class_mapping:relations", To.GROUP, MAP_FILLERS),
    Rule("class_mapping:column", To.GROUP, MAP_FILLERS),
    Rule("outreach:call", To.PUPIL, CALLERS),
    Rule("outreach:skip", To.PUPIL, CALLERS),
    Rule("outreach:contacts", To.PUPIL, FOLLOWERS),
    Rule("outreach:add", To.PUPIL, CONTACTS),
    Rule("outreach:correct", To.PUPIL, CALLERS),
    Rule("outreach:informed", To.UNIT, LEADS),
    Rule("outreach:routine", To.HOUSE, OFFICE),
    Rule("cases:investigation", To.PUPIL, INVESTIGATORS),
    Rule("cases:document", To.PUPIL, INVESTIGATORS),
    Rule("cases:medical", To.TIE, MEDICAL_BRANCH),
    Rule("cases:begin", To.PUPIL, OPENERS),
    Rule("cases:case", To.PUPIL, INVESTIGATORS),
    Rule("cases:recap", To.PUPIL, INVESTIGATORS),
    Rule("cases:duty", To.OWN),
    Rule("cases:concern", To.PUPIL, REPORTERS),
    Rule("cases:register", To.OWN_ROLES, LEADS | {Role.AUTHORITY_OFFICER}),
    Rule("cases:rules", To.HOUSE, RULE_READERS | {Role.AUTHORITY_OFFICER}),
    Rule("cases:board", To.OWN_ROLES, INVESTIGATORS),
    Rule("cases:consultations", To.OWN_ROLES, OPENERS | ADVISERS),
    Rule("cases:shared", To.TIE, IN_CHARGE - FOLLOWERS),
    Rule("staircase:school", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:level", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:tier", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:week", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:picture", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:picture_file", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:target_group", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:nobody_acted", To.UNIT, SCHOOL_WIDE),
    Rule("staircase:class", To.GROUP, FOLLOWERS),
    Rule("staircase:class_picture", To.GROUP, FOLLOWERS),
    Rule("staircase:class_picture_file", To.GROUP, FOLLOWERS),
    Rule("staircase:curve", To.PUPIL, FOLLOWERS),
    Rule("staircase:curve_file", To.PUPIL, FOLLOWERS),
    Rule("staircase:my_classes", To.OWN_ROLES, frozenset({Role.MENTOR})),
    Rule("measures:list", To.UNIT, SCHOOL_WIDE),
    Rule("measures:choose", To.UNIT, CHOOSERS),
    Rule("measures:one", To.UNIT, OWNERS),
    Rule("messages:list", To.HOUSE, frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Rule("rules:shelf", To.HOUSE, RULE_READERS),
    Rule("rules:one", To.HOUSE, RULE_READERS),
    Rule("rules:choose", To.HOUSE, RUNNING),
    Rule("rules:copy", To.HOUSE, RUNNING),
    Rule("rules:change", To.HOUSE, RUNNING),
    Rule("rules:take_version_back", To.HOUSE, RUNNING),
    Rule("rules:end_choice", To.HOUSE, RUNNING),
    Rule("rules:take_choice_back", To.HOUSE, RUNNING),
    Rule("deliveries:list", To.HOUSE, OFFICE),
    Rule("deliveries:new", To.HOUSE, OFFICE),
    Rule("deliveries:one", To.HOUSE, OFFICE),
    Rule("deliveries:faults", To.HOUSE, OFFICE),
    Rule("deliveries:confirm", To.HOUSE, OFFICE),
    Rule("deliveries:stop", To.HOUSE, OFFICE),
    Rule("deliveries:again", To.HOUSE, OFFICE),
    Rule("jobs:list", To.HOUSE, RUNNING),
    Rule("jobs:run", To.HOUSE, RUNNING),
)
RULES = {rule.name: rule for rule in TABLE}


def rule_of(name: str) -> Rule | None:
    return RULES.get(name)
