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
    "span_length": _("Perioden ska sluta samma dag eller senare och vara kortare än fyra månader."),
    "not_yes_or_no": _("Skriv ja eller nej."),
    "pupil_unknown": _("Eleven finns inte. Ta in elevlistan först, eller låt saknade skapas."),
    "unit_unknown": _("Skolan finns inte. Ta in elevlistan först, eller låt saknade skapas."),
    "grade_unknown": _("Årskursen ska vara F eller ett tal mellan 1 och 10."),
    "school_type_unknown": _(
        "Skriv skolformen med sin kod (FKLASS, GR, GRS, SP, SAM, GY, GYS), eller lämna fältet tomt."
    ),
    "not_born_yet": _("Födelsedagen har inte varit än."),
    "legal_sex_unknown": _("Skriv juridiskt kön som F eller M, eller lämna fältet tomt."),
    "municipality_unknown": _("Skriv kommunkoden med fyra siffror, eller lämna fältet tomt."),
    "identity_form": _("Personnumret har inte tio eller tolv tecken av rätt slag."),
    "identity_date": _("Personnumret börjar med en dag som inte finns."),
    "identity_future": _("Personnumret börjar med en dag som inte har varit än."),
    "identity_serial": _("Personnumrets sista siffror ges inte till någon."),
    "identity_checksum": _("Personnumrets sista siffra stämmer inte med de andra."),
    "identity_taken": _("Personnumret hör redan till en annan elev. Se efter vilken uppgift som "
                        "är rätt."),
    "external_id_form": _("Skriv system:beteckning, med blanksteg mellan flera."),
    "external_id_taken": _("Beteckningen hör redan till en annan elev. Se efter vilken uppgift som "
                           "är rätt."),
    "mark_unknown": _("Skyddsmarkeringen går inte att tyda. Skriv 0, 1 (sekretessmarkering) eller "
                      "2 (skyddad folkbokföring)."),
    "fictitious_identity": _("Den som har fingerade personuppgifter ska inte vara markerad "
                             "någonstans. Ta bort markeringen i skolans system; raden är inte "
                             "intagen."),
    "pupil_not_here": _("Eleven finns inte. Ta in elevlistan först."),
    "day_later": _("Dagen har inte varit än."),
    "subject_unknown": _("Skriv ämnenas koder med blanksteg mellan, till exempel MA EN SV."),
    "subject_twice": _("Ett ämne står både som i riskzonen och som inte nått. Välj ett av dem."),
    "eligibility_unknown": _("Skriv higher, vocational eller not_yet, eller lämna fältet tomt."),
    "eligible_before_year_9": _("Behörighet anges bara för den som går i årskurs 9. Lämna fältet "
                                "tomt."),
    "eligible_without_core": _("Utan svenska, engelska och matematik är ingen behörig. Ändra "
                               "behörigheten eller ämnena."),
    "newer_known": _("Ett senare kunskapsläge för terminen finns redan."),
}  # fmt: skip

WARNINGS = {
    "replaced_by_later_line": _("Lektionen står igen längre ner med annat innehåll; den raden "
                                "gäller."),
    "lessons_overlap": _("Lektioner för samma elev går in i varandra; båda räknas."),
    "not_a_school_day": _("Dagen är ingen skoldag; markeringarna sparas men räknas inte."),
    "columns_ignored": _("Kolumner som inte används: de är inte sparade."),
    "no_rows": _("Filen har ingen rad under rubrikraden."),
    "unit_code_unusual": _("En skolenhetskod brukar ha åtta siffror."),
    "row_replaced": _("Eleven står igen längre ner för samma skola med annat innehåll; den raden "
                      "gäller."),
    "person_differs": _("Eleven står på en rad till med andra personuppgifter; den senare raden "
                        "gäller."),
    "name_missing": _("Raden har inget namn; eleven visas med sin beteckning."),
    "birth_date_differs": _("Födelsedagen stämmer inte med personnumret; födelsedagen gäller."),
    "legal_sex_differs": _("Könet stämmer inte med personnumret; könet på raden gäller."),
    "protected_now": _("Raden är skyddsmarkerad: namn och kontaktuppgifter sparas inte, och eleven "
                       "finns bara för dem som utses."),
    "protection_kept": _("Raden är inte skyddsmarkerad så som eleven är här; skyddet står kvar."),
    "nobody_removed": _("En rad går inte att tyda, och kan gälla vem som helst: ingen elev har "
                        "avslutats vid de här skolorna."),
    "older_roster": _("Det finns en nyare elevlista för skolan: den här gäller bara tiden före den, "
                      "och ändrar inga personuppgifter."),
    "result_replaced": _("Eleven står igen längre ner för samma termin med annat innehåll; den raden "
                         "gäller."),
    "many_removed": _("Mer än 10 procent av eleverna vid skolan saknas i filen och avslutas."),
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


def roster_as_data(report: Report, *, stopped: bool) -> dict[str, Any]:
    """The report of a roster as --json gives it; `removed` would be removed, where it stopped."""
    return {
        **as_data(report),
        "removed": report.counts["removed"],
        "enrolled": report.counts["enrolled"],
        "stopped": stopped,
    }


def roster_stopped(report: Report) -> str:
    """One sentence on why the guard stopped a roster, with the figures and what to do."""
    return str(
        _(
            "Stoppad: %(removed)d av %(enrolled)d elever vid filens skolor saknas i filen och "
            "skulle avslutas, mer än 10 procent. Ingenting är skrivet. Är filen rätt, kör igen med "
            "--confirm-removals."
        )
    ) % {name: report.counts[name] for name in ("removed", "enrolled")}


def roster_sentences(report: Report) -> Iterator[str]:
    yield from sentences(report)
    if report.counts["removed"]:
        removed = {name: report.counts[name] for name in ("removed", "enrolled")}
        yield str(_("%(removed)d av %(enrolled)d inskrivna elever avslutas.")) % removed


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
