"""The table of rights: a safe default, changed cell by cell, closed where the law closes it."""

import pytest

from samnarvaro.consents.domain.policy import (
    CLOSED,
    GRANTS,
    SHAREABLE,
    WITHOUT_CHILDREN,
    Change,
    Follows,
    NotChangeable,
    Way,
    against,
    effective,
)  # fmt: skip
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K


def test_every_role_stands_in_the_table() -> None:
    assert set(GRANTS) == set(Role)


def test_roles_that_work_without_children_read_nothing_of_any() -> None:
    for role in WITHOUT_CHILDREN:
        assert not any(GRANTS[role].through(way) for way in Way), role


def test_nobody_reads_by_consent_what_no_consent_can_open() -> None:
    for role, grant in GRANTS.items():
        assert grant.by_consent <= SHAREABLE, role


def test_another_agency_reads_of_a_child_without_consent_only_its_own() -> None:
    own = {K.EXISTENCE, K.CONSENT, K.SOCIAL, K.REGION}
    for role in (
        Role.SCHOOL_SOCIAL_WORKER,
        Role.SOCIAL_SECRETARY,
        Role.CLINICIAN,
        Role.COORDINATOR,
    ):
        grant = GRANTS[role]
        assert grant.follows is Follows.NOBODY
        assert not grant.classes
        assert grant.by_case <= own, role


def test_social_services_and_health_care_do_not_read_each_others_notes() -> None:
    assert K.REGION not in GRANTS[Role.SOCIAL_SECRETARY].by_case
    assert K.SOCIAL not in GRANTS[Role.CLINICIAN].by_case


def test_the_latest_change_of_a_cell_holds_and_touches_no_other() -> None:
    give = Change(Role.MENTOR, K.PLAN, Way.DUTY, gives=True)
    take = Change(Role.MENTOR, K.PLAN, Way.DUTY, gives=False)

    assert K.PLAN in effective([give])[Role.MENTOR].classes
    assert effective([give, take]) == GRANTS
    changed = effective([Change(Role.MENTOR, K.CAUSE, Way.DUTY, gives=False)])
    assert changed[Role.MENTOR].classes == GRANTS[Role.MENTOR].classes - {K.CAUSE}
    assert {role: grant for role, grant in changed.items() if role is not Role.MENTOR} == {
        role: grant for role, grant in GRANTS.items() if role is not Role.MENTOR
    }


@pytest.mark.parametrize("closed", sorted(CLOSED))
@pytest.mark.parametrize("way", Way)
def test_what_the_law_closes_is_opened_to_nobody_by_a_change(closed: K, way: Way) -> None:
    change = Change(Role.PRINCIPAL, closed, way, gives=True)

    assert NotChangeable.CLOSED_CLASS in against(change, table=GRANTS)


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (Change(Role.ANALYST, K.NAME, Way.CASE, gives=True), [NotChangeable.ROLE_WITHOUT_CHILDREN]),
        (Change(Role.CLINICIAN, K.NAME, Way.DUTY, gives=True), [NotChangeable.FOLLOWS_NOBODY]),
        (
            Change(Role.CLINICIAN, K.CONTACT, Way.CONSENT, gives=True),
            [NotChangeable.NOT_BY_CONSENT],
        ),
        (Change(Role.MENTOR, K.NAME, Way.DUTY, gives=True), [NotChangeable.AS_IT_IS]),
        (Change(Role.MENTOR, K.PLAN, Way.DUTY, gives=False), [NotChangeable.AS_IT_IS]),
        (Change(Role.MENTOR, K.PLAN, Way.DUTY, gives=True), []),
        (Change(Role.MENTOR, K.NAME, Way.DUTY, gives=False), []),
    ],
)
def test_a_change_is_refused_with_every_reason(
    change: Change, reasons: list[NotChangeable]
) -> None:
    assert against(change, table=GRANTS) == reasons
