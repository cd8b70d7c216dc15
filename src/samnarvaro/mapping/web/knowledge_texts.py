"""The words of what pupils reach: what is told at a check, never what somebody is worth."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.mapping.domain.knowledge import (
    DayFault,
    Eligibility,
    Fault,
    Subject,
    Term,
    Told,
)
from samnarvaro.mapping.queries.knowledge import Result

Words = str | Promise

SUBJECT: dict[Subject, Words] = {
    Subject.ART: gettext_lazy("bild"),
    Subject.ENGLISH: gettext_lazy("engelska"),
    Subject.HOME_ECONOMICS: gettext_lazy("hem- och konsumentkunskap"),
    Subject.SPORTS: gettext_lazy("idrott och hälsa"),
    Subject.MATHEMATICS: gettext_lazy("matematik"),
    Subject.MODERN_LANGUAGES: gettext_lazy("moderna språk"),
    Subject.MOTHER_TONGUE: gettext_lazy("modersmål"),
    Subject.MUSIC: gettext_lazy("musik"),
    Subject.SCIENCES: gettext_lazy("naturorienterande ämnen"),
    Subject.BIOLOGY: gettext_lazy("biologi"),
    Subject.PHYSICS: gettext_lazy("fysik"),
    Subject.CHEMISTRY: gettext_lazy("kemi"),
    Subject.SOCIAL_SUBJECTS: gettext_lazy("samhällsorienterande ämnen"),
    Subject.GEOGRAPHY: gettext_lazy("geografi"),
    Subject.HISTORY: gettext_lazy("historia"),
    Subject.RELIGION: gettext_lazy("religionskunskap"),
    Subject.CIVICS: gettext_lazy("samhällskunskap"),
    Subject.CRAFTS: gettext_lazy("slöjd"),
    Subject.SWEDISH: gettext_lazy("svenska"),
    Subject.SWEDISH_AS_SECOND: gettext_lazy("svenska som andraspråk"),
    Subject.SIGN_LANGUAGE: gettext_lazy("teckenspråk"),
    Subject.TECHNOLOGY: gettext_lazy("teknik"),
    Subject.DANCE: gettext_lazy("dans"),
    Subject.JEWISH_STUDIES: gettext_lazy("judiska studier"),
    Subject.SAMI: gettext_lazy("samiska"),
}
ELIGIBILITY: dict[Eligibility, Words] = {
    Eligibility.HIGHER: gettext_lazy("högskoleförberedande program och yrkesprogram"),
    Eligibility.VOCATIONAL: gettext_lazy("yrkesprogram"),
    Eligibility.NOT_YET: gettext_lazy("inget nationellt program än"),
}
FAULT: dict[Fault, Words] = {
    Fault.SUBJECT_UNKNOWN: gettext_lazy("Det här är inget ämne: %(unknown)s. Skriv koden, till exempel MA, eller ämnets namn."),
    Fault.SUBJECT_TWICE: gettext_lazy("Ett ämne står på båda ställena. Ta bort det från ett av dem."),
    Fault.ALL_AND_SOME: gettext_lazy("Kryssa ur Når alla ämnen, eller ta bort ämnena."),
    Fault.NOTHING_SAID: gettext_lazy("Skriv vilka ämnen det gäller, eller kryssa i Når alla ämnen."),
    Fault.ELIGIBLE_BEFORE_YEAR_9: gettext_lazy("Behörighet anges bara i årskurs 9."),
    Fault.ELIGIBLE_WITHOUT_CORE: gettext_lazy("Utan svenska, engelska och matematik är ingen behörig. Ändra behörigheten eller ämnena."),
    Fault.NEWER_KNOWN: gettext_lazy("Ett senare kunskapsläge finns redan. Välj en senare dag, eller låt raden stå som den var."),
    Fault.CHANGED_MEANWHILE: gettext_lazy("Någon annan har skrivit om eleven sedan sidan öppnades. Öppna sidan på nytt och se efter."),
}  # fmt: skip
DAY_FAULT: dict[DayFault, Words] = {
    DayFault.MISSING: gettext_lazy("Välj vilken dag kunskapskollen var."),
    DayFault.LATER: gettext_lazy("Dagen har inte varit än."),
    DayFault.OTHER_TERM: gettext_lazy("Dagen hör till en annan termin. Tidigare terminer tas in som fil."),
}  # fmt: skip


def names() -> dict[str, Subject]:
    """What each subject is called, in small letters: in the language that is read now."""
    return {str(words).casefold(): subject for subject, words in SUBJECT.items()}


def term(of: Term) -> str:
    """Name a term in the middle of a sentence."""
    words = _("höstterminen %(year)s") if of.is_autumn else _("vårterminen %(year)s")
    return words % {"year": of.year}


def subjects(of: Iterable[Subject]) -> str:
    return ", ".join(str(SUBJECT[subject]) for subject in of)


def told(of: Told) -> str:
    """Say in a line what is told of a pupil."""
    said = [
        *([_("Når inte: %(subjects)s") % {"subjects": subjects(of.not_reached)}] if of.not_reached else []),
        *([_("Riskerar att inte nå: %(subjects)s") % {"subjects": subjects(of.at_risk)}] if of.at_risk else []),
        *([_("Når alla ämnen")] if of.is_all_reached else []),
        *([_("Behörig till: %(what)s") % {"what": ELIGIBILITY[of.eligibility]}] if of.eligibility else []),
    ]  # fmt: skip
    return ". ".join(said)


def line(of: Result) -> str:
    """Say what was told of a pupil, and when."""
    return _("Kunskapsläget den %(day)s: %(told)s") % {
        "day": date_format(of.day, "j F Y"),
        "told": _lowered(told(of.told)),
    }


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
