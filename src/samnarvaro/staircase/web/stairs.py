"""The staircase of a school made ready for its page: today, week by week, and as tiers of support."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.base import charts
from samnarvaro.base.pictures import Cell, Column, Picture, Table, count, remembered
from samnarvaro.staircase.domain.rules import Rule, RuleSet
from samnarvaro.staircase.domain.tiers import Tier
from samnarvaro.staircase.domain.weeks import Week
from samnarvaro.staircase.web import support_texts, texts
from samnarvaro.staircase.web.school import Frame

STAIRS, WEEKS, TIERS = "trappan", "veckor", "nivaer"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the staircase: who acts, by which rules, and how many pupils stand on it."""

    level: int
    name: str
    acts: str
    rules: tuple[str, ...]
    count: int
    url: str


def steps(book: RuleSet, on_level: Counter[int], frame: Frame) -> tuple[Step, ...]:
    """Return the steps from the lowest; each pupil is counted on its highest."""
    by_level: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule in book.rules:
        by_level[rule.level].append(rule)
    return tuple(
        Step(
            level=level,
            name=texts.step(level),
            acts=texts.who(rules[0].acts),
            rules=tuple(texts.rule(rule) for rule in rules),
            count=on_level[level],
            url=frame.opens("staircase:level", level),
        )
        for level, rules in sorted(by_level.items())
    )


@remembered
def staircase(found: tuple[Step, ...], pupils: int, book: str, frame: Frame) -> Picture:
    on_steps = sum(step.count for step in found)
    title = _standing(on_steps)
    under = charts.Level(_("Under gränserna"), pupils - on_steps)
    return Picture(
        key=STAIRS,
        title=title,
        svg=charts.staircase(
            [under, *(charts.Level(s.name, s.count, s.acts, s.url) for s in found)], title=title
        ),
        table=Table(
            _("Trappans steg: varje elev räknas på sitt högsta"),
            (
                Column(_("Steg")),
                Column(_("Regel")),
                Column(_("Vem agerar")),
                Column(_("Elever"), is_number=True),
            ),
            [
                (Cell(s.name, url=s.url), Cell("; ".join(s.rules)), Cell(s.acts), count(s.count))
                for s in found
            ],
        ),
        source=book,
        fresh=frame.fresh,
        address=frame.picture(STAIRS),
        query=frame.picked.query,
    )


def _standing(pupils: int) -> str:
    if not pupils:
        return _("Ingen elev står på trappan.")
    return ngettext(
        "%(count)d elev står på trappan.", "%(count)d elever står på trappan.", pupils
    ) % {"count": pupils}


@remembered
def weeks(found: tuple[Week, ...], levels: tuple[int, ...], frame: Frame) -> Picture:
    """How many stood on each step at the end of each week; each count opens the list of then."""
    title = _weeks_title(found)
    columns = [
        charts.Column(
            label=str(week.day.isocalendar().week),
            said=_said(week, levels),
            parts=[week.on(level) for level in levels],
            url=_week_url(week, frame),
        )
        for week in found
    ]
    return Picture(
        key=WEEKS,
        title=title,
        svg=charts.columns(columns, [texts.step(level) for level in levels], title=title),
        table=Table(
            _("Elever på varje steg, vecka för vecka"),
            (
                Column(_("Vecka")),
                Column(_("Till och med")),
                *(Column(texts.step(level), is_number=True) for level in levels),
                Column(_("Alla"), is_number=True),
            ),
            [_week_row(week, levels, frame) for week in reversed(found)],
        ),
        source=_("Elever som går här i dag, på sitt högsta steg veckans sista skoldag"),
        fresh=frame.fresh,
        address=frame.picture(WEEKS),
        query=frame.picked.query,
    )


def _week_url(week: Week, frame: Frame) -> str:
    year, number, _day = week.day.isocalendar()
    return frame.opens("staircase:week", year, number)


def _week_row(week: Week, levels: Sequence[int], frame: Frame) -> tuple[Cell, ...]:
    year, number, _day = week.day.isocalendar()
    return (
        Cell(_("v. %(week)s") % {"week": number}, f"{year}-{number:02}", _week_url(week, frame)),
        Cell(date_format(week.day, "j F Y"), week.day.isoformat()),
        *(count(week.on(level)) for level in levels),
        count(week.count),
    )


def _said(week: Week, levels: Sequence[int]) -> str:
    parts = ", ".join(f"{texts.step(level)}: {week.on(level)}" for level in levels)
    return _("Vecka %(week)s. %(parts)s.") % {"week": week.day.isocalendar().week, "parts": parts}


def _weeks_title(found: Sequence[Week]) -> str:
    if not found:
        return _("Trappan har inte gåtts igenom än.")
    first, last = found[0], found[-1]
    told = {
        "before": first.count,
        "now": last.count,
        "week": first.day.isocalendar().week,
    }
    if last.count > first.count:
        return _("Fler står på trappan nu (%(now)d) än vecka %(week)d (%(before)d).") % told
    if last.count < first.count:
        return _("Färre står på trappan nu (%(now)d) än vecka %(week)d (%(before)d).") % told
    return _("Lika många står på trappan nu som vecka %(week)d: %(now)d.") % told


@dataclass(frozen=True, slots=True)
class Support:
    """A tier of support, and how many have it as their highest."""

    tier: Tier
    name: str
    aim: str
    count: int
    url: str


def tiers(on_tier: Counter[Tier], frame: Frame) -> tuple[Support, ...]:
    """Return the tiers from the first: the one that everybody has."""
    return tuple(
        Support(
            tier=tier,
            name=str(support_texts.TIER[tier]),
            aim=str(support_texts.AIM[tier]),
            count=on_tier[tier],
            url=frame.opens("staircase:tier", tier.value),
        )
        for tier in Tier
    )


@remembered
def tiers_picture(found: tuple[Support, ...], frame: Frame) -> Picture:
    title = _tiers_title(found)
    return Picture(
        key=TIERS,
        title=title,
        svg=charts.tiers(
            [charts.Level(each.name, each.count, url=each.url) for each in reversed(found)],
            title=title,
        ),
        table=Table(
            _("Elever på varje nivå av stöd: var och en på sin högsta"),
            (Column(_("Nivå")), Column(_("Avser")), Column(_("Elever"), is_number=True)),
            [
                (
                    Cell(each.name, url=each.url),
                    Cell(str(support_texts.WHO[each.tier])),
                    count(each.count),
                )
                for each in found
            ],
        ),
        source=_(
            "Nivå 2: steg 1 i trappan, eller en tidig insats som pågår. Nivå 3: steg 2 eller högre."
        ),
        fresh=frame.fresh,
        address=frame.picture(TIERS),
        query=frame.picked.query,
    )


def _tiers_title(found: Iterable[Support]) -> str:
    counts = {each.tier: each.count for each in found}
    more = counts[Tier.TARGETED] + counts[Tier.INTENSIVE]
    told = {"more": more, "all": sum(counts.values())}
    if not more:
        return _("Alla %(all)d elever har det stöd som når alla.") % told
    return _("%(more)d av %(all)d elever behöver mer än det som når alla.") % told
