"""The call: whom, what is known, what one may say, and how it went. One page, made for the phone."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.queries import absent
from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.outreach import services
from samnarvaro.outreach.domain import contacts as domain
from samnarvaro.outreach.domain.needs import Need, Routine, Stage, Whom, routine_of
from samnarvaro.outreach.queries import contacts, due
from samnarvaro.outreach.queries.routine import routines
from samnarvaro.outreach.web import guide_texts, shown, texts
from samnarvaro.outreach.web.call_forms import CallForm, SkipForm
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts as reach
from samnarvaro.worklist.domain.rows import ROWS_ALONE
from samnarvaro.worklist.queries import Row

FORMER_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Calling:
    """What one call is about: the pupil, the day, what the day still asks for, and whom to reach."""

    pupil: Any
    day: date
    row: Row | None
    need: Need
    routine: Routine
    place: people.Placement | None
    reachable: list[reach.Reachable]

    @property
    def calls(self) -> Whom:
        """The caring call goes by stage; that guardians are told, to them."""
        return self.routine.whom if self.need is Need.FIRST_DAY else Whom.GUARDIAN

    @property
    def guided_as(self) -> Stage:
        """The guide follows who is called: the home of an older pupil is spoken to as a home."""
        return Stage.OLDER if self.calls is Whom.PUPIL else Stage.YOUNGER


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the call that is due of a pupil and a day, or keep how it went.

    Who is not in contact with homes by its role has the page for a call that is due and its own;
    otherwise it is sent back to its day.
    """
    calling = _calling(request, public)
    if calling is None:
        return redirect("home")
    form = CallForm(
        request.POST or None,
        reachable=calling.reachable,
        today=request.today,
        day=calling.day,
        calls=calling.calls,
        need=calling.need,
    )
    if request.method == "POST" and form.is_valid() and (outcome := _keep(request, calling, form)):
        toasts.say(request, str(texts.SAVED[outcome]))
        if outcome is domain.Outcome.REACHED:
            return redirect("home")
        return redirect(f"{request.path}?dag={calling.day}")
    return _page(request, calling, form, SkipForm())


@require_POST
def skip(request: StaffRequest, public: UUID) -> HttpResponse:
    """Clear the day's row as not needed, for a reason."""
    calling = _calling(request, public)
    if calling is None:
        raise Http404
    form = SkipForm(request.POST)
    if form.is_valid():
        reason, words = form.why()
        try:
            services.skip(
                reason, pupil=public, day=calling.day, words=words,
                by=request.scope, at=request.now, on=request.today,
            )  # fmt: skip
        except services.NothingDue:
            raise Http404 from None
        except services.CannotSkip:
            form.add_error("words", str(texts.MISSING[domain.Missing.WAY_WORDS]))
        else:
            toasts.say(request, str(texts.SKIPPED_TOAST))
            return redirect("home")
    empty = CallForm(
        None,
        reachable=calling.reachable,
        today=request.today,
        day=calling.day,
        calls=calling.calls,
        need=calling.need,
    )
    return _page(request, calling, empty, form)


def _calling(request: StaffRequest, public: UUID) -> Calling | None:
    """Gather what the call is about, or None when it is not the viewer's."""
    by = request.scope
    try:
        pupil = people.get(public, by=by)
    except people.NoSuchPupil:
        raise Http404 from None
    day = min(_day(request) or request.today, request.today)
    row = due.row_of(pupil.pk, day, by=by, on=request.today)
    mine = row is not None and row.is_held
    if not (mine or due.may_call(pupil, None, by=by)):
        return None
    place = people.placement(pupil.pk, by=by)
    reachable = reach.guardians(pupil.pk, on=request.today, by=by, for_call=mine)
    if not pupil.protection:
        reachable.append(reach.itself(pupil, by=by, for_call=mine))
    return Calling(
        pupil=pupil,
        day=day,
        row=row,
        need=Need(row.kind) if row else Need.FIRST_DAY,
        routine=routine_of(place.grade if place else "", routines()),
        place=place,
        reachable=reachable,
    )


def _day(request: StaffRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None


def _keep(request: StaffRequest, calling: Calling, form: CallForm) -> domain.Outcome | None:
    """Keep the outcome; None when it is refused, and the reasons stand in the form."""
    told = form.told()
    answers = services.Answers(
        calling.need,
        calling.day,
        texts.done_words(told, calling.need),
        form.announced(),
        form.cleaned_data.get("telephone"),
    )
    try:
        services.record(
            told,
            pupil=calling.pupil.public,
            answers=answers,
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except services.CannotKeep as refused:
        form.refuse(refused.missing)
        return None
    except attendance.CannotAnnounce as refused:
        form.refuse_announced(refused.wrongs)
        return None
    except people.NoSuchPupil:
        raise Http404 from None
    return told.outcome


def _page(
    request: StaffRequest, calling: Calling, form: CallForm, skipping: SkipForm
) -> HttpResponse:
    by, pupil = request.scope, calling.pupil
    log = contacts.of_pupil(pupil.pk, by=by, on=request.today, newest=FORMER_SHOWN)
    tries = contacts.attempts(pupil.pk, calling.day, by=by)
    whom = [each for each in calling.reachable if (each.guardian is None) is _is_pupil(calling)]
    advice = domain.next_attempt(tries, numbers=sum(bool(each.telephone) for each in whom) or 1)
    return show(
        request,
        "outreach/call.html",
        {
            "pupil": pupil,
            "opens_pupil": by.role not in ROWS_ALONE,
            "calling": calling,
            "is_inform": calling.need is Need.INFORM,
            "calls_pupil": _is_pupil(calling),
            "to_call": [shown.to_call(each) for each in whom],
            "others": [shown.to_call(each) for each in calling.reachable if each not in whom],
            "day": date_format(calling.day, "l j F"),
            "lessons": _missed(calling, by),
            "lines": [shown.line(each) for each in log.contacts],
            "attempts": texts.attempts(tries) if tries else "",
            "advice": texts.NEXT[advice] if advice else "",
            "guide": guide_texts.guide(
                calling.guided_as,
                caller=people.name_of_viewer(by=by),
                school=_school(calling),
                pupil=pupil.given_name or pupil.name,
            ),
            "form": form,
            "skip_form": skipping,
            "may_skip": calling.row is not None and calling.row.is_held,
        },
        status=422 if form.errors or skipping.errors else 200,
        tells=Disclosure([pupil.pk], shown.classes_of(log.contacts, numbers=True)),
    )


def _missed(calling: Calling, by: Scope) -> str:
    """Write the lessons that were missed, as far as the marks have come."""
    pk = calling.pupil.pk
    found = absent.unexcused_on(calling.day, by=by, pupils=[pk]).get(pk)
    lessons = found.lessons if found else ()
    return texts.lessons([[each.start, each.minutes, each.subject] for each in lessons])


def _is_pupil(calling: Calling) -> bool:
    return calling.calls is Whom.PUPIL


def _school(calling: Calling) -> str:
    units = organisation.units([calling.place.unit]) if calling.place else []
    return units[0].name if units else ""
