"""The table of rights of one's own zone: read it, change a cell of it, see what has been changed."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import labels, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.base.pictures import Cell, Column, Table
from samnarvaro.consents.domain.policy import Change, Grant, NotChangeable, Way
from samnarvaro.consents.queries import policy as queries
from samnarvaro.consents.services import policy as services
from samnarvaro.consents.web import policy_texts as texts
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass

GIVES, TAKES = "gives", "takes"
FIELD = {
    NotChangeable.CLOSED_CLASS: "data_class",
    NotChangeable.ROLE_WITHOUT_CHILDREN: "role",
    NotChangeable.FOLLOWS_NOBODY: "way",
    NotChangeable.NOT_BY_CONSENT: "way",
}


class ChangeForm(forms.Form):
    """One cell, which way it goes, who decided and why."""

    role = forms.ChoiceField(label=_("Roll"), choices=[(r.value, labels.ROLE[r]) for r in Role])
    data_class = forms.ChoiceField(
        label=_("Uppgifter"),
        choices=[(k.value, texts.CLASS[k]) for k in DataClass if k in texts.CLASS],
    )
    way = forms.ChoiceField(
        label=_("På vilket sätt"), choices=[(w.value, texts.WAY[w]) for w in Way]
    )
    what = forms.ChoiceField(
        label=_("Ändring"),
        choices=[(TAKES, _("Får inte läsa")), (GIVES, _("Får läsa"))],
        widget=forms.RadioSelect,
    )
    decided_by = forms.CharField(label=_("Vem har beslutat?"), max_length=120)
    why = forms.CharField(
        label=_("Varför?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def change(self) -> Change:
        told = self.cleaned_data
        return Change(
            Role(told["role"]),
            DataClass(told["data_class"]),
            Way(told["way"]),
            gives=told["what"] == GIVES,
        )

    def refuse(self, reasons: list[NotChangeable]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(texts.REFUSED[reason]))


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: StaffRequest) -> HttpResponse:
    """Show what each role reads in the viewer's zone, and take in a change of one cell."""
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.change(
                form.change,
                why=told["why"],
                decided_by=told["decided_by"],
                by=request.scope,
                at=request.now,
            )
        except services.CannotChange as refused:
            form.refuse(refused.reasons)
        else:
            toasts.say(request, str(texts.CHANGED))
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {
        "form": form,
        "table": _table(queries.table_of(request.scope.zone)),
        "changes": [_line(each) for each in queries.changes(request.scope.zone)],
        "zone": labels.of_zone(request.scope.zone),
    }
    return show(request, "consents/policy.html", context, status=422 if form.errors else 200)


def _table(grants: dict[Role, Grant]) -> Table:
    return Table(
        str(_("Vad varje roll läser")),
        (Column(str(_("Roll"))), *(Column(str(texts.WAY[way])) for way in Way)),
        [
            (
                Cell(str(labels.ROLE[role])),
                *(Cell(_words(grant.through(way))) for way in Way),
            )
            for role, grant in grants.items()
            if any(grant.through(way) for way in Way)
        ],
    )


def _words(classes: frozenset[DataClass]) -> str:
    return "; ".join(str(texts.CLASS[one]) for one in DataClass if one in classes) or "–"


def _line(made: queries.Made) -> dict[str, object]:
    return {
        "made": made,
        "role": labels.ROLE[made.change.role],
        "data_class": texts.CLASS[made.change.data_class],
        "way": texts.WAY[made.change.way],
    }
