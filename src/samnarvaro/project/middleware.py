"""The day, and who is asking. Read once for each request, before any view."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.db import Error, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.utils import translation

from samnarvaro.audit import services as audit
from samnarvaro.base import clock, wall
from samnarvaro.base.faults import told_of
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people import queries as people
from samnarvaro.project import addresses
from samnarvaro.project.signin import factors, sitting

log = structlog.get_logger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
HAT = "hat"
# Addresses whose not opening tells that somebody tried to see a child.
OF_ONE_CHILD = frozenset({addresses.To.PUPIL, addresses.To.TIE})


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


class NoStoreMiddleware:
    """Nothing the pages answer stays with the browser or on the way. Static files do not come here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer["Cache-Control"] = "no-store"
        return answer


class SittingMiddleware:
    """Ends a sign-in that nobody has used for a while, or that has lasted a whole working day."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sitting.hold_to_limits(request)
        return self.get_response(request)


class ScopeMiddleware:
    """Lets a request through to a view only by the table of addresses, with its scope.

    An address that the table does not name, or does not open to the viewer's role, does not exist.
    Who must have a second factor and has none comes nowhere but to where one is set up.

    That a pupil's address did not open is written down whether there is such a pupil or not, and
    nobody looks whether there is: so neither answer nor time tells it. Who reviews the log sees it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        scope = getattr(request, "scope", None)
        if answer.status_code == HTTPStatus.NOT_FOUND and scope and request.resolver_match:
            rule = addresses.rule_of(request.resolver_match.view_name)
            if rule is not None and rule.to in OF_ONE_CHILD:
                self._note_denied(request, scope, request.resolver_match)
        return answer

    def _note_denied(self, request: HttpRequest, scope: Scope, match: ResolverMatch) -> None:
        try:
            with transaction.atomic(), wall.system("closed door"):
                audit.record_reading(
                    by=scope,
                    at=request.now,  # type: ignore[attr-defined]
                    pupils=(),
                    classes=(),
                    action="view" if request.method == "GET" else "act",
                    what=match.view_name,
                    channel="web",
                    outcome=audit.DENIED,
                    objects=[str(match.kwargs.get("public", ""))],
                )
        except Error as error:
            log.error("audit.denied_not_logged", **told_of(error))  # nothing was shown either

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = addresses.rule_of(match.view_name if match else "")
        if rule is None:
            raise Http404
        if rule.is_public:
            if request.method == "GET" and request.user.is_authenticated:
                self._set_scope(request)  # who one is stands at the top there too
            return None
        if not request.user.is_authenticated:
            return sitting.to_sign_in(request)
        role = self._set_scope(request)
        if not rule.is_setup and self._lacks_factor(request):
            return sitting.lead(request, reverse("mfa_index"))
        if not rule.opens_to(role):
            raise Http404
        return None

    def _set_scope(self, request: HttpRequest) -> Role | None:
        try:
            with wall.system("entrance"):  # who it is must be known before anything is asked as it
                scope, hats = consents.scope_and_hats(
                    request.user.pk,  # type: ignore[arg-type]  # authenticated: it has one
                    hat=request.session.get(HAT),
                    on=request.today,  # type: ignore[attr-defined]
                    at=request.now,  # type: ignore[attr-defined]
                )
        except consents.NoDuty:
            request.scope = None  # type: ignore[attr-defined]
            return None
        request.scope = scope  # type: ignore[attr-defined]
        request.hats = hats  # type: ignore[attr-defined]
        request.viewer_name = people.name_of_viewer(by=scope)  # type: ignore[attr-defined]
        return scope.role

    def _lacks_factor(self, request: HttpRequest) -> bool:
        account = request.user.pk
        if not settings.SECOND_FACTOR_ROLES or account is None or factors.has_one(account):
            return False
        hats = consents.hats(account, on=request.today)  # type: ignore[attr-defined]
        return factors.must_have_one({hat.role for hat in hats})


# Addresses that tell of the database itself, also when it is away; nobody's data stands there.
WITHOUT_DATABASE = frozenset({"health"})


class WallMiddleware:
    """Lets the view ask the database as its viewer, in one transaction, where the second wall stands.

    The last before the view. What the answer tells of is written down in that transaction, and it is
    committed before the answer leaves. Nothing that the view wrote stays when it ends in an error.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        # The view is called from here, so what the sign-in package makes of its own errors is asked.
        self._told_by_error = AccountMiddleware(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if connection.vendor != "postgresql":
            return None
        if request.resolver_match and request.resolver_match.view_name in WITHOUT_DATABASE:
            return None
        scope = getattr(request, "scope", None)
        with wall.request_of(scope, request.now):  # type: ignore[attr-defined]
            try:
                answer: Any = view(request, *args, **kwargs)
            except Exception as error:
                answer = self._told_by_error(request, error)
                if answer is None:
                    raise
            if callable(getattr(answer, "render", None)):
                answer = answer.render()
        return answer  # type: ignore[no-any-return]  # what the view gave
