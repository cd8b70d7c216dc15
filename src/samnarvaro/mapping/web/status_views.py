"""The page of a pupil's attendance status: what holds, what the marks suggest, and how it has moved."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.forms import PlainTextarea
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.pictures import Cell, Column, Picture, Table
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain import status as domain
from samnarvaro.mapping.domain.status import Fault, Occasion, Status
from samnarvaro.mapping.queries import mappings, statuses
from samnarvaro.mapping.services import statuses as services
from samnarvaro.mapping.services.mappings import NotYours
from samnarvaro.mapping.web import status_texts as texts
from samnarvaro.mapping.web.forms import AskedChoice, AskedDay
from samnarvaro.mapping.web.status_line import Point, line
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE, DataClass.MAPPING})
FIELD = {
    Fault.STATUS: "status", Fault.OCCASION: "occasion", Fault.DAY: "set_on",
    Fault.DAY_LATER: "set_on", Fault.DAY_TOO_OLD: "set_on", Fault.WORDS_TOO_LONG: "words",
}  # fmt: skip


class StatusForm(forms.Form):
    status = AskedChoice(
        label=gettext_lazy("Hur är dagarna nu?"),
        widget=forms.RadioSelect,
    )
    occasion = AskedChoice(
        label=gettext_lazy("Vid vilket tillfälle?"),
        choices=[(o.value, words) for o, words in texts.OCCASION.items()],
        widget=forms.RadioSelect,
    )
    set_on = AskedDay(
        label=gettext_lazy("Vilken dag gäller den?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(
        label=gettext_lazy("Vad bygger du det på?"),
        help_text=gettext_lazy("Vad eleven säger och vad ni ser, när det skiljer sig från markeringarna."),
        required=False,
        widget=PlainTextarea(attrs={"rows": 2}),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, today: Any, data: Any = None) -> None:
        super().__init__(data, initial={"set_on": today}, auto_id="status-%s")
        status, words = self.fields["status"], self.fields["words"]
        assert isinstance(status, forms.ChoiceField)
        assert isinstance(words, forms.CharField)
        status.choices = [(str(each.value), texts.numbered(each)) for each in Status]
        words.max_length = domain.LONGEST_WORDS

    def told(self) -> domain.Told:
        sent = self.cleaned_data
        return domain.Told(
            status=Status(int(sent["status"])) if sent.get("status") else None,
            occasion=Occasion(sent["occasion"]) if sent.get("occasion") else None,
            set_on=sent.get("set_on"),
            words=sent.get("words", ""),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: StaffRequest, public: UUID) -> HttpResponse:
    """How the status has moved; posted to, it is set."""
    try:
        pupil = mappings.readable_pupil(public, by=request.scope)
        form = StatusForm(request.today, request.POST or None)
        if request.method == "POST" and _is_set(request, public, form):
            toasts.say(request, str(texts.SET))
            return redirect("mapping:status", public)
    except (people.NoSuchPupil, NotYours):
        raise Http404 from None
    found = statuses.of_pupil(pupil.pk, by=request.scope)
    suggestion = statuses.suggestion(pupil.pk, on=request.today, by=request.scope)
    return show(
        request,
        "mapping/status.html",
        {
            "pupil": pupil,
            "holds": texts.numbered(found[-1].status) if found else "",
            "suggestion": texts.suggested(suggestion),
            "picture": _picture(found, request.today) if found else None,
            "form": form if mappings.may_make(by=request.scope) else None,
        },
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )


def _is_set(request: StaffRequest, public: UUID, form: StatusForm) -> bool:
    if not mappings.may_make(by=request.scope):
        raise NotYours
    if not form.is_valid():
        return False
    try:
        services.set_status(public, form.told(), by=request.scope, at=request.now, on=request.today)
    except services.CannotSet as refused:
        for fault in refused.faults:
            form.add_error(FIELD[fault], str(texts.FAULT[fault]))
        return False
    return True


def _picture(found: list[statuses.Set], today: Any) -> Picture:
    of_days = {each.set_on: each for each in found}  # the last of a day holds
    points = [Point(day, each.status, date_format(day, "j M")) for day, each in of_days.items()]
    title = _title(found)
    legend = _("1 överst, 8 nederst. Linjen står stilla tills någon sätter en ny status.")
    return Picture(
        key="status",
        title=title,
        table=_table(found),
        source=_("Status som vuxna i skolan har satt"),
        fresh=date_format(found[-1].set_on, "j F Y"),
        address="",
        svg=line(points, today, title=title, description=legend, today=_("i dag")),
        note=legend,
    )


def _title(found: list[statuses.Set]) -> str:
    first, last = found[0], found[-1]
    told = {
        "last": last.status.value,
        "day": date_format(last.set_on, "j F"),
        "first": first.status.value,
        "since": date_format(first.set_on, "j F"),
    }
    if first.status == last.status:
        return _("Status %(last)s den %(day)s") % told
    return _("Från status %(first)s den %(since)s till %(last)s den %(day)s") % told


def _table(found: list[statuses.Set]) -> Table:
    return Table(
        caption=_("Närvarostatus över tid"),
        columns=(
            Column(_("Dag")),
            Column(_("Status")),
            Column(_("Tillfälle")),
            Column(_("Satt av")),
            Column(_("Markeringarna talade för")),
            Column(_("Vad det bygger på")),
        ),
        rows=[
            (
                Cell(date_format(each.set_on, "j F Y")),
                Cell(texts.numbered(each.status)),
                Cell(str(texts.OCCASION[each.occasion])),
                Cell(each.author),
                Cell(str(each.suggested.value) if each.suggested else "–"),
                Cell(each.words or "–"),
            )
            for each in reversed(found)
        ],
    )
