"""What the relation map says in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.mapping.domain.relations import LONGEST_AHEAD, MOST_ADULTS, Contact, Fault

CONTACT = {
    Contact.TRUST: gettext_lazy("Förtroende: eleven skulle nog komma till mig"),
    Contact.TALKS: gettext_lazy("Pratar med eleven ibland"),
    Contact.NAME: gettext_lazy("Vet vad eleven heter"),
    Contact.NONE: gettext_lazy("Känner inte eleven"),
}
SHORT = {
    Contact.TRUST: gettext_lazy("förtroende"),
    Contact.TALKS: gettext_lazy("pratar med"),
    Contact.NAME: gettext_lazy("vet namnet"),
    Contact.NONE: gettext_lazy("känner inte"),
}
SIGN = {Contact.TRUST: "●", Contact.TALKS: "◐", Contact.NAME: "○", Contact.NONE: "–"}
FAULT = {
    Fault.ADULTS: gettext_lazy("Välj minst en vuxen, eller skriv en funktion."),
    Fault.ADULTS_TOO_MANY: gettext_lazy("Högst %(n)s vuxna i en omgång.") % {"n": MOST_ADULTS},
    Fault.NAME_TOO_LONG: gettext_lazy("En funktion är för lång. Skriv ett eller två ord."),
    Fault.GOES_ON: gettext_lazy("En omgång pågår redan i klassen."),
    Fault.NOTHING_SAID: gettext_lazy("Inget är ifyllt. Svara för minst en elev."),
    Fault.NOBODY_ANSWERED: gettext_lazy("Ingen vuxen har fyllt i än. Vänta med att stänga."),
    Fault.DAY: gettext_lazy("Skriv vilken dag kontakten är tagen senast."),
    Fault.DAY_PAST: gettext_lazy("Dagen har redan varit."),
    Fault.DAY_TOO_LATE: gettext_lazy("Högst %(n)s dagar fram i tiden.") % {"n": LONGEST_AHEAD},
    Fault.HOLDER: gettext_lazy("Välj vem som tar kontakt."),
    Fault.ASKED_ALREADY: gettext_lazy("Någon har redan fått i uppgift att ta kontakt."),
}
ROW = gettext_lazy("Ta kontakt")
BEGUN = gettext_lazy("Omgången är öppen. De vuxna ser den på sin dag.")
FILLED = gettext_lazy("Tack. Kolumnen är sparad.")
CLOSED = gettext_lazy("Omgången är stängd.")
SAID = gettext_lazy("Det eleven säger är antecknat.")
GIVEN = gettext_lazy("En rad om att ta kontakt är lagd.")


def why(figures: Mapping[str, Any]) -> str:
    """Why there is a row of work: what the school lacks, never what a pupil is."""
    told = {"class": figures.get("class", "")}
    return _("Ingen vuxen har sagt förtroende i relationskartan för %(class)s. Ta kontakt, och var den vuxna som saknas.") % told  # fmt: skip


def fact(count: int, of: int) -> str:
    """Say how many the school lacks an adult for."""
    told = {"count": count, "all": of}
    if not count:
        return _("För alla %(all)s elever finns en vuxen med förtroende.") % told
    return ngettext(
        "Skolan saknar en vuxen med förtroende för %(count)s elev av %(all)s.",
        "Skolan saknar en vuxen med förtroende för %(count)s elever av %(all)s.",
        count,
    ) % told  # fmt: skip
