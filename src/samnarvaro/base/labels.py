"""What roles and secrecy zones are called on the page."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.kernel.access import Holder, Role
from samnarvaro.kernel.privacy import DataClass

ROLE = {
    Role.TEACHER: _("Lärare"),
    Role.MENTOR: _("Mentor"),
    Role.PRINCIPAL: _("Rektor"),
    Role.DEPUTY_PRINCIPAL: _("Biträdande rektor"),
    Role.COUNSELLOR: _("Kurator"),
    Role.NURSE: _("Skolsköterska"),
    Role.DOCTOR: _("Skolläkare"),
    Role.PSYCHOLOGIST: _("Skolpsykolog"),
    Role.SPECIAL_EDUCATOR: _("Specialpedagog"),
    Role.RESOURCE_TEACHER: _("Resurslärare"),
    Role.CAREER_COUNSELLOR: _("Studie- och yrkesvägledare"),
    Role.LEISURE_STAFF: _("Fritidspersonal"),
    Role.SCHOOL_SOCIAL_WORKER: _("Skolsocionom"),
    Role.SOCIAL_SECRETARY: _("Socialsekreterare"),
    Role.FAMILY_THERAPIST: _("Familjeterapeut"),
    Role.PARENT_ADVISER: _("Föräldrarådgivare"),
    Role.FIELD_WORKER: _("Fältarbetare"),
    Role.UNIT_HEAD: _("Enhetschef"),
    Role.HEALTH_COUNSELLOR: _("Kurator i vården"),
    Role.CLINICIAN: _("Behandlare"),
    Role.COORDINATOR: _("Samordnare"),
    Role.CONSULTATION_MEMBER: _("Deltagare i samråd"),
    Role.ANALYST: _("Analytiker"),
    Role.SYSTEM_ADMINISTRATOR: _("Systemadministratör"),
    Role.SCHOOL_ADMINISTRATOR: _("Skoladministratör"),
    Role.AUTHORITY_OFFICER: _("Huvudmannens handläggare"),
    Role.STEERING_MEMBER: _("Styrgruppens ledamot"),
    Role.EVALUATOR: _("Utvärderare"),
    Role.LOG_REVIEWER: _("Loggranskare"),
}

# Whose a row of work is: a role's, or a team's as a whole.
HOLDER = {
    Holder.TEACHER: ROLE[Role.TEACHER],
    Holder.MENTOR: ROLE[Role.MENTOR],
    Holder.PRINCIPAL: ROLE[Role.PRINCIPAL],
    Holder.COUNSELLOR: ROLE[Role.COUNSELLOR],
    Holder.SCHOOL_ADMINISTRATOR: ROLE[Role.SCHOOL_ADMINISTRATOR],
    Holder.STUDENT_HEALTH_TEAM: _("Elevhälsoteamet"),
    Holder.TEAM_CONFERENCE: _("Arbetslagets konferens"),
}

# A zone is a branch of an agency with its own secrecy; after the colon stands whose.
ZONE = {
    "school": _("Skolans zon"),
    "student_health": _("Elevhälsans zon"),
    "social": _("Socialtjänstens zon"),
    "health": _("Vårdens zon"),
    "leisure": _("Fritidens zon"),
}


# The classes of a child's data that one agency can let another read, by plain names, in this order.
DATA_CLASS = {
    DataClass.NAME: _("Namn, klass och skola"),
    DataClass.ATTENDANCE: _("Närvaro och frånvaro i lektioner"),
    DataClass.CAUSE: _("Varför barnet varit borta, också sjukdom"),
    DataClass.MAPPING: _("Kartläggningen av vad som hjälper och hindrar"),
    DataClass.PLAN: _("Planen: mål och vem som gör vad när"),
}

# What binds somebody to a child, for a while.
TIE = {
    "student_health_case": _("Ärende i elevhälsan"),
    "medical_case": _("Ärende i elevhälsans medicinska gren"),
    "handler": _("Arbetar med barnet"),
    "coordinator": _("Samordnar barnets plan"),
    "participant": _("Deltar i barnets plan"),
    "glass": _("Öppnat i nödläge"),
}


def of_zone(zone: str) -> str:
    """Return what the zone `school:0180` is called to the one who stands in it."""
    branch = zone.partition(":")[0]
    return str(ZONE.get(branch, zone))
