"""How it stands at a school, or in what of it is picked, put together for its page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samnarvaro.attendance.queries import sums as attendance
from samnarvaro.base.pictures import Picture
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.organisation.queries import Calendars
from samnarvaro.staircase.domain.rules import RuleSet
from samnarvaro.staircase.domain.weeks import Stay, by_week, standing_on, week_ends
from samnarvaro.staircase.queries import held, school_measures
from samnarvaro.staircase.queries import school as staircase
from samnarvaro.staircase.queries.support import tiers
from samnarvaro.staircase.web import classes, measure_shown, reading, stairs, texts
from samnarvaro.staircase.web import school as shown
from samnarvaro.staircase.web.picking import Picked
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.queries import Untouched

WEEKS_BACK = timedelta(weeks=20)


@dataclass(frozen=True, slots=True)
class Book:
    """A staircase of the school, and what looks at the same part of the school by it."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page of a school shows; `waiting` has the row that waited longest."""

    picked: Picked
    books: tuple[Book, ...]
    pupils: int
    classes: int
    presence: shown.Presence
    boards: tuple[measure_shown.Board, ...]
    tiers_picture: Picture
    staircase: Picture
    weeks: Picture
    heat: Picture | None
    class_bars: Picture | None
    year_bars: Picture | None
    waiting: Untouched

    @property
    def named(self) -> frozenset[int]:
        """The pupils (id) whom the page names."""
        return worklist.pupils_of([self.waiting.oldest.row] if self.waiting.oldest else [])

    @property
    def pictures(self) -> Iterator[Picture]:
        every = (self.heat, self.class_bars, self.year_bars)
        yield from (self.tiers_picture, self.staircase, self.weeks)
        yield from (picture for picture in every if picture is not None)


def overview(school: reading.School, asked: Any, *, by: Scope, on: date) -> Overview:
    """Put a school together; `asked` is the query of the address, which may pick a part of it."""
    unit, books = school.pk, held.staircases_at(school.pk, on=on)
    pick = reading.pick(unit, asked, by=by, books=books)
    book = pick.form.book
    form, found, here = pick.form, pick.classes, pick.pupils
    sums = attendance.of_unit(
        unit, pick.members, on=on, lengths=(shown.MONTH, shown.TWO_MONTHS), by=by
    )
    mine = [each.of_days for class_id, each in sums.classes.items() if pick.has(class_id)]
    now, both = (
        sum((each[days] for each in mine), attendance.NONE)
        for days in (shown.MONTH, shown.TWO_MONTHS)
    )
    month = trailing(on, shown.MONTH)
    presence = shown.presence(now, both, len(here), reading.fresh(sums.last_day), month)
    frame = shown.Frame(school.public, form.picked, presence.window, presence.fresh)
    since = on - WEEKS_BACK
    stays = staircase.stays(here, book.key, since, by=by)
    standing = standing_on(stays, on)
    calendars = Calendars()
    rows = classes.rows(sums.classes, found, pick.sizes)
    steps = stairs.steps(book, Counter(stay.level for stay in standing.values()), frame)
    levels = {pupil: stay.level for pupil, stay in standing.items()}
    support = stairs.tiers(Counter(tiers(here, levels, by=by).values()), frame)
    return Overview(
        picked=form.picked,
        books=_books(books, book, frame),
        pupils=len(here),
        classes=sum(form.picked.has(each) for each in found.values()),
        presence=presence,
        boards=measure_shown.boards(
            support,
            school_measures.of_unit(unit, by=by, on=on),
            school=school.public,
            picked=form.picked,
            classes=found,
        ),
        tiers_picture=stairs.tiers_picture(support, frame),
        staircase=stairs.staircase(steps, len(here), texts.book(book.name, book.version), frame),
        weeks=_weeks(stays, book, calendars.of(unit).school_days(since, on), frame),
        heat=classes.heat(rows, frame),
        class_bars=classes.class_bars(rows, frame),
        year_bars=classes.year_bars(rows, frame),
        waiting=worklist.untouched(here, unit=unit, by=by, on=on, calendars=calendars),
    )


def _books(books: Sequence[RuleSet], current: RuleSet, frame: shown.Frame) -> tuple[Book, ...]:
    """The staircases to choose between; the first is what an address without any means."""
    address = frame.opens("staircase:school").removesuffix(frame.picked.query)
    return tuple(
        Book(
            name=texts.book(book.name, book.version),
            url=address + frame.picked.by_book("" if place == 0 else book.key).query,
            is_current=book.key == current.key,
        )
        for place, book in enumerate(books)
    )


def _weeks(
    stays: Sequence[Stay], book: RuleSet, school_days: Sequence[date], frame: shown.Frame
) -> Picture:
    """From the first week in which anybody stood there: before it no night had been gone through."""
    first = min((stay.opened_on for stay in stays), default=date.max)
    ends = [day for day in week_ends(school_days) if day >= first]
    return stairs.weeks(by_week(stays, ends), tuple(book.levels), frame)
