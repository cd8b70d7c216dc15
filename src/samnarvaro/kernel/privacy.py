"""What a stored field tells about a child, and so who may see it, export it and delete it.

Every model names the class of each of its fields; a field without one does not get in.
"""

from enum import StrEnum


class DataClass(StrEnum):
    """The data classes of the permission model. K0 is secret by itself: that a contact exists."""

    INTERNAL = "-"  # ids, counters, technical facts: tells nothing of a person
    STAFF = "staff"  # an adult at work
    EXISTENCE = "K0"  # that a case or a contact exists
    NAME = "K1"  # name, class, school
    CONTACT = "K2"  # address, telephone, guardians
    ATTENDANCE = "K3"  # minutes present and absent, excused or not
    CAUSE = "K4"  # why a child is absent, illness included
    MAPPING = "K5"  # mapping and analysis
    COUNSELLOR_NOTE = "K6"
    MEDICAL = "K7"
    SOCIAL = "K8"
    REGION = "K9"
    PLAN = "K10"
    CHILD_WORDS = "K11"
    CONSENT = "K12"
    READ_LOG = "K13"
    CONCERN = "K14"
