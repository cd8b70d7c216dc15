"""Swedish identity numbers: personal, co-ordination and temporary ones.

A personal identity number is a birth date, three digits of which the last is odd for men and even
for women, and a check digit. In a co-ordination number 60 is added to the day, and the date may be
one that does not exist (month 00, 31 February): then it is not known. Who has neither gets a
temporary number from a school or a region: the birth date and four characters that begin with a
letter (TF01, T123, R220), without check digit. Written with ten characters the century is
understood: "+" from the year the person turns 100.

A region's number without a birth date (99…) is no identity number here; it is an external id.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    PERSONAL = "personal"
    COORDINATION = "coordination"
    TEMPORARY = "temporary"


class LegalSex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Fault(StrEnum):
    FORM = "form"  # not ten or twelve characters of the right sort
    DATE = "date"  # no such day
    FUTURE = "future"  # born after the day it is read
    SERIAL = "serial"  # 000 is given to nobody
    CHECKSUM = "checksum"


class NotAnIdentityNumber(ValueError):
    """The text is no identity number. The message never repeats it: it may be nearly right."""

    def __init__(self, code: Fault) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """One identity number in its only written form. Shown or logged by accident, it is masked."""

    normalised: str = field(repr=False)
    kind: Kind
    birth_date: date | None = field(repr=False)
    legal_sex: LegalSex | None = field(repr=False)

    @property
    def masked(self) -> str:
        return f"{self.normalised[:8]}-****"

    def __str__(self) -> str:
        return self.masked


_FORM = re.compile(
    r"(?P<century>[0-9]{2})?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<sign>[-+]?)(?P<last>[0-9]{4}|[A-Z][A-Z0-9]{2}[0-9])"
)
_FIRST_YEAR = 1800
_ADDED_DAYS = 60


def parse(text: str, *, on: date) -> IdentityNumber:
    """Return the identity number that the text is, as read on a day; raise NotAnIdentityNumber."""
    text = text.strip()
    found = _FORM.fullmatch(text.upper()) if text.isascii() else None
    if found is None:
        raise NotAnIdentityNumber(Fault.FORM)

    last, month, day = found["last"], int(found["month"]), int(found["day"])
    kind = _kind(last, day)
    if kind is Kind.COORDINATION:
        day -= _ADDED_DAYS
    year = _year(found["century"], int(found["year"]), found["sign"], on=on)
    born = _day(year, month, day)
    may_be_unknown = kind is Kind.COORDINATION and month <= 12 and day <= 31
    if born is None and not may_be_unknown:
        raise NotAnIdentityNumber(Fault.DATE)
    if (born or date(year, month or 1, 1)) > on:
        raise NotAnIdentityNumber(Fault.FUTURE)

    written = found["year"] + found["month"] + found["day"] + last
    if kind is not Kind.TEMPORARY:
        _check_last_four(written)
    return IdentityNumber(
        normalised=f"{year // 100}{written}",
        kind=kind,
        birth_date=born,
        legal_sex=None if kind is Kind.TEMPORARY else _legal_sex(written),
    )


def _kind(last: str, day: int) -> Kind:
    if not last.isdigit():
        return Kind.TEMPORARY
    return Kind.COORDINATION if day >= _ADDED_DAYS else Kind.PERSONAL


def _year(century: str | None, short: int, sign: str, *, on: date) -> int:
    latest = on.year - 100 if sign == "+" else on.year
    year = latest - (latest - short) % 100 if century is None else int(century) * 100 + short
    if year < _FIRST_YEAR:
        raise NotAnIdentityNumber(Fault.DATE)
    return year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _check_last_four(written: str) -> None:
    if written[6:9] == "000":
        raise NotAnIdentityNumber(Fault.SERIAL)
    # Every other digit counts twice, and a two-figure product by the sum of its figures.
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(written))
    if sum(product // 10 + product % 10 for product in products) % 10:
        raise NotAnIdentityNumber(Fault.CHECKSUM)


def _legal_sex(written: str) -> LegalSex:
    """Tell the sex by the ninth of the ten digits."""
    return LegalSex.MALE if int(written[8]) % 2 else LegalSex.FEMALE
