"""An investigation in words, with the forms of those parts that the viewer may write now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samnarvaro.base import dates, figures
from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import Part, Perspective, State
from samnarvaro.cases.queries import wordings
from samnarvaro.cases.queries.investigations import Seen, Whole
from samnarvaro.cases.services.appointing import could_investigate
from samnarvaro.cases.web import words
from samnarvaro.cases.web.forms import FORMS, USUAL_LOOK, PartForm
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing


@dataclass(frozen=True, slots=True)
class Brief:
    """An investigation in one line."""

    seen: Seen
    judgement: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    state: str
    note: str


def brief(seen: Seen) -> Brief:
    return Brief(
        seen,
        str(words.JUDGEMENT[seen.judgement]),
        str(words.STATE[seen.state]),
        words.TONE[seen.state],
    )


def context(whole: Whole) -> dict[str, Any]:
    """Return what the templates show of an investigation; its forms are not among it."""
    return {
        "w": whole,
        "brief": brief(whole.seen),
        "missing": [str(words.FAULT[each]) for each in missing(whole)],
        "steps": steps(whole),
        "absence": absence(whole),
        "days": dates.span(*_ends(whole)) if whole.days else "",
        "reported": dates.moment(whole.reported_at) if whole.reported_at else "",
        "talks": [(words.CONSULTED[each.consulted], each) for each in whole.talks],
        "views": [
            (words.PERSPECTIVE[each.kind], each, words.GROUND.get(each.ground, ""))
            for each in whole.views
        ],
        "not_taken_in": ", ".join(str(words.PERSPECTIVE[each]).lower() for each in whole.not_taken_in),
        "asks_medical": Perspective.MEDICAL in whole.not_taken_in and whole.seen.state is State.OPEN,
        "support": words.SUPPORT[whole.support] if whole.support else "",
        "rounds": [(words.OUTCOME[each.outcome], each) for each in whole.rounds],
    }  # fmt: skip


def _ends(whole: Whole) -> tuple[date, date]:
    window = trailing(whole.seen.judged_on, whole.days)
    return window.first, window.last


def absence(whole: Whole) -> list[tuple[str, str]]:
    """The share of lesson time missed, excused and unexcused, as it was known at the judgement."""
    if not whole.scheduled:
        return []
    return [
        (figures.share(minutes, whole.scheduled), figures.hours(minutes))
        for minutes in (whole.excused + whole.unexcused, whole.excused, whole.unexcused)
    ]


def missing(whole: Whole) -> list[domain.Fault]:
    if whole.seen.state is not State.OPEN:
        return []
    return domain.missing_for_decision(whole.written)


def steps(whole: Whole) -> list[Step]:
    """The course of it as a strip: what is done, what is now, what waits."""
    written, state = whole.written, whole.seen.state
    decided = state in (State.DECIDED, State.CLOSED)
    done = [
        True,
        len(written.consulted) == len(domain.Consulted) or decided,
        written.has_analysis or decided,
        decided,
        state is State.CLOSED,
    ]
    now = done.index(False) if False in done else len(done)
    return [
        Step(str(label), "done" if each else "now" if number == now else "waiting", note)
        for number, (label, each, note) in enumerate(zip(words.STEPS, done, _notes(whole), strict=True))
    ]  # fmt: skip


def _notes(whole: Whole) -> list[str]:
    return [
        dates.span(whole.seen.judged_on, whole.seen.judged_on),
        "",
        dates.span(whole.analysed_on, whole.analysed_on) if whole.analysed_on else "",
        dates.span(whole.decided_on, whole.decided_on) if whole.decided_on else "",
        dates.span(whole.seen.look_on, whole.seen.look_on) if whole.seen.look_on else "",
    ]


def forms(
    whole: Whole, unit: int, *, by: Scope, today: date, bound: PartForm | None = None
) -> Mapping[str, PartForm]:
    """Return the forms of the parts that may be written now, by the part's name, each with its draft."""
    found: dict[str, PartForm] = {}
    drafts = wordings.drafts(whole, by=by)
    for part, kind in FORMS.items():
        if not domain.may_write(part, whole.seen.state, by.role) or _is_idle(part, whole):
            continue
        if bound is not None and isinstance(bound, kind):
            found[part.value] = bound
            continue
        more = {"people": could_investigate(unit, on=today)} if part is Part.APPOINT else {}
        initial, draft = _initial(part, whole, today), drafts.get(part)
        initial |= {"text": draft.text} if draft else {}
        form = kind(today=today, name=part.value, initial=initial, **more)
        form.draft_at = draft.saved_at if draft else None
        found[part.value] = form
    return found


def _is_idle(part: Part, whole: Whole) -> bool:
    """Whether there is nothing for a part to do just now."""
    if part is Part.DECIDE:
        return bool(missing(whole))
    if part is Part.CLOSE:
        return bool(domain.missing_for_closing(whole.written))
    return part is Part.TELL_HOME and (not whole.must_tell_home or whole.home_told_on is not None)


def _initial(part: Part, whole: Whole, today: date) -> dict[str, Any]:
    usual = {"version": whole.seen.version, "look_on": today + USUAL_LOOK, "held_on": today}
    own: dict[Part, dict[str, Any]] = {
        Part.ANALYSE: {"text": whole.analysis},
        Part.SUPPORT: {"support": whole.support, "words": whole.support_words},
        Part.TELL_HOME: {"told_on": today},
    }
    return usual | own.get(part, {})


def earlier(whole: Whole) -> list[tuple[str, str, wordings.Earlier]]:
    """What the parts said before they were written over: of what, what was chosen, and the wording."""
    names = {Part.ANALYSE: words.ANALYSIS, Part.SUPPORT: words.SUPPORT_ASKED} | words.PERSPECTIVE
    return [
        (str(names[each.of]), str(words.SUPPORT[each.choice]) if each.choice else "", each)
        for each in wordings.earlier(whole)
    ]
