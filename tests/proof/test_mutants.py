"""The wrong rules are about today's source, and the quickest of them are found in every run."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.proof import mutants
from tests.proof.seeded import MUTANTS, Mutant

QUICK = [one for one in MUTANTS if one.quick]


def test_there_are_forty_and_no_two_alike() -> None:
    assert len(MUTANTS) == len({(one.path, one.old, one.new) for one in MUTANTS}) == 40
    assert len(QUICK) >= 10


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.what)
def test_each_changes_one_place_of_todays_source_and_names_its_tests(mutant: Mutant) -> None:
    """Else it would live or die by not being there."""
    assert mutants.edited(mutant)
    assert all((mutants.ROOT / "tests" / path).exists() for path in mutant.tests)


def test_an_edit_that_is_not_there_or_changes_nothing_is_seen() -> None:
    gone = replace(MUTANTS[0], old="what nobody wrote")
    idle = replace(MUTANTS[0], new=MUTANTS[0].old)

    for wrong in (gone, idle):
        with pytest.raises(mutants.DoesNotApply):
            mutants.edited(wrong)


@pytest.mark.slow
def test_wrong_rules_are_found_and_right_ones_pass(tmp_path: Path) -> None:
    """The quick ones, all of one file's at once undone again; the long form tries all forty."""
    folder = mutants.copied(tmp_path)
    one_of_each = list({one.path: one for one in QUICK}.values())
    assert mutants.run({test for one in one_of_each for test in one.tests}, folder)[0] == 0

    found = list(mutants.tried(one_of_each, folder))

    assert [one.mutant.what for one in found if not one.is_killed] == []
