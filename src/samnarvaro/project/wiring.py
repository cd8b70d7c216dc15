"""What the roof hangs up in `base`, so that it can show and run what the rooms above it can do."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.attendance.events import MarksChanged
from samnarvaro.audit import services as audit
from samnarvaro.base import acts, deliveries, events, navigation, sections
from samnarvaro.base.navigation import Entry
from samnarvaro.consents.events import ConsentEnded, GlassBroken
from samnarvaro.followup import queries as followup
from samnarvaro.kernel.access import Role
from samnarvaro.people import queries as people
from samnarvaro.project import addresses, glass, kinds, planned, reminders, tasks
from samnarvaro.project.wall import shown as wall_shown
from samnarvaro.project.web import glass_desk
from samnarvaro.project.web.log_extract import way_to_extract
from samnarvaro.staircase.domain.tiers import Ground
from samnarvaro.staircase.queries import support

DELIVERIES = Entry(
    order=60,
    url="deliveries:list",
    label=_("Leveranser"),
    icon="upload",
    roles=addresses.OFFICE,
    also=frozenset({"deliveries:new", "deliveries:one"}),
)
RULE_SETS = Entry(
    order=55,
    url="rules:shelf",
    label=_("Regelverk"),
    icon="stairs",
    roles=addresses.RULE_READERS,
    also=frozenset({"rules:one", "rules:choose", "rules:copy", "rules:change"}),
    seldom=True,
)
RUNS = Entry(
    order=70,
    url="jobs:list",
    label=_("Körningar"),
    icon="clock",
    roles=addresses.RUNNING,
    seldom=True,
)


INSTRUMENTS = Entry(
    order=56,
    url="instruments:shelf",
    label=_("Formulär"),
    icon="list",
    roles=addresses.RUNNING,
    also=frozenset({"instruments:one", "instruments:load", "instruments:copy"}),
)
POLICY = Entry(
    order=57,
    url="rights:policy",
    label=_("Behörigheter"),
    icon="lock",
    roles=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    seldom=True,
)
LOG_REVIEWS = Entry(
    order=50,
    url="log_reviews",
    label=_("Loggranskning"),
    icon="eye",
    roles=addresses.REVIEWERS,
    also=frozenset({"log_review", "log_extract_find", "log_extract_zone"}),
)
MESSAGES = Entry(
    order=80,
    url="messages:list",
    label=_("Utskick"),
    icon="message",
    roles=frozenset({Role.SYSTEM_ADMINISTRATOR}),
    seldom=True,
)


def hang_up() -> None:
    """Called once, when all rooms are there."""
    sections.register("pupil", 85, way_to_extract)
    sections.register("my_day", 12, glass_desk.to_look_into)
    acts.set_log(audit.record, people.names_of_viewers)
    kinds.register()
    planned.register()
    reminders.register()
    events.listen(ConsentEnded, reminders.ended, within=True)
    deliveries.set_queue(read=tasks.preview_delivery.enqueue, write=tasks.write_delivery.enqueue)
    events.listen(MarksChanged, planned.marks_changed)
    events.listen(GlassBroken, glass.broken, within=True)
    glass.register()
    support.tell_by(Ground.EARLY_MEASURE, followup.running)
    wall_shown.register()
    navigation.register(POLICY)
    navigation.register(LOG_REVIEWS)
    navigation.register(RULE_SETS)
    navigation.register(INSTRUMENTS)
    navigation.register(DELIVERIES)
    navigation.register(RUNS)
    navigation.register(MESSAGES)
