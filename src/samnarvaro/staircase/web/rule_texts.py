"""The words of the pages of rule sets: what each figure is, and why a change is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.staircase.domain.holding import Missing
from samnarvaro.staircase.domain.reading import Wrong
from samnarvaro.staircase.domain.rules import (
    Band,
    ContinuedRule,
    FirstDayRule,
    Reach,
    RunRule,
    ShareRule,
    UnexcusedRule,
)

Words = str | Promise

SCHOOL_TYPE: dict[SchoolType, Words] = {
    SchoolType.PRESCHOOL_CLASS: _("förskoleklass"),
    SchoolType.COMPULSORY: _("grundskola"),
    SchoolType.ADAPTED_COMPULSORY: _("anpassad grundskola"),
    SchoolType.SPECIAL: _("specialskola"),
    SchoolType.SAMI: _("sameskola"),
    SchoolType.UPPER_SECONDARY: _("gymnasieskola"),
    SchoolType.ADAPTED_UPPER_SECONDARY: _("anpassad gymnasieskola"),
}
KIND: dict[str, Words] = {
    ShareRule.kind: _("Andel frånvaro under en tid"),
    UnexcusedRule.kind: _("Ogiltig frånvaro under dagen"),
    FirstDayRule.kind: _("Första dagen borta"),
    RunRule.kind: _("Dagar i rad borta, bara giltig frånvaro"),
    ContinuedRule.kind: _("Fortsatt borta efter ett tidigare steg"),
    Band.kind: _("Målgrupp: en lista, inget steg"),
}
FIGURE: dict[str, Words] = {
    "level": _("Steg"),
    "days": _("Antal dagar bakåt"),
    "percent": _("Gräns, procent"),
    "least_percent": _("Från och med, procent"),
    "most_percent": _("Till och med, procent"),
    "least_scheduled": _("Minst så många lektionsminuter"),
    "least_minutes": _("Minst så många ogiltiga minuter"),
    "least_days": _("Minst så många dagar i rad"),
    "school_days": _("Skoldagar efter att steget blev klart"),
    "within_school_days": _("Ska göras inom så många skoldagar"),
}
HINT: dict[str, Words] = {
    "level": _("1 är det lägsta. Flera regler kan höra till samma steg."),
    "days": _("Dagen själv räknas med. En månad är 30, två månader 60."),
    "least_scheduled": _(
        "Med färre lektionsminuter än så säger regeln ingenting. 600 är tio timmar."
    ),
    "within_school_days": _("0 är samma dag."),
}
REACH: dict[Reach, Words] = {
    Reach.OVER: _("Mer än gränsen"),
    Reach.AT_LEAST: _("Gränsen eller mer"),
}
WRONG: dict[Wrong, Words] = {
    Wrong.NOT_A_NUMBER: _("Skriv ett heltal."),
    Wrong.OUT_OF_LIMITS: _("Talet är för litet eller för stort."),
    Wrong.UNKNOWN: _("Välj något i listan."),
    Wrong.ENDS_BEFORE_IT_BEGINS: _("Den övre gränsen ligger under den nedre."),
    Wrong.NOTHING_BEFORE_IT: _(
        "Regeln som den här fortsätter från är borttagen. Ta bort båda, eller ingen."
    ),
    Wrong.NOT_OF_ITS_OWN: _("Två regler heter likadant."),
    Wrong.NO_RULES: _("Ett regelverk behöver minst en regel."),
}
MISSING: dict[Missing, Words] = {
    Missing.DAY_NOT_AHEAD: _(
        "Välj en dag från och med i morgon, så att det går att ångra till dess."
    ),
    Missing.DAY_BEFORE_ANOTHER: _(
        "Det finns en version som börjar senare. Ta tillbaka den, eller välj en senare dag."
    ),
    Missing.ENDS_IN_THE_PAST: _("Välj en dag från och med i dag, och inte före första dagen."),
    Missing.ENDED_ALREADY: _("Det har redan slutat gälla, eller ska sluta."),
    Missing.HAS_BEGUN: _(
        "Det har börjat gälla och går inte längre att ta tillbaka. Avsluta det i stället."
    ),
    Missing.TAKEN_BACK: _("Det är redan taget tillbaka."),
    Missing.IS_CHOSEN: _(
        "Versionen är vald att gälla, och det finns ingen annan. Ta tillbaka valet först."
    ),
    Missing.SHIPPED: _("Regelverk som följer med programmet ändras inte. Kopiera det i stället."),
    Missing.NAME: _("Skriv ett namn på en rad, högst 120 tecken."),
    Missing.GRADE_UNKNOWN: _("Välj bland årskurserna i listan."),
    Missing.TYPE_UNKNOWN: _("Välj bland skolformerna i listan."),
    Missing.CHOSEN_SO_ALREADY: _(
        "Regelverket är redan valt för samma skolor, årskurser och skolformer."
    ),
}


def leave(*, counts: bool) -> Words:
    """Say whether granted leave counts under some rules."""
    if counts:
        return _("Beviljad ledighet räknas som annan frånvaro.")
    return _("Beviljad ledighet räknas inte, varken som frånvaro eller som lektionstid.")
