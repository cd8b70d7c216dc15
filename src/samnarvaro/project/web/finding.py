"""Finding by words: pupils, classes, pages and acts, as far as they are open to the viewer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import finder, navigation
from samnarvaro.base.finder import Kind, Place
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.people.domain.sort_key import folded
from samnarvaro.project import addresses

MOST_PUPILS = 20
MOST_CLASSES = 12
# One letter stands in nearly every name: it would list a school to find nobody.
FEWEST_LETTERS = 2
LONGEST_TEXT = 80

TITLE = {
    Kind.CLASS: gettext_lazy("Klasser"),
    Kind.ACT: gettext_lazy("Göra"),
    Kind.PAGE: gettext_lazy("Sidor och listor"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one kind that were found."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What some words find. Without words: where one can go."""

    text: str
    pupils: people.Found
    places: tuple[Places, ...]

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return len(self.pupils.hits) + sum(len(some.places) for some in self.places)

    @property
    def more_pupils(self) -> bool:
        return self.pupils.count > len(self.pupils.hits)


def find(text: str, *, by: Scope) -> Finding:
    text = text.strip()[:LONGEST_TEXT]
    words = [folded(word) for word in text.split()]
    return Finding(text, _pupils(text, by), tuple(_by_kind(_matching(words, by), words)))


def _pupils(text: str, by: Scope) -> people.Found:
    """Only for who may open a pupil's page: a hit that leads nowhere would tell too much."""
    if len(folded(text)) < FEWEST_LETTERS or not _opens("pupil", by):
        return people.Found([], 0, is_more=False)
    return people.search(text, by=by, limit=MOST_PUPILS)


def _opens(url: str, by: Scope) -> bool:
    rule = addresses.rule_of(url)
    return rule is not None and (rule.is_public or rule.opens_to(by.role))


def _matching(words: list[str], by: Scope) -> Iterator[Place]:
    for place in [*finder.places(by=by), *_menu(by), *_of_the_house()]:
        if not _opens(place.url, by):
            continue
        named = folded(f"{place.label} {place.more} {place.words}").split("-")
        if all(any(part.startswith(word) for part in named) for word in words):
            yield place


def _by_kind(found: Iterable[Place], words: list[str]) -> Iterator[Places]:
    places = list(found)
    for kind, title in TITLE.items():
        some = [place for place in places if place.kind is kind]
        if kind is Kind.CLASS:
            some = some[:MOST_CLASSES] if words else []
        if some:
            yield Places(str(title), tuple(some))


def _menu(by: Scope) -> Iterator[Place]:
    """The entries of the viewer's menu."""
    for entry in navigation.entries_for(by.role, None):
        yield Place(
            kind=Kind.PAGE, label=entry.label, url=entry.name, address=entry.url, icon=entry.icon
        )


def _of_the_house() -> list[Place]:
    return [
        _place(Kind.ACT, _("Släck skärmen"), "blank", "eye-off", _("dölj göm paus")),
        _place(
            Kind.PAGE,
            _("Mina inställningar"),
            "my_settings",
            "pencil",
            _("tangenter språk utseende veckobrev e-post"),
        ),
        _place(
            Kind.PAGE, _("Säkerhet"), "mfa_index", "lock", _("lösenord kod nyckel inloggningar")
        ),
        _place(Kind.PAGE, _("Logga ut"), "account_logout", "sign-out"),
    ]


def _place(kind: Kind, label: str, url: str, icon: str, words: str = "") -> Place:
    return Place(kind=kind, label=label, url=url, address=reverse(url), icon=icon, words=words)
