"""Which tier of support pupils have: by the staircase, and by what other rooms know of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from samnarvaro.kernel.access import Scope
from samnarvaro.staircase.domain.tiers import Ground, Tier, tier_of


class Source(Protocol):
    """Tells for which pupils (ids) a ground holds, as far as the viewer sees them."""

    def __call__(self, *, by: Scope) -> Collection[int]: ...


_sources: dict[Ground, Source] = {}


def tell_by(ground: Ground, source: Source) -> None:
    """Let the room that keeps a ground tell of it; called once, when all rooms are there."""
    _sources[ground] = source


def tiers(pupils: Iterable[int], levels: Mapping[int, int], *, by: Scope) -> dict[int, Tier]:
    """Return the tier of each of these pupils (ids); `levels` are the open ones, by pupil."""
    grounds: defaultdict[int, list[Ground]] = defaultdict(list)
    for ground, source in _sources.items():
        for pupil in source(by=by):
            grounds[pupil].append(ground)
    found = dict.fromkeys(pupils, Tier.UNIVERSAL)  # what nothing else is known of
    for pupil in found.keys() & (levels.keys() | grounds.keys()):
        found[pupil] = tier_of(levels.get(pupil, 0), grounds.get(pupil, ()))
    return found
