"""Who has looked at whom in Vik the month before, and what Lova, who reviews the log, made of it.

Ordinary looks at the pupils with a story, one of them late at night and one pupil opened again and
again. The month is drawn by lot, and all but a few of it has been reviewed.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from samnarvaro.audit.domain.reviewing import Verdict, month_of
from samnarvaro.audit.queries import reviewing as log
from samnarvaro.audit.services import reviewing
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.project import log_review
from samnarvaro.project.vik import cast
from samnarvaro.project.vik.history import as_who_works
from samnarvaro.project.vik.settle import Maker, Person

REVIEWER: Final = "lova"
LEFT: Final = 3  # still to be reviewed
# Who looks at whom, and on which of the month's school days.
LOOKS: Final = (
    ("mira", cast.SAGA, 1),
    ("mira", cast.NOOR, 2),
    ("ragnar", cast.LEO, 3),
    ("karin", cast.SAGA, 4),
    ("nils", cast.ALVA, 2),
    ("ulla", cast.ALVA, 5),
    ("elin", cast.ROBIN, 3),
)
AGAIN: Final = ("sten", cast.NOOR, 9)  # so many times on one day, without doing anything
AT_NIGHT: Final = ("karin", cast.LEO)
SHOWN: Final = frozenset({K.NAME, K.ATTENDANCE})
ANSWERS: Final = {
    "night": "Karin hade jour för elevhälsan och förberedde morgondagens samtal. Chefen bekräftar.",
    "many_views": "Fråga Sten vad som gjordes med Noors uppgifter den dagen.",
}


def look_and_review(maker: Maker, staff: Mapping[str, Person], pupils: Mapping[str, int]) -> None:
    """Make the month's looks, let the rules ask and the lot draw, and let Lova review."""
    month = month_of(month_of(maker.today) - timedelta(days=1))
    for username, pupil, at in sorted(_looks(month), key=lambda each: each[2]):
        if username in staff and pupil in pupils:
            consents.hand_out(
                by=as_who_works(staff[username].account, clock.day_of(at)),
                at=at,
                pupils=[pupils[pupil]],
                classes=SHOWN,
                action="view",
                what="pupil",
            )
    day = month
    while day < month_of(maker.today):
        log_review.look_through(day, at=maker.at)
        day += timedelta(days=1)
    log_review.draw_months(on=maker.today, at=maker.at)
    _review(maker, staff)


def _looks(month: date) -> Iterator[tuple[str, str, datetime]]:
    days = _weekdays(month)
    for username, pupil, every in LOOKS:
        for number, day in enumerate(days[::every]):
            yield username, pupil, _moment(day, 8 + number % 7, 5 * number % 60)
    username, pupil, times = AGAIN
    for minute in range(times):
        yield username, pupil, _moment(days[-3], 15, 4 * minute)
    yield *AT_NIGHT, _moment(days[2], 23, 20)


def _weekdays(month: date) -> list[date]:
    """The weekdays of a month; a look on a holiday would be asked about by a person, not by a rule."""
    days = [month + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.month == month.month and day.weekday() < 5]


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.SWEDEN)


def _review(maker: Maker, staff: Mapping[str, Person]) -> None:
    by = as_who_works(staff[REVIEWER].account, maker.today)
    for standing in log.standings(by=by):
        lines = log.lines(log.review(standing.public, by=by), by=by)
        for line in lines[: max(len(lines) - LEFT, 0)]:
            reasons = {told["reason"] for told in line.reasons}
            words = next((said for reason, said in ANSWERS.items() if reason in reasons), "")
            verdict = Verdict.ASK if "many_views" in reasons else Verdict.FINE
            reviewing.find(line.public, verdict, words, by=by, at=maker.at)
