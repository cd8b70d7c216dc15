"""How each address of the table is called, about whom: one way for every address there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samnarvaro.audit.models import ReviewLine
from samnarvaro.base.models import Delivery
from samnarvaro.mapping.models import (
    ClassNote,
    InstrumentVersion,
    Mapping,
    RelationAdult,
    Response,
)
from samnarvaro.organisation.models import Group, Unit
from samnarvaro.project.addresses import Rule, To
from samnarvaro.staircase.models import Choice
from tests.proof.seeding import Seeder

RANDOM = UUID("12345678-1234-4234-8234-123456789012")
DEMO_ONLY = frozenset({"demo", "style"})  # there in demo mode alone


class NoWay(AssertionError):
    """An address that the proof does not know how to call."""


# What stands in an address besides whom it is about, by the name of the part.
PARTS: dict[str, tuple[object, ...]] = {
    "level": (1, 2),
    "tier": (1, 2),
    "year": (2026,),
    "week": (46, 47),
    "version": (1,),
    "pk": (1, 7),
    "measure": (RANDOM,),  # of a school, and about no pupil
    "survey": (RANDOM,),  # likewise
}
KEYS: dict[str, tuple[object, ...]] = {
    "pupil_part": ("kurva", "vem-ser", "slump"),
    "attendance:picture": ("veckodagar", "manader"),
    "attendance:picture_file": ("veckodagar", "manader"),
    "staircase:picture": ("veckor", "arskurser"),
    "staircase:picture_file": ("veckor", "arskurser"),
    "staircase:class_picture": ("elever", "veckor"),
    "staircase:class_picture_file": ("elever", "veckor"),
    "jobs:run": ("nightly", "digest"),
}
FORMS = ("csv", "svg")
OF_A_CONSENT = frozenset({"consents:one", "consents:card", "consents:withdraw"})


@dataclass(frozen=True)
class Call:
    """One address with all its parts; `about` says whom: a child, or what else stands there."""

    name: str
    url: str
    about: str


class Caller:
    """Knows the ids of all that was seeded, and which part of which address wants which."""

    def __init__(self, seeder: Seeder) -> None:
        self.seeder = seeder
        self._person = ""
        self.parts = dict(_patterns())
        self.children = {key: pupil.public for key, pupil in seeder.pupils.items()}
        self.children |= {"gone": seeder.gone, "random": RANDOM}
        self.units = {unit.name: unit.public for unit in Unit.objects.order_by("pk")}
        self.groups = {group.name: group.public for group in Group.objects.order_by("pk")}
        self.choices = [str(row.public) for row in Choice.objects.order_by("pk")[:2]]
        self.deliveries = [str(row.public) for row in Delivery.objects.order_by("pk")]
        of = {pupil.pk: key for key, pupil in seeder.pupils.items()}
        self.mappings = [(of[row.pupil_id], row.public) for row in Mapping.objects.order_by("pk")]
        answered = Response.objects.order_by("pk")
        self.responses = [(of[row.pupil_id], row.public) for row in answered]
        shipped = InstrumentVersion.objects.order_by("pk")[:2]
        self.instruments = [str(row.public) for row in shipped]
        self.class_notes = list(ClassNote.objects.values_list("public", flat=True))
        self.adults = list(RelationAdult.objects.order_by("pk").values_list("public", flat=True))
        self.logged = list(ReviewLine.objects.values_list("public", flat=True))
        self.books = ["city", "first-day"]

    def calls(self, rule: Rule, person: str = "") -> Iterator[Call]:
        """Every way to call an address, a person's own matters first. Raises NoWay for one that it
        does not know.
        """
        self._person = person
        if rule.name in DEMO_ONLY:
            return
        parts = self.parts.get(rule.name)
        if parts is None:
            raise NoWay(
                f"{rule.name} stands in the table of addresses, and nowhere among the urls."
            )
        for about, kwargs in self._filled(rule, list(parts)):
            yield Call(rule.name, reverse(rule.name, kwargs=kwargs), about)

    def _filled(self, rule: Rule, parts: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
        ways: list[tuple[str, dict[str, object]]] = [("", {})]
        for part in parts:
            values = self._values(rule, part)
            ways = [
                (about or who, kwargs | {part: value})
                for about, kwargs in ways
                for who, value in values
            ]
        yield from ways

    def _values(self, rule: Rule, part: str) -> list[tuple[str, object]]:
        if part in PARTS:
            return [("", value) for value in PARTS[part]]
        if part == "form":
            return [("", form) for form in FORMS]
        if rule.name == "classes:note" and part == "note":
            return [("", note) for note in (*self.class_notes, RANDOM)]
        if part == "note":
            notes = [each[0] for each in self.seeder.notes.values()]
            return [("", note) for note in (*notes, RANDOM)]
        if part == "adult":
            return [("", each) for each in (*self.adults, RANDOM)]
        if part == "key" and rule.name in KEYS:
            return [("", key) for key in KEYS[rule.name]]
        about = self._about(rule, part)
        if about is None:
            raise NoWay(
                f"The proof does not know what to put for '{part}' in the address {rule.name}."
                " Say it in tests/proof/calling.py: in PARTS or KEYS what stands there, or in"
                " Caller._about which ids it takes."
            )
        return about

    def _about(self, rule: Rule, part: str) -> list[tuple[str, object]] | None:
        if rule.to is To.PUPIL and rule.name.startswith("worklist:"):
            items = [(key, each) for key, all_ in self.seeder.items.items() for each in all_[:3]]
            return [*items, ("random", RANDOM)]
        if rule.to is To.PUPIL and rule.name in OF_A_CONSENT:
            return [*self.seeder.consents, ("random", RANDOM)]
        if rule.name == "mapping:one":
            return [*self.mappings, ("random", RANDOM)]
        if rule.name == "mapping:response":
            return [*self.responses, ("random", RANDOM)]
        ties: list[tuple[str, object]] = [
            *((child, tie) for (_who, child), tie in self._ties()),
            ("random", RANDOM),
        ]
        known: dict[tuple[object, str], list[tuple[str, object]]] = {
            ("log_extract_zone", "public"): [*self.children.items()],
            (To.PUPIL, "public"): [*self.children.items()],
            (To.UNIT, "public"): [*self.units.items(), ("random", RANDOM)],
            (To.GROUP, "public"): [*self.groups.items(), ("random", RANDOM)],
            (To.TIE, "tie"): ties,
            (To.TIE, "public"): ties,
            (To.DESK, "public"): ties,
            (To.LOG, "public"): [*(("", each) for each in self.logged), ("random", RANDOM)],
            ("glass_open", "public"): [*self.seeder.glasses.items(), ("random", RANDOM)],
        }
        return known.get((rule.name, part)) or known.get((rule.to, part)) or self._house(rule, part)

    def _ties(self) -> list[tuple[tuple[str, str], UUID]]:
        ties = self.seeder.ties.items()
        return sorted(ties, key=lambda each: (each[0][0] != self._person, each[0]))

    def _house(self, rule: Rule, part: str) -> list[tuple[str, object]] | None:
        space = rule.name.partition(":")[0]
        ids = {
            "rules": [*self.books] if part == "key" else [*self.choices, RANDOM],
            "instruments": [*self.instruments, RANDOM],
            "deliveries": [*self.deliveries, RANDOM],
            "round": [RANDOM],
            "round_pupil": [RANDOM] if part == "key" else [*self.children.values()],
            "round_end": [RANDOM],
            "sign_in_end": [RANDOM],
            "worklist": [RANDOM],
        }
        found = ids.get(rule.name) or ids.get(space)
        return None if found is None else [("", value) for value in found]


def _patterns(
    among: list[URLPattern | URLResolver] | None = None,
    space: str = "",
    above: tuple[str, ...] = (),
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address by name, with the parts that stand in it."""
    for pattern in among if among is not None else get_resolver().url_patterns:
        parts = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern.url_patterns, inner, parts)
        elif pattern.name:
            yield space + pattern.name, parts
