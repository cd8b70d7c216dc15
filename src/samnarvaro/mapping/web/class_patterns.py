"""Whether a class misses something together that chance does not explain: a page of its own, and the
way to it from the class.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.attendance.queries.pupil import last_taken_in
from samnarvaro.base import charts, dates, figures, provenance
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.pictures import Cell, Column, Picture, Table, count
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.class_patterns import (
    FEWEST_MISSED,
    FEWEST_PUPILS,
    ClassFound,
    ClassPattern,
    Together,
)
from samnarvaro.mapping.domain.patterns import Kind
from samnarvaro.mapping.queries import classes as queries
from samnarvaro.mapping.web.patterns import TWO_MONTHS, once_in, rare, what

TELLS = frozenset({DataClass.ATTENDANCE})


class ShownClass(Protocol):
    """What of a class its page has at hand."""

    @property
    def public(self) -> UUID: ...

    @property
    def name(self) -> str: ...


def way(*, scope: Scope, group: ShownClass, **_facts: object) -> Section | None:
    """The way to the search from the page of the class."""
    if not scope.reads(DataClass.ATTENDANCE):
        return None
    return Section("mapping/_class_patterns.html", {"group": group}, classes=TELLS)


@require_safe
def patterns(request: StaffRequest, public: UUID) -> HttpResponse:
    """What a class misses together more than chance explains. Sums of the class: no pupil is named."""
    try:
        group = queries.followed(public, by=request.scope)
    except queries.NoSuchClass:
        raise Http404 from None
    window = trailing(request.today, TWO_MONTHS)
    found = queries.patterns(group, window, by=request.scope)
    source = provenance.window(window)
    fresh = provenance.fresh(found.last_day, last_taken_in())
    return show(
        request,
        "mapping/class_patterns.html",
        {
            "group": group,
            "verdict": verdict(found),
            "sentences": [sentence(each) for each in found.patterns],
            "picture": _picture(found.patterns, source, fresh),
            "together": _together(found.together),
            "source": f"{source} · {fresh}",
        },
        tells=Disclosure((), TELLS, "list"),
    )


def verdict(of: ClassFound) -> str:
    """Say what was looked at, and when there is nothing to say."""
    if of.is_too_small:
        return _("Färre än %(n)s elever i klassen har haft lektioner. Då säger sidan inget om dem.") % {"n": FEWEST_PUPILS}  # fmt: skip
    told = {
        "n": of.comparisons, "missed": of.missed, "all": figures.thousands(of.lessons),
        "least": FEWEST_MISSED, "pupils": of.pupils,
    }  # fmt: skip
    if of.is_too_little:
        return _("För lite frånvaro för att söka mönster: %(missed)s missade lektioner av %(all)s. Det behövs minst %(least)s.") % told  # fmt: skip
    if not of.patterns:
        return _("Inget mönster utöver slumpen: %(pupils)s elever missade %(missed)s av sina %(all)s lektioner, jämförda på %(n)s sätt.") % told  # fmt: skip
    return _("%(pupils)s elever missade %(missed)s av sina %(all)s lektioner, jämförda på %(n)s sätt. Av klasser som missar på måfå får högst fem av hundra se något mönster här.") % told  # fmt: skip


def sentence(of: ClassPattern) -> str:
    """Explain a pattern in one sentence with its figures."""
    told = {
        "what": what(of.kind, of.key),
        "missed": of.missed,
        "of": of.of,
        "expected": _rounded(of.expected),
        "rare": rare(of.chance),
    }
    if of.kind is Kind.WEEKDAY:
        return _("%(what)s: borta %(missed)s elevdagar av %(of)s, %(expected)s vore väntat av slumpen. Att det blir så händer %(rare)s.") % told  # fmt: skip
    return _("%(what)s: %(missed)s av %(of)s lektioner missade, alla elever sammanlagt; %(expected)s vore väntat av slumpen, givet hur mycket som missas varje dag. Att det blir så händer %(rare)s.") % told  # fmt: skip


def _rounded(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def _picture(found: Sequence[ClassPattern], source: str, fresh: str) -> Picture | None:
    """Two bars for each pattern: what was missed, and what chance would have. None where there is none."""
    if not found:
        return None
    title = _("Missat mot väntat av slumpen")
    longest = max(max(Fraction(each.missed), each.expected) / each.of for each in found)
    bars = [
        charts.Bar(f"{_short(each)}: {words}", float(share / longest), figures.percent(share))
        for each in found
        for words, share in (
            (_("missat"), Fraction(each.missed, each.of)),
            (_("väntat"), each.expected / each.of),
        )
    ]
    return Picture(
        key="klassmonster",
        title=title,
        svg=charts.bars(bars, title=title),
        table=_table(title, found),
        source=source,
        fresh=fresh,
        address="",
    )


def _short(of: ClassPattern) -> str:
    """What is compared in as few signs as there is room for beside a bar."""
    if of.kind is Kind.HOUR:
        return _("Kl. %(hour)s") % {"hour": f"{int(of.key):02}"}
    if of.kind is Kind.AFTER_BREAK:
        return _("Efter rast")
    return _("Delad klass") if of.kind is Kind.DIVIDED else what(of.kind, of.key)


def _table(title: str, found: Sequence[ClassPattern]) -> Table:
    return Table(
        title,
        (
            Column(_("Vad")),
            Column(_("Missade"), is_number=True),
            Column(_("Av"), is_number=True),
            Column(_("Väntat av slumpen"), is_number=True),
            Column(_("Slumpen: högst en gång på"), is_number=True),
        ),
        [
            (
                Cell(what(each.kind, each.key)),
                count(each.missed),
                count(each.of),
                count(_rounded(each.expected)),
                count(once_in(each.chance)),
            )
            for each in found
        ],
    )


def _together(found: Sequence[Together]) -> Table | None:
    """The lessons that befell the class as a whole, newest first."""
    if not found:
        return None
    return Table(
        _("Lektioner som mer än halva klassen missade"),
        (
            Column(_("Dag")),
            Column(_("Började")),
            Column(_("Ämne")),
            Column(_("Missade"), is_number=True),
            Column(_("Elever den dagen"), is_number=True),
        ),
        [
            (
                Cell(date_format(each.day, "D j F")),
                Cell(dates.clock_time(each.start)),
                Cell(each.subject or _("utan ämne")),
                count(each.missed),
                count(each.pupils),
            )
            for each in reversed(found)
        ],
    )
