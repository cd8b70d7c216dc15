"""Whatever happens to people, children and families: the code opens what the facts open, no more.

SAMNARVARO_PROVE=1 lets it go on for thousands of steps.
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from samnarvaro.consents.domain import agreement
from samnarvaro.consents.models import ConsentClassSet
from samnarvaro.kernel.privacy import DataClass
from tests.proof.compared import Difference
from tests.proof.families import Lives
from tests.proof.forgetting import forget_questions
from tests.proof.machine import TIED
from tests.proof.world import World

PROVE = os.environ.get("SAMNARVARO_PROVE") == "1"
LIVES, LENGTH, LEAST = (50, 50, 2_000) if PROVE else (2, 20, 40)  # steps; a life may end early
UNTIL_FOUND = 30  # lives


@pytest.fixture
def lives(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Lives]]:  # noqa: ARG001  # tables
    monkeypatch.setattr(Lives, "world", World(), raising=False)
    monkeypatch.setattr(Lives, "whole", PROVE)
    for figure in ("steps", "done", "asked", "found"):
        monkeypatch.setattr(Lives, figure, 0)
    yield Lives
    print(
        f"\nsteps {Lives.steps}, of which {Lives.done} changed something; "
        f"answers compared {Lives.asked}"
    )


def live(lives: int) -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=lives, stateful_step_count=LENGTH, derandomize=True, database=None,
            deadline=None, phases=[Phase.generate], verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip


@pytest.mark.slow
def test_nothing_that_happens_parts_the_code_from_the_facts(lives: type[Lives]) -> None:
    began = time.monotonic()
    live(LIVES)
    print(f"differences 0, {time.monotonic() - began:.0f} s")
    assert lives.steps >= LEAST
    assert lives.done * 3 >= lives.steps  # most of what is tried happens


# Wrong rules, each of which such lives must come upon -----------------------------------------


def what_is_taken_back_flows_on(patch: pytest.MonkeyPatch) -> None:
    states = {"given", "withdrawn"}
    patch.setattr(ConsentClassSet, "flowing", _flowing(consent__state__in=states))


def the_last_day_is_none(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ConsentClassSet, "flowing", _flowing(last="gt"))


def a_consent_to_one_zone_opens_another(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ConsentClassSet, "flowing", _flowing(any_zone=True))


def one_guardian_is_enough(patch: pytest.MonkeyPatch) -> None:
    right = agreement.comes_to

    def wrong(answers: Any, asked: agreement.Asked) -> agreement.Event:
        found = right(answers, asked)
        return agreement.Event.ALL_YES if found is agreement.Event.SOME_YES else found

    patch.setattr(agreement, "comes_to", wrong)


def _flowing(*, last: str = "gte", any_zone: bool = False, **state: object) -> Callable[..., Any]:
    """What lets a class flow, with something of it forgotten."""

    def flowing(
        rows: ConsentClassSet, data_class: DataClass, *, to_zone: str, on: object
    ) -> ConsentClassSet:
        kept: dict[str, object] = {
            "data_class": data_class, "consent__from_zone__startswith": "school:",
            "consent__valid_from__lte": on, f"consent__valid_to__{last}": on,
        } | (state or {"consent__state": "given"})  # fmt: skip
        return rows.filter(**kept if any_zone else kept | {"consent__to_zone": to_zone})

    return flowing


@pytest.mark.slow
@pytest.mark.skipif(not PROVE, reason="takes hundreds of steps: `make prove` lives them")
@pytest.mark.parametrize(
    "wrong",
    [
        what_is_taken_back_flows_on,
        the_last_day_is_none,
        a_consent_to_one_zone_opens_another,
        one_guardian_is_enough,
    ],
    ids=lambda wrong: wrong.__name__,
)
def test_a_wrong_rule_about_consents_is_found(
    lives: type[Lives], wrong: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lives, "among", frozenset(hat.person for hat, _kind in TIED))
        forget_questions()  # put together before this, they would ask by the right rule
        wrong(patch)
        with pytest.raises(Difference):
            live(UNTIL_FOUND)
    forget_questions()
    found, lives.found = lives.found, 0
    print(f"{wrong.__name__}: found after {found} steps")
    assert 0 < found <= UNTIL_FOUND * LENGTH
    # It was the wrong rule that was found: by the right one the same days show no difference.
    live(found // LENGTH + 1)
