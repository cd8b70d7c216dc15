"""Who works in Vik."""

from collections import Counter

from samnarvaro.kernel.access import Role
from samnarvaro.project.vik import cast, staff
from samnarvaro.project.vik.roster import SchoolClass, classes


def test_every_class_has_one_mentor() -> None:
    led = Counter(
        (post.unit, post.group)
        for member in staff.everybody()
        for post in member.posts
        if post.role is Role.MENTOR
    )

    assert led == Counter((place.unit, place.name) for place in classes())


def test_every_class_of_the_year_before_had_one_mentor_too() -> None:
    assert Counter(staff.class_led_before(place) for place in classes()) == Counter(classes())


def test_mira_has_followed_saga_since_year_seven() -> None:
    before = staff.class_led_before(SchoolClass(cast.STRANDSKOLAN, "8B"))

    assert before == SchoolClass(cast.STRANDSKOLAN, "7B")


def test_usernames_are_plain_and_nobody_shares_one() -> None:
    usernames = [member.username for member in staff.everybody()]

    assert len(set(usernames)) == len(usernames)
    assert all(name.isascii() and name == name.lower() for name in usernames)


def test_every_school_has_a_principal_and_every_post_a_unit_that_exists() -> None:
    posts = [post for member in cast.STAFF for post in member.posts]

    led = {post.unit for post in posts if post.role is Role.PRINCIPAL}
    assert led == {school.key for school in cast.SCHOOLS}
    assert {post.unit for post in posts} <= {unit.key for unit in cast.UNITS}


def test_protected_tindra_has_handlers_whom_two_others_decided() -> None:
    assert cast.story_pupil(cast.TINDRA).protection == 1
    assert len(set(cast.DECIDED_BY)) == 2
    assert not set(cast.DECIDED_BY) & set(cast.HANDLERS_OF_TINDRA)
    assert not any(guardian.pupil_id == cast.TINDRA for guardian in cast.GUARDIANS)


def test_noors_two_guardians_disagree() -> None:
    views = [guardian.agrees for guardian in cast.GUARDIANS if guardian.pupil_id == cast.NOOR]

    assert sorted(views) == [False, True]
