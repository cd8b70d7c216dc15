"""What is asked about: eleven ways to snoop are found, and ordinary work is let be."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from samnarvaro.audit.domain.reviewing import (
    CannotFind,
    Verdict,
    against,
    drawn,
    month_after,
    sample_size,
)
from samnarvaro.audit.domain.triggers import Flag, Known, Look, Reason, Usual, flags

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
SNOOP, CHILD = "snoop", "child"


def look(
    number: int = 1, *pupils: str, viewer: str = SNOOP, at: datetime = DAY, **more: object
) -> Look:
    given = {"action": "view", "ground": "duty", "is_allowed": True} | more
    return Look(number, at, viewer, pupils=pupils or (CHILD,), **given)  # type: ignore[arg-type]  # by name


def reasons(looks: list[Look], known: Known | None = None) -> list[Reason]:
    return [flag.reason for flag in flags(looks, known or Known())]


@pytest.mark.parametrize("reason", [Reason.OWN_CHILD, Reason.COLLEAGUES_CHILD, Reason.FAMILY_NAME])
def test_a_tie_is_asked_about_once_a_month_where_the_pupil_itself_was_opened(
    reason: Reason,
) -> None:
    ties = {(SNOOP, CHILD): [reason]}

    assert reasons([look(1), look(2)], Known(ties=ties)) == [reason]
    assert reasons([look(1, CHILD, "other")], Known(ties=ties)) == [], "a list of the class"
    asked = frozenset({(reason, SNOOP, CHILD)})
    assert reasons([look(1)], Known(ties=ties, asked=asked)) == []


def test_what_tied_them_must_have_ended_before_the_day() -> None:
    for ended, found in ((date(2026, 11, 19), [Reason.FORMER]), (date(2026, 11, 20), [])):
        assert reasons([look()], Known(ended={(SNOOP, CHILD): ended})) == found


def test_a_closed_door_to_a_former_pupil_is_asked_about_too() -> None:
    known = Known(ended={(SNOOP, CHILD): date(2026, 10, 1)})

    assert reasons([look(is_allowed=False)], known) == [Reason.FORMER]


@pytest.mark.parametrize(
    ("hour", "minute", "is_night"), [(22, 59, False), (23, 0, True), (4, 59, True), (5, 0, False)]
)
def test_night_is_from_eleven_to_five(hour: int, minute: int, is_night: bool) -> None:
    at = DAY.replace(hour=hour, minute=minute)

    assert reasons([look(at=at)]) == ([Reason.NIGHT] if is_night else [])


@pytest.mark.parametrize(("times", "is_asked"), [(7, False), (8, True)])
def test_eight_looks_at_one_pupil_without_doing_anything(times: int, is_asked: bool) -> None:
    looks = [look(number, at=DAY + timedelta(minutes=number)) for number in range(times)]

    assert reasons(looks) == ([Reason.MANY_VIEWS] if is_asked else [])
    assert reasons(looks, Known(acted=frozenset({(SNOOP, CHILD)}))) == []


@pytest.mark.parametrize(
    ("pupils", "mean", "found"), [(24, 3, 0), (25, 3, 1), (40, 37, 0), (41, 37, 1)]
)
def test_far_more_pupils_than_usual(pupils: int, mean: float, found: int) -> None:
    looks = [look(number, f"p{number}") for number in range(pupils)]
    usual = {SNOOP: Usual(mean, 1.0, 10)}

    assert len(reasons(looks, Known(usual=usual))) == found
    assert reasons(looks, Known(usual={SNOOP: Usual(mean, 1.0, 9)})) == [], "too new to say"


@pytest.mark.parametrize(("minutes", "is_asked"), [(5, False), (6, True)])
def test_searching_and_opening_nobody(minutes: int, is_asked: bool) -> None:
    def searches(opened: str = "") -> list[Look]:
        typed = [
            look(number, CHILD, action="search", at=DAY + timedelta(seconds=20 * number))
            for number in range(3 * minutes)
        ]
        return [*typed, look(99, opened, at=DAY)] if opened else typed

    assert reasons(searches()) == ([Reason.SEARCHES] if is_asked else [])
    assert reasons(searches(CHILD)) == [], "the one who was sought was opened"


@pytest.mark.parametrize(("doors", "is_asked"), [(2, False), (3, True)])
def test_closed_doors(doors: int, is_asked: bool) -> None:
    looks = [look(number, f"p{number}", is_allowed=False) for number in range(doors)]

    assert reasons(looks) == ([Reason.CLOSED_DOORS] if is_asked else [])
    nobody = [Look(number, DAY, SNOOP, "view", (), "duty", is_allowed=False) for number in range(9)]
    assert reasons(nobody) == [], "an address of nothing tells of nothing"


def test_glass_and_protected_pupils_are_asked_about_each_day() -> None:
    assert reasons([look(ground="glass:4"), look(2, ground="glass:4")]) == [Reason.GLASS]
    assert reasons([look(), look(2)], Known(protected=frozenset({CHILD}))) == [Reason.PROTECTED]


# A school authority's ordinary weeks: 100 people at work, 100,000 readings over 20 days.
STAFF, DAYS, PER_DAY = 100, 20, 50


def ordinary(chance: Random, day: int) -> Iterator[Look]:
    """Lists in the morning, one's own pupils through the day, a search that finds; at times late."""
    for person in range(STAFF):
        own = [f"{person}-{pupil}" for pupil in range(25)]
        number = (day * STAFF + person) * PER_DAY
        at = DAY.replace(hour=7) + timedelta(days=day)
        for step in range(PER_DAY):
            at += timedelta(minutes=chance.randint(2, 15))
            whom = chance.choice(own)
            if step % 5 == 0:
                yield Look(number + step, at, str(person), "list", tuple(own))
            elif step % 10 == 1:
                yield Look(number + step, at, str(person), "search", (whom,))
            else:
                yield Look(number + step, at, str(person), "view", (whom,))


def the_snoops(day: datetime) -> dict[Reason, list[Look]]:
    """Ten patterns, each by a person of its own, on an ordinary working day."""
    at, n = day, 10_000_000

    def some(viewer: str, count: int, **more: object) -> list[Look]:
        nonlocal n
        n += 1000
        return [
            look(n + k, f"{viewer}s", viewer=viewer, at=at + timedelta(minutes=k), **more)
            for k in range(count)
        ]

    many = [look(n + k, f"m{k}", viewer="many", at=at + timedelta(minutes=k)) for k in range(60)]
    return {
        Reason.OWN_CHILD: some("own", 1),
        Reason.COLLEAGUES_CHILD: some("colleague", 1),
        Reason.FAMILY_NAME: some("name", 1),
        Reason.FORMER: some("former", 2, is_allowed=False),
        Reason.MANY_PUPILS: many,
        Reason.NIGHT: [look(n + 500, "x", viewer="night", at=day.replace(hour=2))],
        Reason.MANY_VIEWS: some("again", 9),
        Reason.SEARCHES: some("searching", 7, action="search"),
        Reason.GLASS: some("glass", 1, ground="glass:1"),
        Reason.PROTECTED: some("protected", 1),
    }


def test_ten_of_ten_ways_to_snoop_are_found_the_same_day_among_a_hundred_thousand_readings() -> (
    None
):
    chance, false, readings = Random(20261120), 0, 0
    known = Known(
        ties={
            ("own", "owns"): [Reason.OWN_CHILD],
            ("colleague", "colleagues"): [Reason.COLLEAGUES_CHILD],
            ("name", "names"): [Reason.FAMILY_NAME],
        },
        ended={("former", "formers"): date(2026, 11, 1)},
        protected=frozenset({"protecteds"}),
        usual={"many": Usual(8, 3, 40)} | {str(each): Usual(18, 3, 40) for each in range(STAFF)},
    )
    found: list[Flag] = []
    for day in range(DAYS):
        looks = list(ordinary(chance, day))
        readings += len(looks)
        snoops = the_snoops(DAY + timedelta(days=day)) if day == 10 else {}
        asked = flags([*looks, *(each for some in snoops.values() for each in some)], known)
        found += [flag for flag in asked if not flag.viewer.isdecimal()]
        false += sum(flag.viewer.isdecimal() for flag in asked)

    assert readings == 100_000
    assert sorted(flag.reason for flag in found) == sorted(the_snoops(DAY))
    assert false <= 20 * readings / 10_000, f"{false} false in {readings}"


@pytest.mark.parametrize(
    ("readings", "size"), [(0, 0), (7, 7), (20, 20), (21, 20), (1000, 20), (1001, 21), (5000, 100)]
)
def test_two_in_a_hundred_are_drawn_and_at_least_twenty(readings: int, size: int) -> None:
    assert sample_size(readings) == size


def test_the_lot_is_the_same_with_the_same_seed_and_another_with_another() -> None:
    readings = range(1, 1000)

    assert drawn(readings, "a", 20) == drawn(reversed(readings), "a", 20)
    assert drawn(readings, "a", 20) != drawn(readings, "b", 20)
    assert len(set(drawn(readings, "a", 20))) == 20


def test_each_reading_has_the_same_chance() -> None:
    times = [pk for seed in range(2000) for pk in drawn(range(10), str(seed), 2)]

    assert all(300 < times.count(pk) < 500 for pk in range(10))


def test_nobody_reviews_its_own_reading_and_a_question_has_words() -> None:
    assert against(Verdict.FINE, "", is_own=False) == []
    assert against(Verdict.FINE, "", is_own=True) == [CannotFind.OWN_READING]
    assert against(Verdict.ASK, " ", is_own=False) == [CannotFind.WORDS_MISSING]
    assert against(Verdict.REPORT, "x" * 1001, is_own=False) == [CannotFind.WORDS_TOO_LONG]
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
