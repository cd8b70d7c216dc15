"""The nightly run: what holds today is opened, what fails is ended, and rows of work are raised."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from samnarvaro.audit import services as audit
from samnarvaro.base import bulk, clock
from samnarvaro.base.models import JobRun
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries.stays import Stays, stays
from samnarvaro.staircase import queries
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.reading import figures_of
from samnarvaro.staircase.domain.rules import subject
from samnarvaro.staircase.models import Episode
from samnarvaro.staircase.queries import facts, held
from samnarvaro.worklist import services as worklist

_BATCH = 1000
_EPISODE = ("pupil_id", "key", "level", "opened_on")


@dataclass(slots=True)
class Report:
    """What a nightly run did. Counts of pupils and episodes; no names."""

    as_of: date
    rule_sets: list[str] = field(default_factory=list)
    reached: int = 0
    opened: Counter[int] = field(default_factory=Counter)
    escalated: int = 0
    ended: int = 0
    open: int = 0
    raised: int = 0
    replayed: list[date] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of.isoformat(),
            "rule_sets": self.rule_sets,
            "reached": self.reached,
            "opened": sum(self.opened.values()),
            "opened_by_level": {str(k): v for k, v in sorted(self.opened.items())},
            "escalated": self.escalated,
            "ended": self.ended,
            "open": self.open,
            "raised": self.raised,
            "replayed": [day.isoformat() for day in self.replayed],
        }


def nightly(*, as_of: date, by: Scope, at: datetime) -> Report:
    """Let the staircase find what holds on a day: open, keep and end episodes, raise work rows.

    One transaction: stopped anywhere, it has not been, and can be run again. Run twice it changes
    nothing more. Run for a day before others that have been run, it lays those anew after it.
    Raises queries.NoSuchRuleSet.
    """
    run = JobRun.objects.create(job=queries.NIGHTLY, as_of=as_of, by=by.viewer, started_at=at)
    try:
        with transaction.atomic():
            report = _run_from(as_of, by, at)
            run.state, run.finished_at, run.report = "done", clock.now(), report.as_data()
            run.save()
            audit.record("nightly.run", by=by, at=at, target=f"nightly:{as_of}")
    except BaseException:
        JobRun.objects.filter(pk=run.pk).update(state="failed", finished_at=clock.now())
        raise
    return report


def _run_from(as_of: date, by: Scope, at: datetime) -> Report:
    if bulk.on_postgres():
        bulk.run("LOCK TABLE staircase_episode IN SHARE ROW EXCLUSIVE MODE")
    before_rewind = _rewind(as_of)
    report = _run_one(as_of, by, at)
    report.replayed = _days_run_after(as_of)
    for day in report.replayed:
        _run_one(day, by, at)
    _settle(before_rewind, as_of, by, at)
    return report


def _days_run_after(day: date) -> list[date]:
    runs = JobRun.objects.filter(job=queries.NIGHTLY, state="done", as_of__gt=day)
    return sorted(set(runs.values_list("as_of", flat=True)))


def _rewind(as_of: date) -> set[str]:
    """Take the episodes back to what they were before the day; return the work they had made."""
    touched = Episode.objects.filter(Q(opened_on__gte=as_of) | Q(ended_on__gte=as_of))
    had = {subject(*row) for row in touched.values_list(*_EPISODE)}
    Episode.objects.filter(opened_on__gte=as_of).delete()
    Episode.objects.filter(ended_on__gte=as_of).update(ended_on=None)
    return had


def _settle(had: set[str], as_of: date, by: Scope, at: datetime) -> None:
    """Mark rows right whose episode, laid anew, is gone, or is open after all."""
    if not had:
        return
    still = Episode.objects.filter(Q(opened_on__gte=as_of) | Q(ended_on__isnull=True))
    open_now = {subject(*row) for row in still.filter(ended_on=None).values_list(*_EPISODE)}
    kept = {subject(*row) for row in still.values_list(*_EPISODE)}
    ended = {
        subject(*row) for row in Episode.objects.exclude(ended_on=None).values_list(*_EPISODE)
    } & had
    worklist.unmark_recovered(had & open_now, by=by, at=at)
    worklist.mark_recovered(had - kept - ended, on=as_of, by=by, at=at)


def _run_one(as_of: date, by: Scope, at: datetime) -> Report:
    report = Report(as_of)
    calendars = organisation.Calendars()
    chosen = held.staircases(held.held(on=as_of))
    where = _stays(chosen, as_of, by)
    for each in chosen:
        before = {
            (e.pupil_id, e.level): e
            for e in Episode.objects.filter(key=each.book.key, ended_on=None)
        }
        _go_through(_Run(as_of, each, where, before, calendars, report), by, at)
    _end_what_is_not_chosen([each.book.key for each in chosen], report, by, at)
    report.open = Episode.objects.filter(ended_on=None).count()
    return report


def _go_through(run: "_Run", by: Scope, at: datetime) -> None:
    """Open and end the episodes of one rule set, and raise the rows of work that it asks for."""
    book, report = run.chosen.book, run.report
    known = facts.reaching(book, on=run.as_of, by=by, calendars=run.calendars)
    reaching = {each.pupil: each for each in known if run.is_meant(each.pupil)}
    report.rule_sets.append(f"{book.key} {book.version}")
    report.reached += len(reaching)
    opened = run.open_new(reaching.values())
    run.end_old(reaching, by, at)
    raised = worklist.raise_items(opened, by=by, at=at)
    if raised < len(opened):  # laid anew: a row may have been marked recovered meanwhile
        worklist.unmark_recovered([item.subject for item in opened], by=by, at=at)
    report.raised += raised


def _stays(chosen: list[held.Held], on: date, by: Scope) -> Stays | None:
    """Return where everybody goes to school, if any rule set asks: much to read for nothing."""
    if all(each.is_everywhere and not each.book.is_of_days for each in chosen):
        return None
    return stays(on=on, by=by)


def _end_what_is_not_chosen(keys: list[str], report: Report, by: Scope, at: datetime) -> None:
    """End the episodes of rule sets that hold nowhere any more."""
    left = Episode.objects.filter(ended_on=None, opened_on__lt=report.as_of).exclude(key__in=keys)
    subjects = [subject(*row) for row in left.values_list(*_EPISODE)]
    if subjects:
        report.ended += left.update(ended_on=report.as_of)
        worklist.mark_recovered(subjects, on=report.as_of, by=by, at=at)


@dataclass(slots=True)
class _Run:
    """One day under one rule set: the episodes before, and what the figures say of them."""

    as_of: date
    chosen: held.Held
    stays: Stays | None
    before: dict[tuple[int, int], Episode]
    calendars: organisation.Calendars
    report: Report

    def is_meant(self, pupil: int) -> bool:
        """Tell whether the rule set holds for a pupil (id), where it goes to school.

        Runs are looked for without limit: who has left school is not looked for.
        """
        if self.stays is None or (self.chosen.is_everywhere and not self.chosen.book.is_of_days):
            return True
        return self.chosen.covers(self.stays.of(pupil)) and not self.stays.has_left(pupil)

    def open_new(self, reaching: Iterable[facts.Known]) -> list[worklist.NewItem]:
        """Open an episode for each pupil and level that holds and was not open."""
        highest: dict[int, int] = {}
        for pupil, level in self.before:
            highest[pupil] = max(level, highest.get(pupil, 0))
        episodes, items = [], []
        for known in reaching:
            found = domain.signals(self.chosen.book.rules, known.facts)
            top = domain.highest(found)
            if top and 0 < highest.get(known.pupil, 0) < top.rule.level:
                self.report.escalated += 1
            for level, signal in found.items():
                if (known.pupil, level) not in self.before:
                    self.report.opened[level] += 1
                    episodes.append(self._episode(known.pupil, signal))
                    if signal.rule.raises:
                        items.append(self._item(known, signal))
        Episode.objects.bulk_create(episodes, batch_size=_BATCH)
        return items

    def end_old(self, reaching: dict[int, facts.Known], by: Scope, at: datetime) -> None:
        """End the open episodes whose rule fails today, and those of whom it is not meant for."""
        unsure = {pupil for pupil, _ in self.before if pupil not in reaching}
        known = dict(reaching)
        for each in facts.of(unsure, self.chosen.book, on=self.as_of, by=by):
            known[each.pupil] = each
        ended = [
            episode
            for (pupil, _), episode in self.before.items()
            if not self.is_meant(pupil) or (pupil in known and self._is_over(episode, known[pupil]))
        ]
        for some in range(0, len(ended), _BATCH):
            batch = [episode.pk for episode in ended[some : some + _BATCH]]
            Episode.objects.filter(pk__in=batch).update(ended_on=self.as_of)
        worklist.mark_recovered(
            [subject(e.pupil_id, e.key, e.level, e.opened_on) for e in ended],
            on=self.as_of,
            by=by,
            at=at,
        )
        self.report.ended += len(ended)

    def _is_over(self, episode: Episode, known: facts.Known) -> bool:
        rules = self.chosen.book.of_level(episode.level)
        if not rules:
            return True
        # Where the rule is gone from a later version, the level's first one judges.
        rule = next((rule for rule in rules if rule.key == episode.rule), rules[0])
        return domain.ends(
            rule,
            rules,
            known.facts,
            school_day=self.calendars.is_school_day(known.unit, self.as_of),
        )

    def _episode(self, pupil: int, signal: domain.Signal) -> Episode:
        return Episode(
            pupil_id=pupil,
            rule_set=self.chosen.row,
            key=self.chosen.book.key,
            level=signal.rule.level,
            rule=signal.rule.key,
            opened_on=self.as_of,
            window_first=signal.window.first,
            window_last=signal.window.last,
            scheduled=signal.absence.scheduled,
            absent=signal.absence.absent,
        )

    def _item(self, known: facts.Known, signal: domain.Signal) -> worklist.NewItem:
        rule, book = signal.rule, self.chosen.book
        calendar = self.calendars.of(known.unit)
        return worklist.NewItem(
            subject=subject(known.pupil, book.key, rule.level, self.as_of),
            kind=f"staircase.level{rule.level}",
            pupil=known.pupil,
            acts=rule.acts,
            level=rule.level,
            figures={
                "rule_set": book.key,
                "rule_set_name": book.name,
                "version": book.version,
                "rule": rule.key,
                **figures_of(rule),
                "window_first": signal.window.first.isoformat(),
                "window_last": signal.window.last.isoformat(),
                "scheduled": signal.absence.scheduled,
                "absent": signal.absence.absent,
            },
            raised_on=self.as_of,
            due_on=calendar.add_school_days(self.as_of, rule.within_school_days),
        )
