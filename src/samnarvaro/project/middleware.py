"""The day, and who is asking. Read once for each request, before any view."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.people import queries as people
from samnarvaro.project import addresses

Answer = Callable[[HttpRequest], HttpResponse]
HAT = "hat"


class TodayMiddleware:
    """Reads the clock once and hands the day down."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]  # see base.http.StaffRequest
        request.today = clock.today()  # type: ignore[attr-defined]
        return self.get_response(request)


class LanguageMiddleware:
    """Swedish, unless the viewer has chosen another language here; the browser is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        return answer


class ScopeMiddleware:
    """Lets a request through to a view only by the table of addresses, with its scope.

    An address that the table does not name, or does not open to the viewer's role, does not exist.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = addresses.rule_of(match.view_name if match else "")
        if rule is None:
            raise Http404
        if rule.is_public:
            return None
        if not request.user.is_authenticated:
            return redirect(f"/logga-in/?next={request.path}")
        role = self._set_scope(request)
        if not rule.opens_to(role):
            raise Http404
        return None

    def _set_scope(self, request: HttpRequest) -> Role | None:
        try:
            scope = consents.scope_for(
                request.user.pk,  # type: ignore[arg-type]  # authenticated: it has one
                hat=request.session.get(HAT),
                on=request.today,  # type: ignore[attr-defined]
            )
        except consents.NoDuty:
            request.scope = None  # type: ignore[attr-defined]
            return None
        request.scope = scope  # type: ignore[attr-defined]
        request.viewer_name = people.name_of_viewer(by=scope)  # type: ignore[attr-defined]
        return scope.role
