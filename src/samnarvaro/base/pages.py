"""A page, or the part of it that htmx asked for, and the log of whom it tells of.

Every page works without JavaScript. A page that tells of pupils says so with `tells`: then the
finished answer is held until the reading is written down.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from samnarvaro.base import toasts
from samnarvaro.base.faults import told_of
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

log = structlog.get_logger(__name__)


class NotToBeShown(Exception):
    """A pupil of the answer is no longer visible to the viewer; raised by the guard."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whom (ids) an answer tells of, which data classes, and what was done: view, list, export, pdf.

    `consents` are those (ids) that it rests on beside the viewer's own way in: copies that came by one.
    """

    pupils: Collection[int]
    classes: frozenset[DataClass]
    action: str = "view"
    consents: frozenset[int] = frozenset()


def one_by_one(told: Mapping[int, frozenset[DataClass]], action: str = "view") -> list[Disclosure]:
    """Say of each pupil (id) no more than what it is told; those of whom the most is told come last."""
    kinds = sorted(set(told.values()), key=lambda kind: (len(kind), sorted(kind)))
    return [
        Disclosure([pk for pk, classes in told.items() if classes == kind], kind, action)
        for kind in kinds
    ]


Tells = Disclosure | Sequence[Disclosure] | None
Guard = Callable[[Scope, datetime, Disclosure, str], None]
_guard: list[Guard] = []


def set_guard(guard: Guard) -> None:
    """Register what checks and logs each answer; `consents` does, when the house is set up."""
    _guard[:] = [guard]


def show(
    request: Any,
    page: str,
    context: Mapping[str, object],
    *,
    part: str = "",
    status: int = 200,
    tells: Tells = None,
) -> HttpResponse:
    """Return the page, or its `part` when htmx asks for that.

    Raises Http404 when a pupil went out of the viewer's sight while the page was made.
    """
    as_part = bool(part) and is_part(request)
    response = render(request, part if as_part else page, dict(context), status=status)
    if as_part:
        response.write(toasts.out_of_band(request))
    if part:
        patch_vary_headers(response, ["HX-Request"])
    return let_out(request, response, tells)


def let_out(request: Any, response: HttpResponse, tells: Tells) -> HttpResponse:
    """Send a finished answer: log first what it tells of pupils. What cannot be logged is not shown.

    One that tells different things of different pupils says so one by one, the most telling last.
    """
    told = [tells] if isinstance(tells, Disclosure) else tells or []
    for each in told:
        if not each.pupils:
            continue
        try:
            _guard[0](request.scope, request.now, each, request.resolver_match.view_name)
        except NotToBeShown:
            raise Http404 from None
        except Error as error:
            log.error("pages.not_logged", **told_of(error))
            return render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Cache-Control"] = "no-store"
    return response


def is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
