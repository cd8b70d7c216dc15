"""How forms are drawn: one template for a field, with label, hint and error tied to the input."""

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Widget
from django.forms.renderers import TemplatesSetting


class Field(BoundField):
    """A field that knows how it is drawn."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        built["class"] = f"ds-input {own}".strip()
        return built

    @property
    def is_box(self) -> bool:
        """A single tick box stands before its label."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_choice_list(self) -> bool:
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)


class Renderer(TemplatesSetting):
    """Django's form renderer with our templates (setting FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field
