"""The guide of a call: which steps it has for which stage. The words stand beside, and are data."""

from enum import StrEnum

from samnarvaro.outreach.domain.needs import Stage


class Step(StrEnum):
    WHO = "who"  # who is calling
    MISSED = "missed"  # that the child was missed
    LASTS = "lasts"  # whether it may last
    HOW = "how"  # how are you
    TODAY = "today"  # what was done at school today
    FETCH = "fetch"  # what could be fetched or prepared
    COMING = "coming"  # what happens the coming days
    WORK = "work"  # something to work on
    HOW_TO_GET = "how_to_get"  # and how to get it
    CLOSING = "closing"


STEPS: dict[Stage, tuple[Step, ...]] = {
    Stage.YOUNGER: (Step.WHO, Step.MISSED, Step.LASTS, Step.TODAY, Step.FETCH, Step.WORK,
                    Step.CLOSING),
    Stage.OLDER: (Step.WHO, Step.MISSED, Step.HOW, Step.TODAY, Step.COMING, Step.WORK,
                  Step.HOW_TO_GET, Step.CLOSING),
}  # fmt: skip

LONGEST_WORDS = 400
# What stands for what in the words; anything else is left as it is written.
CALLER, SCHOOL, PUPIL = "{jag}", "{skola}", "{elev}"


def spoken(words: str, *, caller: str, school: str, pupil: str) -> str:
    """Return the words of a step as they are said in one call."""
    said = words.replace(CALLER, caller).replace(SCHOOL, school)
    return said.replace(PUPIL, pupil)
