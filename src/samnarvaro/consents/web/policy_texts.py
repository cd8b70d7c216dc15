"""Words of the table of rights."""

from django.utils.translation import gettext_lazy as _

from samnarvaro.consents.domain.policy import NotChangeable, Way
from samnarvaro.kernel.privacy import DataClass

CLASS = {
    DataClass.EXISTENCE: _("Att ett ärende finns"),
    DataClass.NAME: _("Namn, klass och skola"),
    DataClass.CONTACT: _("Adress, telefon, vårdnadshavare"),
    DataClass.ATTENDANCE: _("Närvaro och frånvaro i minuter"),
    DataClass.CAUSE: _("Orsak till frånvaro, också sjukdom"),
    DataClass.MAPPING: _("Kartläggning och analys"),
    DataClass.COUNSELLOR_NOTE: _("Elevhälsans egna anteckningar"),
    DataClass.MEDICAL: _("Medicinska grenens anteckningar"),
    DataClass.SOCIAL: _("Socialtjänstens anteckningar"),
    DataClass.REGION: _("Vårdens anteckningar"),
    DataClass.PLAN: _("Plan: mål och vem som gör vad när"),
    DataClass.CHILD_WORDS: _("Barnets egna ord"),
    DataClass.CONSENT: _("Samtycken"),
    DataClass.READ_LOG: _("Vem som har läst"),
    DataClass.CONCERN: _("Orosanmälan"),
}
WAY = {
    Way.DUTY: _("genom uppdraget"),
    Way.CASE: _("med eget ärende"),
    Way.CONSENT: _("med ärende och samtycke"),
}
REFUSED = {
    NotChangeable.CLOSED_CLASS: _("Den här sortens uppgifter kan inte öppnas genom en ändring."),
    NotChangeable.ROLE_WITHOUT_CHILDREN: _("Den rollen arbetar utan uppgifter om enskilda barn."),
    NotChangeable.FOLLOWS_NOBODY: _("Rollen följer ingen genom uppdraget. Välj ett annat sätt."),
    NotChangeable.NOT_BY_CONSENT: _("De uppgifterna kan inte öppnas genom ett samtycke."),
    NotChangeable.AS_IT_IS: _("Så är det redan. Ingenting har ändrats."),
}
CHANGED = _("Ändringen gäller från nästa sida som någon öppnar.")
