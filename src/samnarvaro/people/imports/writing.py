"""A compared roster becomes units, classes, pupils and enrolments. In the caller's transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from samnarvaro.base import bulk
from samnarvaro.organisation import services as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.domain.roster import Person
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.domain.stays import Stay
from samnarvaro.people.imports.comparing import Comparison, PupilChange
from samnarvaro.people.models import Enrolment, ExternalId, Pupil, RosterDay

_BATCH = 2000


def hold_others_off() -> None:
    """Let one at a time change pupils and enrolments. SQLite has one writer anyway."""
    if bulk.on_postgres():
        bulk.run("LOCK TABLE people_pupil, people_enrolment IN SHARE ROW EXCLUSIVE MODE")


@dataclass(slots=True)
class Writing:
    """Writes one comparison. Ids by text id and by unit code are known as it goes along."""

    compared: Comparison
    units: dict[str, int] = field(default_factory=dict)
    groups: dict[tuple[str, str, str], int] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        self.units = organisation.take_in_units(self.compared.units)
        self._groups()
        self._known_pupils()
        self._new_pupils()
        self._stays()
        self._external_ids()
        for unit in self.units.values():
            RosterDay.objects.get_or_create(unit_id=unit, day=self.compared.day)

    def _groups(self) -> None:
        """Make the classes. Where a class has several grades, the commonest is the class's."""
        grades: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        for row in self.compared.sheet.rows.values():
            if row.place.class_name:
                grades[self.units[row.unit], row.place.class_name][row.place.grade] += 1
        year = school_year_of(self.compared.day)
        commonest = {
            place: max(sorted(count), key=count.__getitem__) for place, count in grades.items()
        }
        made = organisation.take_in_groups(commonest, school_year=year)
        codes = {unit: code for code, unit in self.units.items()}
        self.groups = self.compared.held.groups | {
            (codes[unit], name, year): group for (unit, name), group in made.items()
        }

    def _new_pupils(self) -> None:
        authority = organisation.ensure_authority()
        new = [
            Pupil(
                authority=authority,
                pupil_id=pupil_id,
                protection=change.level,
                **_columns(pupil_id, change),
            )
            for pupil_id, change in self.compared.pupils.items()
            if change.held is None
        ]
        made = Pupil.objects.bulk_create(new, batch_size=_BATCH)
        self.pupils = {pupil_id: held.pk for pupil_id, held in self.compared.held.pupils.items()}
        self.pupils |= {pupil.pupil_id: pupil.pk for pupil in made}

    def _known_pupils(self) -> None:
        """Write what is new of the pupils; numbers that change hands are let go of first."""
        changes = [
            (change.held, _columns(pupil_id, change), change.person)
            for pupil_id, change in self.compared.pupils.items()
            if change.held is not None and change.person != change.held.person
        ]
        _many(
            "UPDATE people_pupil SET identity_number = '' WHERE id = %s",
            [
                (held.pk,)
                for held, _, person in changes
                if held.person.identity_number not in {"", person.identity_number}
            ],
        )
        if changes:
            columns = list(changes[0][1])
            setting = ", ".join(f"{column} = %s" for column in columns)
            _many(
                f"UPDATE people_pupil SET {setting} WHERE id = %s",
                [(*(said[c] for c in columns), held.pk) for held, said, _ in changes],
            )

    def _stays(self) -> None:
        """Rows go, then change, then come: a pupil never has two open stays at a unit."""
        removed = [(row,) for change in self.compared.stays.values() for row in change.removed]
        _many("DELETE FROM people_enrolment WHERE id = %s", removed)
        changed = [
            (
                stay.first,
                stay.last,
                self._group(unit, stay),
                stay.place.grade,
                stay.place.school_type,
                stay.row,
            )
            for (_, unit), change in self.compared.stays.items()
            for stay in change.changed
        ]
        _many(
            "UPDATE people_enrolment SET first_day = %s, last_day = %s, group_id = %s, grade = %s, "
            "school_type = %s WHERE id = %s",
            changed,
        )
        begun = [
            Enrolment(
                pupil_id=self.pupils[pupil_id],
                unit_id=self.units[unit],
                group_id=self._group(unit, stay),
                grade=stay.place.grade,
                school_type=stay.place.school_type,
                first_day=stay.first,
                last_day=stay.last,
            )
            for (pupil_id, unit), change in self.compared.stays.items()
            for stay in change.begun
        ]
        Enrolment.objects.bulk_create(begun, batch_size=_BATCH)

    def _group(self, unit: str, stay: Stay) -> int | None:
        place = stay.place
        if not place.class_name:
            return None
        return self.groups[unit, place.class_name, place.school_year]

    def _external_ids(self) -> None:
        ExternalId.objects.bulk_create(
            [
                ExternalId(pupil_id=self.pupils[pupil_id], system=system, value=value)
                for pupil_id, change in self.compared.pupils.items()
                for system, value in change.external_ids
            ],
            batch_size=_BATCH,
        )


def _columns(pupil_id: str, change: PupilChange) -> dict[str, Any]:
    """Return what is stored of a person. A name takes the place of an alias once agreed."""
    person = change.person
    alias = change.held.alias if change.held else ""
    if person.is_named:
        alias = ""
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "sort_key": _key(pupil_id, person, alias, is_hidden=bool(change.level)),
        "alias": alias,
        "identity_number": person.identity_number,
        "birth_date": person.birth_date,
        "legal_sex": person.legal_sex,
        "home_municipality": person.home_municipality,
    }


def _key(pupil_id: str, person: Person, alias: str, *, is_hidden: bool) -> str:
    if person.is_named:
        return sort_key(person.family_name, person.given_name)
    return sort_key(alias or ("" if is_hidden else pupil_id))


def _many(sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        written = [tuple(map(_plain, row)) for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(sql, written)


def _plain(value: Any) -> Any:
    """Both databases read a day as text; not every driver writes one so by itself."""
    return value.isoformat() if isinstance(value, date) else value
