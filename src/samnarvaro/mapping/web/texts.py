"""The words of mappings: fields and factors by what happens, never by what a child is."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.mapping.domain import factors, mappings
from samnarvaro.mapping.domain.factors import Direction, Field, Kind, Row, Source
from samnarvaro.mapping.domain.mappings import Depth, Function, Method, Trigger

Words = str | Promise

FIELD: dict[Field, Words] = {
    Field.FROM_HOME: gettext_lazy("Får eleven att gå hemifrån"),
    Field.TO_SCHOOL: gettext_lazy("Drar eleven till skolan"),
    Field.FROM_SCHOOL: gettext_lazy("Får eleven att gå från skolan"),
    Field.AT_HOME: gettext_lazy("Får eleven att gå hem eller stanna hemma"),
    Field.OWN: gettext_lazy("Elevens egna förmågor och förutsättningar"),
}
KIND: dict[Kind, Words] = {
    Kind.ROUTINES: gettext_lazy("Rutiner hemma"),
    Kind.GOOD_IMAGE: gettext_lazy("En god bild av skolan"),
    Kind.GUARDIANS_SUPPORTED: gettext_lazy("Vårdnadshavarna har stöd omkring sig"),
    Kind.OTHER_FROM_HOME: gettext_lazy("Annat som hjälper hemifrån"),
    Kind.CLIMATE: gettext_lazy("Klimatet i skolan"),
    Kind.BELONGING: gettext_lazy("Att höra till i skolan"),
    Kind.OTHER_TO_SCHOOL: gettext_lazy("Annat som drar till skolan"),
    Kind.VIOLATED: gettext_lazy("Mobbning eller kränkningar"),
    Kind.ADAPTATION_MISSING: gettext_lazy("Anpassning eller tillgänglig lärmiljö saknas"),
    Kind.STRESSFUL_PLACE: gettext_lazy("Miljön i skolan stressar"),
    Kind.OTHER_FROM_SCHOOL: gettext_lazy("Annat som trycker bort från skolan"),
    Kind.NETWORK_MISSING: gettext_lazy("Nätverk och stöd saknas"),
    Kind.TIME_MISSING: gettext_lazy("Tiden hemma räcker inte till"),
    Kind.SOCIAL_TROUBLE: gettext_lazy("Något tungt i familjen eller omkring den"),
    Kind.CLOSENESS: gettext_lazy("Eleven behöver vara nära sina vuxna"),
    Kind.OTHER_AT_HOME: gettext_lazy("Annat som håller kvar hemma"),
    Kind.OWN: gettext_lazy("Egen förmåga eller förutsättning"),
}
SOURCE: dict[Source, Words] = {
    Source.CHILD: gettext_lazy("Eleven själv"),
    Source.GUARDIAN: gettext_lazy("Vårdnadshavare"),
    Source.SCHOOL: gettext_lazy("Skolan"),
    Source.OTHER: gettext_lazy("Annan verksamhet"),
}
# What stands on a petal of the picture.
LETTER: dict[Source, Words] = {
    Source.CHILD: gettext_lazy("E"),
    Source.GUARDIAN: gettext_lazy("V"),
    Source.SCHOOL: gettext_lazy("S"),
    Source.OTHER: gettext_lazy("A"),
}
STRENGTH: dict[int, Words] = {
    1: gettext_lazy("lite"),
    2: gettext_lazy("en del"),
    3: gettext_lazy("mycket"),
}
DIRECTION: dict[Direction, Words] = {
    Direction.TOWARD: gettext_lazy("mot skolan"),
    Direction.AWAY: gettext_lazy("bort från skolan"),
    Direction.NEITHER: gettext_lazy("varken eller"),
}
DEPTH: dict[Depth, Words] = {
    Depth.SIMPLE: gettext_lazy("Enkel kartläggning"),
    Depth.DEEP: gettext_lazy("Fördjupad kartläggning"),
}
BEGIN: dict[Depth, Words] = {
    Depth.SIMPLE: gettext_lazy("Kartlägg tillsammans med eleven"),
    Depth.DEEP: gettext_lazy("Börja en fördjupad kartläggning"),
}
METHOD: dict[Method, Words] = {
    Method.TALK: gettext_lazy("Samtal med eleven"),
    Method.INTERVIEW: gettext_lazy("Intervju"),
    Method.OBSERVATION: gettext_lazy("Observation"),
    Method.SCREENING: gettext_lazy("Screening"),
    Method.SELF_RATING: gettext_lazy("Självskattning"),
}
FUNCTION: dict[Function, Words] = {
    Function.AVOIDS_FEELINGS: gettext_lazy("Slipper känslor som är svåra"),
    Function.ESCAPES_SITUATIONS: gettext_lazy("Slipper situationer med andra eller att bli bedömd"),
    Function.SEEKS_CLOSENESS: gettext_lazy("Får vara nära någon"),
    Function.SEEKS_REWARD: gettext_lazy("Får något som lockar utanför skolan"),
}
TRIGGER: dict[Trigger, Words] = {
    Trigger.ADAPTATION_MISSING: gettext_lazy("Anpassningar saknas"),
    Trigger.ILLNESS: gettext_lazy("Sjukdom"),
    Trigger.VIOLATED: gettext_lazy("Mobbning eller kränkningar"),
    Trigger.LEFT_OUT: gettext_lazy("Är inte med: delaktighet saknas"),
    Trigger.WORRY: gettext_lazy("Oro eller ångest"),
    Trigger.AT_HOME: gettext_lazy("Något som är svårt hemma"),
    Trigger.CHANGE: gettext_lazy("En förändring: ny klass, ny lärare, flytt"),
    Trigger.OTHER: gettext_lazy("Annat"),
}

FACTOR_FAULT: dict[factors.Fault, Words] = {
    factors.Fault.KIND: gettext_lazy("Välj vad det handlar om."),
    factors.Fault.SOURCE: gettext_lazy("Välj vem som säger det."),
    factors.Fault.STRENGTH: gettext_lazy("Välj hur mycket det spelar in."),
    factors.Fault.DIRECTION: gettext_lazy("Välj åt vilket håll det för eleven."),
    factors.Fault.WORDS: gettext_lazy("Skriv vad som händer, med några ord."),
    factors.Fault.WORDS_TOO_LONG: gettext_lazy("Texten är för lång: högst 400 tecken."),
    factors.Fault.TOO_MANY: gettext_lazy("En kartläggning rymmer 60 saker. Ta bort någon först."),
}
FAULT: dict[mappings.Fault, Words] = {
    mappings.Fault.HELD_ON: gettext_lazy("Välj vilken dag ni kartlade."),
    mappings.Fault.HELD_ON_LATER: gettext_lazy("Dagen har inte varit än."),
    mappings.Fault.HELD_ON_TOO_OLD: gettext_lazy(
        "Välj en dag högst 90 dagar före det att kartläggningen påbörjades."
    ),
    mappings.Fault.CHILD_WORDS_TOO_LONG: gettext_lazy("Texten är för lång: högst 2000 tecken."),
    mappings.Fault.NOT_HEARD_TOO_LONG: gettext_lazy("Texten är för lång: högst 400 tecken."),
    mappings.Fault.METHOD: gettext_lazy("Kryssa i hur ni tog reda på det."),
    mappings.Fault.CHILD: gettext_lazy(
        "Skriv elevens egna ord eller något som eleven själv säger spelar in. Har eleven inte hörts: skriv varför."
    ),
    mappings.Fault.CHILD_BOTH: gettext_lazy(
        "Eleven har hörts. Ta bort texten om varför eleven inte har hörts."
    ),
    mappings.Fault.FACTOR: gettext_lazy("Skriv minst en sak som spelar in."),
}

SAVED = gettext_lazy("Utkastet är sparat.")
ADDED = gettext_lazy("Det står i kartläggningen nu.")
REMOVED = gettext_lazy("Det är borttaget ur utkastet.")
LOCKED = gettext_lazy("Kartläggningen är klar och låst.")
CORRECTING = gettext_lazy("Det här är en ny version. Den gamla gäller tills du låser den nya.")
DISCARDED = gettext_lazy("Utkastet är borta.")
CORRECTED_ALREADY = gettext_lazy("Någon har redan börjat rätta den här kartläggningen.")


def sentence(rows: list[Row], heard: Iterable[Source]) -> str:
    """Say in one sentence whether those who were heard see the same."""
    sources = list(heard)
    if not rows:
        return _("Ingenting är skrivet än")
    if len(sources) == 1:
        return _("Hittills har en källa hörts: %(who)s") % {"who": str(SOURCE[sources[0]]).lower()}
    differ = sum(row.differs for row in rows)
    alone = sum(row.is_alone(sources) for row in rows)
    if not differ and not alone:
        return _("De som har hörts ser lika på allt som spelar in")
    told = {
        "differ": ngettext("%(n)s sak sägs olika", "%(n)s saker sägs olika", differ)
        % {"n": differ},
        "alone": ngettext("%(n)s säger bara en källa", "%(n)s säger bara en källa", alone)
        % {"n": alone},
        "all": len(rows),
    }
    return _("Av %(all)s: %(differ)s, %(alone)s") % told


def listed(values: Iterable[Words]) -> str:
    return ", ".join(str(value) for value in values)
