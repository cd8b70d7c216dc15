"""What a factor needs, and what several sources say of one thing, side by side."""

import pytest

from samnarvaro.mapping.domain.factors import (
    DIRECTION_OF,
    FIELD_OF,
    KINDS,
    Direction,
    Factor,
    Fault,
    Field,
    Kind,
    Source,
    Told,
    direction_of,
    faults,
    heard,
    side_by_side,
)


def told(**given: object) -> Told:
    facts: dict[str, object] = {
        "kind": Kind.STRESSFUL_PLACE, "source": Source.CHILD, "strength": 2, "words": "det ekar",
    }  # fmt: skip
    return Told(**facts | given)  # type: ignore[arg-type]  # the facts of a factor, by name


def factor(kind: Kind, source: Source, strength: int, words: str = "så är det") -> Factor:
    direction = direction_of(kind, Direction.NEITHER)
    assert direction
    return Factor(kind=kind, source=source, strength=strength, direction=direction, words=words)


def test_every_kind_stands_in_one_field_and_each_field_has_an_open_one() -> None:
    assert set(FIELD_OF) == set(Kind)
    assert sum(len(kinds) for kinds in KINDS.values()) == len(Kind)
    for field, kinds in KINDS.items():
        assert kinds[-1].value.startswith("other") or field is Field.OWN


def test_the_first_two_fields_go_toward_school_the_next_two_away_and_own_ones_as_is_said() -> None:
    assert DIRECTION_OF[Field.FROM_HOME] is DIRECTION_OF[Field.TO_SCHOOL] is Direction.TOWARD
    assert DIRECTION_OF[Field.FROM_SCHOOL] is DIRECTION_OF[Field.AT_HOME] is Direction.AWAY
    assert direction_of(Kind.ROUTINES, Direction.AWAY) is Direction.TOWARD
    assert direction_of(Kind.OWN, Direction.TOWARD) is Direction.TOWARD
    assert direction_of(Kind.OWN, None) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"strength": 0}, [Fault.STRENGTH]),
        ({"strength": 1}, []),
        ({"strength": 3}, []),
        ({"strength": 4}, [Fault.STRENGTH]),
        ({"words": "ja"}, [Fault.WORDS]),
        ({"words": "jag"}, []),
        ({"words": "a" * 400}, []),
        ({"words": "a" * 401}, [Fault.WORDS_TOO_LONG]),
        ({"kind": Kind.OWN}, [Fault.DIRECTION]),
        ({"kind": Kind.OWN, "direction": Direction.NEITHER}, []),
        (
            {"kind": None, "source": None, "strength": None, "words": ""},
            [Fault.KIND, Fault.SOURCE, Fault.STRENGTH, Fault.WORDS],
        ),
    ],
)
def test_what_is_missing_of_a_factor_is_told_at_once(
    given: dict[str, object], found: list[Fault]
) -> None:
    assert faults(told(**given), held=0) == found


@pytest.mark.parametrize(("held", "found"), [(59, []), (60, [Fault.TOO_MANY])])
def test_a_mapping_holds_sixty_factors(held: int, found: list[Fault]) -> None:
    assert faults(told(), held=held) == found


def test_what_is_said_of_one_thing_stands_in_one_row_the_child_first_and_nothing_is_averaged() -> (
    None
):
    said = [
        factor(Kind.STRESSFUL_PLACE, Source.SCHOOL, 1),
        factor(Kind.ROUTINES, Source.GUARDIAN, 2),
        factor(Kind.STRESSFUL_PLACE, Source.CHILD, 3),
    ]

    rows = side_by_side(said)

    assert [row.kind for row in rows] == [Kind.ROUTINES, Kind.STRESSFUL_PLACE]
    assert [(each.source, each.strength) for each in rows[1].factors] == [
        (Source.CHILD, 3),
        (Source.SCHOOL, 1),
    ]
    assert heard(said) == [Source.CHILD, Source.GUARDIAN, Source.SCHOOL]


@pytest.mark.parametrize(
    ("child", "school", "differs", "alone"),
    [(3, 3, False, False), (3, 2, True, False), (3, None, False, True)],
)
def test_sources_differ_when_they_speak_of_it_and_not_as_strongly(
    child: int, school: int | None, differs: bool, alone: bool
) -> None:
    said = [factor(Kind.CLIMATE, Source.CHILD, child), factor(Kind.ROUTINES, Source.SCHOOL, 1)]
    if school:
        said.append(factor(Kind.CLIMATE, Source.SCHOOL, school))

    row = next(row for row in side_by_side(said) if row.kind is Kind.CLIMATE)

    assert (row.differs, row.is_alone(heard(said))) == (differs, alone)


def test_own_factors_differ_when_they_go_another_way() -> None:
    way = {"kind": Kind.OWN, "strength": 2, "words": "ritar mycket"}
    said = [
        Factor(source=Source.CHILD, direction=Direction.TOWARD, **way),  # type: ignore[arg-type]  # the rest of a factor, by name
        Factor(source=Source.SCHOOL, direction=Direction.NEITHER, **way),  # type: ignore[arg-type]  # the same
    ]

    assert side_by_side(said)[0].differs


def test_one_source_alone_differs_from_nobody_and_is_no_exception() -> None:
    said = [factor(Kind.CLIMATE, Source.CHILD, 3)]

    row = side_by_side(said)[0]

    assert not row.differs
    assert not row.is_alone(heard(said))
