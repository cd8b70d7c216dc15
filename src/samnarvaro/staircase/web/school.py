"""One school at a glance, made ready for its page: sums over the pupils whom the viewer sees."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries.school import ClassDay, InWindow, PupilWindows, together
from samnarvaro.base import charts, dates, figures, provenance
from samnarvaro.kernel.days import Window
from samnarvaro.people.queries import AtUnit
from samnarvaro.staircase.domain.rules import Rule, RuleSet
from samnarvaro.staircase.queries.school import OnStep
from samnarvaro.staircase.web import texts

MONTH, TWO_MONTHS = 30, 60
_SCHOOL_WEEK = 5


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class as pages name it and link to it."""

    pk: int
    public: UUID
    name: str
    grade: str

    @property
    def url(self) -> str:
        return reverse("staircase:class", args=[self.public])

    @property
    def order(self) -> tuple[int, str]:
        """Förskoleklass first, then by grade, then by name."""
        return (int(self.grade) if self.grade.isdigit() else 0, self.name)


@dataclass(frozen=True, slots=True)
class Presence:
    """The share that was present in the month, how it has moved, and what stands behind it."""

    share: Fraction | None
    change: str
    window: str
    denominator: str
    unreported: str
    unreported_share: Fraction | None
    fresh: str


def presence(found: Collection[PupilWindows], fresh: str, month: Window) -> Presence:
    now = together(each.of_days[MONTH] for each in found)
    both = together(each.of_days[TWO_MONTHS] for each in found)
    before = Absence(both.scheduled - now.scheduled, both.absent - now.absent)
    whole = now.scheduled + now.unreported
    return Presence(
        share=_present(now.absence),
        change=_change(_present(now.absence), _present(before)),
        window=provenance.window(month),
        denominator=_denominator(now, len(found)),
        unreported=provenance.unreported(now.unreported, now.scheduled),
        unreported_share=Fraction(now.unreported, whole) if whole else None,
        fresh=fresh,
    )


def _present(absence: Absence) -> Fraction | None:
    if not absence.scheduled:
        return None
    return 1 - Fraction(absence.absent, absence.scheduled)


def _change(now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return ""
    moved = now - before
    points = {"points": figures.percent(abs(moved)).split(figures.HARD_SPACE)[0]}
    if abs(moved) < Fraction(1, 2000):
        return _("oförändrat")
    return _("upp %(points)s") % points if moved > 0 else _("ner %(points)s") % points


def _denominator(sums: InWindow, pupils: int) -> str:
    return ngettext(
        "%(time)s rapporterad lektionstid för %(count)d elev som går här i dag",
        "%(time)s rapporterad lektionstid för de %(count)d elever som går här i dag",
        pupils,
    ) % {"time": figures.hours(sums.scheduled), "count": pupils}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the staircase: who acts, by which rules, and how many pupils stand on it."""

    level: int
    name: str
    acts: str
    rules: tuple[str, ...]
    count: int
    url: str


def steps(book: RuleSet, standing: Iterable[OnStep], unit: UUID) -> list[Step]:
    """Return the steps from the lowest; each pupil is counted on its highest."""
    counts = Counter(each.level for each in standing)
    by_level: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule in book.rules:
        by_level[rule.level].append(rule)
    return [
        Step(
            level=level,
            name=texts.step(level),
            acts=texts.who(rules[0].acts),
            rules=tuple(texts.rule(rule) for rule in rules),
            count=counts[level],
            url=reverse("staircase:level", args=[unit, level]),
        )
        for level, rules in sorted(by_level.items())
    ]


def staircase_title(found: Collection[Step]) -> str:
    count = sum(step.count for step in found)
    if not count:
        return _("Ingen elev står på trappan.")
    return ngettext(
        "%(count)d elev står på trappan.", "%(count)d elever står på trappan.", count
    ) % {"count": count}


def staircase_picture(found: Collection[Step], pupils: int, title: str) -> str:
    on_steps = sum(step.count for step in found)
    under = charts.Level(_("Under gränserna"), pupils - on_steps)
    return charts.staircase(
        [under, *(charts.Level(s.name, s.count, s.acts, s.url) for s in found)], title=title
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Minutes in one cell of a table, and the share of them that was missed."""

    scheduled: int = 0
    absent: int = 0

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.absent, self.scheduled) if self.scheduled else None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with the absent share of each weekday and of the whole month."""

    school_class: SchoolClass
    pupils: int
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class HeatMap:
    weekdays: tuple[str, ...]
    rows: tuple[ClassRow, ...]


def heat_map(
    days: Iterable[ClassDay], classes: Mapping[int, SchoolClass], pupils: Iterable[AtUnit]
) -> HeatMap:
    """Sum the month by class and weekday. Pupils who stand in no class are not in it."""
    sums: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for each in days:
        if each.class_id is not None and each.class_id in classes and each.absence.scheduled:
            cell = sums[each.class_id, each.day.weekday()]
            cell[0] += each.absence.scheduled
            cell[1] += each.absence.absent
    last = max([_SCHOOL_WEEK - 1, *(weekday for _, weekday in sums)])
    sizes = Counter(pupil.class_id for pupil in pupils)
    rows = []
    for pk, school_class in sorted(classes.items(), key=lambda pair: pair[1].order):
        cells = tuple(Cell(*sums.get((pk, weekday), (0, 0))) for weekday in range(last + 1))
        total = Cell(sum(c.scheduled for c in cells), sum(c.absent for c in cells))
        rows.append(ClassRow(school_class, sizes[pk], cells, total))
    return HeatMap(tuple(dates.weekday(day).capitalize() for day in range(last + 1)), tuple(rows))


def class_bars(found: HeatMap) -> tuple[str, str]:
    """Return the title and the picture of the classes, the one with most absence first.

    The longest bar is that of the first: classes are compared, the figures stand beside.
    """
    shares = [(row.total.share, row) for row in found.rows if row.total.share is not None]
    shares.sort(key=lambda pair: -pair[0])
    if not shares:
        return _("Inga lektioner de senaste 30 dagarna."), ""
    most, worst = shares[0]
    title = _("Mest frånvaro har %(class)s: %(share)s.") % {
        "class": worst.school_class.name,
        "share": figures.percent(most),
    }
    bars = [
        charts.Bar(
            row.school_class.name,
            float(share / most) if most else 0,
            figures.percent(share),
            row.school_class.url,
        )
        for share, row in shares
    ]
    return title, charts.bars(bars, title=title)
