"""The shipped words of the guide: a proposal, which a school authority can write in its own way."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.outreach.domain.guide import STEPS, Step, spoken
from samnarvaro.outreach.domain.needs import Stage
from samnarvaro.outreach.queries import routine

Words = str | Promise

HEADING: dict[Step, Words] = {
    Step.WHO: _("Säg vem du är"),
    Step.MISSED: _("Säg att barnet var saknat"),
    Step.LASTS: _("Fråga om det kan dröja"),
    Step.HOW: _("Fråga hur det är, och lyssna"),
    Step.TODAY: _("Berätta kort om dagen"),
    Step.FETCH: _("Hämta eller göra i ordning"),
    Step.COMING: _("Berätta om dagarna som kommer"),
    Step.WORK: _("Fråga om något att göra"),
    Step.HOW_TO_GET: _("Visa vägen till det"),
    Step.CLOSING: _("Sluta varmt"),
}
SAID: dict[tuple[Stage, Step], Words] = {
    (Stage.YOUNGER, Step.WHO): _("Hej, det är {jag} från {skola}. Har du tid en liten stund?"),
    (Stage.YOUNGER, Step.MISSED): _("Vi saknade {elev} i dag och vill höra hur det är."),
    (Stage.YOUNGER, Step.LASTS): _("Tror du att det är över snart, eller kan det bli fler dagar?"),
    (Stage.YOUNGER, Step.TODAY): _("I dag har klassen hållit på med …"),
    (Stage.YOUNGER, Step.FETCH): _(
        "Vill ni hämta något härifrån, eller ska vi ha något färdigt när {elev} kommer?"
    ),
    (Stage.YOUNGER, Step.WORK): _(
        "Om orken finns: vill {elev} ha något att göra hemma? Jag berättar var det finns."
    ),
    (Stage.YOUNGER, Step.CLOSING): _("Hälsa {elev} från oss alla. Tack för att du svarade."),
    (Stage.OLDER, Step.WHO): _("Hej {elev}, det är {jag} på {skola}."),
    (Stage.OLDER, Step.MISSED): _("Vi saknade dig i dag, det var därför jag ringde."),
    (Stage.OLDER, Step.HOW): _("Hur har du det?"),
    (Stage.OLDER, Step.TODAY): _("Det här gjorde vi i dag: …"),
    (Stage.OLDER, Step.COMING): _("I morgon och dagarna efter tänker vi …"),
    (Stage.OLDER, Step.WORK): _("Skulle du vilja ha något att hålla på med under tiden?"),
    (Stage.OLDER, Step.HOW_TO_GET): _("Hittar du det själv, eller ska jag visa hur?"),
    (Stage.OLDER, Step.CLOSING): _("Det var fint att höra dig. Du är välkommen när du kommer."),
}


def guide(stage: Stage, *, caller: str, school: str, pupil: str) -> list[tuple[str, str]]:
    """Return the steps of a call: what to do, and what one may say."""
    own = routine.own_words(stage)
    return [
        (
            str(HEADING[step]),
            spoken(
                own.get(step) or str(SAID[stage, step]), caller=caller, school=school, pupil=pupil
            ),
        )
        for step in STEPS[stage]
    ]
