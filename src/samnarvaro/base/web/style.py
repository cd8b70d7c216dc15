"""The style page: every building block in every state, to look at and to test. Not in production."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import charts, icons
from samnarvaro.base.forms import PlainTextarea

MONDAY = date(2026, 8, 17)
REASONS = [
    ("call", _("Har ringt, inget svar")),
    ("meeting", _("Möte är bokat")),
    ("other", _("Annat")),
]


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Ditt namn"), max_length=80)
    until = forms.DateField(
        label=_("Vänta till"),
        help_text=_("En skoldag högst två veckor fram."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    why = forms.CharField(
        label=_("Varför?"),
        help_text=_("Skriv inget om hälsa eller hem."),
        max_length=200,
        widget=PlainTextarea,
    )
    grade = forms.ChoiceField(label=_("Årskurs"), choices=[("", "–"), ("8", "8"), ("9", "9")])
    reason = forms.ChoiceField(label=_("Vad har hänt?"), choices=REASONS, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label=_("Vilka dagar?"),
        choices=[("mon", _("Måndag")), ("tue", _("Tisdag"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label=_("Fil"), required=False)
    sure = forms.BooleanField(label=_("Jag har talat med eleven"), required=False)


def style(request: HttpRequest) -> HttpResponse:
    tones = list(icons.OF_TONE)
    page = Paginator(range(1, 400), 20).get_page(request.GET.get("page", 9))
    context = {
        "tones": tones,
        "icon_names": list(icons.DRAWINGS),
        "empty_form": Sample(prefix="new"),
        "wrong_form": _wrong_form(),
        "filter_form": Sample(prefix="filter"),
        "reason_form": Sample(prefix="reason"),
        "rows": _rows(),
        "page": page,
        "days": [MONDAY + timedelta(days=offset) for offset in (2, 30, 64, 93)],
        "messages": _messages(),
        **_pictures(),
    }
    return render(request, "base/style.html", context)


def _wrong_form() -> Sample:
    form = Sample(
        {"wrong-name": "Mira", "wrong-until": "", "wrong-why": "Saga vägrar gå till idrotten."},
        prefix="wrong",
    )
    form.add_error(None, str(_("Raden är redan klarmarkerad av någon annan.")))
    return form


def _messages() -> list[Message]:
    return [
        Message(messages.SUCCESS, str(_("Saga är klarmarkerad.")), extra_tags="undo:/stil/"),
        Message(messages.ERROR, str(_("Det gick inte att spara."))),
    ]


def _rows() -> list[dict[str, Any]]:
    names = ["Saga Lind", "Noor Haddad", "Tindra S", "Karl-Johan Gustafsson af Ugglas-Söderström"]
    return [
        {
            "name": name,
            "group": "8B",
            "absent": 90 * order,
            "scheduled": 1500,
            "share": order * 0.06,
        }
        for order, name in enumerate(names, start=0)
    ]


def _pictures() -> dict[str, SafeString]:
    days = [_day(MONDAY + timedelta(days=offset), offset) for offset in range(7 * 40)]
    points = [_point(MONDAY + timedelta(days=offset), offset) for offset in range(98)]
    levels = [
        charts.Level("Under gränsen", 402, "högst 10 %", "/stil/"),
        charts.Level("Mentor", 61, "över 10 %", "/stil/"),
        charts.Level("Rektor", 14, "minst 20 %", "/stil/"),
    ]
    return {
        "calendar": charts.calendar(days[:100], title="Saga har varit borta mest på tisdagar."),
        "long_calendar": charts.calendar(days, title="Ett helt läsår i två band."),
        "curve": charts.curve(
            points,
            title="Sagas närvaro har sjunkit sedan oktober.",
            limits=[
                charts.Limit(0.1, "över 10 % borta: mentor"),
                charts.Limit(0.2, "minst 20 % borta: rektor"),
            ],
            events=[charts.Event(MONDAY + timedelta(days=70), "Samtal med Saga")],
        ),
        "staircase": charts.staircase(levels, title="75 elever står på trappan."),
        "bars": charts.bars(
            [
                charts.Bar("Idrott och hälsa", 0.61, "61 %"),
                charts.Bar("Matematik", 0.12, "12 %"),
                charts.Bar("Hem- och konsumentkunskap", 0, "0 %"),
            ],
            title="Mest missas idrott.",
        ),
        "sparkline": charts.sparkline([1, 0.95, 0.9, None, 0.92, 0.8, 0.78], title="Sjunkande"),
        "no_curve": charts.curve([], title="Inga lektioner ännu."),
    }


def _day(day: date, offset: int) -> charts.Day:
    if day.weekday() > 4 or 77 <= offset < 84:
        return charts.Day(day, kind=charts.DayKind.FREE)
    if offset % 23 == 10:
        return charts.Day(day, kind=charts.DayKind.UNREPORTED)
    absent = 320 if offset % 15 == 1 else 140 if offset % 7 == 1 else 0
    return charts.Day(day, 320, absent)


def _point(day: date, offset: int) -> charts.Point:
    if offset < 7 or 40 < offset < 45:
        return charts.Point(day, None)
    return charts.Point(day, 0.03 + max(0, offset - 30) * 0.0035)
