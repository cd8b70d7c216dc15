"""Whose rows are whose: each role opens its own, a team's rows open to the whole team."""

import pytest

from samnarvaro.kernel.access import Holder, Role
from samnarvaro.people.models import Staff
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised, scope

# Who of the school opens a row for whom.
OPENS = {
    Holder.TEACHER: {"tove"},
    Holder.MENTOR: {"mira"},
    Holder.PRINCIPAL: {"ragnar", "diana"},
    Holder.COUNSELLOR: {"karin"},
    Holder.STUDENT_HEALTH_TEAM: {"karin", "sten", "pia"},
    Holder.TEAM_CONFERENCE: {"mira", "ragnar", "diana"},
    Holder.SCHOOL_ADMINISTRATOR: {"agda"},
}
NEVER = {"nils", "petra", "sonja", "eva"}  # another class, another school, other zones


def everybody(school: School) -> dict[str, Staff]:
    known = {name: getattr(school, name) for name in set().union(*OPENS.values()) - {"sten", "pia"}}
    more = {
        "sten": school.staff("sten", "Sten Alm", Role.SPECIAL_EDUCATOR, school.strand),
        "pia": school.staff("pia", "Pia Ros", Role.PSYCHOLOGIST, school.strand),
        "eva": school.staff("eva", "Eva Rask", Role.NURSE, school.open_care),
    }
    strangers = {name: getattr(school, name) for name in NEVER - {"eva"}}
    return known | more | strangers


@pytest.mark.parametrize("holder", list(Holder))
def test_a_row_opens_to_those_who_hold_it_and_to_nobody_else(
    school: School, holder: Holder
) -> None:
    item = raised(school.saga, acts=holder)

    opened = set()
    for name, staff in everybody(school).items():
        try:
            queries.get(item.public, by=scope(staff, FRIDAY), on=FRIDAY)
        except queries.NoSuchItem:
            continue
        opened.add(name)

    assert opened == OPENS[holder]


@pytest.mark.parametrize("who", ["tove", "agda"])
def test_who_has_rows_alone_sees_no_others_and_no_page_of_the_pupil(
    school: School, who: str
) -> None:
    own = {"tove": Holder.TEACHER, "agda": Holder.SCHOOL_ADMINISTRATOR}[who]
    by = scope(getattr(school, who), FRIDAY)
    raised(school.saga, level=1)
    raised(school.saga, level=2)
    item = raised(school.saga, acts=own, subject="own")

    rows = queries.of_pupil(school.saga.pk, by=by, on=FRIDAY)

    assert [row.public for row in rows] == [item.public]
    assert not rows[0].opens_pupil
    assert queries.counts(by=by, on=FRIDAY).nobody_has_acted == 1


def test_a_teams_row_is_cleared_once_for_all_of_them(school: School) -> None:
    item = raised(school.saga, acts=Holder.STUDENT_HEALTH_TEAM)
    sten = school.staff("sten", "Sten Alm", Role.SPECIAL_EDUCATOR, school.strand)

    services.act(
        item.public, Act.DONE, text="tog upp på mötet", by=scope(sten, FRIDAY), at=NOON, on=FRIDAY
    )

    assert queries.mine(by=scope(school.karin, FRIDAY), on=FRIDAY).rows == ()


def test_a_protected_pupils_row_is_every_named_handlers_to_act_on(school: School) -> None:
    item = raised(school.saga)
    school.protect(school.saga, school.karin)

    assert [row.public for row in queries.mine(by=scope(school.karin), on=FRIDAY).rows] == [
        item.public
    ]
    services.act(
        item.public, Act.DONE, text="ringde hem", by=scope(school.karin), at=NOON, on=FRIDAY
    )
    assert queries.mine(by=scope(school.karin), on=FRIDAY).rows == ()


def test_who_is_no_handler_holds_no_row_of_a_protected_pupil(school: School) -> None:
    item = raised(school.saga)
    school.protect(school.saga, school.karin)

    for other in (school.mira, school.ragnar, school.agda, school.tove):
        with pytest.raises(services.NoSuchItem):
            services.act(
                item.public, Act.DONE, text="ringde hem", by=scope(other), at=NOON, on=FRIDAY
            )


def test_a_handler_with_rows_alone_holds_no_other_rows(school: School) -> None:
    item = raised(school.saga)
    school.protect(school.saga, school.tove)

    with pytest.raises(services.NoSuchItem):
        services.act(
            item.public, Act.DONE, text="ringde hem", by=scope(school.tove), at=NOON, on=FRIDAY
        )
