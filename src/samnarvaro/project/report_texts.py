"""What is wrong, where, and what to do: the words behind the codes of a delivery's report."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.reports import Report

FAULTS = {
    "columns": _("Raden har fel antal fält. Se efter om ett tecken saknas eller är för mycket."),
    "empty": _("Fältet är tomt. Fyll i det."),
    "not_a_name": _("Värdet är för långt eller innehåller tecken som inte går att visa."),
    "not_a_date": _("Skriv dagen som 2026-11-20."),
    "no_such_day": _("Den dagen finns inte i kalendern."),
    "not_a_time": _("Skriv klockslaget som 08:10, mellan 00:00 och 23:59."),
    "not_whole_minutes": _("Skriv minuter som ett helt tal med siffror."),
    "minutes_range": _("En lektion är 1 till 1440 minuter."),
    "kind_unknown": _(
        "Okänt slag. Det ska vara present, late, excused, unexcused, other_activity, unreported "
        "eller cancelled."
    ),
    "absent_range": _("Frånvarominuterna ska vara mellan 0 och lektionens minuter."),
    "absent_missing": _("En sen ankomst måste säga hur många minuter; skriv 0 om det är okänt."),
    "absent_not_allowed": _("Det här slaget kan inte ha frånvarominuter. Ändra slaget eller "
                            "skriv 0."),
    "absent_none": _("Frånvaro i 0 minuter säger emot sig själv. Ändra slaget eller minuterna."),
    "pupil_unknown": _("Eleven finns inte. Ta in elevlistan först, eller låt saknade skapas."),
    "unit_unknown": _("Skolan finns inte. Ta in elevlistan först, eller låt saknade skapas."),
}  # fmt: skip

WARNINGS = {
    "replaced_by_later_line": _("Lektionen står igen längre ner med annat innehåll; den raden "
                                "gäller."),
    "lessons_overlap": _("Lektioner för samma elev går in i varandra; båda räknas."),
    "not_a_school_day": _("Dagen är ingen skoldag; markeringarna sparas men räknas inte."),
    "columns_ignored": _("Kolumner som inte används: de är inte sparade."),
    "no_rows": _("Filen har ingen rad under rubrikraden."),
    "unit_code_unusual": _("En skolenhetskod brukar ha åtta siffror."),
}  # fmt: skip

UNUSABLE = {
    "no_file": _("Filen finns inte eller går inte att läsa."),
    "encoding": _("Filen är inte i UTF-8. Spara om den som UTF-8 och försök igen."),
    "empty": _("Filen är tom."),
    "not_text": _("Filen är inte en CSV-fil med text."),
    "header_missing": _("Rubrikraden saknar kolumner."),
    "header_doubled": _("Rubrikraden har samma kolumn två gånger."),
    "quotes": _("Citattecknen går inte ihop."),
}


def unusable(error: Unusable) -> str:
    """One sentence on why a file cannot be used, with where it was seen."""
    said = [str(UNUSABLE[error.code])]
    if columns := error.detail.get("columns"):
        said.append(", ".join(str(column) for column in columns))  # type: ignore[attr-defined]
    if line := error.detail.get("line"):
        said.append(str(_("Rad %(line)d.")) % {"line": line})
    return " ".join(said)


def as_data(report: Report) -> dict[str, Any]:
    """The report as the command line's --json gives it."""
    return {
        **report.numbers(),
        "warnings": [
            {
                "line": warning.line,
                "code": warning.code,
                "count": warning.count,
                "detail": warning.detail,
                "reason": str(WARNINGS[warning.code]),
            }
            for warning in report.warnings
        ],
        "errors": [
            {
                "line": fault.line,
                "column": fault.column,
                "value": fault.value,
                "code": fault.code,
                "reason": str(FAULTS[fault.code]),
            }
            for fault in report.errors
        ],
        "errors_left_out": report.errors_left_out,
    }


def sentences(report: Report) -> Iterator[str]:
    """The report for a person at the command line."""
    yield (
        str(
            _(
                "%(rows)d rader: %(new)d nya, %(changed)d ändrade, %(same)d oförändrade, "
                "%(duplicate)d dubbla, %(faulty)d felaktiga."
            )
        )
        % report.numbers()
    )
    for fault in report.errors:
        where = f"{fault.column}={fault.value!r}" if fault.column else fault.value
        yield f"  rad {fault.line}: {where}: {FAULTS[fault.code]} [{fault.code}]"
    if report.errors_left_out:
        yield str(_("  … och %(n)d fel till.")) % {"n": report.errors_left_out}
    for warning in report.warnings:
        place = f"rad {warning.line}: " if warning.line else ""
        yield f"  obs: {place}{WARNINGS[warning.code]} {warning.detail} ({warning.count})"
