"""The children whom one works with at another agency: the list, and one child as far as it is open."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from samnarvaro.base import sections, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.sections import Section
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.consents.queries import agreed, children, letting_in, own
from samnarvaro.consents.queries.children import Child
from samnarvaro.consents.services import relations
from samnarvaro.consents.web import cards, texts
from samnarvaro.kernel.privacy import DataClass

EXISTENCE, CONSENT = DataClass.EXISTENCE, DataClass.CONSENT
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Opened:
    """The child of a page as the rooms' sections know it."""

    pk: int
    public: UUID
    name: str


@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """Everybody whom the viewer has to do with by a relation of its own, by what is readable now."""
    found = children.mine(by=request.scope)
    lines = [
        {"child": each, "title": _title(each), "kind": texts.KIND[each.kind]} for each in found
    ]
    return show(
        request,
        "consents/children.html",
        {"lines": lines},
        tells=_tells(found),
    )


def _tells(found: list[Child]) -> list[Disclosure]:
    """Of the nameless no more than that they are there; of those read by name that, last."""
    return [
        Disclosure([child.pupil for child in found if child.classes == classes], classes, "list")
        for classes in (children.EXISTENCE, children.NAME)
    ]


@require_safe
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """One child: who it is, what was agreed, and what a consent lets the viewer read today."""
    child = _child(request, public)
    reads = letting_in.reads(child.pupil, by=request.scope)
    parts = sections.collect(
        "opened",
        scope=request.scope,
        tie=own.tie(public, by=request.scope),
        pupil=Opened(child.pupil, child.public, _title(child)),
        reads=reads,
        today=request.today,
        now=request.now,
        query=request.GET,
        once=Once(),
    )
    received = agreed.received(child.pupil, by=request.scope) if CONSENT in reads else []
    classes = child.classes.union(*(part.classes for part in parts))
    of_own = frozenset({EXISTENCE} & reads) | (frozenset({CONSENT}) if received else frozenset())
    return show(
        request,
        "consents/child.html",
        {
            "child": child,
            "title": _title(child),
            "kind": texts.KIND[child.kind],
            "cards": cards.for_receiver(received, on=request.today),
            "sections": parts,
            "is_open": any(DataClass.NAME in part.classes for part in parts),
            "colleagues": [
                {"name": each.name, "kind": texts.KIND[each.kind], "since": each.since}
                for each in children.colleagues(child.pupil, by=request.scope)
            ],
            "longest": LONGEST_NAME,
            "may_hand_over": not in_school(request.scope.zone),
        },
        tells=Disclosure([child.pupil], classes | of_own, consents=_rests_on(parts)),
    )


def _rests_on(parts: list[Section]) -> frozenset[int]:
    return frozenset[int]().union(*(part.consents for part in parts))


@require_POST
def call(request: StaffRequest, public: UUID) -> HttpResponse:
    """Write what the viewer's own zone calls the child."""
    child = _child(request, public)
    name = request.POST.get("known_as", "").strip()[:LONGEST_NAME]
    try:
        relations.call_child(
            relation=child.relation, known_as=name, by=request.scope, at=request.now
        )
    except relations.NoSuchRelation:
        raise Http404 from None
    toasts.say(request, str(texts.CALLED))
    return redirect("consents:child", public)


def _child(request: StaffRequest, relation: UUID) -> Child:
    try:
        return children.one(relation, by=request.scope)
    except children.NoSuchChild:
        raise Http404 from None


def _title(child: Child) -> str:
    return texts.child(child.name, child.known_as, child.code)
