"""A consent as the card that repeats what was agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.consents.domain.agreement import ENDED, State, Way
from samnarvaro.consents.queries.agreed import Agreed, Word
from samnarvaro.consents.web import texts


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. `of` is the consent itself, `can_be_withdrawn` whether it is alive."""

    of: Agreed
    title: str
    state: str
    means: str
    next: str
    direction: str
    covers: str
    not_covers: str
    given_by: str
    until: str
    said: tuple[str, ...]

    @property
    def can_be_withdrawn(self) -> bool:
        return self.of.state not in ENDED

    @property
    def is_running(self) -> bool:
        """Whether it stands among those to look at first."""
        return self.of.state not in ENDED and self.of.state is not State.REFUSED


def for_school(found: Iterable[Agreed], *, on: date) -> list[Card]:
    """Cards for where the data comes from: by whom it may be read there, and what to do next."""
    names = texts.agencies()
    return [_card(of, texts.agency(of.to_zone, names), names, on=on) for of in found]


def for_receiver(found: Iterable[Agreed], *, on: date) -> list[Card]:
    """Cards for who reads: from whom. One that does not flow says only that, and since when."""
    names = texts.agencies()
    return [
        _card(of, texts.agency(of.from_zone, names), names, on=on, tells_next=False) for of in found
    ]


def _card(
    of: Agreed, title: str, names: dict[str, str], *, on: date, tells_next: bool = True
) -> Card:
    return Card(
        of=of,
        title=title,
        state=texts.CARD[of.state],
        means=_means(of, on),
        next=_next(of) if tells_next else "",
        direction=texts.direction(of, names),
        covers=texts.classes(of.classes),
        not_covers=str(texts.NOT_SHARED) if of.classes else "",
        given_by=texts.who_said_yes(of.latest),
        until=texts.until(of),
        said=tuple(said(word) for word in of.words),
    )


def _means(of: Agreed, on: date) -> str:
    if of.state is State.GIVEN and on < of.valid_from:
        told = {"day": date_format(of.valid_from, "j F")}
        return _("Alla som behövde har sagt ja. Det börjar delas %(day)s.") % told
    if of.state is State.GIVEN and on > of.valid_to:
        return str(texts.MEANS[State.EXPIRED])
    if of.state is State.EXPIRED and of.replaced_by:
        return _("Ett nytt samtycke gäller i stället för det här.")
    return str(texts.MEANS[of.state])


def _next(of: Agreed) -> str:
    """What to do now; nothing where a new question has been asked already."""
    return "" if of.replaced_by else str(texts.NEXT[of.state])


def said(word: Word) -> str:
    """One answer in a line: who, what, when and how one knows."""
    told = {
        "who": word.name or _("Barnet"),
        "said": str(texts.SAID[word.said]).lower(),
        "day": date_format(word.at, "j F Y"),
        "way": _way(word),
    }
    return _("%(who)s sa %(said)s %(day)s (%(way)s)") % told


def _way(word: Word) -> str:
    way = str(texts.WAY[Way(word.way)])
    way = way[0].lower() + way[1:]
    return f"{way}: {word.witness}" if word.witness else way
