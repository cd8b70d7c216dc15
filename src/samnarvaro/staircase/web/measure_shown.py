"""What a school has chosen to do, made ready for its pages; beside it what it could choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from samnarvaro.staircase.domain.tiers import SHIPPED, Tier
from samnarvaro.staircase.queries.school_measures import Measure
from samnarvaro.staircase.web import measure_texts as texts
from samnarvaro.staircase.web import support_texts
from samnarvaro.staircase.web.picking import Picked, SchoolClass
from samnarvaro.staircase.web.stairs import Support


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure with its address, and how far it has come in a word, a tone and a drawing."""

    measure: Measure
    url: str
    about: str
    state: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A shipped proposal, what chooses it, and whether it is chosen already."""

    text: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A tier with its pupils counted, what the school does there, and what it could do."""

    support: Support
    measures: tuple[ShownMeasure, ...]
    proposals: tuple[Proposal, ...]
    own_url: str


def show(measure: Measure) -> ShownMeasure:
    state, tone, icon = texts.STANDING[measure.standing]
    return ShownMeasure(
        measure=measure,
        url=reverse("measures:one", args=[measure.unit_public, measure.public]),
        about=texts.about(measure),
        state=str(state),
        tone=tone,
        icon=icon,
    )


def boards(
    tiers: Iterable[Support],
    measures: Sequence[Measure],
    *,
    school: UUID,
    picked: Picked,
    classes: dict[int, SchoolClass],
) -> tuple[Board, ...]:
    """Put beside each tier what is open there for the school, and for what of it is picked."""
    here = [m for m in measures if m.is_open and _is_of(m, picked, classes)]
    return tuple(
        Board(
            support=each,
            measures=tuple(show(m) for m in here if m.tier is each.tier),
            proposals=proposals(each.tier, here, school=school, group=picked.school_class),
            own_url=choose_url(school, each.tier, group=picked.school_class),
        )
        for each in tiers
    )


def _is_of(measure: Measure, picked: Picked, classes: dict[int, SchoolClass]) -> bool:
    if measure.group is None or picked.is_everything:
        return True
    return measure.group in classes and picked.has(classes[measure.group])


def proposals(
    tier: Tier, measures: Iterable[Measure], *, school: UUID, group: SchoolClass | None = None
) -> tuple[Proposal, ...]:
    """The shipped proposals of a tier; chosen are those that run for just the school, or the class."""
    target = group.pk if group else None
    chosen = {m.item for m in measures if m.tier is tier and m.group == target}
    return tuple(
        Proposal(
            str(support_texts.ITEM[item]),
            choose_url(school, tier, item=item.value, group=group),
            item in chosen,
        )
        for item in SHIPPED[tier]
    )


def choose_url(
    school: UUID, tier: Tier, *, item: str = "", group: SchoolClass | None = None
) -> str:
    asked = {"niva": str(tier.value), "forslag": item, "klass": str(group.public) if group else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('measures:choose', args=[school])}?{query}"
