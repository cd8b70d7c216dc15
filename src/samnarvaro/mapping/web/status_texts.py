"""The words of the attendance status: how the days are, never how the pupil is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.base import figures
from samnarvaro.mapping.domain.status import FEWEST_DAYS, Facts, Fault, Occasion, Status, Suggestion

Words = str | Promise

STATUS: dict[Status, Words] = {
    Status.POSITIVE: gettext_lazy("Är i skolan och det fungerar"),
    Status.WITH_STRESS: gettext_lazy("Är i skolan med stress eller ångest, och önskar vara borta"),
    Status.AVOIDING: gettext_lazy(
        "Svåra morgnar gång på gång, eller utskickad från lektioner, för att slippa skolan"
    ),
    Status.LATE: gettext_lazy("Kommer sent på morgnarna och är sedan kvar"),
    Status.PERIODS: gettext_lazy("Borta i perioder eller från enstaka lektioner"),
    Status.REPEATED: gettext_lazy("Borta gång på gång, och i skolan däremellan"),
    Status.TOTAL_LIMITED: gettext_lazy("Helt borta under en begränsad tid"),
    Status.TOTAL_LONG: gettext_lazy("Helt borta under en längre tid"),
}
OCCASION: dict[Occasion, Words] = {
    Occasion.INTAKE: gettext_lazy("När stödet börjar"),
    Occasion.FOLLOW_UP: gettext_lazy("Uppföljning"),
    Occasion.CLOSURE: gettext_lazy("När stödet avslutas"),
    Occasion.OTHER: gettext_lazy("Annat tillfälle"),
}
FAULT: dict[Fault, Words] = {
    Fault.STATUS: gettext_lazy("Välj den status som bäst beskriver dagarna nu."),
    Fault.OCCASION: gettext_lazy("Välj vid vilket tillfälle."),
    Fault.DAY: gettext_lazy("Välj vilken dag statusen gäller."),
    Fault.DAY_LATER: gettext_lazy("Dagen har inte varit än."),
    Fault.DAY_TOO_OLD: gettext_lazy("Välj en dag högst 90 dagar bakåt."),
    Fault.WORDS_TOO_LONG: gettext_lazy("Texten är för lång: högst 400 tecken."),
}
SET = gettext_lazy("Statusen är satt.")


def numbered(status: Status) -> str:
    return f"{status.value}. {STATUS[status]}"


def suggested(found: Suggestion | None) -> str:
    """Say what the marks suggest, and by which figures."""
    if found is None:
        return (
            _("Markeringarna räcker inte för ett förslag: det behövs %(days)s skoldagar med lektioner på 30 dagar.")
            % {"days": FEWEST_DAYS}
        )  # fmt: skip
    told = {"status": numbered(found.status), "why": why(found.status, found.facts)}
    return _("Markeringarna talar för %(status)s. %(why)s") % told


def why(status: Status, of: Facts) -> str:
    """Say the figures a suggestion rests on, with its limit."""
    told = {
        "days": of.days,
        "whole": of.whole,
        "share": figures.share(of.absent, of.scheduled),
        "late": of.late,
        "run": of.run,
    }
    if status in (Status.TOTAL_LONG, Status.TOTAL_LIMITED):
        return (
            ngettext(
                "Borta hela dagen %(run)s skoldag i rad (7 från fem dagar, 8 från tjugo).",
                "Borta hela dagen %(run)s skoldagar i rad (7 från fem dagar, 8 från tjugo).",
                of.run,
            )
            % told
        )
    if status is Status.REPEATED:
        return _("Borta hela dagen %(whole)s av %(days)s skoldagar på 30 dagar (från en femtedel).") % told  # fmt: skip
    if status is Status.PERIODS:
        return _("Borta %(share)s av lektionstiden på 30 dagar (från 10 procent).") % told
    if status is Status.LATE:
        return _("Sen %(late)s gånger på 30 dagar (från fyra), annars mest där.") % told
    return (
        _("Borta %(share)s av lektionstiden och sen %(late)s gånger på 30 dagar.") % told
        + " "
        + _("Markeringarna ser inte hur det känns: 2 och 3 ser bara människor.")
    )
