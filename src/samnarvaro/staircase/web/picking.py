"""What of a school is looked at: all of it, one year, or one class."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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
        if self.school_class:
            return "?" + urlencode({"klass": self.school_class.public})
        return "?" + urlencode({"arskurs": self.grade}) if self.grade else ""

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
    """One class of the school, or one year, or all. A class goes before a year."""

    klass = forms.ChoiceField(label=gettext_lazy("Klass"), required=False)
    arskurs = forms.ChoiceField(label=gettext_lazy("Årskurs"), required=False)

    def __init__(self, data: Any, classes: Iterable[SchoolClass]) -> None:
        super().__init__(data)
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

    @property
    def picked(self) -> Picked:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data if self.is_bound else {}
        school_class = self._classes.get(asked.get("klass", ""))
        return Picked(school_class, "" if school_class else asked.get("arskurs", ""))
