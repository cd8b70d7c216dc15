"""What a family or a receiver gets on paper: the card of what was agreed, and what was handed over."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import clock
from samnarvaro.base.pdf import Facts, Heading, Part, Points, Sheet, Text
from samnarvaro.consents.domain.agreement import State
from samnarvaro.consents.queries.handed_over import Handed
from samnarvaro.consents.web import texts
from samnarvaro.consents.web.cards import Card

STANDS = {
    State.NO_ANSWER: gettext_lazy("Väntar på svar"),
    State.INCOMPLETE: gettext_lazy("Någon har inte svarat"),
    State.CONFLICTING: gettext_lazy("Ett ja och ett nej"),
    State.REFUSED: gettext_lazy("Nej"),
    State.GIVEN: gettext_lazy("Samtycke finns"),
    State.UNDER_REVIEW: gettext_lazy("Prövas"),
    State.WITHDRAWN: gettext_lazy("Återtaget"),
    State.EXPIRED: gettext_lazy("Har gått ut"),
}


class Shown(Protocol):
    """What of an item stands on paper: the same before it goes and afterwards."""

    @property
    def title(self) -> str: ...

    @property
    def lines(self) -> "Iterable[str]": ...


def card(of: Card, *, about: str, foot: str) -> Sheet:
    """The card that repeats what was agreed, as the page shows it."""
    told = [
        (_("Så står det"), str(STANDS[of.of.state])),
        (_("Mellan"), of.direction),
        (_("Får delas"), of.covers),
        (_("Delas inte"), of.not_covers),
        (_("Till vad"), of.of.purpose),
        (_("Vem har sagt ja"), of.given_by),
        (_("Gäller"), of.until),
    ]
    parts: list[Part] = [
        Text(of.means),
        Facts([(name, what) for name, what in told if what]),
        Heading(_("Frågan som ni fick")),
        Text(of.of.wording),
    ]
    if of.of.conditions:
        parts.append(Facts([(_("Ni har lagt till"), of.of.conditions)]))
    said: Part = Points(of.said) if of.said else Text(_("Ingen har svarat ännu."))
    parts += [Heading(_("Det som har sagts")), said, Heading(_("Om ni ändrar er"))]
    parts += [Text(line) for line in _if_you_change_your_mind(of)]
    return Sheet(title=_("Samtycke"), over=about, parts=parts, foot=foot)


def _if_you_change_your_mind(of: Card) -> list[str]:
    return [
        _(
            "Ni kan ta tillbaka samtycket när som helst. Säg till någon på skolan eller hos mottagaren, "
            "eller ring. Ni behöver inte säga varför. Då slutar vi dela med en gång."
        ),
        _("Det som mottagaren redan har skrivit hos sig finns kvar där."),
        _("Fråga gärna %(who)s om något är oklart.") % {"who": of.of.asked_by},
    ]


def preview(items: Iterable[Shown], *, to: str, foot: str) -> Sheet:
    """What a receiver will see, before it goes: that, and nothing else."""
    parts: list[Part] = [
        Text(_("Till %(to)s. Inget annat följer med.") % {"to": to}),
        Text(_("Det här är en förhandsvisning. Inget är överlämnat än.")),
    ]
    for item in items:
        parts += _item(item)
    return Sheet(title=_("Det här kommer mottagaren att se"), over="", parts=parts, foot=foot)


def received(items: Iterable[Handed], *, about: str, foot: str) -> Sheet:
    """What other agencies have handed over about a child, as they gave it."""
    names = texts.agencies()
    parts: list[Part] = []
    for item in items:
        told = {"name": item.given_by, "zone": texts.agency(item.from_zone, names), "at": _at(item)}
        parts += [*_item(item), Text(_("Överlämnat av %(name)s, %(zone)s, %(at)s") % told)]
    return Sheet(title=_("Överlämnat till er"), over=about, parts=parts, foot=foot)


def given(items: Iterable[Handed], *, about: str, foot: str) -> Sheet:
    """What somebody has handed over about a child: what each receiver got, word for word."""
    names = texts.agencies()
    parts: list[Part] = []
    for item in items:
        told = {"zone": texts.agency(item.to_zone, names), "at": _at(item)}
        parts += [*_item(item), Text(_("Till %(zone)s, %(at)s") % told)]
    return Sheet(title=_("Det du har lämnat över"), over=about, parts=parts, foot=foot)


def _item(item: Shown) -> list[Part]:
    return [Heading(item.title), *(Text(line) for line in item.lines)]


def _at(item: Handed) -> str:
    return date_format(item.at.astimezone(clock.SWEDEN), "j F Y H.i")
