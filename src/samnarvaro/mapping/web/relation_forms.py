"""Forms of the relation map. The domain says what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import labels
from samnarvaro.kernel.access import Holder
from samnarvaro.mapping.domain.relations import CONTACTS, Contact, Fault
from samnarvaro.mapping.web import relation_texts as texts
from samnarvaro.mapping.web.forms import AskedChoice, AskedDay
from samnarvaro.people.queries.at_work import AtWork
from samnarvaro.people.queries.members import AtUnit

USUAL_WAIT = timedelta(days=7)


class _Form(forms.Form):
    use_required_attribute = False  # the domain says what is missing, all of it at once
    FIELD: ClassVar[Mapping[Fault, str]] = {}

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put every reason beside its field."""
        for fault in faults:
            self.add_error(self.FIELD.get(fault), str(texts.FAULT[fault]))


class BeginForm(_Form):
    """Which adults are in a round."""

    FIELD: ClassVar = {Fault.ADULTS: "staff", Fault.NAME_TOO_LONG: "others"}
    asked = ("staff",)
    staff = forms.MultipleChoiceField(
        label=_("Vuxna på skolan"),
        help_text=_(
            "De som möter klassen fyller i sin egen kolumn. För de andra fyller den som leder omgången i."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Andra vuxna, efter funktion"),
        help_text=_(
            "En på varje rad. Till exempel: skolvärd, vaktmästare, måltidspersonal. Den som leder omgången fyller i efter samtal med dem."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, adults: Sequence[AtWork], usual: Iterable[UUID]
    ) -> None:
        super().__init__(data, initial={"staff": [str(each) for each in usual]}, auto_id="begin-%s")
        field = self.fields["staff"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(each.public), _with_roles(each)) for each in adults]

    @property
    def chosen(self) -> tuple[list[UUID], list[str]]:
        sent = self.cleaned_data
        staff = [UUID(each) for each in sent.get("staff", ())]
        return staff, [line for line in sent.get("others", "").splitlines() if line.strip()]


def _with_roles(adult: AtWork) -> str:
    roles = sorted(str(labels.ROLE[role]) for role in adult.roles)
    return f"{adult.name}, {', '.join(roles).lower()}"


class ColumnForm(_Form):
    """What contact an adult has with each pupil of the class."""

    def __init__(
        self, data: Any = None, *, pupils: Sequence[AtUnit], said: Mapping[int, Contact]
    ) -> None:
        known = {str(each.public): str(said[each.pk].value) for each in pupils if each.pk in said}
        super().__init__(data, initial=known, auto_id="column-%s")
        self.asked = tuple(str(each.public) for each in pupils)
        choices = [(str(contact.value), words) for contact, words in texts.CONTACT.items()]
        for each in pupils:
            self.fields[str(each.public)] = forms.ChoiceField(
                label=each.name, choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def told(self) -> dict[UUID, Contact]:
        return {UUID(name): Contact(int(sent)) for name, sent in self.cleaned_data.items() if sent}


class GiveForm(_Form):
    """Who takes contact with a pupil, and by when: as it usually is, so that one press does it."""

    FIELD: ClassVar = dict.fromkeys((Fault.DAY, Fault.DAY_PAST, Fault.DAY_TOO_LATE), "due_on") | {
        Fault.HOLDER: "holder"
    }
    holder = AskedChoice(
        label=_("Vem tar kontakt?"),
        choices=[(each.value, labels.HOLDER[each]) for each in CONTACTS],
    )
    due_on = AskedDay(
        label=_("Senast"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, pupil: UUID, today: date) -> None:
        usual = {"holder": Holder.MENTOR.value, "due_on": today + USUAL_WAIT}
        super().__init__(data, initial=usual, auto_id=f"give-{pupil}-%s")

    @property
    def chosen(self) -> tuple[Holder | None, date | None]:
        sent = self.cleaned_data
        holder = sent.get("holder")
        return Holder(holder) if holder else None, sent.get("due_on")


class SaidForm(_Form):
    """What a pupil says in a talk."""

    pupil = forms.ChoiceField(label=_("Vilken elev?"))
    has_adult = forms.ChoiceField(
        label=_("Finns det en vuxen i skolan som du litar på?"),
        choices=[("yes", _("Eleven säger att det finns en")), ("no", _("Eleven säger att det inte finns någon"))],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, pupils: Iterable[AtUnit]) -> None:
        super().__init__(data, auto_id="said-%s")
        field = self.fields["pupil"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Välj …")),
            *((str(each.public), each.name) for each in pupils),
        ]
