"""What each column of a roster may hold: a value, or a fault with its code."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from samnarvaro.base.csvfile import NOT_IN_A_NAME
from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.people.domain import identity_number
from samnarvaro.people.domain.identity_number import IdentityNumber, LegalSex, NotAnIdentityNumber
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.roster import ExternalId

LONGEST_ID, LONGEST_CODE, LONGEST_NAME, LONGEST_CLASS, LONGEST_UNIT_NAME = 64, 20, 80, 40, 120
LONGEST_SYSTEM, LONGEST_EXTERNAL = 60, 120
HIDDEN = "•••"

_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)
_GRADE = re.compile(r"F|[1-9]|10", re.ASCII)
_MUNICIPALITY = re.compile(r"\d{4}", re.ASCII)

LEGAL_SEX = {
    "": "",
    **dict.fromkeys(("f", "female", "k", "kvinna", "flicka"), "F"),
    **dict.fromkeys(("m", "male", "man", "pojke"), "M"),
}
# School types by code or Swedish name, folded like the marks below.
SCHOOL_TYPES = {
    "": "",
    **{each.value.casefold(): each.value for each in SchoolType},
    "forskoleklass": SchoolType.PRESCHOOL_CLASS.value,
    "grundskola": SchoolType.COMPULSORY.value,
    "grundskolan": SchoolType.COMPULSORY.value,
    "anpassadgrundskola": SchoolType.ADAPTED_COMPULSORY.value,
    "grundsarskola": SchoolType.ADAPTED_COMPULSORY.value,
    "specialskola": SchoolType.SPECIAL.value,
    "sameskola": SchoolType.SAMI.value,
    "gymnasieskola": SchoolType.UPPER_SECONDARY.value,
    "anpassadgymnasieskola": SchoolType.ADAPTED_UPPER_SECONDARY.value,
    "gymnasiesarskola": SchoolType.ADAPTED_UPPER_SECONDARY.value,
}
SEX_OF_NUMBER = {LegalSex.FEMALE: "F", LegalSex.MALE: "M"}

# How feeds write the mark, folded: no case, accents or signs between the words.
MARKS = {
    **dict.fromkeys(("", "0", "nej", "no", "n", "false", "ingen", "none"), Level.NONE),
    **dict.fromkeys(
        ("1", "ja", "yes", "j", "true", "sekretess", "sekretessmarkering", "sekretessmarkerad"),
        Level.CONFIDENTIAL,
    ),
    **dict.fromkeys(("2", "skyddadfolkbokforing"), Level.PROTECTED_REGISTRATION),
}
FICTITIOUS = "finger"  # fingerade personuppgifter: such a person is never marked anywhere

T = TypeVar("T")


class Wrong(Exception):
    """The value cannot be used. `quote` is what of it a report may show."""

    def __init__(self, code: str, quote: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.quote = quote


@dataclass(slots=True)
class Judged:
    """Judges the values of one record by column, and gathers all that is wrong with them."""

    values: dict[str, str]
    faults: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, column: str, judge: Callable[[str], T]) -> T | None:
        """Return what the column says, or None when it is faulty or not in the file."""
        value = self.values.get(column)
        if value is None:
            return None
        try:
            return judge(value.strip())
        except Wrong as wrong:
            self.faults.append((column, value if wrong.quote is None else wrong.quote, wrong.code))
            return None


def identifier(longest: int) -> Callable[[str], str]:
    """Judge what something is known by: it must be there, and is kept letter by letter."""

    def judge(value: str) -> str:
        if not value:
            raise Wrong("empty")
        return _shown(value, longest)

    return judge


def words(longest: int) -> Callable[[str], str]:
    """Judge a name. The same letters may be written in two ways; one is kept."""

    def judge(value: str) -> str:
        return _shown(unicodedata.normalize("NFC", value), longest)

    return judge


def _shown(value: str, longest: int) -> str:
    if len(value) > longest or NOT_IN_A_NAME.search(value):
        raise Wrong("not_a_name")
    return value


def grade(value: str) -> str:
    """Judge a school year group: F, 1 to 9, and 10 of the adapted compulsory school."""
    said = value.upper()
    if said == "0":
        return "F"
    if said and not _GRADE.fullmatch(said):
        raise Wrong("grade_unknown")
    return said


def school_type(value: str) -> str:
    """Judge a school type: a code of SS 12000, or its Swedish name."""
    said = SCHOOL_TYPES.get(_letters(value))
    if said is None:
        raise Wrong("school_type_unknown")
    return said


def birth_date(on: date) -> Callable[[str], date | None]:
    def judge(value: str) -> date | None:
        if not value:
            return None
        if not _DAY.fullmatch(value):
            raise Wrong("not_a_date")
        try:
            born = date.fromisoformat(value)
        except ValueError:
            raise Wrong("no_such_day") from None
        if born > on:
            raise Wrong("not_born_yet")
        return born

    return judge


def personal_identity_number(on: date) -> Callable[[str], IdentityNumber | None]:
    """Judge an identity number. A wrong one is never quoted: it may be nearly right."""

    def judge(value: str) -> IdentityNumber | None:
        if not value:
            return None
        try:
            return identity_number.parse(value, on=on)
        except NotAnIdentityNumber as refused:
            raise Wrong(f"identity_{refused.code}", HIDDEN) from None

    return judge


def legal_sex(value: str) -> str:
    try:
        return LEGAL_SEX[value.casefold()]
    except KeyError:
        raise Wrong("legal_sex_unknown") from None


def municipality(value: str) -> str:
    if value and not _MUNICIPALITY.fullmatch(value):
        raise Wrong("municipality_unknown")
    return value


def external_ids(value: str) -> tuple[ExternalId, ...]:
    """Judge pairs of system:value with blanks between them."""
    pairs = []
    for pair in value.split():
        system, _, name = pair.partition(":")
        fits = 0 < len(system) <= LONGEST_SYSTEM and 0 < len(name) <= LONGEST_EXTERNAL
        if not fits or NOT_IN_A_NAME.search(pair):
            raise Wrong("external_id_form")
        pairs.append((system, name))
    return tuple(dict.fromkeys(pairs))


def mark(value: str) -> Level:
    """Judge a mark of protected personal data. Never quoted, whatever it is."""
    letters = _letters(value)
    if letters.startswith(FICTITIOUS):
        raise Wrong("fictitious_identity", "")
    if letters not in MARKS:
        raise Wrong("mark_unknown", "")
    return MARKS[letters]


def _letters(value: str) -> str:
    """Fold what may be written in many ways: no case, accents or signs between the words."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
