"""What a roster changes: its rows held against what is held. Nothing is written here."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from samnarvaro.base.reports import Report
from samnarvaro.people.domain import stays
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.roster import (
    ExternalId,
    Person,
    Row,
    claims_settled,
    is_mass_removal,
)
from samnarvaro.people.domain.stays import Change
from samnarvaro.people.imports.held import Held, HeldPupil
from samnarvaro.people.imports.reader import Unread
from samnarvaro.people.imports.sheet import Note, Place, Sheet


@dataclass(slots=True)
class PupilChange:
    """What becomes of one pupil that the file names; `last` is the pupil's last row."""

    held: HeldPupil | None
    person: Person
    level: Level
    last: Place
    external_ids: list[ExternalId] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return self.held is None or self.person != self.held.person or bool(self.external_ids)


@dataclass(slots=True)
class Comparison:
    """A roster of one day against what is held: what is to be written, and the report of it."""

    day: date
    sheet: Sheet
    held: Held
    report: Report = field(default_factory=Report)
    pupils: dict[str, PupilChange] = field(default_factory=dict)
    stays: dict[Place, Change] = field(default_factory=dict)
    protects: dict[str, Level] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    enrolled: set[str] = field(default_factory=set)

    @property
    def is_mass_removal(self) -> bool:
        return is_mass_removal(len(self.removed), len(self.enrolled))

    def run(self) -> None:
        self._settle_claims()
        self._change_pupils()
        self._mark_arrives()
        self._come_and_move()
        self._go()
        self._count()
        self._tell()

    def _settle_claims(self) -> None:
        """Refuse the rows of pupils who claim what belongs to another pupil."""
        numbers = [
            (row.pupil_id, self._said_in(row).identity_number)
            for row in self.sheet.rows.values()
            if not self._is_hidden(row.pupil_id) and self._said_in(row).identity_number
        ]
        refused = claims_settled(numbers, self.held.numbers)
        self.sheet.refuse(refused, "personal_identity_number", "identity_taken")
        owners = dict(self.held.external_ids)
        taken = {
            row.pupil_id
            for row in self.sheet.rows.values()
            for each in row.external_ids
            if owners.setdefault(each, row.pupil_id) != row.pupil_id
        }
        self.sheet.refuse(taken, "external_ids", "external_id_taken")

    def _is_hidden(self, pupil_id: str | None) -> bool:
        """Tell whether the pupil's data is protected, or will be after this file."""
        if pupil_id is None:
            return False
        return pupil_id in self.sheet.marks or self.held.level_of(pupil_id) is not Level.NONE

    def _change_pupils(self) -> None:
        said: dict[str, Person] = {}
        lines: dict[str, int] = {}
        for place, row in self.sheet.rows.items():
            before, now = said.get(row.pupil_id), self._said_in(row)
            if before and before.told(now) != now.told(before):
                self.sheet.notes.append(Note(lines[row.pupil_id], "person_differs"))
            said[row.pupil_id] = (before or Person()).told(now)
            lines[row.pupil_id] = row.line
            self.pupils[row.pupil_id] = self._changed(row.pupil_id, said[row.pupil_id], place)
        for row in self.sheet.rows.values():
            new = [each for each in row.external_ids if each not in self.held.external_ids]
            known = self.pupils[row.pupil_id].external_ids
            known += [each for each in new if each not in known]

    def _said_in(self, row: Row) -> Person:
        """Return what a row says of the person; a newer roster of the unit has said it before."""
        held = self.held.pupils.get(row.pupil_id)
        if held is None or row.unit not in self.held.until:
            return row.person
        return row.person.beside(held.person)

    def _changed(self, pupil_id: str, said: Person, last: Place) -> PupilChange:
        held = self.held.pupils.get(pupil_id)
        level = max(self.held.level_of(pupil_id), self.sheet.marks.get(pupil_id, Level.NONE))
        new = said.unnamed() if level else said
        return PupilChange(held, (held.person if held else Person()).told(new), level, last)

    def _mark_arrives(self) -> None:
        """Find whom the file protects, and tell the lines; those marked less keep what they had."""
        for pupil_id, level in self.sheet.marks.items():
            known = pupil_id in self.held.pupils
            if level > self.held.level_of(pupil_id) and (known or pupil_id in self.pupils):
                self.protects[pupil_id] = level
        records: list[Row | Unread] = [*self.sheet.rows.values(), *self.sheet.unread]
        for row in records:
            pupil_id = row.pupil_id or ""
            if row.level and pupil_id in self.protects:
                self.sheet.notes.append(Note(row.line, "protected_now"))
            elif row.level < self.held.level_of(pupil_id) and pupil_id in self.pupils:
                self.sheet.notes.append(Note(row.line, "protection_kept"))

    def _come_and_move(self) -> None:
        for place, row in self.sheet.rows.items():
            until = self.held.until.get(row.unit)
            before = self.held.stays.get(place, [])
            after = stays.present(before, self.day, until, row.place)
            if change := stays.change(before, after):
                self.stays[place] = change

    def _go(self) -> None:
        """End the stays of those whom the file leaves out, in the units that it speaks of."""
        spared, unsure = self._spared()
        units = self.sheet.units
        there = [
            place
            for place, held in self.held.stays.items()
            if place[1] in units and stays.stay_on(self.day, held)
        ]
        self.enrolled = {pupil_id for pupil_id, _ in there}
        stay = {pupil_id for pupil_id, _ in self.sheet.rows} | spared
        for pupil_id, unit in there:
            if (pupil_id, unit) in self.sheet.rows or pupil_id in spared:
                continue
            if unit in unsure:
                stay.add(pupil_id)
                continue
            before = self.held.stays[pupil_id, unit]
            after = stays.gone(before, self.day, self.held.until.get(unit))
            self.stays[pupil_id, unit] = stays.change(before, after)
            self.removed.add(pupil_id)
        self.removed -= stay
        self._note_small_units(there)

    def _spared(self) -> tuple[set[str], set[str]]:
        """Return the pupils that faulty records speak of, and the units where one may be of anybody.

        What cannot be read is no ground for ending anything.
        """
        spared: set[str] = set()
        unsure: set[str] = set()
        for record in self.sheet.unread:
            mentioned = {each for each in record.mentions if each in self.held.pupils}
            named = {record.pupil_id} if record.pupil_id else mentioned
            spared |= named
            if not named:
                unsure |= {record.unit} if record.unit else set(self.sheet.units)
        if unsure:
            self.sheet.notes.append(Note(0, "nobody_removed", detail=", ".join(sorted(unsure))))
        return spared, unsure

    def _note_small_units(self, there: list[Place]) -> None:
        """Warn of a unit that loses many, where the whole file does not take away too much."""
        if self.is_mass_removal:
            return
        enrolled = Counter(unit for _, unit in there)
        removed = Counter(unit for pupil_id, unit in there if pupil_id in self.removed)
        for unit, number in removed.items():
            if is_mass_removal(number, enrolled[unit]):
                self.sheet.notes.append(Note(0, "many_removed", count=number, detail=unit))

    def _count(self) -> None:
        report = self.report
        report.rows, report.duplicate = self.sheet.records, self.sheet.duplicates
        for place in self.sheet.rows:
            pupil = self.pupils[place[0]]
            told = place == pupil.last and (pupil.is_changed or place[0] in self.protects)
            if pupil.held is None:
                report.new += 1
            elif told or place in self.stays:
                report.changed += 1
            else:
                report.same += 1
        report.counts.update(removed=len(self.removed), enrolled=len(self.enrolled))

    @property
    def units(self) -> dict[str, str]:
        """The units that the file speaks of, with the names it gives them, if it is the newest."""
        return {
            unit: "" if unit in self.held.until else name for unit, name in self.sheet.units.items()
        }

    def _tell(self) -> None:
        """Put faults and notes into the report in the order of the lines."""
        for unit in self.sheet.units:
            if until := self.held.until.get(unit):
                told = f"{unit}: {self.day} – {until}"
                self.sheet.notes.append(Note(0, "older_roster", detail=told))
        for record in sorted(self.sheet.unread, key=lambda record: record.line):
            self.report.fault(record.line, self._quotable(record))
        for code in sorted(set(self.sheet.units) - self.held.units):
            if not (len(code) == 8 and code.isascii() and code.isdigit()):
                self.sheet.notes.append(Note(0, "unit_code_unusual", detail=code))
        for note in sorted(self.sheet.notes):
            self.report.warn(note.code, line=note.line, count=note.count, detail=note.detail)

    def _quotable(self, record: Unread) -> list[tuple[str, str, str]]:
        """Return a record's faults; of a protected pupil's row nothing is quoted but its number."""
        if record.hides or self._is_hidden(record.pupil_id):
            return [(column, "", code) for column, _, code in record.faults]
        return list(record.faults)
