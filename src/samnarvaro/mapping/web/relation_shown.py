"""The relation map as a grid, and what it shows that the school lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from samnarvaro.base import labels
from samnarvaro.base.pictures import Cell, Column, Table
from samnarvaro.mapping.domain.relations import Contact, Row, compared
from samnarvaro.mapping.queries.relations import Map
from samnarvaro.mapping.web import relation_texts as texts
from samnarvaro.mapping.web.relation_forms import GiveForm
from samnarvaro.people.queries.members import AtUnit


@dataclass(frozen=True, slots=True)
class Lacking:
    """A pupil for whom the school lacks an adult; who takes contact, or the form that says it."""

    pupil: AtUnit
    words: str
    given: str
    form: GiveForm | None


def lacking(of: Map, forms: dict[int, GiveForm]) -> list[Lacking]:
    """Those for whom a trusted adult is lacking, in name order."""
    return [
        Lacking(
            of.pupils[row.pupil],
            _words(row),
            _given(of, row.pupil),
            None if row.pupil in of.given else forms.get(row.pupil),
        )
        for row in of.lacking
    ]


def _words(row: Row) -> str:
    if row.pupil_says is False:
        return (
            _("Eleven säger att det inte finns någon, fast en vuxen har sagt förtroende.")
            if row.trusted_by
            else _("Ingen vuxen har sagt förtroende, och eleven säger att det inte finns någon.")
        )
    return _("Ingen vuxen har sagt förtroende.")


def _given(of: Map, pupil: int) -> str:
    if pupil not in of.given:
        return ""
    row = of.given[pupil]
    who = labels.HOLDER[row.holder]
    if row.is_cleared:
        return _("Raden om att ta kontakt är klar (%(who)s).") % {"who": str(who).lower()}
    told = {"who": who, "day": date_format(row.due_on, "j F")}
    return _("%(who)s tar kontakt senast %(day)s.") % told


def grid(of: Map) -> Table:
    """Pupil by adult. Each field has a sign, and the words for who listens; empty is not answered."""
    adults = of.round.adults
    return Table(
        _("Vilken vuxen har vilken kontakt"),
        (
            Column(_("Elev")),
            *(Column(adult.name) for adult in adults),
            Column(_("Eleven säger")),
            Column(_("Förtroende"), is_number=True),
        ),
        [
            (
                Cell(of.pupils[row.pupil].name, url=""),
                *(_said(row.said.get(adult.pk)) for adult in adults),
                Cell(_says(row)),
                Cell(str(row.trusted_by)),
            )
            for row in of.rows
        ],
    )


def _said(contact: Contact | None) -> Cell:
    if contact is None:
        return Cell("")
    return Cell(
        format_html(
            '<span aria-hidden="true">{}</span> <span class="sr-only">{}</span>',
            texts.SIGN[contact],
            texts.SHORT[contact],
        )
    )


def _says(row: Row) -> str:
    if row.pupil_says is None:
        return ""
    return _("en vuxen finns") if row.pupil_says else _("ingen")


def legend() -> list[tuple[str, str]]:
    return [(texts.SIGN[each], str(texts.SHORT[each])) for each in texts.CONTACT]


def change(now: Map, former: Map | None) -> Sequence[str]:
    """What has changed since the former round, in sentences; nothing without one."""
    if former is None or former.round.closed_on is None:
        return ()
    found = compared(former.rows, now.rows)
    told = {
        "day": date_format(former.round.closed_on, "j F Y"),
        "before": found.before,
        "now": found.now,
    }
    said = [_("Vid omgången %(day)s saknades en vuxen för %(before)s, nu för %(now)s, av dem som var med båda gångerna.") % told]  # fmt: skip
    if found.gained:
        said.append(_("Nu finns en vuxen för: %(names)s.") % {"names": _names(now, found.gained)})
    if found.lost:
        said.append(_("Saknas nu, fanns då, för: %(names)s.") % {"names": _names(now, found.lost)})
    return said


def _names(of: Map, pupils: Sequence[int]) -> str:
    return ", ".join(of.pupils[pupil].name for pupil in pupils)
