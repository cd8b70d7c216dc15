"""What the schools of Vik do together: to promote, prevent and remedy, chosen by their own people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samnarvaro.consents import services as consents
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.project.vik import history
from samnarvaro.project.vik.cast import EKSKOLAN, STRANDSKOLAN
from samnarvaro.project.vik.settle import Person
from samnarvaro.staircase.domain.school_measures import Outcome, Wanted
from samnarvaro.staircase.domain.tiers import Item, Tier
from samnarvaro.staircase.services import school_measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who chose what for whom: days from today to its first and last, and how it went if it is over."""

    chooser: str
    owner: str
    unit: str
    tier: Tier
    what: str
    aim: str
    begins: int
    ends: int
    item: Item | None = None
    group: str = ""
    outcome: Outcome | None = None
    how: str = ""


MEASURES = (
    Told(
        chooser="ragnar",
        owner="ragnar",
        unit=STRANDSKOLAN,
        tier=Tier.UNIVERSAL,
        item=Item.BELONGING,
        what="Alla vuxna hälsar vid namn och säger ”vi har saknat dig” till den som varit borta.",
        aim="Ingen ska kunna vara borta utan att någon märker det.",
        begins=-40,
        ends=45,
    ),
    Told(
        chooser="karin",
        owner="mira",
        unit=STRANDSKOLAN,
        group="8B",
        tier=Tier.UNIVERSAL,
        item=Item.FEELINGS,
        what="Tjugo minuter varje måndag om hur man ber om hjälp och hur man är en bra kompis.",
        aim="Att fler i 8B säger att de har någon att gå till.",
        begins=-30,
        ends=20,
    ),
    Told(
        chooser="karin",
        owner="karin",
        unit=STRANDSKOLAN,
        tier=Tier.TARGETED,
        item=Item.QUICK_ANSWER,
        what="Vi ringer första dagen, och ses inom en vecka när någon börjar vara borta.",
        aim="Att ingen väntar mer än fem skoldagar på ett första samtal.",
        begins=-60,
        ends=-4,
    ),
    Told(
        chooser="ragnar",
        owner="sten",
        unit=STRANDSKOLAN,
        tier=Tier.INTENSIVE,
        what="Ett lugnt rum bredvid biblioteket, bemannat före lunch.",
        aim="En väg in i skolan för den som inte orkar hela klassrummet.",
        begins=12,
        ends=110,
    ),
    Told(
        chooser="ragnar",
        owner="karin",
        unit=STRANDSKOLAN,
        tier=Tier.UNIVERSAL,
        item=Item.ASK_EVERYBODY,
        what="En kort enkät i september om hur det är på rasterna och i matsalen.",
        aim="Att veta var i skolan det är svårt att vara.",
        begins=-75,
        ends=-50,
        outcome=Outcome.DONE,
        how="Matsalen var det svåraste. Vi har nu två mattider, och det är lugnare.",
    ),
    Told(
        chooser="petra",
        owner="elin",
        unit=EKSKOLAN,
        tier=Tier.UNIVERSAL,
        item=Item.BEFOREHAND,
        what="Någon möter vid grinden varje morgon den första veckan efter ett lov.",
        aim="Att alla vet att någon väntar på dem.",
        begins=-28,
        ends=40,
    ),
)


def choose(
    staff: Mapping[str, Person], units: Mapping[str, int], today: date, now: datetime
) -> None:
    """Let the schools choose what they do together, and tell of what is over."""
    for told in MEASURES:
        if {told.chooser, told.owner} <= staff.keys():
            _choose(told, staff, units, today, now)


def _choose(
    told: Told, staff: Mapping[str, Person], units: Mapping[str, int], today: date, now: datetime
) -> None:
    first, last = (today + timedelta(days=days) for days in (told.begins, told.ends))
    on = min(first, today)
    school = next(each for each in organisation.schools() if each.pk == units[told.unit])
    by = consents.scope_for(staff[told.chooser].account, hat=None, on=on)
    wanted = Wanted(
        tier=told.tier,
        item=told.item,
        what=told.what,
        aim=told.aim,
        owner=staff[told.owner].staff,
        group=_group(told, school.pk, on),
        first_day=first,
        last_day=last,
    )
    at = history.moment(on, 13, now)
    public = school_measures.choose_measure(school.public, wanted, by=by, at=at, on=on)
    if told.outcome:
        _close(public, told, staff, last, now)


def _close(
    public: UUID, told: Told, staff: Mapping[str, Person], last: date, now: datetime
) -> None:
    school_measures.close_measure(
        public,
        outcome=told.outcome,
        how=told.how,
        by=consents.scope_for(staff[told.owner].account, hat=None, on=last),
        at=history.moment(last, 14, now),
        on=last,
    )


def _group(told: Told, unit: int, on: date) -> int | None:
    if not told.group:
        return None
    classes = organisation.groups(of_unit=unit, school_year=school_year_of(on))
    return next(each.pk for each in classes if each.name == told.group)
