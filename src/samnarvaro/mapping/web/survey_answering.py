"""Where a pupil with a slip answers: without signing in, and without leaving anything behind.

An answer that lacks something is shown again with 200 and not 422: what is refused stands in the
running log with its moment, and who is answering is not to stand there.
"""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base.pages import show
from samnarvaro.mapping.domain.survey import ANSWERS
from samnarvaro.mapping.services import survey_answers as services
from samnarvaro.mapping.web import survey_faces
from samnarvaro.mapping.web.survey_forms import AnswerForm, CodeForm

LIMIT = "survey_code"  # wrong codes from one network address
# Nobody is known here, though somebody may be signed in on the same computer.
NOBODY: dict[str, object] = {"me": None, "nav": [], "sitting": {}, "search_url": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip; with it, ask the questions; with answers to them all, add them."""
    if request.method != "POST":
        return _code(request, CodeForm())
    code = request.POST.get("code", "")
    if not ratelimit.consume(request, action=LIMIT, dry_run=True):
        error = _("Det har blivit många fel. Vänta en minut och försök igen.")
        return _code(request, CodeForm(code, error), HTTPStatus.TOO_MANY_REQUESTS)
    on = request.today  # type: ignore[attr-defined]  # see base.http.StaffRequest
    try:
        asked = services.asked(code, on=on)
        form = AnswerForm(asked.questions, request.POST if "send" in request.POST else None)
        if form.is_valid():
            services.answer(code, form.said(), on=on)
            return redirect("surveys:thanks")
    except services.NoSuchCode:
        ratelimit.consume(request, action=LIMIT)
        error = _(
            "Koden går inte att använda. Titta på lappen och skriv igen. Har du redan svarat är ditt svar sparat."
        )
        return _code(request, CodeForm(code, error), HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {"title": asked.title, "code": code, "form": form, "asked": _questions(form)}
    return _show(request, "surveys/answer.html", context | {"missing": next(iter(form.errors), "")})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the answer is kept, the same to everybody."""
    return _show(request, "surveys/thanks.html", {})


def _code(request: HttpRequest, form: CodeForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return _show(request, "surveys/code.html", {"form": form}, status)


def _show(
    request: HttpRequest, page: str, shown: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    return show(request, page, NOBODY | shown, status=status)


def _questions(form: AnswerForm) -> list[dict[str, object]]:
    """Each question with its answers: the name of the field, the face, and which one is chosen."""
    return [
        {
            "field": field,
            "choices": [
                (value, words, survey_faces.draw(each), field.value() == value)
                for each, (value, words) in zip(ANSWERS, field.field.choices, strict=True)  # type: ignore[attr-defined]  # a choice field
            ],
        }
        for field in form
    ]
