"""The extract of the log on paper, for the family to keep: in plain words, all of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.base import clock
from samnarvaro.base.pdf import Facts, Heading, Part, Points, Sheet, Table, Text
from samnarvaro.project.log_extract import Line


def sheet(
    lines: Sequence[Line], *, about: str, to: str, on: date, foot: str, is_protected: bool
) -> Sheet:
    """Put the extract of `about` for `to` together: what it is, who has seen what, each time."""
    parts: list[Part] = [
        Text(
            _(
                "Varje gång någon öppnar uppgifter om eleven här skrivs det upp: vem det var, när, vad som "
                "visades och varför personen fick se det. Här är hela listan, den senaste gången först."
            )
        ),
        Facts(
            [
                (_("Utdraget är till"), to),
                (_("Till och med"), date_format(on, "j F Y")),
                (_("Antal gånger"), str(len(lines))),
            ]
        ),
    ]
    if lines:
        parts += [
            Heading(_("I korthet")),
            Points(_in_short(lines)),
            Heading(_("Varje gång")),
            _protected(lines) if is_protected else _named(lines),
        ]
    else:
        parts.append(Text(_("Ingen har sett uppgifter ännu.")))
    parts += [Heading(_("Så läser du listan")), Points(_reading(is_protected=is_protected))]
    return Sheet(title=_("Vem som har sett uppgifter"), over=about, parts=parts, foot=foot)


def _in_short(lines: Sequence[Line]) -> list[str]:
    """How many times by role, the most first."""
    counted = Counter(line.role for line in lines)
    return [
        ngettext("%(role)s: %(n)d gång", "%(role)s: %(n)d gånger", count)
        % {"role": role, "n": count}
        for role, count in counted.most_common()
    ]


def _when(line: Line) -> str:
    return date_format(line.at.astimezone(clock.SWEDEN), "j b Y H.i")


def _named(lines: Sequence[Line]) -> Table:
    return Table(
        [_("När"), _("Namn"), _("Roll"), _("Enhet"), _("Vad"), _("Hur"), _("Genom")],
        [
            [_when(each), each.who or "–", each.role, each.unit or "–", each.kinds, each.way,
             each.ground]
            for each in lines
        ],
        [15, 15, 15, 17, 25, 10, 12],
    )  # fmt: skip


def _protected(lines: Sequence[Line]) -> Table:
    return Table(
        [_("När"), _("Roll"), _("Vad"), _("Hur"), _("Genom")],
        [[_when(each), each.role, each.kinds, each.way, each.ground] for each in lines],
        [16, 16, 30, 12, 14],
    )


def _reading(*, is_protected: bool) -> list[str]:
    names = (
        _("Elevens personuppgifter är skyddade. Därför står varken namn eller enheter här.")
        if is_protected
        else _(
            "Namn står på dem som arbetar i samma verksamhet som den som gav utdraget. För andra "
            "myndigheter står roll, enhet och tid."
        )
    )
    return [
        names,
        _("”Genom” säger vad som gav rätt att se: tjänsten, ett eget ärende eller ett samtycke."),
        _("Undrar du över något i listan? Fråga den som gav dig utdraget."),
    ]
