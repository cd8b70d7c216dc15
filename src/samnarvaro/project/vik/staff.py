"""Everybody who works in Vik: the cast, and a mentor for every class that the cast leaves alone."""

import unicodedata
from random import Random

from samnarvaro.kernel.access import Role
from samnarvaro.project.vik import cast, names
from samnarvaro.project.vik.cast import BERGSKOLAN, EKSKOLAN, STRANDSKOLAN, Post, StaffMember
from samnarvaro.project.vik.roster import Classes, SchoolClass, class_before, classes


def _username(given: str, family: str) -> str:
    plain = unicodedata.normalize("NFKD", f"{given}.{family}".lower())
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalpha() or sign in ".-"))


def _mentor(place: SchoolClass, taken: set[str]) -> StaffMember:
    chance = Random(f"mentor {place.unit} {place.name}")
    while True:
        given, family = chance.choice(names.GROWN_UPS), chance.choice(names.SWEDISH.families)
        username = _username(given, family)
        if username not in taken:
            break
    taken.add(username)
    return StaffMember(username, given, family, (Post(Role.MENTOR, place.unit, place.name),))


# Which year's class left the school when a mentor's class of now began there.
LEFT_BEFORE = {
    (EKSKOLAN, "F"): "5",
    (STRANDSKOLAN, "F"): "9",
    (STRANDSKOLAN, "6"): "6",
    (BERGSKOLAN, "7"): "9",
}


def class_led_before(place: SchoolClass) -> SchoolClass:
    """The class that its mentor led the school year before: the same, or the one that left."""
    before = class_before(place)
    if before and before.unit == place.unit:
        return before
    return SchoolClass(place.unit, LEFT_BEFORE[place.unit, place.grade] + place.name[-1])


def everybody(of: Classes = None) -> list[StaffMember]:
    """The cast, and the mentors of the other classes, or of some of them."""
    posts = [post for member in cast.STAFF for post in member.posts]
    led = {(post.unit, post.group) for post in posts if post.role is Role.MENTOR}
    taken = {member.username for member in cast.STAFF}
    rest = [place for place in classes() if (place.unit, place.name) not in led]
    mentors = [(place, _mentor(place, taken)) for place in rest]
    return [*cast.STAFF, *(mentor for place, mentor in mentors if of is None or place in of)]
