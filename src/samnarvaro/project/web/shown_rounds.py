"""What came of a round, made ready for its page."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from samnarvaro.base.recaps import Line
from samnarvaro.base.sections import ShownPupil


@dataclass(frozen=True, slots=True)
class About:
    """One pupil of the round, and what the viewer did about it."""

    public: UUID
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """Parts of a round: something was done, looked at and nothing done, not looked at."""

    acted: tuple[About, ...]
    looked: tuple[About, ...]
    left: tuple[About, ...]

    @property
    def seen(self) -> int:
        return len(self.acted) + len(self.looked)

    @property
    def pupils(self) -> int:
        return self.seen + len(self.left)

    @property
    def acts(self) -> int:
        return sum(len(about.lines) for about in self.acted)


def recap_of(pupils: Iterable[ShownPupil], lines: Iterable[Line], seen: Collection[UUID]) -> Recap:
    done: defaultdict[int, list[str]] = defaultdict(list)
    for line in lines:
        done[line.pupil].append(line.text)
    every = [About(each.public, each.name, tuple(done[each.pk])) for each in pupils]
    return Recap(
        acted=tuple(about for about in every if about.lines),
        looked=tuple(about for about in every if not about.lines and about.public in seen),
        left=tuple(about for about in every if not about.lines and about.public not in seen),
    )
