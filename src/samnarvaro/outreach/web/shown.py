"""A contact, and whom to call, made ready for the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base import dates
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.outreach.domain.contacts import Kind, Outcome, Told, WayReason
from samnarvaro.outreach.queries.contacts import Shown
from samnarvaro.outreach.web import texts
from samnarvaro.people.queries.contacts import Reachable

ICON = {
    Kind.PHONE: "phone",
    Kind.MEETING: "people",
    Kind.HOME_VISIT: "home",
    Kind.MESSAGE: "message",
}
TONE = {Outcome.REACHED: "good", Outcome.NOT_REACHED: "plain", Outcome.MESSAGE_LEFT: "info"}


ALL = frozenset({DataClass.NAME, DataClass.ATTENDANCE, DataClass.CAUSE, DataClass.CONTACT})


@dataclass(frozen=True, slots=True)
class Line:
    """One contact in words. `said` is empty for who only reads that it was made."""

    public: UUID
    day: str
    headline: str
    outcome: str
    tone: str
    icon: str
    by: str
    said: tuple[tuple[str, str], ...]
    text: str
    may_correct: bool
    before: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]


def line(shown: Shown) -> Line:
    told = shown.told
    outcome = told.outcome or Outcome.NOT_REACHED
    return Line(
        public=shown.public,
        day=date_format(told.made_on, "l j F Y"),
        headline=_("%(kind)s med %(who)s")
        % {"kind": texts.KIND[told.kind], "who": texts.who(told, shown.guardian_name)},
        outcome=str(texts.OUTCOME[outcome]),
        tone=TONE[outcome],
        icon=ICON.get(told.kind, "info"),
        by=_("%(who)s, %(moment)s") % {"who": shown.by_name, "moment": dates.moment(shown.at)},
        said=tuple(_said(told)) if shown.is_whole else tuple(_promise(told, with_words=False)),
        text=told.text,
        may_correct=shown.is_mine_to_correct,
        before=tuple(
            (
                _("Stod från %(moment)s: %(headline)s")
                % {
                    "moment": dates.moment(old.at),
                    "headline": texts.headline(old.told, old.guardian_name),
                },
                tuple(_said(old.told)),
                old.told.text,
            )
            for old in shown.before
        ),
    )


def _said(told: Told) -> Iterable[tuple[str, str]]:
    """Yield what was told, label by label; nothing of what was left empty."""
    if told.cause:
        yield _("Skäl som sades"), str(texts.CAUSE[told.cause])
    if told.may_last:
        yield _("Kan bli långvarigt"), str(texts.ANSWER[told.may_last])
    if told.back_on:
        yield _("Väntas tillbaka"), date_format(told.back_on, "l j F")
    if told.face:
        yield _("Elevens egen bild"), str(texts.FACE[told.face])
    if told.mood:
        yield _("Stämningen"), told.mood
    yield from _work(told)
    if told.guardian_informed:
        yield _("Vårdnadshavare"), _("informerad av den som ringde")
    yield from _how(told)
    yield from _promise(told)


def _work(told: Told) -> Iterable[tuple[str, str]]:
    if told.wants_work:
        yield _("Vill ha något att arbeta med"), str(texts.ANSWER[told.wants_work])
    if told.knows_how:
        yield _("Vet hur man får tag på det"), str(texts.ANSWER[told.knows_how])


def _how(told: Told) -> Iterable[tuple[str, str]]:
    if told.way_reason and told.way_reason is not WayReason.OTHER:
        yield _("Skäl till annat sätt än telefon"), str(texts.WAY_REASON[told.way_reason])
    if told.language and told.language != "sv":
        yield _("Språk"), texts.language(told.language)
    if told.interpreter:
        yield _("Tolk"), _("var med")


def _promise(told: Told, *, with_words: bool = True) -> Iterable[tuple[str, str]]:
    if told.promise and told.promise_on:
        what = str(texts.PROMISE[told.promise]).split(",", maxsplit=1)[0]
        words = f" ({told.promise_words})" if told.promise_words and with_words else ""
        yield _("Lovade"), f"{what}{words}, {date_format(told.promise_on, 'l j F')}"


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to call: the number as it is written and as a telephone dials it."""

    name: str
    telephone: str
    dials: str
    language: str
    needs_interpreter: bool


def to_call(each: Reachable) -> ToCall:
    digits = "".join(sign for sign in each.telephone if sign.isdigit() or sign == "+")
    language = texts.language(each.language) if each.language not in ("", "sv") else ""
    return ToCall(each.name, each.telephone, digits, language, each.needs_interpreter)


def classes_of(contacts: Iterable[Shown], *, numbers: bool = False) -> frozenset[DataClass]:
    """Return which data classes contacts tell of, and numbers beside them."""
    known = {DataClass.NAME, DataClass.ATTENDANCE}
    if any(each.is_whole for each in contacts):
        known |= {DataClass.CAUSE, DataClass.CONTACT}
    return frozenset(known | {DataClass.CONTACT} if numbers else known)
