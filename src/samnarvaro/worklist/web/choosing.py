"""Choosing among rows on the page: the form, and the addresses of saved choices."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from samnarvaro.worklist.domain.choosing import (
    LONGEST_NAME,
    Choice,
    Order,
    ViewFault,
    as_data,
    class_key,
    from_data,
)
from samnarvaro.worklist.domain.rows import When
from samnarvaro.worklist.queries import Row, View, label_of
from samnarvaro.worklist.web import texts

ALL = "all"  # instead of a saved view: everything, also where a view is what the list opens with


class ChoiceForm(forms.Form):
    """What of the rows to show. Only what is there can be chosen; what is unknown chooses nothing."""

    group = forms.ChoiceField(label=texts.CLASS, required=False)
    kind = forms.ChoiceField(label=texts.KIND, required=False)
    level = forms.ChoiceField(label=texts.LEVEL, required=False)
    when = forms.ChoiceField(label=texts.WHEN_DUE, required=False)
    order = forms.ChoiceField(label=texts.ORDER, required=False)
    untouched = forms.BooleanField(label=texts.UNTOUCHED, required=False)

    def __init__(self, data: Mapping[str, str], rows: Iterable[Row]) -> None:
        self.choice = from_data(data)
        super().__init__(initial=as_data(self.choice))
        rows = list(rows)
        groups = sorted({row.group for row in rows if row.group}, key=class_key)
        kinds = sorted({(label_of(row.kind), row.kind) for row in rows})
        self._offer("group", [(name, name) for name in groups])
        self._offer("kind", [(kind, label) for label, kind in kinds])
        self._offer("level", [(str(n), str(n)) for n in sorted({row.level for row in rows})])
        self._offer("when", [(when.value, str(texts.PART[when])) for when in When])
        self.fields["order"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            ("" if order is Order.DUE else order.value, texts.ORDERS[order]) for order in Order
        ]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("Alla")), *choices]  # type: ignore[attr-defined]  # likewise


def address(choice: Choice, view: UUID | str = "") -> str:
    """Return where the list is with these choices."""
    query = as_data(choice) | ({"view": str(view)} if view else {})
    return f"{reverse('worklist:list')}{'?' if query else ''}{urlencode(query)}"


def address_of(view: View) -> str:
    return address(from_data(view.choices), view.public)


class ViewForm(forms.Form):
    """The name of a way to look, and whether the list opens with it."""

    name = forms.CharField(
        label=texts.VIEW_NAME,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME}),
    )
    is_default = forms.BooleanField(label=texts.VIEW_FIRST, required=False)

    def __init__(self, data: Any = None, view: View | None = None) -> None:
        start = {"name": view.name, "is_default": view.is_default} if view else {}
        super().__init__(data, initial=start, auto_id=f"view-{view.public if view else 'new'}-%s")

    def refuse(self, faults: Iterable[ViewFault]) -> None:
        for fault in faults:
            self.add_error("name", str(texts.VIEW_FAULT[fault]))
