"""How a school authority calls; where nothing is said, as shipped. Nothing of it is secret."""

from samnarvaro.kernel.access import Holder
from samnarvaro.outreach.domain import needs
from samnarvaro.outreach.domain.guide import Step
from samnarvaro.outreach.domain.needs import SHIPPED, Stage, Whom
from samnarvaro.outreach.models import GuideWords, Routine


def routines() -> list[needs.Routine]:
    """Return the routine of each stage."""
    own = {row.stage: row for row in Routine.objects.all()}
    return [_of(own[each.stage]) if each.stage in own else each for each in SHIPPED]


def _of(row: Routine) -> needs.Routine:
    return needs.Routine(Stage(row.stage), tuple(row.grades), Whom(row.whom), Holder(row.caller))


def own_words(stage: Stage) -> dict[Step, str]:
    """Return the words that the school authority has written itself, by step."""
    rows = GuideWords.objects.filter(stage=stage.value)
    return {Step(step): words for step, words in rows.values_list("step", "words")}
