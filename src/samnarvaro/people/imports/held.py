"""What is held of the pupils and units that a roster may touch, read in one go."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min, Q

from samnarvaro.organisation import queries as organisation
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.roster import ExternalId, Person
from samnarvaro.people.domain.stays import Place, Stay
from samnarvaro.people.models import Enrolment, Pupil, RosterDay
from samnarvaro.people.models import ExternalId as StoredId

GroupKey = tuple[str, str, str]  # unit code, class, school year
_PERSON = (
    "given_name", "family_name", "identity_number", "birth_date", "legal_sex",
    "home_municipality",
)  # fmt: skip
_SLICE = 5000


@dataclass(frozen=True, slots=True)
class HeldPupil:
    pk: int
    public: UUID
    pupil_id: str
    level: Level
    alias: str
    person: Person


@dataclass(slots=True)
class Held:
    """Pupils by text id, their stays by pupil and unit code, and what belongs to whom."""

    units: frozenset[str] = frozenset()
    pupils: dict[str, HeldPupil] = field(default_factory=dict)
    stays: defaultdict[tuple[str, str], list[Stay]] = field(
        default_factory=lambda: defaultdict(list)
    )
    groups: dict[GroupKey, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    external_ids: dict[ExternalId, str] = field(default_factory=dict)
    # The last day that the roster speaks of, where a unit has a newer one.
    until: dict[str, date] = field(default_factory=dict)

    def level_of(self, pupil_id: str | None) -> Level:
        pupil = self.pupils.get(pupil_id) if pupil_id is not None else None
        return pupil.level if pupil else Level.NONE


def read(units: Collection[str], external: Collection[ExternalId], *, day: date) -> Held:
    """Read all pupils, and of the named units (codes) who goes there on the day, or later."""
    held = Held(units=frozenset(organisation.unit_ids_by_code()))
    _read_pupils(held)
    _read_stays(held, units, day)
    if external:
        _read_external_ids(held, external)
    newer = RosterDay.objects.filter(unit__code__in=units, day__gt=day)
    for unit in newer.values("unit__code").annotate(next=Min("day")):
        held.until[unit["unit__code"] or ""] = unit["next"] - timedelta(days=1)
    return held


def _read_pupils(held: Held) -> None:
    rows = Pupil.objects.values("pk", "public", "pupil_id", "protection", "alias", *_PERSON)
    for row in rows.iterator(chunk_size=_SLICE):
        person = Person(**{name: row[name] for name in _PERSON})
        pupil = HeldPupil(
            row["pk"],
            row["public"],
            row["pupil_id"],
            Level(row["protection"]),
            row["alias"],
            person,
        )
        held.pupils[pupil.pupil_id] = pupil
        if person.identity_number:
            held.numbers[person.identity_number] = pupil.pupil_id


def _read_stays(held: Held, units: Collection[str], day: date) -> None:
    # Who left the day before may turn out not to have left.
    from_then = Q(last_day__isnull=True) | Q(last_day__gte=day - timedelta(days=1))
    rows = Enrolment.objects.filter(from_then, unit__code__in=units).values_list(
        "pk", "pupil__pupil_id", "unit__code", "first_day", "last_day", "grade", "school_type",
        "group", "group__name", "group__school_year",
    )  # fmt: skip
    for pk, pupil_id, code, first, last, grade, school_type, group, name, year in rows.iterator(
        chunk_size=_SLICE
    ):
        unit = code or ""  # the filter lets only units with a code through
        place = Place(name or "", year or "", grade, school_type)
        held.stays[pupil_id, unit].append(Stay(first, last, place, pk))
        if group is not None:
            held.groups[unit, place.class_name, place.school_year] = group


def _read_external_ids(held: Held, external: Collection[ExternalId]) -> None:
    systems = {system for system, _ in external}
    rows = StoredId.objects.filter(system__in=systems).values_list(
        "system", "value", "pupil__pupil_id"
    )
    wanted = set(external)
    for system, value, pupil_id in rows.iterator(chunk_size=_SLICE):
        if (system, value) in wanted:
            held.external_ids[system, value] = pupil_id
