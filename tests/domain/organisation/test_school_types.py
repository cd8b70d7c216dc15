"""What type of school a school year says, where none is told."""

import pytest

from samnarvaro.organisation.domain.school_types import SchoolType, school_type_of


@pytest.mark.parametrize(
    ("told", "grade", "found"),
    [
        ("", "F", SchoolType.PRESCHOOL_CLASS),
        ("", "1", SchoolType.COMPULSORY),
        ("", "9", SchoolType.COMPULSORY),
        ("", "10", SchoolType.ADAPTED_COMPULSORY),
        ("", "", ""),
        ("GRS", "4", SchoolType.ADAPTED_COMPULSORY),
        ("GY", "1", SchoolType.UPPER_SECONDARY),
    ],
)
def test_what_is_told_goes_before_what_the_school_year_says(
    told: str, grade: str, found: str
) -> None:
    assert school_type_of(told, grade) == found
