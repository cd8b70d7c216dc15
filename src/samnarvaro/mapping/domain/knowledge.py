"""How far a pupil comes in its subjects, as the school says it at a knowledge check. No grade book.

Of a pupil and a term: the subjects that are at risk or not reached, and in year 9 what it is eligible
for as things stand. A later check of the same term takes the place of an earlier one, never the other
way round.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LAST_YEAR = "9"
_JULY = 7
_BETWEEN = re.compile(r"[,;]")


class Subject(StrEnum):
    """The subjects of compulsory school, by the codes that schools write anyway."""

    ART = "BL"
    ENGLISH = "EN"
    HOME_ECONOMICS = "HKK"
    SPORTS = "IDH"
    MATHEMATICS = "MA"
    MODERN_LANGUAGES = "MSPR"
    MOTHER_TONGUE = "ML"
    MUSIC = "MU"
    SCIENCES = "NO"
    BIOLOGY = "BI"
    PHYSICS = "FY"
    CHEMISTRY = "KE"
    SOCIAL_SUBJECTS = "SO"
    GEOGRAPHY = "GE"
    HISTORY = "HI"
    RELIGION = "RE"
    CIVICS = "SH"
    CRAFTS = "SL"
    SWEDISH = "SV"
    SWEDISH_AS_SECOND = "SVA"
    SIGN_LANGUAGE = "TN"
    TECHNOLOGY = "TK"
    DANCE = "DA"
    JEWISH_STUDIES = "JU"
    SAMI = "SM"


# Without these nobody is eligible (skollagen 16 kap. 30 and 31 §§); one reads one of the two Swedish.
CORE = frozenset({Subject.SWEDISH, Subject.SWEDISH_AS_SECOND, Subject.ENGLISH, Subject.MATHEMATICS})


class Eligibility(StrEnum):
    """What a pupil in year 9 is eligible for, as things stand."""

    HIGHER = "higher"  # programmes that prepare for higher education, and vocational ones
    VOCATIONAL = "vocational"
    NOT_YET = "not_yet"


class Fault(StrEnum):
    """What is wrong in what is told of one pupil."""

    SUBJECT_UNKNOWN = "subject_unknown"
    SUBJECT_TWICE = "subject_twice"  # both at risk and not reached
    ALL_AND_SOME = "all_and_some"  # reaches all subjects, and yet some are named
    NOTHING_SAID = "nothing_said"  # a row that held something has been emptied
    ELIGIBLE_BEFORE_YEAR_9 = "eligible_before_year_9"
    ELIGIBLE_WITHOUT_CORE = "eligible_without_core"
    NEWER_KNOWN = "newer_known"
    CHANGED_MEANWHILE = "changed_meanwhile"


class DayFault(StrEnum):
    """What is wrong with the day of a check."""

    MISSING = "missing"
    LATER = "later"
    OTHER_TERM = "other_term"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Half a school year: the spring of a year, or its autumn."""

    year: int
    is_autumn: bool

    @property
    def code(self) -> str:
        return f"{self.year}-{'autumn' if self.is_autumn else 'spring'}"

    @property
    def before(self) -> "Term":
        return Term(self.year, is_autumn=False) if self.is_autumn else Term(self.year - 1, True)


def term_of(day: date) -> Term:
    """Return the term that a day belongs to: a school year begins with July."""
    return Term(day.year, is_autumn=day.month >= _JULY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one pupil; no subject at all says that all are reached."""

    at_risk: tuple[Subject, ...] = ()
    not_reached: tuple[Subject, ...] = ()
    eligibility: Eligibility | None = None

    @property
    def is_all_reached(self) -> bool:
        return not self.at_risk and not self.not_reached

    @property
    def subjects(self) -> frozenset[Subject]:
        return frozenset(self.at_risk) | frozenset(self.not_reached)


def in_order(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Return each subject once, in the order of the list."""
    found = set(subjects)
    return tuple(subject for subject in Subject if subject in found)


def read(text: str, names: Mapping[str, Subject]) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Read subjects as somebody writes them: codes or names, with commas or blanks between.

    `names` are what the subjects are called, in small letters. Returns those that were understood, and
    the words that were not.
    """
    found: list[Subject] = []
    unknown: list[str] = []
    for piece in _BETWEEN.split(text):
        whole = " ".join(piece.split())
        for word in [whole] if whole.casefold() in names else whole.split():
            subject = names.get(word.casefold()) or _of_code(word)
            if subject is None:
                unknown.append(word)
            else:
                found.append(subject)
    return in_order(found), tuple(unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote of a pupil: subjects in their own words, or that all are reached."""

    at_risk: str = ""
    not_reached: str = ""
    reaches_all: bool = False
    eligibility: Eligibility | None = None

    @property
    def is_blank(self) -> bool:
        words = f"{self.at_risk}{self.not_reached}".strip()
        return not (words or self.reaches_all or self.eligibility)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was written, as it was understood: nothing where nothing is said. `unknown` are the words
    that are no subject.
    """

    told: Told | None
    faults: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()


def understand(written: Written, *, grade: str, names: Mapping[str, Subject]) -> Understood:
    """Read what was written of a pupil in a grade, with everything that speaks against it."""
    if written.is_blank:
        return Understood(None)
    at_risk, strange = read(written.at_risk, names)
    not_reached, stranger = read(written.not_reached, names)
    told = Told(at_risk=at_risk, not_reached=not_reached, eligibility=written.eligibility)
    unknown = (*strange, *stranger)
    said = {
        Fault.SUBJECT_UNKNOWN: bool(unknown),
        Fault.ALL_AND_SOME: written.reaches_all and not told.is_all_reached,
        # Somebody's being eligible says nothing of its subjects.
        Fault.NOTHING_SAID: told.is_all_reached and not (written.reaches_all or unknown),
    }
    found = [fault for fault, holds in said.items() if holds]
    return Understood(told, (*found, *faults(told, grade=grade)), unknown)


def _of_code(word: str) -> Subject | None:
    try:
        return Subject(word.upper())
    except ValueError:
        return None


def faults(told: Told, *, grade: str) -> list[Fault]:
    """Return everything that speaks against what is told of a pupil in a grade."""
    eligible = told.eligibility in (Eligibility.HIGHER, Eligibility.VOCATIONAL)
    found = {
        Fault.SUBJECT_TWICE: bool(set(told.at_risk) & set(told.not_reached)),
        Fault.ELIGIBLE_BEFORE_YEAR_9: told.eligibility is not None and grade != LAST_YEAR,
        Fault.ELIGIBLE_WITHOUT_CORE: eligible and bool(CORE & set(told.not_reached)),
    }
    return [fault for fault, holds in found.items() if holds]


def day_fault(day: date | None, *, on: date) -> DayFault | None:
    """Return what is wrong with the day of a check that is told of on a day: it is of the same term."""
    if day is None:
        return DayFault.MISSING
    if day > on:
        return DayFault.LATER
    return DayFault.OTHER_TERM if term_of(day) != term_of(on) else None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pupils were told of, and how many of them have a subject at risk or not reached."""

    told: int
    with_some: int

    @property
    def sides(self) -> tuple[int, int]:
        """Those with some and those without: neither is told when it is few."""
        return self.with_some, self.told - self.with_some


def counted(told: Collection[Told]) -> Counted:
    return Counted(len(told), sum(not each.is_all_reached for each in told))


def by_subject(told: Collection[Told]) -> dict[Subject, Counted]:
    """Count the pupils of each subject that somebody has at risk or not reached."""
    return {
        subject: Counted(len(told), count)
        for subject in Subject
        if (count := sum(subject in each.subjects for each in told))
    }
