"""What of a school is looked at: all of it, one year, or one class; and by which rule set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.staircase.domain.rules import NO_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class as pages name it and link to it."""

    pk: int
    public: UUID
    name: str
    grade: str

    @property
    def url(self) -> str:
        return reverse("staircase:class", args=[self.public])

    @property
    def order(self) -> tuple[int, str]:
        """Förskoleklass first, then by grade, then by name."""
        return (year_number(self.grade), self.name)


def year_number(grade: str) -> int:
    return int(grade) if grade.isdigit() else 0


def year_name(grade: str) -> str:
    """Name a year: Årskurs 8; förskoleklass has a name of its own."""
    return _("Årskurs %(grade)s") % {"grade": grade} if grade.isdigit() else _("Förskoleklass")


@dataclass(frozen=True, slots=True)
class Picked:
    """A class, a year, or neither: the whole school."""

    school_class: SchoolClass | None = None
    grade: str = ""
    book: str = ""  # the key of a rule set, where another is looked at than the first

    @property
    def is_everything(self) -> bool:
        return self.school_class is None and not self.grade

    @property
    def name(self) -> str:
        if self.school_class:
            return self.school_class.name
        return year_name(self.grade) if self.grade else ""

    @property
    def year(self) -> str:
        """The year that the classes beside are of."""
        return self.school_class.grade if self.school_class else self.grade

    @property
    def query(self) -> str:
        """How it stands in an address."""
        said: dict[str, str] = {}
        if self.school_class:
            said["klass"] = str(self.school_class.public)
        elif self.grade:
            said["arskurs"] = self.grade
        if self.book:
            said["regelverk"] = self.book
        return "?" + urlencode(said) if said else ""

    @property
    def everything(self) -> "Picked":
        """The whole school, by the same rule set."""
        return Picked(book=self.book)

    def by_book(self, book: str) -> "Picked":
        return replace(self, book=book)

    def has(self, school_class: SchoolClass | None) -> bool:
        """Tell whether pupils of a class are among those picked."""
        if self.is_everything:
            return True
        if school_class is None:
            return False
        if self.school_class is not None:
            return school_class == self.school_class
        return school_class.grade == self.grade


class PickForm(forms.Form):
    """One class of the school, or one year, or all. A class goes before a year.

    Of several staircases the school is looked at by the first, or by the one that is asked for.
    """

    klass = forms.ChoiceField(label=gettext_lazy("Klass"), required=False)
    arskurs = forms.ChoiceField(label=gettext_lazy("Årskurs"), required=False)
    regelverk = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, classes: Iterable[SchoolClass], books: Sequence[RuleSet] = ()
    ) -> None:
        super().__init__(data)
        self._books = {book.key: book for book in books}
        self._classes = {str(each.public): each for each in classes}
        in_order = sorted(self._classes.values(), key=lambda each: each.order)
        grades = sorted({each.grade for each in in_order}, key=year_number)
        self.fields["klass"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            ("", _("Alla klasser")),
            *((str(each.public), each.name) for each in in_order),
        ]
        self.fields["arskurs"].choices = [  # type: ignore[attr-defined]  # likewise
            ("", _("Alla årskurser")),
            *((grade, year_name(grade)) for grade in grades),
        ]

        self.fields["regelverk"].choices = [  # type: ignore[attr-defined]  # likewise
            (book.key, book.name) for book in books[1:]
        ]

    @cached_property
    def picked(self) -> Picked:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data if self.is_bound else {}
        school_class = self._classes.get(asked.get("klass", ""))
        grade = "" if school_class else asked.get("arskurs", "")
        return Picked(school_class, grade, asked.get("regelverk", ""))

    @property
    def book(self) -> RuleSet:
        """The staircase that is looked at: the one asked for, or the first, or none at all."""
        first = next(iter(self._books.values()), NO_RULES)
        return self._books.get(self.picked.book, first)
