"""The staircase in words: rules, figures that never deny them, and what stands behind a row."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.rules import Reach, ShareRule, Task, Verdict
from samnarvaro.staircase.web import texts

RULE = ShareRule(
    key="month-over-10", level=1, days=30, reach=Reach.OVER, percent=10, least_scheduled=600,
    acts=Holder.MENTOR, task=Task.FOLLOW_UP_AND_MAP, within_school_days=5,
)  # fmt: skip
WINDOW = Window(date(2026, 10, 22), date(2026, 11, 20))
FIGURES = {
    "rule_set": "city", "rule_set_name": "Stadsmodellen", "version": 1, "rule": "month-over-10",
    "reach": "over", "task": "follow_up_and_map", "percent": 10, "days": 30,
    "window_first": "2026-10-22", "window_last": "2026-11-20", "scheduled": 6000, "absent": 1338,
}  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("absent", "scheduled", "shown"),
    [
        (600, 6000, "10,0 %"),
        (601, 6000, "10,02 %"),
        (599, 6000, "9,98 %"),
        (6001, 60000, "10,002 %"),
        (1338, 6000, "22,3 %"),
        (0, 6000, "0,0 %"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_never_so_rounded_that_it_denies_the_rule(
    absent: int, scheduled: int, shown: str
) -> None:
    assert plain(texts.share(Absence(scheduled, absent), 10)) == shown


@given(st.integers(600, 12_000), st.integers(0, 12_000), st.sampled_from([10, 20, 40]))
def test_what_is_shown_stands_on_the_same_side_of_the_limit(
    scheduled: int, absent: int, percent: int
) -> None:
    absence = Absence(scheduled, min(absent, scheduled))

    shown = Fraction(plain(texts.share(absence, percent)).removesuffix(" %").replace(",", "."))

    exact = Fraction(absence.absent * 100, scheduled)
    assert (shown > percent, shown >= percent) == (exact > percent, exact >= percent)


def test_a_row_of_work_says_figures_window_and_rule() -> None:
    assert plain(texts.why(FIGURES)) == (
        "Borta 22,3 % av lektionstiden 22 oktober–20 november: 22 h 18 min av 100 h. "
        "Regel: mer än 10 % frånvaro på 30 dagar."
    )


def test_what_stands_behind_a_row_can_be_opened() -> None:
    explained = texts.explain(FIGURES)

    assert plain(explained.rule) == "mer än 10 % frånvaro på 30 dagar (Stadsmodellen, version 1)"
    assert explained.window == "22 oktober–20 november (30 dagar)"
    assert plain(explained.denominator) == (
        "100 h (6 000 minuter) schemalagd lektionstid som är rapporterad"
    )


@pytest.mark.parametrize("lost", ["reach", "percent", "days", "scheduled", "window_first"])
def test_a_row_with_less_is_told_without_figures(lost: str) -> None:
    less = {key: value for key, value in FIGURES.items() if key != lost}

    assert texts.why(less) == "En regel i frånvarotrappan gäller."
    assert texts.explain(less).rule == ""


def test_the_deciding_sum_can_be_done_by_hand() -> None:
    lines = [plain(line) for line in texts.by_hand(RULE, Absence(6000, 1338))]

    assert lines == [
        "Minuter borta × 100: 1 338 × 100 = 133 800",
        "Gränsen × lektionsminuter: 10 × 6 000 = 60 000",
        "Jämför: 133 800 > 60 000",
    ]
    assert plain(texts.by_hand(RULE, Absence(600, 60))[-1]) == "Jämför: 6 000 = 6 000"


def test_every_task_and_verdict_has_its_words() -> None:
    assert set(texts.TASK) == set(Task)
    assert set(texts.VERDICT) == set(texts.VERDICT_TONE) == set(Verdict)
    assert "fault" not in texts.VERDICT_TONE.values()
