"""Rule sets, versions and choices, made ready for their pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.staircase.domain.holding import GRADES, Place
from samnarvaro.staircase.domain.rules import Rule, RuleSet
from samnarvaro.staircase.queries.shelf import Chosen, Version, Volume
from samnarvaro.staircase.queries.trial import Trial
from samnarvaro.staircase.web import rule_texts, rule_words, texts
from samnarvaro.staircase.web.rule_texts import Words


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in words: which step, who acts, what is to be done, how soon."""

    step: str
    rule: str
    acts: str
    task: str
    within: str
    row: str


def rules_of(book: RuleSet) -> list[ShownRule]:
    bands = [
        ShownRule(_("Målgrupp"), rule_words.of_rule(band), "", "", "", _("Nej"))
        for band in book.bands
    ]
    return [*(_rule(rule) for rule in book.rules), *bands]


def _rule(rule: Rule) -> ShownRule:
    return ShownRule(
        step=texts.step(rule.level),
        rule=texts.rule(rule),
        acts=texts.who(rule.acts),
        task=str(texts.TASK[rule.task]),
        within=_within(rule.within_school_days),
        row=_("Ja") if rule.raises else _("Nej"),
    )


def _within(days: int) -> str:
    if days == 0:
        return _("samma dag")
    return ngettext("%(days)d skoldag", "%(days)d skoldagar", days) % {"days": days}


@dataclass(frozen=True, slots=True)
class ShownVolume:
    """A rule set in the list of them."""

    key: str
    name: str
    version: int
    whose: str
    is_chosen: bool
    is_usable: bool
    rules: list[ShownRule]


def volume(of: Volume, chosen: Iterable[str]) -> ShownVolume:
    return ShownVolume(
        key=of.key,
        name=of.name,
        version=of.latest.book.version,
        whose=_("Följer med programmet") if of.is_shipped else _("Eget"),
        is_chosen=of.key in set(chosen),
        is_usable=of.is_usable,
        rules=rules_of(of.latest.book),
    )


@dataclass(frozen=True, slots=True)
class ShownVersion:
    number: int
    holds_from: date
    made_by: str
    made_on: date | None
    state: str
    tone: str
    can_be_taken_back: bool
    leave: Words
    rules: list[ShownRule]


def version(of: Version, latest: Version, on: date) -> ShownVersion:
    state, tone = _state_of(of, latest, on)
    return ShownVersion(
        number=of.book.version,
        holds_from=of.row.holds_from,
        made_by=_("Följer med programmet") if of.row.is_shipped else of.row.made_by_name,
        made_on=of.row.made_at.date() if of.row.made_at else None,
        state=state,
        tone=tone,
        can_be_taken_back=of.can_be_taken_back(on),
        leave=rule_texts.leave(counts=of.book.counts_leave),
        rules=rules_of(of.book),
    )


def _state_of(of: Version, latest: Version, on: date) -> tuple[str, str]:
    if of.is_taken_back:
        return _("Tagen tillbaka"), "plain"
    if of.row.holds_from > on:
        return _("Kommer"), "info"
    return (_("Den som gäller nu"), "good") if of is latest else (_("Tidigare"), "plain")


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice: what holds, where, from when and until when, and what can be done with it."""

    public: UUID
    key: str
    name: str
    where: str
    first_day: date
    last_day: date | None
    chosen_by: str
    state: str
    tone: str
    is_over: bool
    can_be_taken_back: bool
    can_be_ended: bool


def choice(
    of: Chosen, names: Mapping[str, str], schools: Mapping[int, str], on: date
) -> ShownChoice:
    row = of.row
    state, tone = _state_of_choice(of, on)
    return ShownChoice(
        public=of.public,
        key=row.key,
        name=names.get(row.key, row.key),
        where=where(of.place, schools),
        first_day=row.first_day,
        last_day=row.last_day,
        chosen_by=row.chosen_by_name or _("Följer med programmet"),
        state=state,
        tone=tone,
        is_over=of.is_over(on),
        can_be_taken_back=of.can_be_taken_back(on),
        can_be_ended=of.holds(on) and row.last_day is None,
    )


def _state_of_choice(of: Chosen, on: date) -> tuple[str, str]:
    row = of.row
    if row.taken_back_at is not None:
        return _("Taget tillbaka"), "plain"
    if of.is_over(on):
        return _("Har slutat gälla"), "plain"
    if row.first_day > on:
        return _("Börjar %(day)s") % {"day": date_format(row.first_day, "j F")}, "info"
    if row.last_day is not None:
        return _("Gäller till och med %(day)s") % {"day": date_format(row.last_day, "j F")}, "info"
    return _("Gäller"), "good"


def where(place: Place, schools: Mapping[int, str]) -> str:
    """Say at which schools, for which school types and school years."""
    at = ", ".join(sorted(schools.get(unit, "–") for unit in place.units)) or _("Alla skolor")
    types = [str(rule_texts.SCHOOL_TYPE[each]) for each in SchoolType if each in place.types]
    if types:
        at = f"{at} · {', '.join(types)}"
    years = [grade for grade in GRADES if grade in place.grades]
    return f"{at} · {_('årskurs')} {', '.join(years)}" if years else f"{at} · {_('alla årskurser')}"


@dataclass(frozen=True, slots=True)
class TriedRow:
    step: str
    rule: str
    count: int
    other: int  # with leave counted the other way


@dataclass(frozen=True, slots=True)
class Tried:
    """What a dry run came to, and what it would with leave counted the other way; the sentences
    stand above the table.
    """

    sentence: str
    leave: str
    other: str
    rows: list[TriedRow]


def tried(found: Trial, against: Trial, book: RuleSet) -> Tried:
    rows = [
        TriedRow(
            texts.step(level),
            "; ".join(texts.rule(rule) for rule in book.of_level(level)),
            count,
            against.levels[level],
        )
        for level, count in found.levels.items()
    ]
    rows += [
        TriedRow(
            _("Målgrupp"), rule_words.of_rule(band), found.bands[band.key], against.bands[band.key]
        )
        for band in book.bands
    ]
    return Tried(
        _sentence(found, book),
        _leave(found, against, book),
        _("Utan ledighet") if book.counts_leave else _("Med ledighet"),
        rows,
    )


def _reached(found: Trial, book: RuleSet) -> int:
    return found.on_steps if book.rules else sum(found.bands.values())


def _leave(found: Trial, against: Trial, book: RuleSet) -> str:
    """Say what it would be if granted leave counted the other way."""
    told = {"now": _reached(found, book), "other": _reached(against, book)}
    if told["now"] == told["other"]:
        if book.counts_leave:
            return _("Beviljad ledighet räknas. Det vore lika många om den inte räknades.")
        return _("Beviljad ledighet räknas inte. Det vore lika många om den räknades.")
    if book.counts_leave:
        return (
            _(
                "Beviljad ledighet räknas. Räknades den inte vore det %(other)d i stället för %(now)d."
            )
            % told
        )
    return (
        _("Beviljad ledighet räknas inte. Räknades den vore det %(other)d i stället för %(now)d.")
        % told
    )


def _sentence(found: Trial, book: RuleSet) -> str:
    told = {"on": _reached(found, book), "pupils": found.pupils}
    if not book.rules:
        return _("Med de här reglerna är %(on)d av %(pupils)d elever i målgruppen i dag.") % told
    return _("Med de här reglerna står %(on)d av %(pupils)d elever på ett steg i dag.") % told


def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


def names_of(volumes: Sequence[Volume]) -> dict[str, str]:
    return {each.key: each.name for each in volumes}
