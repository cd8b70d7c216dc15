"""Whether there is a pattern in what is missed that chance does not explain: a part of a pupil's page."""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base import dates, provenance, sections
from samnarvaro.base.figures import thousands
from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.patterns import FEWEST_MISSED, Found, Kind, Pattern, find, lessons_of

PATTERNS = "slump"  # the part, by key
TWO_MONTHS = 60
MOST_RARE = 10_000
TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


def patterns(
    *,
    scope: Scope,
    pupil: ShownPupil,
    today: date,
    once: Once,
    whole: bool = False,
    **_facts: object,
) -> Section | None:
    """What is missed more than chance explains, each in one sentence with its figures."""
    known = once(attendance.history, pupil.pk, until=today, by=scope)
    if not known:
        return None
    title = _("Mönster, eller slump?")
    if not whole:
        return sections.later(
            pupil, PATTERNS, id="chance", title=title, label=_("Sök mönster"), classes=TELLS
        )
    window = trailing(today, TWO_MONTHS)
    found = find(lessons_of(attendance.timed(pupil.pk, known, window, by=scope)))
    return Section(
        "mapping/_patterns.html",
        {
            "title": title,
            "found": found,
            "sentences": [sentence(each) for each in found.patterns],
            "verdict": verdict(found),
            "window": provenance.window(window),
        },
        pupils=frozenset({pupil.pk}),
        classes=TELLS,
        title=title,
    )


def verdict(of: Found) -> str:
    """Say what was looked at, and when there is nothing to say."""
    told = {"n": of.comparisons, "missed": of.missed, "all": of.lessons, "least": FEWEST_MISSED}
    if of.is_too_little:
        return _("För lite frånvaro för att söka mönster: %(missed)s missade lektioner av %(all)s. Det behövs minst %(least)s.") % told  # fmt: skip
    if not of.patterns:
        return _("Inget mönster utöver slumpen: %(missed)s missade lektioner av %(all)s, jämförda på %(n)s sätt.") % told  # fmt: skip
    return _("%(missed)s missade lektioner av %(all)s, jämförda på %(n)s sätt. Av elever som missar helt på måfå får högst fem av hundra se något mönster här.") % told  # fmt: skip


def sentence(of: Pattern) -> str:
    """Explain a pattern in one sentence with its figures."""
    told = {
        "what": what(of.kind, of.key),
        "missed": of.missed,
        "of": of.of,
        "others_missed": of.others_missed,
        "others": of.others,
        "rare": rare(of.chance),
    }
    if of.kind is Kind.WEEKDAY:
        return _("%(what)s: borta %(missed)s dagar av %(of)s, mot %(others_missed)s av %(others)s andra dagar. Av en slump händer det %(rare)s.") % told  # fmt: skip
    return _("%(what)s: %(missed)s lektioner av %(of)s missade, mot %(others_missed)s av %(others)s andra. Av en slump, givet hur mycket som missas varje dag, händer det %(rare)s.") % told  # fmt: skip


def what(kind: Kind, key: str) -> str:
    """Say what was compared with the rest."""
    if kind is Kind.WEEKDAY:
        return str(dates.weekday(int(key))).capitalize()
    if kind is Kind.SUBJECT:
        return key
    if kind is Kind.HOUR:
        return _("Lektioner som börjar %(from)s–%(to)s") % {
            "from": f"{int(key):02}.00",
            "to": f"{int(key):02}.59",
        }
    if kind is Kind.DIVIDED:
        return _("Lektioner som bara en del av klassen har")
    return _("Lektioner efter en rast på minst 20 minuter")


def rare(chance: Fraction) -> str:
    """Say how seldom, with the correction: once in so many, rounded down so that it is not overdone."""
    return _("högst en gång på %(n)s, också sedan alla jämförelser räknats med") % {
        "n": thousands(once_in(chance))
    }


def once_in(chance: Fraction) -> int:
    return min(int(1 / chance), MOST_RARE) if chance else MOST_RARE
