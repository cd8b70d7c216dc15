"""The words of investigations: what was judged, with whom one has consulted, what is missing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.cases.domain.investigation import (
    Consulted,
    Fault,
    Judgement,
    Outcome,
    Part,
    Perspective,
    State,
    Support,
)
from samnarvaro.cases.services.medical import CONSENT
from samnarvaro.consents.domain.handing_over import Code

Words = str | Promise

JUDGEMENT: dict[Judgement, Words] = {
    Judgement.REPEATED: _("Frånvaron är upprepad"),
    Judgement.LONG: _("Frånvaron är lång"),
    Judgement.BOTH: _("Frånvaron är både upprepad och lång"),
    Judgement.NOT_NEEDED: _("En utredning behövs inte"),
}
STATE: dict[State, Words] = {
    State.NOT_NEEDED: _("behövs inte"),
    State.OPEN: _("pågår"),
    State.DECIDED: _("beslutad, följs upp"),
    State.CLOSED: _("avslutad"),
}
TONE = {
    State.NOT_NEEDED: "plain",
    State.OPEN: "attention",
    State.DECIDED: "info",
    State.CLOSED: "good",
}
CONSULTED: dict[Consulted, Words] = {
    Consulted.STUDENT_HEALTH: _("Elevhälsan"),
    Consulted.PUPIL: _("Eleven"),
    Consulted.GUARDIAN: _("Vårdnadshavare"),
}
PERSPECTIVE: dict[Perspective, Words] = {
    Perspective.PEDAGOGICAL: _("Pedagogiskt"),
    Perspective.SOCIAL: _("Socialt"),
    Perspective.PSYCHOLOGICAL: _("Psykologiskt"),
    Perspective.MEDICAL: _("Medicinskt"),
}
ANALYSIS = _("Analys")
SUPPORT_ASKED = _("Särskilt stöd")
DRAFT_KEPT = _("Utkastet är sparat. Bara du ser det.")
DRAFT_TOO_LONG = _("Texten är för lång, och utkastet är inte sparat.")
DRAFT_GONE = _("Det finns inget utkast längre.")
SUPPORT: dict[Support, Words] = {
    Support.NOT_MET: _("Nej, det finns inte skäl för en utredning om särskilt stöd"),
    Support.OPENED: _("Ja, en utredning om särskilt stöd är inledd"),
    Support.TOGETHER: _("Ja, och de två utredningarna görs tillsammans"),
}
OUTCOME: dict[Outcome, Words] = {
    Outcome.BETTER: _("Det har blivit bättre"),
    Outcome.AS_BEFORE: _("Det är som förut"),
    Outcome.WORSE: _("Det har blivit sämre"),
}
GROUND: dict[str, Words] = {
    CONSENT: _("Familjen har sagt ja till att jag berättar det här"),
    Code.MEDICAL_TO_STUDENT_HEALTH.value: _(
        "Eleven behöver nödvändigt stöd, och uppgiften behövs för det (OSL 25 kap. 13 a §)"
    ),
}
# What opens the form of each part, and what its button says.
OPEN: dict[Part, Words] = {
    Part.APPOINT: _("Utse utredare"),
    Part.CONSULT: _("Skriv in ett samråd"),
    Part.PERSPECTIVE: _("Skriv in ett perspektiv"),
    Part.ANALYSE: _("Skriv analysen"),
    Part.SUPPORT: _("Ta ställning till särskilt stöd"),
    Part.MEASURE: _("Lägg till en åtgärd"),
    Part.DECIDE: _("Fatta beslut"),
    Part.FOLLOW_UP: _("Följ upp"),
    Part.CLOSE: _("Avsluta utredningen"),
    Part.TELL_HOME: _("Hemkommunen är underrättad"),
}
SAVED: dict[Part, Words] = {
    Part.APPOINT: _("Utredaren är utsedd och har nu ett ärende med eleven."),
    Part.CONSULT: _("Samrådet är inskrivet."),
    Part.PERSPECTIVE: _("Perspektivet är inskrivet."),
    Part.ANALYSE: _("Analysen är sparad."),
    Part.SUPPORT: _("Ställningstagandet är sparat."),
    Part.MEASURE: _("Åtgärden är inskriven."),
    Part.DECIDE: _("Beslutet är fattat. Åtgärderna följs upp den dag ni valde."),
    Part.FOLLOW_UP: _("Uppföljningen är inskriven."),
    Part.CLOSE: _("Utredningen är avslutad."),
    Part.TELL_HOME: _("Det är inskrivet att hemkommunen är underrättad."),
}
JUDGED = _("Bedömningen är sparad. Utredningen är inledd och anmäld till huvudmannen.")
JUDGED_NOT_NEEDED = _("Bedömningen är sparad.")
HANDED_OVER = _("Din bedömning är lämnad till utredningen.")

FAULT: dict[Fault, Words] = {
    Fault.NOT_YOURS: _("Det här bestämmer någon i en annan roll."),
    Fault.NOT_NOW: _("Utredningen är inte där ännu, eller redan förbi."),
    Fault.CHANGED: _(
        "Någon annan skrev i utredningen medan du skrev. Läs det som har kommit till och spara igen."
    ),
    Fault.ALREADY_OPEN: _("Det pågår redan en utredning om eleven."),
    Fault.JUDGEMENT: _("Välj din bedömning."),
    Fault.WHY: _("Skriv varför du bedömer det så."),
    Fault.TEXT: _("Skriv några ord."),
    Fault.TOO_LONG: _("Texten är för lång."),
    Fault.WHO: _("Säg vem."),
    Fault.DAY: _("Välj en dag."),
    Fault.DAY_AHEAD: _("Dagen har inte varit ännu."),
    Fault.KIND: _("Välj ett av alternativen."),
    Fault.MEDICAL_ELSEWHERE: _(
        "Det medicinska perspektivet skriver elevhälsans medicinska insats själv och lämnar hit."
    ),
    Fault.LOOK_ON: _("Välj när åtgärderna följs upp."),
    Fault.LOOK_ON_TOO_SOON: _("Välj en dag efter i dag."),
    Fault.LOOK_ON_TOO_LATE: _("Välj en närmare dag: högst 90 dagar fram."),
    Fault.OUTCOME: _("Avsluta går först när den senaste uppföljningen säger att det är bättre."),
    Fault.NO_STUDENT_HEALTH: _("Samråd med elevhälsan, eller varför det inte gick"),
    Fault.NO_PUPIL: _("Samråd med eleven, eller varför det inte gick"),
    Fault.NO_GUARDIAN: _("Samråd med vårdnadshavare, eller varför det inte gick"),
    Fault.NO_ANALYSIS: _("Analysen"),
    Fault.NO_SUPPORT: _("Ställningstagandet till särskilt stöd"),
    Fault.NO_MEASURE: _("Minst en åtgärd, och vem som ansvarar för den"),
    Fault.NO_NEW_MEASURE: _("Det har inte räckt. Skriv vad nytt ni gör, och vem som ansvarar."),
    Fault.NO_GROUND: _("Välj på vilken grund du lämnar uppgiften."),
    Fault.NOT_ANOTHERS: _("Eleven har ingen annan hemkommun att underrätta."),
}
STEPS = (_("Bedömning"), _("Samråd"), _("Analys"), _("Beslut"), _("Uppföljning"))
