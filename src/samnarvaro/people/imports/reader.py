"""From the records of a delivered roster to rows, or to faults with line, column and code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samnarvaro.base.csvfile import CsvFile
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.domain.identity_number import IdentityNumber
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.roster import Person, Row
from samnarvaro.people.domain.stays import Place
from samnarvaro.people.imports import fields
from samnarvaro.people.imports.fields import Judged

NEEDS = ("pupil_id", "given_name", "family_name", "school_unit_code", "grade", "class_name")
KNOWS = (
    "personal_identity_number", "birth_date", "legal_sex", "home_municipality",
    "protected_identity", "external_ids", "school_name", "school_type",
)  # fmt: skip

Fault = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that is not taken in, and what can be told of it all the same.

    Without `pupil_id` or `unit` it may speak of any. `mentions` are the fields of a record with
    too many or too few of them. A mark that could be read counts even here; one that could not
    hides the whole row.
    """

    line: int
    faults: tuple[Fault, ...]
    pupil_id: str | None = None
    unit: str | None = None
    level: Level = Level.NONE
    hides: bool = False
    mentions: frozenset[str] = frozenset()


@dataclass(slots=True)
class RosterReader:
    """Reads a roster of `day`, on the day `on`."""

    day: date
    on: date

    def records(self, file: CsvFile) -> Iterator[tuple[Row | Unread, list[str]]]:
        """Yield each record as a row or as unread, with what is to be thought of in it (codes)."""
        for line, record in file.rows():
            if len(record) != file.width:
                mentions = frozenset(field.strip() for field in record)
                yield Unread(line, (("", str(len(record)), "columns"),), mentions=mentions), []
            else:
                yield self._judge(line, dict(zip(file.columns, file.pick(record), strict=True)))

    def _judge(self, line: int, values: dict[str, str]) -> tuple[Row | Unread, list[str]]:
        judged = Judged(values)
        pupil_id = judged.read("pupil_id", fields.identifier(fields.LONGEST_ID))
        unit = judged.read("school_unit_code", fields.identifier(fields.LONGEST_CODE))
        level = judged.read("protected_identity", fields.mark)
        hides = any(column == "protected_identity" for column, _, _ in judged.faults)
        place = self._place(judged)
        person, notes = self._person(judged)
        external = judged.read("external_ids", fields.external_ids)
        unit_name = judged.read("school_name", fields.words(fields.LONGEST_UNIT_NAME))
        if judged.faults or pupil_id is None or unit is None:
            faults = tuple(judged.faults)
            return Unread(line, faults, pupil_id, unit, level or Level.NONE, hides), []
        row = Row(
            line, pupil_id, unit, place, person, level or Level.NONE, unit_name or "",
            external or (),
        )  # fmt: skip
        if not person.is_named and not row.level:
            notes.append("name_missing")
        return row, notes

    def _place(self, judged: Judged) -> Place:
        class_name = judged.read("class_name", fields.words(fields.LONGEST_CLASS)) or ""
        return Place(
            class_name=class_name,
            school_year=school_year_of(self.day) if class_name else "",
            grade=judged.read("grade", fields.grade) or "",
            school_type=judged.read("school_type", fields.school_type) or "",
        )

    def _person(self, judged: Judged) -> tuple[Person, list[str]]:
        """Read the person. A birth date or sex beside the identity number holds before it."""
        given = judged.read("given_name", fields.words(fields.LONGEST_NAME))
        family = judged.read("family_name", fields.words(fields.LONGEST_NAME))
        number = judged.read("personal_identity_number", fields.personal_identity_number(self.on))
        born = judged.read("birth_date", fields.birth_date(self.on))
        sex = judged.read("legal_sex", fields.legal_sex)
        home = judged.read("home_municipality", fields.municipality)
        said_born, said_sex = _said_by(number)
        notes = []
        if born and said_born and born != said_born:
            notes.append("birth_date_differs")
        if sex and said_sex and sex != said_sex:
            notes.append("legal_sex_differs")
        person = Person(
            given_name=given or "",
            family_name=family or "",
            identity_number=number.normalised if number else "",
            birth_date=born or said_born,
            legal_sex=sex or said_sex,
            home_municipality=home or "",
        )
        return person, notes


def _said_by(number: IdentityNumber | None) -> tuple[date | None, str]:
    if number is None:
        return None, ""
    return number.birth_date, fields.SEX_OF_NUMBER[number.legal_sex] if number.legal_sex else ""
