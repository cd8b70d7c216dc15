"""Everybody who works in Vik: the cast, and a mentor for every class that the cast leaves alone."""

import unicodedata
from random import Random

from samnarvaro.kernel.access import Role
from samnarvaro.project.vik import cast, names
from samnarvaro.project.vik.cast import Post, StaffMember
from samnarvaro.project.vik.roster import SchoolClass, classes


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


def everybody() -> list[StaffMember]:
    led = {(post.unit, post.group) for member in cast.STAFF for post in member.posts}
    taken = {member.username for member in cast.STAFF}
    rest = [place for place in classes() if (place.unit, place.name) not in led]
    return [*cast.STAFF, *(_mentor(place, taken) for place in rest)]
