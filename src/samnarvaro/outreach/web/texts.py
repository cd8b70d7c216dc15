"""The words of outreach: warm, short, and never of blame."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.attendance.domain.announced import FARTHEST_AHEAD, FARTHEST_BACK, LONGEST, Wrong
from samnarvaro.base import clock, dates
from samnarvaro.outreach.domain.contacts import (
    FARTHEST_BACK_AGAIN,
    FARTHEST_PROMISE,
    LONGEST_AGO,
    LONGEST_TEXT,
    Answer,
    Cause,
    Kind,
    Missing,
    Next,
    Outcome,
    Promise,
    Told,
    WayReason,
)
from samnarvaro.outreach.domain.needs import Need, Skipped, Whom

Words = str | Lazy

KIND: dict[Kind, Words] = {
    Kind.PHONE: gettext_lazy("Telefon"),
    Kind.MEETING: gettext_lazy("Möte"),
    Kind.HOME_VISIT: gettext_lazy("Hembesök"),
    Kind.MESSAGE: gettext_lazy("Skrivet meddelande"),
    Kind.OTHER: gettext_lazy("Annat sätt"),
}
OUTCOME: dict[Outcome, Words] = {
    Outcome.REACHED: gettext_lazy("Nådd"),
    Outcome.NOT_REACHED: gettext_lazy("Inte nådd"),
    Outcome.MESSAGE_LEFT: gettext_lazy("Meddelande lämnat"),
}
WAY_REASON: dict[WayReason, Words] = {
    WayReason.INTERPRETER: gettext_lazy("Tolk behövs"),
    WayReason.PROTECTED: gettext_lazy("Skyddade uppgifter"),
    WayReason.WISH: gettext_lazy("Vårdnadshavaren vill det"),
    WayReason.OTHER: gettext_lazy("Annat skäl, skriv vilket"),
}
CAUSE: dict[Cause, Words] = {
    Cause.ILLNESS: gettext_lazy("Sjuk"),
    Cause.APPOINTMENT: gettext_lazy("Besök i vård eller tandvård"),
    Cause.TIRED: gettext_lazy("Trött, sovit dåligt"),
    Cause.FEELING_LOW: gettext_lazy("Mår inte bra, orolig"),
    Cause.SCHOOL: gettext_lazy("Något i skolan är svårt"),
    Cause.FAMILY: gettext_lazy("Något hemma"),
    Cause.LEAVE: gettext_lazy("Resa eller ledighet"),
    Cause.UNKNOWN: gettext_lazy("Vet inte, eller vill inte säga"),
    Cause.OTHER: gettext_lazy("Annat"),
}
ANSWER: dict[Answer, Words] = {
    Answer.YES: gettext_lazy("Ja"),
    Answer.NO: gettext_lazy("Nej"),
    Answer.UNKNOWN: gettext_lazy("Vet inte"),
}
FACE: dict[int, Words] = {
    1: gettext_lazy("1 – mycket ledsen"),
    2: gettext_lazy("2 – ledsen"),
    3: gettext_lazy("3 – varken eller"),
    4: gettext_lazy("4 – glad"),
    5: gettext_lazy("5 – mycket glad"),
}
PROMISE: dict[Promise, Words] = {
    Promise.CALL_AGAIN: gettext_lazy("Ringa igen"),
    Promise.SEND_WORK: gettext_lazy("Skicka hem eller göra i ordning skolarbete"),
    Promise.TALK: gettext_lazy("Prata med eleven i skolan"),
    Promise.MEETING: gettext_lazy("Boka ett möte"),
    Promise.ASK: gettext_lazy("Fråga en kollega"),
    Promise.OTHER: gettext_lazy("Annat, skriv vad"),
}
SKIPPED: dict[Skipped, Words] = {
    Skipped.ANNOUNCED_AFTER: gettext_lazy("Frånvaron anmäldes efteråt"),
    Skipped.WRONGLY_MARKED: gettext_lazy("Fel registrerat"),
    Skipped.SPECIAL: gettext_lazy("Särskilda skäl, skriv vilka"),
}
MISSING: dict[Missing, Words] = {
    Missing.WITH_WHOM: gettext_lazy("Välj vem du ringde."),
    Missing.OUTCOME: gettext_lazy("Välj hur det gick."),
    Missing.WAY_REASON: gettext_lazy(
        "Omtankessamtalet sker på telefon. Välj skälet till ett annat sätt."
    ),
    Missing.WAY_WORDS: gettext_lazy("Skriv skälet."),
    Missing.TOLD_BY_NOBODY: gettext_lazy(
        "Du har fyllt i vad som sades, men inte att du nådde någon."
    ),
    Missing.BACK_IN_THE_PAST: gettext_lazy("Dagen har redan varit."),
    Missing.BACK_TOO_FAR: gettext_lazy("Välj en närmare dag: högst %(back)s dagar fram."),
    Missing.PROMISE_WHAT: gettext_lazy("Välj vad du lovade, eller ta bort dagen och orden."),
    Missing.PROMISE_WORDS: gettext_lazy("Skriv vad du lovade."),
    Missing.PROMISE_WHEN: gettext_lazy("Välj till vilken dag."),
    Missing.PROMISE_IN_THE_PAST: gettext_lazy("Dagen har redan varit."),
    Missing.PROMISE_TOO_FAR: gettext_lazy("Välj en närmare dag: högst %(promise)s dagar fram."),
    Missing.TEXT_LONG: gettext_lazy("Texten är för lång: högst %(text)s tecken."),
    Missing.MADE_AHEAD: gettext_lazy("Kontakten kan inte ligga framåt i tiden."),
    Missing.MADE_LONG_AGO: gettext_lazy("Högst %(ago)s dagar tillbaka."),
    Missing.NOT_YOURS: gettext_lazy("Bara den som skrev kan rätta."),
    Missing.ANOTHER_DAY: gettext_lazy("Det går att rätta samma dag, inte senare."),
}
LIMITS = {
    "back": FARTHEST_BACK_AGAIN,
    "promise": FARTHEST_PROMISE,
    "text": LONGEST_TEXT,
    "ago": LONGEST_AGO,
}
NEXT: dict[Next, Words] = {
    Next.OTHER_GUARDIAN: gettext_lazy("Prova ett av de andra numren."),
    Next.LATER_TODAY: gettext_lazy("Prova igen om en timme, gärna vid lunch."),
    Next.AFTER_WORK: gettext_lazy("Prova igen i eftermiddag, när arbetsdagen är slut."),
    Next.TELL_PRINCIPAL: gettext_lazy(
        "Flera försök utan svar. Säg det till rektor i dag, så att någon mer kan hjälpa till."
    ),
}
# The commonest languages of homes; any other is shown by its code.
LANGUAGE: dict[str, Words] = {
    "sv": gettext_lazy("svenska"),
    "en": gettext_lazy("engelska"),
    "ar": gettext_lazy("arabiska"),
    "fa": gettext_lazy("persiska"),
    "prs": gettext_lazy("dari"),
    "so": gettext_lazy("somaliska"),
    "ti": gettext_lazy("tigrinja"),
    "uk": gettext_lazy("ukrainska"),
    "ru": gettext_lazy("ryska"),
    "pl": gettext_lazy("polska"),
    "fi": gettext_lazy("finska"),
    "tr": gettext_lazy("turkiska"),
    "ku": gettext_lazy("kurdiska"),
    "bs": gettext_lazy("bosniska"),
    "es": gettext_lazy("spanska"),
    "sgn": gettext_lazy("teckenspråk"),
}
# The time announced in a call is wrong in the same ways as one announced by itself.
WRONG: dict[Wrong, Words] = {
    Wrong.FIRST_DAY: gettext_lazy("Välj en dag."),
    Wrong.LAST_BEFORE_FIRST: gettext_lazy("Sista dagen är före den första."),
    Wrong.TOO_LONG: gettext_lazy("Högst %(longest)s dagar i taget. Anmäl resten för sig."),
    Wrong.TOO_FAR_BACK: gettext_lazy("Högst %(back)s dagar tillbaka."),
    Wrong.TOO_FAR_AHEAD: gettext_lazy("Högst %(ahead)s dagar framåt."),
    Wrong.PART_OF_SEVERAL_DAYS: gettext_lazy(
        "Klockslag går bara att ange för en enda dag. Ta bort dem, eller anmäl dagarna var för sig."
    ),
    Wrong.ENDS_BEFORE_IT_BEGINS: gettext_lazy("Sluttiden måste vara efter starttiden."),
    Wrong.OVERLAPS: gettext_lazy(
        "Det finns redan en anmälan eller beviljad ledighet som täcker någon del av tiden."
    ),
}
# Said after the act. No name: the words travel in a cookie.
SAVED: dict[Outcome, Words] = {
    Outcome.REACHED: gettext_lazy("Samtalet är sparat."),
    Outcome.NOT_REACHED: gettext_lazy("Försöket är räknat. Raden står kvar."),
    Outcome.MESSAGE_LEFT: gettext_lazy("Sparat att du lämnade ett meddelande."),
}
SKIPPED_TOAST = gettext_lazy("Raden är borttagen ur listan, med ditt skäl.")
CORRECTED = gettext_lazy("Rättat. Det som stod förut finns kvar att läsa.")


def missing(reason: Missing) -> str:
    return str(MISSING[reason]) % LIMITS


def wrong(reason: Wrong) -> str:
    limits = {"longest": LONGEST, "back": FARTHEST_BACK, "ahead": FARTHEST_AHEAD}
    return str(WRONG[reason]) % limits


def language(code: str) -> str:
    return str(LANGUAGE.get(code, code))


def lessons(missed: Sequence[Sequence[Any]]) -> str:
    """Write lessons as people say them: 08.10 MA, 09.20 SV."""
    return ", ".join(
        " ".join(filter(None, [dates.clock_time(start), subject])) for start, _m, subject in missed
    )


def why_first_day(about: Mapping[str, Any]) -> str:
    """Say why a call is due: the first day, not announced since when, which lessons, which year."""
    told = _facts(about)
    if about.get("whom") == Whom.PUPIL:
        return _("Ring eleven: första dagen borta, inte anmäld sedan %(since)s. Åk %(year)s. Missat: %(lessons)s.") % told  # fmt: skip
    return _("Ring vårdnadshavare: första dagen borta, inte anmäld sedan %(since)s. Åk %(year)s. Missat: %(lessons)s.") % told  # fmt: skip


def why_inform(about: Mapping[str, Any]) -> str:
    return _("Berätta för vårdnadshavare: ogiltig frånvaro %(day)s. Åk %(year)s. Missat: %(lessons)s.") % _facts(about)  # fmt: skip


def why_no_number(_about: Mapping[str, Any]) -> str:
    """Say that a home cannot be called, and where that is put right; nothing of why the pupil is away."""
    return _("Hemmet ska ringas, men ingen vårdnadshavare har något telefonnummer. Lägg in det i skolans register. Raden märks när numret har kommit hit.")  # fmt: skip


def _facts(about: Mapping[str, Any]) -> dict[str, str]:
    day = date.fromisoformat(str(about["day"]))
    return {
        "since": dates.clock_time(int(about["since"])),
        "year": str(about.get("grade") or "–"),
        "lessons": lessons(about["lessons"]),
        "day": date_format(day, "l j F"),
    }


def why_promise(about: Mapping[str, Any]) -> str:
    """Say what was promised, coarsely: the words stand with the contact."""
    day = date.fromisoformat(str(about["made_on"]))
    return _("Du lovade %(day)s: %(what)s.") % {
        "day": date_format(day, "l j F"),
        "what": str(PROMISE[Promise(about["promise"])]).split(",", maxsplit=1)[0].lower(),
    }


def way(about: Mapping[str, Any], pupil: UUID) -> tuple[str, str]:
    """Return the label and address of the page where a row is done."""
    address = f"{reverse('outreach:call', args=[pupil])}?dag={about['day']}"
    return _("Ring"), address


def way_of_promise(_about: Mapping[str, Any], pupil: UUID) -> tuple[str, str]:
    return _("Se samtalet"), reverse("outreach:contacts", args=[pupil])


def who(told: Told, guardian_name: str) -> str:
    if told.whom is Whom.PUPIL:
        return _("eleven")
    return guardian_name or _("vårdnadshavare")


def headline(told: Told, guardian_name: str) -> str:
    """Say a contact in a line: Telefon med Maria Åberg: nådd."""
    return _("%(kind)s med %(who)s: %(outcome)s") % {
        "kind": KIND[told.kind],
        "who": who(told, guardian_name),
        "outcome": str(OUTCOME[told.outcome]).lower() if told.outcome else "",
    }


def done_words(told: Told, about: Need) -> str:
    """Say, for the row that is cleared, what was done. No cause and no name."""
    kind = str(KIND[told.kind]).lower()
    if told.whom is Whom.PUPIL:
        if told.guardian_informed:
            return _("Omtankessamtal med eleven (%(kind)s). Vårdnadshavare vet.") % {"kind": kind}
        return _("Omtankessamtal med eleven (%(kind)s).") % {"kind": kind}
    if about is Need.FIRST_DAY:
        return _("Omtankessamtal med vårdnadshavare (%(kind)s).") % {"kind": kind}
    return _("Vårdnadshavare informerad (%(kind)s).") % {"kind": kind}


def skipped_words(reason: Skipped, words: str) -> str:
    label = str(SKIPPED[reason]).split(",", maxsplit=1)[0]
    return f"{label}: {words}" if words else label


def moment(at: datetime) -> str:
    return dates.moment(at)


def clock_of(at: datetime) -> str:
    return date_format(at.astimezone(clock.SWEDEN), "H.i")


def attempts(count: int) -> str:
    return ngettext("%(count)s försök", "%(count)s försök", count) % {"count": count}
