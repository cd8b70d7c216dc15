"""The words of well-being surveys: what is asked, what can be answered, and what stops one."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.mapping.domain.survey import (
    LONGEST_PERIOD,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    Answer,
    Fault,
    Item,
    Question,
    Standing,
)
from samnarvaro.mapping.queries.survey_sums import Of, Part

Words = str | Promise

ITEM: Mapping[Item, Words] = {
    Item.SAFE_LESSONS: gettext_lazy("Känner du dig trygg på lektionerna?"),
    Item.SAFE_BREAKS: gettext_lazy("Känner du dig trygg på rasterna?"),
    Item.SAFE_BETWEEN: gettext_lazy(
        "Känner du dig trygg i korridorer, omklädningsrum och på toaletter?"
    ),
    Item.COMPANY: gettext_lazy("Har du någon att vara med i skolan?"),
    Item.KINDNESS: gettext_lazy("Är ni snälla mot varandra i klassen?"),
    Item.ADULT_LISTENS: gettext_lazy("Finns det en vuxen i skolan som lyssnar på dig?"),
    Item.HELP: gettext_lazy("Får du hjälp på lektionerna när du behöver det?"),
    Item.CALM: gettext_lazy("Går det att arbeta i lugn och ro på lektionerna?"),
    Item.LUNCH: gettext_lazy("Är det lugnt och trevligt i matsalen?"),
    Item.MORNING: gettext_lazy("Är det lätt att komma till skolan på morgonen?"),
    Item.SAY: gettext_lazy("Får du vara med och bestämma hur ni har det i skolan?"),
    Item.LIKES: gettext_lazy("Tycker du om att vara i skolan?"),
}
ANSWER: Mapping[Answer, Words] = {
    Answer.ALWAYS: gettext_lazy("Alltid"),
    Answer.OFTEN: gettext_lazy("Ofta"),
    Answer.SELDOM: gettext_lazy("Sällan"),
    Answer.NEVER: gettext_lazy("Aldrig"),
    Answer.UNSAID: gettext_lazy("Vill inte svara"),
}
STANDING: Mapping[Standing, Words] = {
    Standing.DRAFT: gettext_lazy("utkast"),
    Standing.COMING: gettext_lazy("öppnar snart"),
    Standing.OPEN: gettext_lazy("öppen nu"),
    Standing.CLOSED: gettext_lazy("stängd"),
}
TONE = {
    Standing.DRAFT: "plain",
    Standing.COMING: "info",
    Standing.OPEN: "good",
    Standing.CLOSED: "plain",
}
FAULT: Mapping[Fault, Words] = {
    Fault.TITLE: gettext_lazy("Skriv vad enkäten heter."),
    Fault.TITLE_TOO_LONG: gettext_lazy("Korta namnet till högst %(most)s tecken."),
    Fault.OPENS: gettext_lazy("Välj vilken dag enkäten öppnar."),
    Fault.CLOSES: gettext_lazy("Välj vilken dag som är den sista."),
    Fault.CLOSES_TOO_EARLY: gettext_lazy("Den sista dagen ligger före den första."),
    Fault.CLOSES_PAST: gettext_lazy("Den sista dagen har redan varit."),
    Fault.TOO_LONG_OPEN: gettext_lazy("En enkät är öppen högst %(most)s dagar."),
    Fault.NO_QUESTION: gettext_lazy("Välj minst en fråga."),
    Fault.TOO_MANY_QUESTIONS: gettext_lazy("Ställ högst %(most)s frågor."),
    Fault.QUESTION_TOO_SHORT: gettext_lazy("Skriv varje egen fråga som en mening."),
    Fault.QUESTION_TOO_LONG: gettext_lazy("Korta varje egen fråga till högst %(most)s tecken."),
    Fault.ASKED_TWICE: gettext_lazy("En fråga står två gånger."),
    Fault.NO_CLASS: gettext_lazy("Välj minst en av skolans klasser."),
    Fault.NAMES_A_PUPIL: gettext_lazy("Ta bort elevens namn. Enkäten läses av alla som svarar."),
    Fault.NOT_A_DRAFT: gettext_lazy(
        "Enkäten är redan öppnad. Frågorna ändras inte efter det, så att alla svarar på samma."
    ),
    Fault.NOT_OPEN: gettext_lazy("Enkäten är inte öppen."),
    Fault.TOO_MANY_SLIPS: gettext_lazy(
        "Så många lappar behövs inte: skriv högst en för varje elev som inte har svarat, och två i reserv."
    ),
    Fault.NO_SLIPS: gettext_lazy("Skriv hur många lappar som behövs."),
}
MOST = {
    Fault.TITLE_TOO_LONG: LONGEST_TITLE,
    Fault.TOO_LONG_OPEN: LONGEST_PERIOD,
    Fault.TOO_MANY_QUESTIONS: MOST_QUESTIONS,
    Fault.QUESTION_TOO_LONG: LONGEST_QUESTION,
}
MADE = gettext_lazy("Utkastet är sparat.")
OPENED = gettext_lazy("Enkäten är öppnad. Skriv ut lappar till klasserna.")
CLOSED = gettext_lazy("Enkäten är stängd.")
DISCARDED = gettext_lazy("Utkastet är kastat.")


def fault(found: Fault) -> str:
    words = str(FAULT[found])
    return words % {"most": MOST[found]} if found in MOST else words


def question(asked: Question) -> str:
    """Return a question as it is asked: in the reader's language if it came with the program."""
    return str(ITEM[asked.item]) if asked.item else asked.words


def part(of: Part) -> str:
    """Return whose answers they are."""
    if of.of is Of.SCHOOL:
        return _("Hela skolan")
    if of.of is Of.GROUP:
        return of.name
    return _("Årskurs %(grade)s") % {"grade": of.name} if of.name != "F" else _("Förskoleklass")
