"""What has happened in Vik: nightly runs since long, and what mentors and principals did then."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Holder as RowHolder
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.project.vik import cast, schooldays
from samnarvaro.staircase import services as staircase
from samnarvaro.worklist import queries as worklist_queries
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act, Intent
from samnarvaro.worklist.queries import Row

EVERY_NIGHT: Final = 30  # school days back in which every night was run
EARLIER: Final = (60, 50, 40)  # and before that, some nights: these school days back
YOUNG: Final = 3  # school days in which a row may well lie untouched
OLDEST: Final = 9  # school days after which somebody has acted on every row
LONGEST_WAIT: Final = timedelta(days=28)

Progress = Callable[[float], None]

DONE: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.MENTOR: (
        "Samtal med eleven i dag. Vi kom överens om att höras varje fredag.",
        "Ringde hem. Vårdnadshavaren vill gärna ha en gemensam plan för mornarna.",
        "Kartläggningen är påbörjad tillsammans med eleven.",
        "Möte med elev och vårdnadshavare. Extra anpassningar i matematik från måndag.",
        "Tog upp det på arbetslagets konferens; vi prövar en lugnare start på dagen.",
        "Eleven vill ha sällskap in på morgonen. Det ordnar vi.",
    ),
    Role.PRINCIPAL: (
        "Bedömt: upprepad frånvaro. Utredning öppnad, kurator håller i den.",
        "Utredning pågår redan; uppföljning bokad med elevhälsoteamet.",
        "Möte med vårdnadshavare och mentor. Insatser beslutade, följs upp om fyra veckor.",
    ),
}
NOT_NEEDED: Final = (
    "Beviljad ledighet för resa, och eleven är tillbaka.",
    "Två veckors influensa, bekräftad av vårdnadshavare; eleven är frisk.",
    "Operation som var känd sedan länge. Eleven är tillbaka och mår bra.",
)
TEAM: Final = RowHolder.STUDENT_HEALTH_TEAM
HANDED: Final = (
    "Vi har pratat två gånger och kommer inte vidare. Kan ni träffa eleven?",
    "Eleven vill prata med någon annan än mig. Vårdnadshavaren vet att jag frågar er.",
    "Frånvaron ligger på lektioner i stor grupp. Jag behöver hjälp att förstå varför.",
)
WAITING: Final = (
    "Möte är bokat; vi avvaktar till dess.",
    "Eleven är ny i gruppen. Vi ser hur de närmaste veckorna blir.",
    "Vårdnadshavaren ringer tillbaka efter läkarbesöket.",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did with a row, on which day, in which words."""

    act: Act
    day: date
    text: str
    wait_until: date | None = None
    to: RowHolder | None = None

    @property
    def intent(self) -> Intent:
        return Intent(act=self.act, text=self.text, wait_until=self.wait_until, to=self.to)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has rows of work: the account (id) and the role."""

    account: int
    role: Role


def as_who_works(account: int, on: date) -> Scope:
    """The key of somebody who works in Vik, as on that day."""
    return consents.scope_for(account, hat=None, on=on)


def moment(day: date, hour: int, not_after: datetime) -> datetime:
    """That hour of the day in Sweden, but never later than it is."""
    return min(datetime.combine(day, time(hour), clock.SWEDEN), not_after)


def nights(days: list[date]) -> list[date]:
    """The days to run a nightly for: lately all of them, before that some."""
    return [*(days[-ago] for ago in EARLIER), *days[-EVERY_NIGHT:]]


def school_days_up_to(today: date) -> list[date]:
    return [
        day
        for term in schooldays.terms_up_to(today)
        for day in schooldays.school_days(term, cast.STRANDSKOLAN)
        if day <= today
    ]


def _can_hand_on(row: Row, role: Role) -> bool:
    return role is Role.MENTOR and row.unit == with_student_health()


def with_student_health() -> int:
    """The school (id) whose student health team is at work in Vik."""
    return organisation.unit_by_code(cast.STRANDSKOLAN).pk


def run_nights(today: date, *, now: datetime, progress: Progress) -> None:
    days = nights(school_days_up_to(today))
    for number, day in enumerate(days, start=1):
        by = consents.system_scope(purpose="nightly", on=day)
        staircase.nightly(as_of=day, by=by, at=moment(day, 18, now))
        progress(number / len(days))


def _planted(pupil_id: str, row: Row, days: list[date]) -> Deed | None:
    """What was done for the pupils with a story; where it matters, nothing yet."""
    if pupil_id in (cast.SAGA, cast.ROBIN, cast.LEO) and row.recovered_on:
        text = "Samtal med eleven. Det ser bättre ut; vi följer det vidare."
        return Deed(Act.DONE, max(row.raised_on, days[0]), text)
    if pupil_id == cast.ALVA and row.level == 1:
        text = "Möte med Alva och mamma är bokat; vi avvaktar till dess."
        return Deed(Act.WAIT, days[-1], text, days[-1] + timedelta(days=7))
    if pupil_id == cast.LEO and row.level == 1:
        text = "Hembesök tillsammans med kurator. Leo vill börja med korta dagar."
        return Deed(Act.DONE, max(row.raised_on, days[-6]), text)
    if pupil_id == cast.TINDRA and row.raised_on < days[-4]:
        text = "Samtal med eleven och familjen. Vi hörs varannan vecka."
        return Deed(Act.DONE, max(row.raised_on, days[-25]), text)
    if pupil_id == cast.ELLIOT and row.recovered_on:
        text = "Elliot är tillbaka. Vi följer honom terminen ut innan raden stängs."
        return Deed(Act.WAIT, days[-4], text, days[-1] + timedelta(days=14))
    return None


def _by_chance(row: Row, days: list[date], role: Role) -> Deed | None:
    later = [day for day in days if day > row.raised_on]
    chance = Random(f"deed {row.sort_key} {row.level} {row.raised_on}")
    draw = chance.random()
    if not later or (len(later) <= OLDEST and draw < (0.22 if len(later) <= YOUNG else 0.05)):
        return None
    if draw > 0.8 and not row.recovered_on and _can_hand_on(row, role):
        return Deed(Act.HAND_OVER, later[-1], chance.choice(HANDED), to=TEAM)
    if draw > 0.88:
        day, until = later[-1], days[-1] + timedelta(days=chance.randint(2, 10))
        return Deed(Act.WAIT, day, chance.choice(WAITING), min(until, day + LONGEST_WAIT))
    day = chance.choice(later[:5])
    if draw > 0.79:
        return Deed(Act.NOT_NEEDED, day, chance.choice(NOT_NEEDED))
    return Deed(Act.DONE, day, chance.choice(DONE[role]))


@dataclass(frozen=True, slots=True)
class _Season:
    """School days during which everybody follows the same pupils."""

    days: list[date]

    @property
    def ends(self) -> date:
        return self.days[-1]


def _seasons(today: date) -> list[_Season]:
    """One for each school year: pupils and mentors go on to other classes in between."""
    by_year: dict[int, list[date]] = {}
    for term in schooldays.terms_up_to(today):
        days = schooldays.school_days(term, cast.STRANDSKOLAN)
        by_year.setdefault(term.school_year, []).extend(day for day in days if day <= today)
    return [_Season(days) for days in by_year.values() if days]


def _deeds(
    holder: Holder, season: _Season, stories: Mapping[int, str]
) -> Iterator[tuple[Row, Deed]]:
    by = as_who_works(holder.account, season.ends)
    for row in worklist_queries.mine(by=by, on=season.ends).rows:
        if row.last or row.raised_on > season.ends:
            continue
        if pupil_id := stories.get(row.pupil or 0):
            deed = _planted(pupil_id, row, season.days)
        else:
            deed = _by_chance(row, season.days, holder.role)
        if deed:
            yield row, deed


def act_on_rows(
    holders: list[Holder],
    today: date,
    *,
    stories: Mapping[int, str],
    now: datetime,
    progress: Progress,
) -> None:
    """Let those who have rows do their part, each on a day of its own; `stories` by pupil (id)."""
    seasons = _seasons(today)
    steps = [(season, holder) for season in seasons for holder in holders]
    for number, (season, holder) in enumerate(steps, start=1):
        keys: dict[date, Scope] = {}
        for row, deed in list(_deeds(holder, season, stories)):
            if deed.day not in keys:
                keys[deed.day] = as_who_works(holder.account, deed.day)
            worklist.act_on_one(
                row.public,
                deed.intent,
                by=keys[deed.day],
                at=moment(deed.day, 15, now),
                on=deed.day,
            )
        progress(number / len(steps))
