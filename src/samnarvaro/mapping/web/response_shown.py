"""Filled-in instruments made ready to be shown: in a list, page by page, and as a result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.instrument import Item, Type, walk
from samnarvaro.mapping.domain.instrument_answers import asked
from samnarvaro.mapping.queries.instruments import Version
from samnarvaro.mapping.queries.responses import Seen
from samnarvaro.mapping.web import instrument_texts as texts
from samnarvaro.mapping.web.response_forms import Node, ResponseForm
from samnarvaro.mapping.web.response_words import MOST_TIMES, Figures, Part, figures, parts
from samnarvaro.mapping.web.texts import METHOD

TELLS = frozenset({DataClass.NAME, DataClass.MAPPING})


@dataclass(frozen=True, slots=True)
class Row:
    """One filled-in instrument in a list."""

    public: UUID
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be asked of one group of people."""

    audience: str
    versions: list[Version]


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of how many, counted from one."""

    number: int
    of: int
    title: str

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.of


@dataclass(frozen=True, slots=True)
class Result:
    parts: list[Part]
    figures: list[Figures]
    before_days: list[str]
    last_day: str


def row(seen: Seen) -> Row:
    told = {"title": seen.instrument.title, "day": date_format(seen.day, "j F Y")}
    return Row(seen.public, _("%(title)s, %(day)s") % told, about(seen))


def about(seen: Seen) -> str:
    """Say who answered, in which way, and where it stands."""
    who = seen.told.who or str(texts.AUDIENCE[seen.instrument.audience])
    method = str(METHOD[seen.told.method]) if seen.told.method else ""
    said = ". ".join(each for each in (who, method) if each)
    at = date_format(seen.final_at or seen.changed_at, "j F Y")
    told = {"said": said, "who": seen.author, "at": at}
    if not seen.is_final:
        return _("%(said)s. Utkast av %(who)s, sparat %(at)s. Bara du ser det tills du låser det.") % told  # fmt: skip
    if seen.corrects:
        return _("%(said)s. Rättad version av %(who)s, låst %(at)s.") % told
    return _("%(said)s. Av %(who)s, låst %(at)s.") % told


def offers(versions: Sequence[Version]) -> list[Offer]:
    """Group what can be asked by whom it asks; the pupil comes first."""
    return [
        Offer(str(name), [each for each in versions if each.instrument.audience is audience])
        for audience, name in texts.AUDIENCE.items()
        if any(each.instrument.audience is audience for each in versions)
    ]


def step_of(seen: Seen, asked_for: str) -> int:
    """Return the page that is asked for; else where one goes on: the first with nothing answered
    after something was.
    """
    steps = seen.instrument.steps()
    if asked_for.isascii() and asked_for.isdigit():
        return max(0, min(int(asked_for[:4]) - 1, len(steps) - 1))
    answered = [any(item.link in seen.told.answers for item in walk(step)) for step in steps]
    if not any(answered):
        return 0
    return answered.index(False) if not all(answered) else len(steps) - 1


def place(seen: Seen, step: int) -> Place:
    steps = seen.instrument.steps()
    group = next((item for item in steps[step] if item.type is Type.GROUP), None)
    return Place(step + 1, len(steps), group.text if group else "")


def elsewhere(seen: Seen, items: Iterable[Item]) -> list[tuple[int, str]]:
    """Return the questions that stand on other pages, each with its page."""
    page_of = {
        item.link: number
        for number, step in enumerate(seen.instrument.steps(), 1)
        for item in walk(step)
    }
    return [(page_of[item.link], item.text) for item in items]


def brought_more(seen: Seen, form: ResponseForm) -> bool:
    """Tell whether the answers brought questions to the page that were not there when it was sent."""
    shown = asked(seen.instrument, seen.told.answers)
    there = set(form.about())
    return any(item.link in shown and item.link not in there for item in form.questions.values())


def changed(nodes: Iterable[Node], was: frozenset[str]) -> list[Node]:
    """Return what came to the page or went from it; of what stands in each other, the outermost."""
    found: list[Node] = []
    for node in nodes:
        if node.is_conditional and node.is_shown != (node.item.link in was):
            found.append(node)
        else:
            found += changed(node.inside, was)
    return found


def result(seen: Seen, earlier: Sequence[Seen]) -> Result:
    before = earlier[0] if earlier else None
    return Result(
        parts(seen, before),
        figures(seen, earlier),
        [date_format(each.day, "j M Y") for each in earlier[:MOST_TIMES]],
        date_format(before.day, "j F Y") if before else "",
    )
