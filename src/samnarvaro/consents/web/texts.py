"""The words of consents and relations: what is shared, how it stands, what that means, what is next."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import labels
from samnarvaro.consents.domain.agreement import (
    Maturity,
    MustSayYes,
    NotAnswered,
    NotAsked,
    Said,
    State,
    Way,
)
from samnarvaro.consents.domain.relations import Kind, NotGranted
from samnarvaro.consents.queries.agreed import Agreed, Word
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation

Words = str | Promise

NOT_SHARED = gettext_lazy("Anteckningar från samtal, och allt som inte står här")

# How a consent stands → the consent card's own word for it, what it means, and what is next.
CARD = {
    State.NO_ANSWER: "asked",
    State.INCOMPLETE: "partly",
    State.CONFLICTING: "conflicting",
    State.REFUSED: "refused",
    State.GIVEN: "given",
    State.UNDER_REVIEW: "review",
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "ended",
}
MEANS: dict[State, Words] = {
    State.NO_ANSWER: gettext_lazy("Ingen har svarat. Inget delas."),
    State.INCOMPLETE: gettext_lazy("Någon har sagt ja och någon har inte svarat. Inget delas."),
    State.CONFLICTING: gettext_lazy("En har sagt ja och en har sagt nej. Inget delas."),
    State.REFUSED: gettext_lazy("Svaret är nej. Inget delas, och det påverkar inte skolans stöd."),
    State.GIVEN: gettext_lazy("Alla som behövde har sagt ja. Det som står här delas."),
    State.UNDER_REVIEW: gettext_lazy(
        "Något som samtycket vilade på har ändrats. Inget delas medan det prövas."
    ),
    State.WITHDRAWN: gettext_lazy("Samtycket är återtaget. Inget delas."),
    State.EXPIRED: gettext_lazy("Tiden är ute. Inget delas."),
}
NEXT: dict[State, Words] = {
    State.NO_ANSWER: gettext_lazy("Fråga var och en, och skriv upp svaret här."),
    State.INCOMPLETE: gettext_lazy("Fråga den som inte har svarat, och skriv upp svaret här."),
    State.CONFLICTING: gettext_lazy(
        "Bjud in båda till ett samtal. Skolan fortsätter med sitt eget stöd under tiden."
    ),
    State.REFUSED: gettext_lazy(
        "Fortsätt med skolans eget stöd. Ändrar sig familjen skriver du upp det nya svaret här."
    ),
    State.GIVEN: gettext_lazy("Fråga på nytt i god tid innan tiden är ute."),
    State.UNDER_REVIEW: gettext_lazy(
        "Ta reda på vem som är vårdnadshavare i dag. Behövs det delas igen frågar du på nytt."
    ),
    State.WITHDRAWN: gettext_lazy("Vill familjen dela igen frågar du på nytt."),
    State.EXPIRED: gettext_lazy("Behövs det fortfarande frågar du på nytt."),
}

MUST: dict[MustSayYes, Words] = {
    MustSayYes.ALL_GUARDIANS: gettext_lazy("Alla vårdnadshavare"),
    MustSayYes.ONE_GUARDIAN: gettext_lazy(
        "En vårdnadshavare, efter beslut för just det här barnet"
    ),
    MustSayYes.CHILD_ALONE: gettext_lazy("Barnet självt, efter ålder och mognad"),
}
WAY: dict[Way, Words] = {
    Way.E_ID: gettext_lazy("Med e-legitimation"),
    Way.PAPER: gettext_lazy("På papper"),
    Way.ORAL: gettext_lazy("Muntligt, med vittne"),
    Way.PHONE: gettext_lazy("I telefon, med vittne"),
}
SAID: dict[Said, Words] = {Said.YES: gettext_lazy("Ja"), Said.NO: gettext_lazy("Nej")}
MATURITY: dict[Maturity, Words] = {
    Maturity.NOT_JUDGED: gettext_lazy("Inte bedömt"),
    Maturity.CAN: gettext_lazy("Kan ta ställning själv"),
    Maturity.CAN_IN_PART: gettext_lazy("Kan ta ställning till en del"),
    Maturity.CANNOT_YET: gettext_lazy("Kan inte ta ställning ännu"),
}

NOT_ASKED: dict[NotAsked, Words] = {
    NotAsked.SAME_ZONE: gettext_lazy("Det är er egen verksamhet. Där behövs inget samtycke."),
    NotAsked.NOT_A_RECEIVER: gettext_lazy("Välj vem som ska få ta del av uppgifterna."),
    NotAsked.NO_CLASS: gettext_lazy("Välj vad som får delas."),
    NotAsked.CLASS_NOT_SHAREABLE: gettext_lazy("Något av det du valt kan inte delas så här."),
    NotAsked.NAME_LEFT_OUT: gettext_lazy(
        "Inget kan delas utan att barnets namn delas. Välj också namn, klass och skola."
    ),
    NotAsked.NO_PURPOSE: gettext_lazy("Skriv vad uppgifterna ska användas till."),
    NotAsked.CHILD_NAMED_IN_PURPOSE: gettext_lazy(
        "Skriv syftet utan barnets namn. Mottagarens chef läser det innan någon har fått ärendet."
    ),
    NotAsked.NO_WORDING: gettext_lazy("Skriv frågan som familjen får."),
    NotAsked.ENDS_BEFORE_IT_BEGINS: gettext_lazy("Den sista dagen ligger före den första."),
    NotAsked.BEGINS_IN_THE_PAST: gettext_lazy("Den första dagen har redan varit."),
    NotAsked.LASTS_TOO_LONG: gettext_lazy("Ett samtycke gäller högst tolv månader."),
    NotAsked.PROTECTED: gettext_lazy(
        "Barnet har skyddade personuppgifter. Då frågas inte om samtycke här."
    ),
}
NOT_ANSWERED: dict[NotAnswered, Words] = {
    NotAnswered.NOT_A_PARTY: gettext_lazy("Den personen är inte vårdnadshavare för barnet i dag."),
    NotAnswered.NO_WITNESS: gettext_lazy("Välj vem som var med och hörde svaret."),
    NotAnswered.WITNESS_IS_ONESELF: gettext_lazy("Du kan inte vara ditt eget vittne."),
    NotAnswered.ENDED: gettext_lazy("Det här samtycket är avslutat. Fråga på nytt i stället."),
}
NOT_GRANTED: dict[NotGranted, Words] = {
    NotGranted.TO_ONESELF: gettext_lazy("Ingen ger ett ärende till sig själv."),
    NotGranted.NOT_A_GIVER: gettext_lazy("Det är chefen eller rektorn som ger ärenden."),
    NotGranted.OTHER_ZONE: gettext_lazy("Ärendet hör till en annan verksamhet."),
    NotGranted.NO_SUITABLE_DUTY: gettext_lazy(
        "Personens uppdrag passar inte för ett sådant ärende."
    ),
    NotGranted.PROTECTED: gettext_lazy("Det går inte att ge ett sådant ärende."),
    NotGranted.ENDS_BEFORE_IT_BEGINS: gettext_lazy("Den sista dagen har redan varit."),
    NotGranted.LASTS_TOO_LONG: gettext_lazy(
        "Ett ärende gäller högst läsåret ut. Sedan bekräftas det på nytt."
    ),
    NotGranted.ALREADY: gettext_lazy("Personen har redan ett sådant ärende."),
}
KIND: dict[Kind, Words] = {kind: labels.TIE[kind] for kind in Kind}

ASKED = gettext_lazy("Frågan är sparad. Skriv upp svaren när de kommer.")
ANSWERED = gettext_lazy("Svaret är uppskrivet.")
WITHDRAWN = gettext_lazy("Samtycket är återtaget. Från och med nu delas inget.")
CALLED = gettext_lazy("Namnet är sparat.")
HANDED_OUT = gettext_lazy("Ärendet är lämnat.")
ENDED = gettext_lazy("Ärendet är avslutat.")


def child(name: str, known_as: str, code: str) -> str:
    """Say who a child is, by what is readable: its name, what we call it, or a code."""
    return name or known_as or _("Barn %(code)s") % {"code": code}


def classes(found: Iterable[DataClass]) -> str:
    """List classes of data by plain names, in the order they are asked for."""
    names = [str(labels.DATA_CLASS[each]) for each in labels.DATA_CLASS if each in set(found)]
    return "; ".join([*names[:1], *(name[0].lower() + name[1:] for name in names[1:])])


def agencies() -> dict[str, str]:
    """Return what each zone's agency is called."""
    return organisation.agency_names()


def agency(zone: str, names: dict[str, str]) -> str:
    return names.get(zone) or labels.of_zone(zone)


def direction(of: Agreed, names: dict[str, str]) -> str:
    """Say from whom to whom: a consent goes one way."""
    told = {"from": agency(of.from_zone, names), "to": agency(of.to_zone, names)}
    return _("%(from)s berättar för %(to)s, inte tvärtom") % told


def until(of: Agreed) -> str:
    """Say from when to when it holds, or how and when it ended."""
    if of.ended_at is not None:
        told = {"day": date_format(of.ended_at, "j F Y")}
        if of.state is State.WITHDRAWN:
            return _("återtaget %(day)s") % told
        return _("avslutat %(day)s") % told
    days = {"first": date_format(of.valid_from, "j F Y"), "last": date_format(of.valid_to, "j F Y")}
    return _("%(first)s – %(last)s, båda dagarna med") % days


def who_said_yes(words: Iterable[Word]) -> str:
    return ", ".join(word.name or _("barnet") for word in words if word.said is Said.YES)
