"""The words of the work list."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from samnarvaro.base import figures, labels
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist.domain.choosing import Choice, Order, ViewFault, as_data
from samnarvaro.worklist.domain.rows import LONGEST_TEXT, LONGEST_WAIT, Act, Missing, State, When
from samnarvaro.worklist.queries import Figures, LastAct, Row

Words = str | Promise

CLASS = gettext_lazy("Klass")
KIND = gettext_lazy("Slag")
LEVEL = gettext_lazy("Steg")
WHEN_DUE = gettext_lazy("När")
ORDER = gettext_lazy("Ordning")
UNTOUCHED = gettext_lazy("Bara där ingen har agerat")
PART: dict[When, Words] = {
    When.TODAY: gettext_lazy("I dag eller tidigare"),
    When.THIS_WEEK: gettext_lazy("Senare den här veckan"),
    When.LATER: gettext_lazy("Efter den här veckan"),
    When.WAITING: gettext_lazy("Väntar"),
}
ORDERS: dict[Order, Words] = {
    Order.DUE: gettext_lazy("Närmast i tid först"),
    Order.NAME: gettext_lazy("Namn"),
    Order.CLASS: gettext_lazy("Klass och namn"),
    Order.LEVEL: gettext_lazy("Högsta steget först"),
    Order.WAITED: gettext_lazy("Väntat längst först"),
}
VIEW_NAME = gettext_lazy("Vad ska urvalet heta?")
VIEW_FIRST = gettext_lazy("Visa det här urvalet när jag öppnar listan")
VIEW_SAVED = gettext_lazy("Urvalet är sparat.")
VIEW_DELETED = gettext_lazy("Urvalet är borttaget. Raderna finns kvar.")
VIEW_FAULT: dict[ViewFault, Words] = {
    ViewFault.NAME: gettext_lazy("Skriv vad urvalet ska heta."),
    ViewFault.NAME_TOO_LONG: gettext_lazy("Namnet är för långt: högst 60 tecken."),
    ViewFault.NAME_TAKEN: gettext_lazy("Du har redan ett urval som heter så."),
    ViewFault.TOO_MANY: gettext_lazy("Du har redan tjugo urval. Ta bort något först."),
}
NONE_TICKED = gettext_lazy("Markera minst en rad först.")


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """What the page of a meeting says around its rows."""

    title: Words
    fact: Words
    none: Words
    none_why: Words


CONFERENCE = MeetingWords(
    title=gettext_lazy("Arbetslagets konferens"),
    fact=gettext_lazy(
        "Frånvaron tas upp varje gång. Skriv per elev vad ni beslutar och när ni tar upp det igen."
    ),
    none=gettext_lazy("Ingen elev att ta upp den här gången"),
    none_why=gettext_lazy(
        "Här står elever i era klasser som en mentor har en rad om, och det som lämnats över till konferensen."
    ),
)
STUDENT_HEALTH = MeetingWords(
    title=gettext_lazy("Elevhälsans möte"),
    fact=gettext_lazy(
        "Gå igenom raderna i tur och ordning. Skriv vad ni beslutar och när ni tar upp det igen."
    ),
    none=gettext_lazy("Inget att ta upp den här gången"),
    none_why=gettext_lazy(
        "Här kommer det som lämnats över till elevhälsoteamet, de steg i trappan som är teamets, och månadens kontroll."
    ),
)

MISSING: dict[Missing, Words] = {
    Missing.TEXT: gettext_lazy("Skriv några ord. Utan dem går raden inte att förstå efteråt."),
    Missing.TEXT_SHORT: gettext_lazy("Skriv minst tre bokstäver."),
    Missing.TEXT_LONG: gettext_lazy("Texten är för lång: högst %(characters)s tecken."),
    Missing.DAY: gettext_lazy("Välj vilken dag raden ska komma tillbaka."),
    Missing.DAY_NOT_AHEAD: gettext_lazy("Välj en dag som inte har kommit än: tidigast i morgon."),
    Missing.DAY_TOO_LATE: gettext_lazy("Välj en närmare dag: högst %(days)s dagar fram."),
    Missing.RECEIVER: gettext_lazy("Välj vem som ska ta raden."),
    Missing.RECEIVER_HAS_IT: gettext_lazy("Raden ligger redan där. Välj någon annan."),
    Missing.RECEIVER_NOBODY: gettext_lazy(
        "Där finns ingen på skolan som kan ta raden just nu. Välj någon annan."
    ),
    Missing.OWN_PAGE: gettext_lazy(
        "Den här raden blir klar på sin egen sida: där väljer du skälet eller skriver hur det gick."
    ),
    Missing.NOT_HELD: gettext_lazy("Raden ligger hos någon annan nu."),
    Missing.CLEARED_ALREADY: gettext_lazy("Raden blev klar medan du skrev."),
    Missing.NOTHING_TO_UNDO: gettext_lazy(
        "Det finns inget att ångra: raden har ändrats sedan dess."
    ),
    Missing.NOT_YOURS: gettext_lazy("Bara den som gjorde det kan ångra det."),
    Missing.ANOTHER_DAY: gettext_lazy("Det går att ångra samma dag, inte senare."),
}

# What the button says, what the text is asked for by, the hint, and the button that sends.
LABEL: dict[Act, Words] = {
    Act.DONE: gettext_lazy("Klart"),
    Act.WAIT: gettext_lazy("Vänta"),
    Act.NOT_NEEDED: gettext_lazy("Behövs inte"),
    Act.HAND_OVER: gettext_lazy("Lämna över"),
    Act.DECIDED: gettext_lazy("Beslutat"),
    Act.UNDO: gettext_lazy("Ångra"),
}
QUESTION: dict[Act, Words] = {
    Act.DONE: gettext_lazy("Vad har gjorts?"),
    Act.WAIT: gettext_lazy("Varför vänta?"),
    Act.NOT_NEEDED: gettext_lazy("Varför behövs det inte?"),
    Act.HAND_OVER: gettext_lazy("Vad behöver den som tar över veta?"),
    Act.DECIDED: gettext_lazy("Vad beslutades?"),
}
HINT: dict[Act, Words] = {
    Act.DONE: gettext_lazy(
        "Till exempel: samtal med eleven och vårdnadshavare, kartläggning bokad."
    ),
    Act.WAIT: gettext_lazy("Till exempel: möte är bokat."),
    Act.NOT_NEEDED: gettext_lazy("Till exempel: frånvaron var fel registrerad."),
    Act.HAND_OVER: gettext_lazy(
        "Orden läses av den som tar över. Till exempel: vi har pratat två gånger och behöver hjälp."
    ),
    Act.DECIDED: gettext_lazy(
        "Orden läses av dem som tar upp raden nästa gång. Skriv vem som gör vad."
    ),
}
SUBMIT: dict[Act, Words] = {
    Act.DONE: gettext_lazy("Spara som klart"),
    Act.WAIT: gettext_lazy("Vänta till dagen"),
    Act.NOT_NEEDED: gettext_lazy("Spara att det inte behövs"),
    Act.HAND_OVER: gettext_lazy("Lämna över raden"),
    Act.DECIDED: gettext_lazy("Spara beslutet"),
}
ICON: dict[Act, str] = {Act.DONE: "check", Act.WAIT: "hourglass", Act.NOT_NEEDED: "minus"}
ICON |= {Act.HAND_OVER: "hand", Act.DECIDED: "pencil"}
# What was done, in the past tense, for the row and its history.
DONE: dict[Act, Words] = {
    Act.DONE: gettext_lazy("Klart"),
    Act.WAIT: gettext_lazy("Sattes att vänta"),
    Act.NOT_NEEDED: gettext_lazy("Behövdes inte"),
    Act.HAND_OVER: gettext_lazy("Lämnades över"),
    Act.DECIDED: gettext_lazy("Beslutades"),
    Act.UNDO: gettext_lazy("Ångrat"),
}
# Said after the act. No name: the words travel in a cookie.
TOAST: dict[Act, Words] = {
    Act.DONE: gettext_lazy("Raden är klar."),
    Act.WAIT: gettext_lazy("Raden väntar och kommer tillbaka på sin dag."),
    Act.NOT_NEEDED: gettext_lazy("Raden är borttagen ur listan, med ditt skäl."),
    Act.HAND_OVER: gettext_lazy("Raden är överlämnad. Ångra finns kvar i dag."),
    Act.DECIDED: gettext_lazy("Beslutet är sparat. Raden tas upp igen på sin dag."),
    Act.UNDO: gettext_lazy("Ångrat. Raden är som förut."),
}
RECEIVER = gettext_lazy("Till vem?")
CHOOSE = gettext_lazy("Välj …")
DAY = gettext_lazy("Till vilken dag?")
DAYS: dict[Act, Words] = {Act.WAIT: DAY, Act.DECIDED: gettext_lazy("När tas den upp nästa gång?")}
DAY_HINT = gettext_lazy("Raden kommer tillbaka den dagen. Högst %(days)s dagar fram.")
LIMITS = {"characters": LONGEST_TEXT, "days": LONGEST_WAIT}


def missing(reason: Missing) -> str:
    return str(MISSING[reason]) % LIMITS


def you_wrote(text: str) -> str:
    return _("Du skrev: ”%(words)s”") % {"words": text}


EXPLAINED = {
    "rule": gettext_lazy("Regel"),
    "window": gettext_lazy("Tid"),
    "denominator": gettext_lazy("Räknas mot"),
    "unreported": gettext_lazy("Orapporterat"),
    "fresh": gettext_lazy("Senast läst"),
}


def about(row: Row) -> tuple[tuple[str, str], ...]:
    """What stands behind a row's figures, line by line, as ui/explain.html says it."""
    told = row.explanation
    lines = ((label, getattr(told, name, "")) for name, label in EXPLAINED.items())
    return tuple((str(label), line) for label, line in lines if line)


KIND_LAIN = gettext_lazy("Har blivit liggande")


def why_lain(about: Figures) -> str:
    """Tell the principal of a row that lies with somebody, and for how long."""
    return _(
        "En rad hos %(owner)s har legat sedan %(day)s utan att någon gjort något: %(days)s skoldagar."
    ) % {
        "owner": str(labels.HOLDER[Holder(about["owner"])]).lower(),
        "day": date_format(date.fromisoformat(about["since"]), "j F"),
        "days": about["school_days"],
    }


KIND_UNNAMED = gettext_lazy("Övrigt")


def why(about: Figures) -> str:
    """Say why there is a row when the room that raised it has not said how: the bare figures."""
    scheduled, absent = about.get("scheduled"), about.get("absent")
    if not isinstance(scheduled, int) or not isinstance(absent, int) or scheduled <= 0:
        return _("Något har hänt som du behöver ta ställning till.")
    return _("Borta %(share)s av lektionstiden: %(absent)s av %(scheduled)s.") % {
        "share": figures.share(absent, scheduled),
        "absent": figures.hours(absent),
        "scheduled": figures.hours(scheduled),
    }


def day(of: date, today: date) -> str:
    """Write a day as people say it; the year only when it is another one."""
    return _day(of, today, get_language())


@lru_cache(maxsize=512)
def _day(of: date, today: date, _language: str | None) -> str:
    if of == today:
        return _("i dag")
    return date_format(of, "l j F" if of.year == today.year else "j F Y")


def due(row: Row, today: date) -> tuple[str, str]:
    """Return when the row is to be done, or was, and the tone to say it in."""
    if row.is_cleared and row.last:
        return str(DONE[row.last.act]), "good"
    told = {"day": day(row.due_on, today)}
    if row.state is State.WAITING:
        return _("väntar till %(day)s") % told, "info"
    if row.due_on < today:
        return _("skulle varit klart %(day)s") % told, "fault"
    if row.due_on == today:
        return _("senast i dag"), "attention"
    return _("senast %(day)s") % told, "plain"


def since(row: Row, today: date) -> list[str]:
    """Say, line by line, what has happened since the row was raised."""
    lines = []
    if row.recovered_on:
        told = {"day": day(row.recovered_on, today)}
        lines.append(_("Gäller inte längre sedan %(day)s.") % told)
        if not row.is_cleared:
            lines.append(_("Raden står kvar tills du säger vad som gjordes."))
    if row.last:
        lines.append(last_act(row.last, today))
    if row.lain_on:
        lines.append(_("Ingen har gjort något med raden på tio skoldagar."))
    return lines


def whose(row: Row) -> str:
    return _("Att göra för: %(role)s.") % {"role": labels.HOLDER[row.holder]}


def done_today(rows: int) -> str:
    return ngettext("Gjort i dag: %(rows)s rad", "Gjort i dag: %(rows)s rader", rows) % {
        "rows": rows
    }


def all_of_part(when: When | None, rows: int) -> str:
    """The way to all rows of a part of the day, where the day shows but the first of them."""
    if when is None:
        return _("Alla %(rows)s står i arbetslistan") % {"rows": rows}
    return _("Visa alla %(rows)s: %(part)s") % {"rows": rows, "part": PART[when]}


def another_time(rows: int) -> str:
    told = {"rows": rows}
    return ngettext("%(rows)s rad tas upp senare", "%(rows)s rader tas upp senare", rows) % told


def act_on(act: Act, rows: int) -> str:
    """Say above the form what is about to be done, and with how many."""
    told = {"what": LABEL[act], "rows": rows}
    return ngettext("%(what)s: %(rows)s rad", "%(what)s: %(rows)s rader", rows) % told


def acted_on_many(act: Act, rows: int) -> str:
    told = {"what": DONE[act], "rows": rows}
    return ngettext("%(what)s: %(rows)s rad.", "%(what)s: %(rows)s rader.", rows) % told


def pairs(choice: Choice) -> list[tuple[str, str]]:
    """Return the choices as a form keeps them."""
    return list(as_data(choice).items())


def earlier(rows: int) -> str:
    return ngettext("%(rows)s tidigare rad", "%(rows)s tidigare rader", rows) % {"rows": rows}


def _what(act: LastAct) -> str:
    """Say what was done; a handing over also to whom."""
    if act.handed_to is None:
        return str(DONE[act.act])
    return _("Lämnades över till %(role)s") % {"role": str(labels.HOLDER[act.handed_to]).lower()}


def last_act(act: LastAct, today: date) -> str:
    """Say who did what with the row, when, and in which words."""
    told = {
        "what": _what(act),
        "who": act.by_name,
        "day": day(act.on, today),
        "words": act.text,
    }
    if act.text is None:
        return _("%(what)s: %(who)s, %(day)s.") % told
    return _("%(what)s: %(who)s, %(day)s. ”%(words)s”") % told
