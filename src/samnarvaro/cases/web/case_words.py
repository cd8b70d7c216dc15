"""The words of cases: the seven steps, what is asked for, what stops a move."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samnarvaro.cases.domain import sides, steps
from samnarvaro.cases.domain.steps import Fact, Fault, Referrer, Step
from samnarvaro.cases.services.sides import Fault as SideFault

Words = str | Promise

STEP: dict[Step, Words] = {
    Step.NOTICED: _("Uppmärksammat"),
    Step.INTAKE: _("Aktualisering och uppstart"),
    Step.PLANNING: _("Planering"),
    Step.CARRYING_OUT: _("Genomförande"),
    Step.FOLLOW_UP: _("Uppföljning"),
    Step.MAINTENANCE: _("Vidmakthållande"),
    Step.CLOSURE: _("Avslut"),
}
# What is done in each step, and by whom.
DOES: dict[Step, Words] = {
    Step.NOTICED: _("Skolan ser ett behov och reder ut orsakerna. Rektor avgör om det skolsociala teamet behövs."),
    Step.INTAKE: _("Rektor beslutar om stöd i samråd med teamet. Elev och vårdnadshavare bjuds in, och säger ja eller nej till stödet och till att uppgifter delas."),
    Step.PLANNING: _("Mål, insatser och vem som ansvarar bestäms ur elevens behov. Eller så vägleds familjen vidare."),
    Step.CARRYING_OUT: _("Insatserna görs. Sjukvården kopplas in vid behov."),
    Step.FOLLOW_UP: _("Hur har det gått för eleven? Insatser och mål följs upp."),
    Step.MAINTENANCE: _("Det som har nåtts ska hålla. Träffarna blir glesare."),
    Step.CLOSURE: _("Ärendet är avslutat. Det kan öppnas igen."),
}  # fmt: skip
MOVE_TO: dict[Step, Words] = {
    Step.NOTICED: "",
    Step.INTAKE: _("Aktualisera till det skolsociala teamet"),
    Step.PLANNING: _("Gå vidare till planering"),
    Step.CARRYING_OUT: _("Gå vidare till genomförande"),
    Step.FOLLOW_UP: _("Gå vidare till uppföljning"),
    Step.MAINTENANCE: _("Gå vidare till vidmakthållande"),
    Step.CLOSURE: _("Avsluta ärendet"),
}
REOPEN = _("Öppna ärendet igen")
FACT: dict[Fact, Words] = {
    Fact.TRIGGER: _("Varför det behövs samverkan"),
    Fact.PROFESSIONS: _("Vilka som behövs"),
    Fact.FORM: _("Hur ni samverkar"),
    Fact.DECISION: _("Rektors beslut om stöd, i samråd med teamet"),
    Fact.INVITATION: _("Inbjudan till elev och vårdnadshavare"),
    Fact.YES_SUPPORT: _("Familjens svar om stödet"),
    Fact.SHARING: _("Familjens svar om att uppgifter delas med socialtjänsten"),
    Fact.MAPPING: _("Kartläggning, eller varför ingen är gjord"),
    Fact.GOAL: _("Mål"),
    Fact.INTERVENTION: _("Insats"),
    Fact.RESPONSIBLE: _("Vem som ansvarar"),
    Fact.LOOK_ON: _("Dag för uppföljning"),
    Fact.EVALUATION: _("Hur det har gått"),
    Fact.KEEPING: _("Plan för att det ska hålla"),
    Fact.REASON: _("Varför ärendet avslutas"),
    Fact.AFTERWARDS: _("Hur ni följer upp efteråt"),
    Fact.STATUS: _("Närvarostatus vid avslutet"),
    Fact.WISH: _("Önskan om att avsluta"),
}
HINT: dict[Fact, Words] = {
    Fact.PROFESSIONS: _("Till exempel kurator, skolsocionom, BUP."),
    Fact.INVITATION: _("När mötet är, och hur de blev inbjudna."),
    Fact.YES_SUPPORT: _("Vårdnadshavarna svarar. Från 15 år kan eleven säga ja själv (SoL 21 kap. 2 §)."),
    Fact.GOAL: _("Ett steg som går att lyckas med, och till när."),
    Fact.AFTERWARDS: _("Till exempel ett samtal efter en månad, och med vem."),
}  # fmt: skip
CHOICE: dict[str, Words] = {
    steps.Trigger.SEVERAL_PARTIES: _("Flera parter behövs"),
    steps.Trigger.COMPLEX: _("Situationen är sammansatt"),
    steps.Trigger.FAMILY_WISHES: _("Familjen vill det"),
    steps.Form.CONSULTATION: _("Konsultation utan namn (kräver inget samtycke)"),
    steps.Form.MEETING: _("Samverkansmöte (kräver samtycke)"),
    steps.Form.NETWORK: _("Nätverksmöte med familjens egna (kräver samtycke)"),
    steps.Form.SHARED_PLAN: _("Samverkansplan (kräver samtycke)"),
    steps.Form.COORDINATED_PLAN: _("SIP, samordnad individuell plan (kräver samtycke)"),
    steps.Yes.GUARDIANS: _("Vårdnadshavarna säger ja"),
    steps.Yes.NO: _("Svaret är nej"),
    steps.Mapping.MADE: _("Kartläggningen är gjord"),
    steps.Mapping.WHY_NOT: _("Ingen är gjord"),
    steps.Outcome.BETTER: _("Bättre"),
    steps.Outcome.AS_BEFORE: _("Som förut"),
    steps.Outcome.WORSE: _("Sämre"),
    steps.Reason.COMPLETED: _("Planen är genomförd"),
    steps.Reason.NEEDS_CHANGED: _("Elevens behov har ändrats"),
    steps.Reason.GUIDED_ON: _("Familjen är vägledd vidare"),
    steps.Reason.FAMILY_WISH: _("Elev eller vårdnadshavare vill avsluta"),
    steps.Reason.MOVED: _("Eleven har flyttat"),
    steps.Reason.ENDED_EARLY: _("Avslutat i förtid"),
    steps.Whose.GUARDIAN: _("Vårdnadshavare"),
}  # fmt: skip
PUPIL = {
    Fact.YES_SUPPORT: _("Eleven säger ja själv"),
    Fact.WISH: pgettext_lazy("who wishes", "Eleven"),
}
STATUS: dict[str, Words] = {
    "1": _("1 Positiv skolnärvaro"),
    "2": _("2 I skolan, med stress och önskan att slippa"),
    "3": _("3 Bråk om morgnarna, eller ut från lektioner"),
    "4": _("4 Kommer sent, är sedan kvar"),
    "5": _("5 Borta i perioder, eller från vissa lektioner"),
    "6": _("6 Upprepat borta, blandat med närvaro"),
    "7": _("7 Helt borta en begränsad period"),
    "8": _("8 Helt borta en längre period"),
}
REFERRER: dict[Referrer, Words] = {
    Referrer.SCHOOL: _("Skolan"),
    Referrer.PUPIL: _("Eleven"),
    Referrer.GUARDIAN: _("Vårdnadshavare"),
}
SIDE: dict[sides.Kind, Words] = {
    sides.Kind.CONSULTATION: _("Konsultation utan namn"),
    sides.Kind.MEETING: _("Samverkansmöte"),
    sides.Kind.COORDINATED_PLAN: _("SIP, samordnad individuell plan"),
    sides.Kind.SPECIAL_SUPPORT: _("Utredning om särskilt stöd"),
}
AGES: dict[sides.Ages, Words] = {
    sides.Ages.YOUNGER: _("Förskoleklass till årskurs 3"),
    sides.Ages.MIDDLE: _("Årskurs 4 till 6"),
    sides.Ages.OLDER: _("Årskurs 7 till 9"),
}
FAULT: dict[Fault, Words] = {
    Fault.NOT_YOURS: _("Det här bestämmer någon i en annan roll."),
    Fault.NO_SUCH_MOVE: _("Ärendet kan inte gå dit från det steg där det är."),
    Fault.CHANGED: _("Någon annan ändrade ärendet medan du läste. Titta på hur det står nu och försök igen."),
    Fault.PAUSED: _("Ärendet vilar. Ta upp det igen först."),
    Fault.NOT_PAUSED: _("Ärendet vilar inte."),
    Fault.IS_CLOSED: _("Ärendet är avslutat."),
    Fault.ALREADY_OPEN: _("Det finns redan ett öppet ärende om eleven."),
    Fault.CHOICE: _("Välj ett av alternativen."),
    Fault.WORDS: _("Skriv några ord."),
    Fault.TOO_LONG: _("Texten är för lång."),
    Fault.DAY: _("Välj en dag."),
    Fault.DAY_AHEAD: _("Dagen har inte varit ännu."),
    Fault.DAY_NOT_AHEAD: _("Välj en dag efter i dag, högst 90 dagar fram när ärendet ska vila."),
    Fault.TOO_YOUNG: _("Eleven är under 15 år, eller så är åldern inte känd. Då svarar vårdnadshavarna."),
    Fault.NEED: _("Skriv vilket behov ni ser."),
    Fault.REFERRER: _("Säg vem som tog kontakten."),
    Fault.SAID_NO: _("Familjen har sagt nej till stödet."),
}  # fmt: skip
SIDE_FAULT: dict[SideFault, Words] = {
    SideFault.NOT_YOURS: _("Det här bestämmer någon i en annan roll."),
    SideFault.KIND: _("Välj ett av alternativen."),
    SideFault.WORDS: _("Skriv några ord, högst 4000 tecken."),
    SideFault.AGES: _("Välj ett åldersspann."),
    SideFault.ENDED_ALREADY: _("Det är redan avslutat."),
    SideFault.TELLS_NUMBER: _("Det står ett långt nummer i texten, som ett personnummer eller en telefon. Ta bort det."),
    SideFault.TELLS_ADDRESS: _("Det står en e-postadress i texten. Ta bort den."),
    SideFault.TELLS_NAME: _("Elevens, en vårdnadshavares, skolans eller klassens namn står i texten. Ta bort det."),
    SideFault.NOBODY_TO_ASK: _("Det finns ingen socialtjänst att fråga här."),
}  # fmt: skip
MOVES_TOLD: dict[str, Words] = {
    "opened": _("Ärendet öppnades"),
    "moved": _("Till steget %(step)s"),
    "paused": _("Ärendet vilar"),
    "resumed": _("Ärendet togs upp igen"),
    "reopened": _("Ärendet öppnades igen, i steget %(step)s"),
}
ENDED = _("avslutat")
OPENED = _("Ärendet är öppnat.")
SAVED = _("Det är inskrivet.")
MOVED = _("Ärendet är flyttat.")
RESTS = _("Ärendet vilar till den dag du valde.")
GOES_ON = _("Ärendet är upptaget igen.")
ASKED = _("Frågan är ställd, utan namn.")
ADVISED = _("Rådet är lämnat.")


def choice(fact: Fact, chosen: str) -> Words:
    """Return what a choice of a fact is called."""
    if fact is Fact.STATUS:
        return STATUS.get(chosen, "")
    if chosen == steps.Whose.PUPIL:
        return PUPIL[fact]
    return CHOICE.get(chosen, "")
