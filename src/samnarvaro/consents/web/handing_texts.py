"""Words of handing over."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.consents.domain.handing_over import SHORTEST_WHY, Code, NotHanded

REFUSED = {
    NotHanded.SAME_ZONE: _("Välj en mottagare utanför er egen verksamhet."),
    NotHanded.NOT_A_RECEIVER: _("Mottagaren finns inte här. Välj en i listan."),
    NotHanded.CLASS_STAYS: _("En av uppgifterna kan inte lämnas över till någon annan."),
    NotHanded.NO_CONSENT: _(
        "Samtycket omfattar inte allt du har valt. Välj bort det, eller fråga familjen om ett nytt samtycke."
    ),
    NotHanded.NO_ITEM: _(
        "Välj minst en uppgift. Något du valde kan ha ändrats sedan sidan öppnades."
    ),
    NotHanded.ONE_AT_A_TIME: _("På en annan grund än samtycke lämnas en uppgift i taget. Välj en."),
    NotHanded.HANDED_ALREADY: _("Uppgiften är redan lämnad till mottagaren på den här grunden."),
    NotHanded.GROUND_NOT_FROM_HERE: _("Den grunden gäller inte för er verksamhet."),
    NotHanded.GROUND_NOT_TO_THERE: _("Den grunden gäller inte mot den mottagaren."),
    NotHanded.NOT_UNDER_18: _("Den grunden gäller bara barn under 18 år."),
    NotHanded.NO_DECIDER: _("Ange vilken chef eller rektor hos er som har beslutat."),
    NotHanded.NO_WHY: _("Skriv varför uppgiften behöver lämnas, med minst %(least)d tecken.")
    % {"least": SHORTEST_WHY},
    NotHanded.PROTECTED: _("Uppgifterna kan inte lämnas över här."),
}
GROUND = {
    Code.OWN_TASK: _("Nödvändigt för vår egen uppgift (OSL 10 kap. 2 §)"),
    Code.CRIME_AND_FRAUD: _(
        "Brott, felaktiga utbetalningar eller regelöverträdelser (OSL 10 kap. 15 a §)"
    ),
    Code.GENERAL_CLAUSE: _("Generalklausulen (OSL 10 kap. 27 §)"),
    Code.DUTY_BY_LAW: _("Skyldighet enligt lag (OSL 10 kap. 28 §)"),
    Code.CARE_TO_SOCIAL: _("Vården till socialtjänsten, barn under 18 år (OSL 25 kap. 12 §)"),
    Code.MEDICAL_TO_STUDENT_HEALTH: _("Medicinska grenen till elevhälsan (OSL 25 kap. 13 a §)"),
    Code.SOCIAL_TO_CARE: _("Socialtjänsten till vården, barn under 18 år (OSL 26 kap. 9 §)"),
}
HANDED = _("Uppgifterna är överlämnade, och det är loggat.")
