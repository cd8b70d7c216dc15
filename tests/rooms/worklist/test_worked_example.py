"""The worked example of docs/domain/worklist.md, day by day."""

from datetime import date
from typing import Any

from samnarvaro.kernel.access import Role
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people.models import Staff
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act
from tests.rooms.worklist.school import NOON, School, raised, scope, system

RAISED, PUT_OFF, BACK, CLEARED = (
    date(2026, 10, 21),
    date(2026, 10, 23),
    date(2026, 11, 2),
    date(2026, 11, 4),
)
RECOVERED = date(2026, 11, 9)


def seen(mentor: Staff, principal: Staff, on: date) -> tuple[list[str], list[str]]:
    """Return what the mentor has to do on a day, and what the principal sees nobody has done."""
    mine = queries.mine(by=scope(mentor, on), on=on)
    school = scope(principal, on)
    left = queries.nobody_has_acted(school.units, by=school, on=on, calendars=Calendars())
    return (
        [row.name for row in mine.rows if row not in mine.waiting],
        [each.row.name for each in left],
    )


def test_sagas_row_is_put_off_comes_back_and_is_cleared(school: School) -> None:
    item = raised(school.saga)
    saga = ["Saga Lind"]
    steps: list[tuple[date, dict[str, Any], tuple[list[str], list[str]]]] = [
        (RAISED, {}, (saga, saga)),
        (
            PUT_OFF,
            {"kind": Act.WAIT, "text": "talar med Saga efter lovet", "wait_until": BACK},
            ([], []),
        ),
        (BACK, {}, (saga, [])),
        (
            CLEARED,
            {"kind": Act.DONE, "text": "samtal med Saga och Lena, kartläggning påbörjad"},
            ([], []),
        ),
    ]

    for day, given, expected in steps:
        if given:
            services.act(item.public, **given, by=scope(school.mira, day), at=NOON, on=day)
        assert seen(school.mira, school.ragnar, day) == expected, day


def test_robins_row_stays_when_the_ground_is_gone(school: School) -> None:
    elin = school.staff("elin", "Elin Dahl", Role.MENTOR, school.ek, school.class_4a)
    item = raised(school.robin)
    services.mark_recovered([item.subject], on=RECOVERED, by=system(RECOVERED), at=NOON)

    assert seen(elin, school.petra, RECOVERED) == (["Robin Åberg"], ["Robin Åberg"])
    row = queries.get(item.public, by=scope(elin, RECOVERED), on=RECOVERED)
    assert row.recovered_on == RECOVERED
