"""Everything that changes pupils, guardians, staff and duties: one function for each thing done."""

from samnarvaro.people.services.accounts import (
    CannotCreateAccount,
    CannotSetPassword,
    NoSuchUsername,
    close_account,
    create_account,
    reset_second_factor,
    set_password,
)
from samnarvaro.people.services.addresses import NotAnAddress, set_email
from samnarvaro.people.services.contact import CannotSetTelephone, set_telephone
from samnarvaro.people.services.duties import CannotGiveDuty, end_duty, ensure_staff, give_duty
from samnarvaro.people.services.guardians import (
    CannotSetGuardianship,
    change_guardian,
    end_guardianship,
    ensure_guardian,
    set_guardianship,
)
from samnarvaro.people.services.newcomers import (
    create_nameless_pupils,
    enrol_newcomers,
    new_pupil_ids,
)
from samnarvaro.people.services.protection import (
    CannotNameHandler,
    NotProtected,
    end_handler,
    lift_protection,
    name_handler,
    protect,
    set_alias,
)
from samnarvaro.people.services.roster import RosterOptions, TooManyRemoved, take_in_roster

__all__ = [
    "CannotCreateAccount",
    "CannotGiveDuty",
    "CannotNameHandler",
    "CannotSetGuardianship",
    "CannotSetPassword",
    "CannotSetTelephone",
    "NoSuchUsername",
    "NotAnAddress",
    "NotProtected",
    "RosterOptions",
    "TooManyRemoved",
    "change_guardian",
    "close_account",
    "create_account",
    "create_nameless_pupils",
    "end_duty",
    "end_guardianship",
    "end_handler",
    "enrol_newcomers",
    "ensure_guardian",
    "ensure_staff",
    "give_duty",
    "lift_protection",
    "name_handler",
    "new_pupil_ids",
    "protect",
    "reset_second_factor",
    "set_alias",
    "set_email",
    "set_guardianship",
    "set_password",
    "set_telephone",
    "take_in_roster",
]
