"""Sheets of paper as PDF: made of data, for people and for those who read by ear (PDF/UA).

A sheet says what stands on it, in order. What people have written goes through as text and is never
read as anything else. `printing` sets it, `answers` hands it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, one for each line."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What something is called and what it is, line by line."""

    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are the columns' shares of the sheet."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Part = Heading | Text | Points | Facts | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on paper. `title` also stands in the file's own data, so it names no child; `over` is
    whom it is about, `foot` when and by whom it was printed.
    """

    title: str
    over: str
    parts: Sequence[Part]
    foot: str
    language: str = "sv"
