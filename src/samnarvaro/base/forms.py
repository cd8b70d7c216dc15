"""How forms are drawn: one template for a field, with label, hint and error tied to the input."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Textarea,
    Widget,
)
from django.forms.renderers import TemplatesSetting

from samnarvaro.base import plain_language


class PlainTextarea(Textarea):
    """Where somebody writes of a child: words that label or blame are marked, with a better way."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, **(attrs or {})})


class Field(BoundField):
    """A field that knows how it is drawn."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        built["class"] = f"ds-input {own}".strip()
        if self.room:
            built["maxlength"] = False  # what is pasted is kept whole, and told when it is too long
        if self.speaks_plainly:
            built["data-plain"] = True
        return built

    @property
    def aria_describedby(self) -> str | None:
        """The hint and the error, and after them how much there is room for and what is marked."""
        tied = super().aria_describedby
        if tied is None or not self.auto_id:
            return tied
        more = [f"{self.auto_id}_count"] if self.room else []
        more += [f"{self.auto_id}_plain"] if self.speaks_plainly else []
        return " ".join(filter(None, [tied, *more]))

    @property
    def is_box(self) -> bool:
        """A single tick box stands before its label."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_choice_list(self) -> bool:
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def may_be_left(self) -> bool:
        """Nothing has to be said. What a form asks for though it leaves it to the domain to say what
        is missing, it names in `asked`.
        """
        return not self.field.required and self.name not in getattr(self.form, "asked", ())

    @property
    def room(self) -> int:
        """How many characters a text of several lines may have; 0 when nothing is said."""
        if not isinstance(self.field.widget, Textarea):
            return 0
        return getattr(self.field, "max_length", None) or 0

    @property
    def speaks_plainly(self) -> bool:
        return isinstance(self.field.widget, PlainTextarea)

    @property
    def plain_marks(self) -> list[plain_language.Mark]:
        """What is marked in the text as it stands; a script does the same while somebody writes."""
        return plain_language.marks(str(self.value() or "")) if self.speaks_plainly else []


class Renderer(TemplatesSetting):
    """Django's form renderer with our templates (setting FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field
